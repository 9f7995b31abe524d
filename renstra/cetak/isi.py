"""What a sheet holds, whatever file it becomes: heads, cells, and the notes that stand below.

Two modes. *Tercetak*: every cell as the document prints it (a cell whose printed form is wrong keeps that form).
*Hitung ulang*: a cell for which a rule has the right number holds that number, with a note that says what was
printed. Pure: no ORM.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from renstra import angka
from renstra.periksa import Temuan
from renstra.periksa.temuan import SelTercakup
from renstra.tabel import BENTUK, Baris, Jenis, Tabel, TabelRencana


class Mode(StrEnum):
    """Which numbers stand in the cells."""

    TERCETAK = "tercetak"
    HITUNG_ULANG = "hitung-ulang"


class SelLembar(NamedTuple):
    """One cell: its text, its number (None: text only), the numbers of its notes."""

    teks: str
    angka: Decimal | None
    nota: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lembaran:
    """One table, ready for a file or a page."""

    berkas: str
    kode: str
    judul: str
    kolom: tuple[str, ...]
    kepala: tuple[str, ...]
    baris: tuple[tuple[SelLembar, ...], ...]
    nota: tuple[tuple[int, Temuan], ...]


#: Rules whose recomputed value may stand in the cell; a printed order or a doubt may not.
_MENGGANTI = frozenset(
    {
        "rasio_sel",
        "rasio_total",
        "metode_rata_rata",
        "total_baris",
        "total_kolom",
        "total_umum",
        "kondisi_akhir",
        "format_angka",
    }
)


def lembaran(rencana: TabelRencana, judul: Mapping[str, str], temuan: Iterable[Temuan], mode: Mode) -> list[Lembaran]:
    """Every table in the order of the document."""
    per_sel: dict[SelTercakup, list[Temuan]] = {}
    lain: dict[str, list[Temuan]] = {}
    for t in temuan if mode is Mode.HITUNG_ULANG else ():
        if t.sel:
            per_sel.setdefault(t.sel, []).append(t)
        else:
            lain.setdefault(t.tabel, []).append(t)
    cetak = {(t.tabel, t.baris, t.kolom): t.teks for t in rencana.tercetak}
    hasil = []
    for kunci in BENTUK:
        tabel = rencana[kunci]
        if tabel:
            nama = judul.get(tabel.berkas, tabel.berkas)
            hasil.append(_satu(tabel, nama, cetak, per_sel, lain.pop(tabel.kode, [])))
    return hasil


def _satu(
    tabel: Tabel,
    judul: str,
    cetak: Mapping[tuple[str, str, str], str],
    per_sel: Mapping[SelTercakup, list[Temuan]],
    lain: list[Temuan],
) -> Lembaran:
    nota: list[tuple[int, Temuan]] = []
    baris = []
    for b in tabel.baris:
        isi = []
        for kolom in tabel.kolom:
            temuan = per_sel.get(SelTercakup(tabel.berkas, b.nomor, kolom), [])
            nomor = range(len(nota) + 1, len(nota) + 1 + len(temuan))
            nota += zip(nomor, temuan, strict=True)
            isi.append(_sel(tabel, b, kolom, cetak, temuan, tuple(nomor)))
        baris.append(tuple(isi))
    nota += [(len(nota) + n, t) for n, t in enumerate(lain, start=1)]
    kepala = tuple(kepala_kolom(k) for k in tabel.kolom)
    return Lembaran(tabel.berkas, tabel.kode, judul, tabel.kolom, kepala, tuple(baris), tuple(nota))


def _sel(
    tabel: Tabel,
    b: Baris,
    kolom: str,
    cetak: Mapping[tuple[str, str, str], str],
    temuan: list[Temuan],
    nota: tuple[int, ...],
) -> SelLembar:
    sel = b[kolom]
    benar = next((t.hitung_ulang for t in temuan if _mengganti(t)), None)
    if benar is not None and angka.baca_cetak(benar) is not None:
        return SelLembar(benar, angka.baca_cetak(benar) if sel.jenis is Jenis.ANGKA else None, nota)
    for nama in (kolom, kolom.removesuffix("_tercetak")):
        if (teks := cetak.get((tabel.kode, b.nama, nama))) is not None and teks != sel.teks:
            return SelLembar(teks, None, nota)
    if sel.jenis is Jenis.ANGKA and sel.angka is not None and angka.sah_mesin(sel.teks):
        if kolom == "tahun":  # a name, not an amount: never 2.013
            return SelLembar(sel.teks, None, nota)
        return SelLembar(angka.tulis(sel.angka), sel.angka, nota)
    return SelLembar(sel.teks, None, nota)


def _mengganti(t: Temuan) -> bool:
    """Sums are made of the cells as they stand, so a cell that is only suspected stays as it is."""
    diduga = t.aturan == "total_baris" and not t.lokasi.kolom.startswith("total_")
    return t.aturan in _MENGGANTI and not diduga


def kepala_kolom(kolom: str) -> str:
    """`Anggaran 2009` from `anggaran_2009`; `(tercetak)` marks the printed text beside a number."""
    kata = re.sub(r"_rp\b|^rp_", " Rp ", kolom).replace("_", " ").strip()
    if kolom.endswith("_tercetak"):
        kata = kata.removesuffix(" tercetak")
        kata += " (tercetak)"
    return kata[:1].upper() + kata[1:]
