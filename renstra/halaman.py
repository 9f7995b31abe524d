"""What the planner's pages show of the plan in force: its tables, their findings, their downloads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise

from renstra.cetak import Lembaran, Mode, lembaran
from renstra.cetak.isi import kepala_kolom
from renstra.cetak.kata import kalimat_nota
from renstra.kata import ATURAN, RUPA, TINGKAT
from renstra.models import Rencana
from renstra.periksa import Temuan, periksa, tak_tercakup
from renstra.susunan import judul_tabel, tabel_rencana
from renstra.tabel import BENTUK


@dataclass(frozen=True, slots=True)
class BarisTemuan:
    """One finding with its words."""

    isi: Temuan
    rupa: str
    tingkat: str | Promise
    aturan: str | Promise
    kunci: str

    @property
    def kolom(self) -> str:
        """The column in words; a span of headings as it is."""
        nama = self.isi.lokasi.kolom
        return nama if ".." in nama else kepala_kolom(nama)


@dataclass(frozen=True, slots=True)
class BarisTabel:
    """One table of the plan and how many findings it has."""

    kunci: str
    kode: str
    judul: str
    baris: int
    kesalahan: int
    peringatan: int


class HalamanRencana:
    """A plan, checked once per request."""

    def __init__(self, rencana: Rencana) -> None:
        self.rencana = rencana
        self.isi = tabel_rencana(rencana)
        self.judul = judul_tabel(rencana)

    @cached_property
    def temuan(self) -> list[Temuan]:
        return periksa(self.isi)

    @cached_property
    def tak_tercakup(self) -> int:
        """Cells in which no rule would notice an error."""
        return len(tak_tercakup(self.isi))

    def tabel(self) -> list[BarisTabel]:
        """The tables in the order of the document. Findings of one printed number stand with its first file."""
        hitung = Counter((self._berkas(t), t.tingkat.value) for t in self.temuan)
        return [
            BarisTabel(
                kunci,
                t.kode,
                self.judul.get(t.berkas, t.berkas),
                len(t.baris),
                hitung[t.berkas, "kesalahan"],
                hitung[t.berkas, "peringatan"],
            )
            for kunci, t in self.isi.tabel.items()
        ]

    def _berkas(self, t: Temuan) -> str:
        if t.sel:
            return t.sel.berkas
        return next((b.berkas for b in self.isi.tabel.values() if b.kode == t.tabel), "")

    def pilihan_tabel(self) -> list[tuple[str, str]]:
        kode = dict.fromkeys(b.kode for k, b in BENTUK.items() if self.isi[k])
        return [(k, f"Tabel {k}") for k in kode]

    def baris_temuan(self, temuan: Iterable[Temuan]) -> list[BarisTemuan]:
        kunci = {t.berkas: k for k, t in self.isi.tabel.items()}
        return [
            BarisTemuan(t, RUPA[t.tingkat], TINGKAT[t.tingkat], ATURAN[t.aturan], kunci.get(self._berkas(t), ""))
            for t in temuan
        ]

    def lembaran(self, mode: Mode) -> list[Lembaran]:
        return lembaran(self.isi, self.judul, self.temuan, mode)

    def satu(self, kunci: str, mode: Mode) -> Lembaran | None:
        """The sheet of one table; None where the plan has no such table."""
        tabel = self.isi[kunci]
        return next((x for x in self.lembaran(mode) if tabel and x.berkas == tabel.berkas), None)


def kalimat(satu: Lembaran) -> list[str]:
    """The notes of a sheet, as sentences."""
    return [kalimat_nota(n, t) for n, t in satu.nota]
