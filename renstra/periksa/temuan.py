"""What a rule says: its findings, and the cells in which it would notice an error."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from renstra import angka
from renstra.tabel import Baris, Jenis, Tabel


class Tingkat(StrEnum):
    """How sure it is that something is wrong."""

    KESALAHAN = "kesalahan"
    PERINGATAN = "peringatan"


class Lokasi(NamedTuple):
    """`baris` is the printed number or name, `kolom` the column of the CSV file."""

    baris: str
    kolom: str


class SelTercakup(NamedTuple):
    """A cell, by file, line and column."""

    berkas: str
    nomor: int
    kolom: str


@dataclass(frozen=True, slots=True)
class Temuan:
    """One finding (contracts.md `periksa_renstra`)."""

    aturan: str
    tabel: str
    lokasi: Lokasi
    tercetak: str
    hitung_ulang: str
    tingkat: Tingkat
    keterangan: str
    sel: SelTercakup | None = None  # the very cell, where the finding is in one

    def sebagai_dict(self) -> dict[str, object]:
        return {
            "aturan": self.aturan,
            "tabel": self.tabel,
            "lokasi": {"baris": self.lokasi.baris, "kolom": self.lokasi.kolom},
            "tercetak": self.tercetak,
            "hitung_ulang": self.hitung_ulang,
            "tingkat": self.tingkat.value,
            "keterangan": self.keterangan,
        }


@dataclass(slots=True)
class Hasil:
    """Findings of one rule, and the cells that it covers: any wrong value there would be found."""

    aturan: str
    temuan: list[Temuan] = field(default_factory=list)
    tercakup: set[SelTercakup] = field(default_factory=set)

    def catat(
        self,
        tabel: Tabel,
        baris: Baris,
        kolom: str,
        hitung_ulang: str,
        keterangan: str,
        *,
        tercetak: str | None = None,
        tingkat: Tingkat = Tingkat.KESALAHAN,
    ) -> None:
        """A finding in one cell; `tercetak` defaults to the text of the cell."""
        teks = _cetak(baris, kolom) if tercetak is None else tercetak
        self.temuan.append(
            Temuan(
                self.aturan,
                tabel.kode,
                Lokasi(baris.nama, kolom),
                teks,
                hitung_ulang,
                tingkat,
                keterangan,
                SelTercakup(tabel.berkas, baris.nomor, kolom),
            )
        )

    def cakup(self, tabel: Tabel, baris: Baris | Iterable[Baris], kolom: str | Iterable[str]) -> None:
        """These cells are watched."""
        semua_baris = [baris] if isinstance(baris, Baris) else baris
        semua_kolom = [kolom] if isinstance(kolom, str) else list(kolom)
        self.tercakup |= {SelTercakup(tabel.berkas, b.nomor, k) for b in semua_baris for k in semua_kolom}


def _cetak(baris: Baris, kolom: str) -> str:
    """The cell as people read it: a plain number of the tables with dots, anything else as it stands."""
    sel = baris.sel.get(kolom)
    if sel is not None and sel.jenis is Jenis.ANGKA and sel.angka is not None and angka.sah_mesin(sel.teks):
        return angka.tulis(sel.angka)
    return baris.teks(kolom)
