"""Formulas of planning and evaluation: achievement, grade, absorption, efficiency, growth. Pure and exact.

Every function takes ints, Decimals or Fractions and returns a Fraction in percent, or None where the figure is
undefined (a target or budget of nothing): shown as "n/a", never as 0 or 100. Rounding is for the page
(`renstra.angka.bulat`, half-up). Source: renstra_rules.md section 2.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from renstra.angka import Pecahan, baca_cetak, bulat

ACUAN = Path(__file__).parent / "acuan" / "predikat.toml"


class Arah(StrEnum):
    """Is more better, or less?"""

    POSITIF = "positif"
    NEGATIF = "negatif"


class Tipe(StrEnum):
    """Does an indicator stand at a level, or does it add up over the years?"""

    LEVEL = "level"
    KUMULATIF = "kumulatif"


class BentukNegatif(StrEnum):
    """How the achievement of a negative indicator is counted; offices differ, so it is a setting."""

    SELISIH = "selisih"  # (2 x target - realisasi) / target, Permenpan RB 8/2021
    BALIKAN = "balikan"  # target / realisasi


class Rentang(NamedTuple):
    """A target `7-8`; a single number has both ends the same."""

    bawah: Fraction
    atas: Fraction


def rentang(target: str | Pecahan | Rentang) -> Rentang | None:
    """Read a target; None where it holds no number or its ends stand the wrong way round."""
    if isinstance(target, Rentang):
        return target
    if not isinstance(target, str):
        return Rentang(Fraction(target), Fraction(target))
    ujung = [baca_cetak(t) for t in re.split(r"\s*(?:-|–|s\.?d\.?)\s*", target.strip().removesuffix("%"))]
    if not 1 <= len(ujung) <= 2 or any(u is None for u in ujung):
        return None
    angka = [Fraction(u) for u in ujung if u is not None]
    return Rentang(angka[0], angka[-1]) if angka[0] <= angka[-1] else None


def capaian(
    realisasi: Pecahan | None,
    target: str | Pecahan | Rentang,
    arah: Arah = Arah.POSITIF,
    *,
    bentuk: BentukNegatif = BentukNegatif.SELISIH,
) -> Fraction | None:
    """Achievement in percent, never below 0; above 100 where the target was passed.

    Within a range target it is 100; above the range the upper bound counts, below it the lower.
    """
    batas = rentang(target)
    if batas is None or realisasi is None:
        return None
    nilai = Fraction(realisasi)
    if batas.bawah < batas.atas and batas.bawah <= nilai <= batas.atas:
        return Fraction(100)
    acuan = batas.atas if nilai > batas.atas else batas.bawah
    if arah is Arah.POSITIF:
        return None if acuan == 0 else max(Fraction(0), nilai / acuan * 100)
    return _negatif(nilai, acuan, bentuk)


def _negatif(nilai: Fraction, acuan: Fraction, bentuk: BentukNegatif) -> Fraction | None:
    if acuan == 0:
        return None
    if bentuk is BentukNegatif.BALIKAN:
        return None if nilai == 0 else max(Fraction(0), acuan / nilai * 100)
    return max(Fraction(0), (2 * acuan - nilai) / acuan * 100)


@dataclass(frozen=True, slots=True)
class Jenjang:
    """A grade and the whole percent from which it holds."""

    dari: int
    kriteria: str


@dataclass(frozen=True, slots=True)
class TabelPredikat:
    """Grades by a decree, in force from a day; the highest first."""

    dasar: str
    mulai: date
    jenjang: tuple[Jenjang, ...]


class Predikat(NamedTuple):
    """The grade, and whether the target was passed so that it should be looked at."""

    kriteria: str
    melampaui: bool


@cache
def tabel_predikat(berkas: Path = ACUAN) -> tuple[TabelPredikat, ...]:
    """The tables of the file, the oldest first."""
    isi = tomllib.loads(berkas.read_text(encoding="utf-8"))["predikat"]
    tabel = [
        TabelPredikat(
            t["dasar"],
            t["mulai"],
            tuple(sorted((Jenjang(**j) for j in t["jenjang"]), key=lambda j: -j.dari)),
        )
        for t in isi
    ]
    return tuple(sorted(tabel, key=lambda t: t.mulai))


def predikat(nilai: Pecahan | None, pada: date, tabel: Sequence[TabelPredikat] | None = None) -> Predikat | None:
    """The grade of an achievement on a day: rounded half-up to the whole percent, then looked up.

    The decree prints gaps (90-91 and so on); rounding first closes them. Above 100 the highest grade with
    `melampaui`: "melampaui target, periksa target". None where there is no figure or no table in force.
    """
    berlaku = [t for t in (tabel if tabel is not None else tabel_predikat()) if t.mulai <= pada]
    if nilai is None or not berlaku:
        return None
    utuh = bulat(nilai, 0)
    kriteria = next((j.kriteria for j in berlaku[-1].jenjang if utuh >= j.dari), None)
    return Predikat(kriteria, Fraction(nilai) > 100) if kriteria else None


def serapan(realisasi: Pecahan | None, anggaran: Pecahan | None) -> Fraction | None:
    """Absorption: realised money in percent of the budget."""
    if realisasi is None or not anggaran:
        return None
    return Fraction(realisasi) / Fraction(anggaran) * 100


class Efisiensi(NamedTuple):
    """Both ways of the LKjIP; whoever prints one has to name which."""

    selisih: Fraction  # capaian - serapan, in points
    nisbah: Fraction | None  # (1 - serapan / capaian) x 100, in percent


def efisiensi(capaian_kinerja: Pecahan | None, serapan_anggaran: Pecahan | None) -> Efisiensi | None:
    """Efficiency of achievement against money, in both variants."""
    if capaian_kinerja is None or serapan_anggaran is None:
        return None
    kinerja, uang = Fraction(capaian_kinerja), Fraction(serapan_anggaran)
    return Efisiensi(kinerja - uang, (1 - uang / kinerja) * 100 if kinerja else None)


def pertumbuhan(nilai: Sequence[Pecahan | None]) -> list[Fraction | None]:
    """Growth from each value to the next, in percent; None after nothing."""
    return [
        None if lama is None or baru is None or not lama else (Fraction(baru) - Fraction(lama)) / Fraction(lama) * 100
        for lama, baru in pairwise(nilai)
    ]


def rata_rata(nilai: Iterable[Pecahan | None]) -> Fraction | None:
    """The simple mean of the figures that are there (E.81: mean of the indicators, K and Rp separately)."""
    ada = [Fraction(n) for n in nilai if n is not None]
    return sum(ada, Fraction(0)) / len(ada) if ada else None


def rata_pertumbuhan(nilai: Sequence[Pecahan | None]) -> Fraction | None:
    """Mean of the yearly growths (T-C.24)."""
    return rata_rata(pertumbuhan(nilai))


def rasio_jumlah(pasangan: Iterable[tuple[Pecahan | None, Pecahan | None]]) -> Fraction | None:
    """Ratio of sums of (realisation, budget): weighs a large activity more than a small one."""
    semua = list(pasangan)
    return serapan(
        sum((Fraction(r) for r, _ in semua if r is not None), Fraction(0)),
        sum((Fraction(a) for _, a in semua if a is not None), Fraction(0)),
    )


def capaian_periode(
    realisasi: Sequence[Pecahan | None],
    target: Sequence[Pecahan | None],
    tipe: Tipe,
    arah: Arah = Arah.POSITIF,
    *,
    target_akhir: Pecahan | None = None,
    bentuk: BentukNegatif = BentukNegatif.SELISIH,
) -> Fraction | None:
    """Achievement of the whole plan: a level's last reported value against the final target, or sum against sum.

    `target_akhir` is the condition at the end where it is printed; else the last target (level) or the sum.
    """
    dicapai = [r for r in realisasi if r is not None]
    ditarget = [t for t in target if t is not None]
    if not dicapai or (not ditarget and target_akhir is None):
        return None
    if tipe is Tipe.LEVEL:
        akhir = target_akhir if target_akhir is not None else ditarget[-1]
        return capaian(dicapai[-1], akhir, arah, bentuk=bentuk)
    jumlah = sum((Fraction(r) for r in dicapai), Fraction(0))
    akhir = target_akhir if target_akhir is not None else sum((Fraction(t) for t in ditarget), Fraction(0))
    return capaian(jumlah, akhir, arah, bentuk=bentuk)


def tampil(nilai: Pecahan | None, desimal: int = 2) -> Decimal | None:
    """The figure as pages and files print it: half-up; None stays None ("n/a")."""
    return None if nilai is None else bulat(nilai, desimal)
