"""Reading answers from CSV: one row a respondent, `u1`..`u14` or `u1`..`u9`, values 1 to 4, nothing else.

Counting a column takes a slice and four searches in bytes, so a million rows take a moment and the memory of one
block. Whatever is not written in the plain form goes through the csv reader, which also finds the row and column.
Row numbers are the file's own lines: the head is row 1.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from ikm.rumus import Cacah, kosong

BLOK: Final = 1 << 20
_BOM: Final = b"\xef\xbb\xbf"
NILAI_TEKS: Final = ("1", "2", "3", "4")


@dataclass
class GalatSel(Exception):
    """The first cell that is not one of 1 to 4, or a head or row of another shape. `kolom` may be empty."""

    baris: int
    kolom: str
    sebab: str

    def __str__(self) -> str:
        return f"Baris {self.baris}" + (f", kolom {self.kolom}" if self.kolom else "") + f": {self.sebab}"


def hitung_berkas(berkas: BinaryIO, banyak: int) -> tuple[int, list[Cacah]]:
    """Number of rows and the count per unsur of a stream of CSV. Raises GalatSel for the first thing wrong."""
    kepala = berkas.readline()
    pemisah, kolom = baca_kepala(kepala, banyak)
    hasil, baris = kosong(banyak), 0
    for blok, terakhir in _blok(berkas):
        n, tambahan = _cepat(blok, pemisah, banyak) or _teliti(blok, pemisah, kolom, baris + 2, terakhir=terakhir)
        baris += n
        for lama, baru in zip(hasil, tambahan, strict=True):
            for i in range(4):
                lama[i] += baru[i]
    if not baris:
        raise GalatSel(2, "", "tidak ada jawaban sama sekali.")
    urut = [hasil[kolom.index(f"u{n}")] for n in range(1, banyak + 1)]
    return baris, [(a, b, c, d) for a, b, c, d in urut]


def baca_kepala(kepala: bytes, banyak: int) -> tuple[str, list[str]]:
    """Separator and column names of the first line. Raises GalatSel unless they are u1..un, in whatever order."""
    teks = kepala.removeprefix(_BOM).decode("utf-8", errors="replace").strip("\r\n")
    pemisah = ";" if teks.count(";") > teks.count(",") else ","
    kolom = [k.strip().strip('"').lower() for k in teks.split(pemisah)]
    harus = [f"u{n}" for n in range(1, banyak + 1)]
    if sorted(kolom) != sorted(harus):
        kurang = next((k for k in harus if k not in kolom), "")
        lebih = next((k for k in kolom if k not in harus or kolom.count(k) > 1), "")
        sebab = f"kolom {kurang} tidak ada." if kurang else f"kolom {lebih!r} tidak dikenal atau tertulis dua kali."
        raise GalatSel(1, kurang or lebih, f"{sebab} Harus u1 sampai u{banyak}.")
    return pemisah, kolom


def baca_baris(berkas: BinaryIO, banyak: int) -> Iterator[tuple[int, list[int] | GalatSel]]:
    """Each row of the file with its number: the values in the order u1..un, or what is wrong with it.

    For imports, which want every error and not the first alone. Raises GalatSel for a head of another shape.
    """
    pemisah, kolom = baca_kepala(berkas.readline(), banyak)
    letak = [kolom.index(f"u{n}") for n in range(1, banyak + 1)]
    for nomor, sel in _baris(berkas.read(), pemisah, 2, terakhir=True):
        galat = _periksa(nomor, sel, kolom)
        yield nomor, galat or [int(sel[i]) for i in letak]


def _blok(berkas: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Whole lines, about a block at a time, and whether they are the last ones."""
    blok = berkas.read(BLOK) + berkas.readline()
    while blok:
        berikut = berkas.read(BLOK) + berkas.readline()
        yield blok, not berikut
        blok = berikut


def _cepat(blok: bytes, pemisah: str, banyak: int) -> tuple[int, list[tuple[int, ...]]] | None:
    """The count of a block in the plain form `3,4,...,2` without quotes or blanks, else None."""
    if b"\r" in blok:
        blok = blok.replace(b"\r\n", b"\n")
    if not blok.endswith(b"\n"):
        blok += b"\n"
    lebar = 2 * banyak
    n, sisa = divmod(len(blok), lebar)
    if sisa:
        return None
    for letak in range(1, lebar, 2):
        if blok[letak::lebar].count(b"\n" if letak == lebar - 1 else pemisah.encode()) != n:
            return None
    hasil = [tuple(blok[2 * k :: lebar].count(v.encode()) for v in NILAI_TEKS) for k in range(banyak)]
    return (n, hasil) if all(sum(h) == n for h in hasil) else None


def _teliti(
    blok: bytes, pemisah: str, kolom: list[str], mulai: int, *, terakhir: bool
) -> tuple[int, list[list[int]]]:
    """The count of any other block, cell by cell. Raises GalatSel naming row and column."""
    hasil, n = kosong(len(kolom)), 0
    for nomor, sel in _baris(blok, pemisah, mulai, terakhir=terakhir):
        if galat := _periksa(nomor, sel, kolom):
            raise galat
        n += 1
        for k, isi in enumerate(sel):
            hasil[k][int(isi) - 1] += 1
    return n, hasil


def _baris(blok: bytes, pemisah: str, mulai: int, *, terakhir: bool) -> Iterator[tuple[int, list[str]]]:
    """Rows with their line numbers; lines without anything are left out at the end of the file only."""
    baris = blok.decode("utf-8", errors="replace").splitlines()
    while terakhir and baris and not baris[-1].strip():
        baris.pop()
    yield from enumerate((next(csv.reader([satu], delimiter=pemisah), []) for satu in baris), start=mulai)


def _periksa(nomor: int, sel: list[str], kolom: list[str]) -> GalatSel | None:
    if not sel:
        return GalatSel(nomor, "", "baris kosong.")
    if len(sel) > len(kolom):
        return GalatSel(nomor, "", f"ada {len(sel)} kolom, seharusnya {len(kolom)}.")
    for nama, isi in zip(kolom, [*sel, *[""] * (len(kolom) - len(sel))], strict=True):
        if isi not in NILAI_TEKS:
            return GalatSel(nomor, nama, "kosong." if not isi.strip() else f"{isi[:20]!r} bukan 1, 2, 3, atau 4.")
    return None
