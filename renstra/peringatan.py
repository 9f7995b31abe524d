"""What the planner should look at: each rule a pure function of the form E.81, each alert with where it is mended.

Rules and limits: renstra_rules.md section 5 no. 6 and section 3 (closing of a quarter); the numbers are data
(`acuan/dasbor.toml`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from renstra.periksa.temuan import Temuan
from renstra.rumus import predikat

ACUAN = Path(__file__).parent / "acuan" / "dasbor.toml"


class Batas(NamedTuple):
    """The limits: whole percent, points, grades, working days."""

    tinggi: int
    selisih: int
    perhatian: tuple[str, ...]
    hari_lapor: int


@cache
def batas(berkas: Path = ACUAN) -> Batas:
    """The limits in force. Raises KeyError for a file in which one is missing."""
    isi = tomllib.loads(berkas.read_text(encoding="utf-8"))
    return Batas(isi["batas_tinggi"], isi["selisih_poin"], tuple(isi["perhatian"]), isi["hari_lapor"])


class Aturan(StrEnum):
    """The rules, in the order of the page."""

    BELUM_DILAPORKAN = "belum_dilaporkan"
    BELUM_DISAHKAN = "belum_disahkan"
    PREDIKAT = "predikat"
    SERAPAN = "serapan"
    TARGET = "target"
    KONDISI_AKHIR = "kondisi_akhir"


@dataclass(frozen=True, slots=True)
class Ukur:
    """One line of the form: its target as read (None: no number) and as printed, and its achievement in percent."""

    kunci: int  # the output
    nama: str
    target: Decimal | None
    tercetak: str
    capaian: Decimal | None


@dataclass(frozen=True, slots=True)
class Titik:
    """One activity: achievement (mean of its indicators) and absorption, in percent; None where there is none."""

    no: int
    nama: str
    capaian: Decimal | None
    serapan: Decimal | None


@dataclass(frozen=True, slots=True)
class Triwulan:
    """One quarter: working days since it ended (below 0: not over), whether it was reported and signed."""

    nomor: int
    hari_lewat: int
    dilaporkan: bool
    disahkan: bool


class Peringatan(NamedTuple):
    """One alert: the rule, what it is about, the figure that broke the rule, where to mend it (by kind and key)."""

    aturan: Aturan
    hal: str
    nilai: Decimal | int | str | None
    kunci: int = 0
    tambahan: str = ""


def predikat_perlu_perhatian(baris: Iterable[Ukur], pada: date, kriteria: Sequence[str]) -> list[Peringatan]:
    """predikat: the grade of an indicator is one of those that are worth a look."""
    hasil = []
    for b in baris:
        nilai = predikat(b.capaian, pada)
        if nilai is not None and nilai.kriteria in kriteria:
            hasil.append(Peringatan(Aturan.PREDIKAT, b.nama, b.capaian, b.kunci, nilai.kriteria))
    return hasil


def serapan_mendahului(kegiatan: Iterable[Titik], poin: int) -> list[Peringatan]:
    """serapan: absorption is more than so many points ahead of achievement; exactly so many is still in order."""
    return [
        Peringatan(Aturan.SERAPAN, k.nama, k.serapan - k.capaian, k.no)
        for k in kegiatan
        if k.serapan is not None and k.capaian is not None and k.serapan - k.capaian > poin
    ]


def target_tak_terukur(baris: Iterable[Ukur]) -> list[Peringatan]:
    """target: the year's target is nothing or no number, so that no achievement can be counted."""
    return [Peringatan(Aturan.TARGET, b.nama, b.target, b.kunci, b.tercetak) for b in baris if not b.target]


def kondisi_akhir_beda(temuan: Iterable[Temuan]) -> list[Peringatan]:
    """kondisi_akhir: what the check of the tables (`periksa.kondisi`) found, told again and not counted again."""
    return [
        Peringatan(Aturan.KONDISI_AKHIR, f"{t.tabel}, {t.lokasi.baris}", t.tercetak, tambahan=t.hitung_ulang)
        for t in temuan
        if t.aturan == Aturan.KONDISI_AKHIR
    ]


def triwulan_terlambat(triwulan: Iterable[Triwulan], hari: int) -> list[Peringatan]:
    """belum_dilaporkan, belum_disahkan: more than so many working days after the end of the quarter."""
    hasil = []
    for t in triwulan:
        if t.hari_lewat <= hari:
            continue
        if not t.dilaporkan:
            hasil.append(Peringatan(Aturan.BELUM_DILAPORKAN, str(t.nomor), t.hari_lewat, t.nomor))
        elif not t.disahkan:
            hasil.append(Peringatan(Aturan.BELUM_DISAHKAN, str(t.nomor), t.hari_lewat, t.nomor))
    return hasil


__all__ = [
    "Aturan",
    "Batas",
    "Peringatan",
    "Titik",
    "Triwulan",
    "Ukur",
    "batas",
    "kondisi_akhir_beda",
    "predikat_perlu_perhatian",
    "serapan_mendahului",
    "target_tak_terukur",
    "triwulan_terlambat",
]
