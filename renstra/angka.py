"""Numbers as Indonesia prints them: thousands dot, decimal comma, half-up. Pure; exact fractions, never float.

Source: renstra_rules.md, "a ratio counts as equal when it matches after half-up rounding to the decimals printed".
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from core import bilangan
from core.bilangan import Pecahan
from core.bilangan import bulatkan as bulat

#: 1.234.567 or 1.234.567,00: groups of three, and cents where money is printed with cents.
BAKU = re.compile(r"\d{1,3}(\.\d{3})*(,\d{2})?")
#: 92,48% or 97%; any number of decimals.
PERSEN_BAKU = re.compile(r"\d{1,3}(\.\d{3})*(,\d+)?\s?%")
_AWALAN_RP = re.compile(r"^Rp\s*\.?\s*", re.IGNORECASE)


def tulis(nilai: Pecahan, desimal: int | None = None) -> str:
    """`1.234,50`: the number with dots and comma; `desimal=None` shows the decimals that it has, two if endless."""
    if desimal is not None:
        return bilangan.tulis(nilai, desimal)
    tempat = next((n for n in range(7) if Fraction(bulat(nilai, n)) == Fraction(nilai)), 2)
    return bilangan.tulis(nilai, tempat)


def tulis_persen(nilai: Pecahan, desimal: int = 2) -> str:
    """`98,49%` from 98.4888."""
    return f"{tulis(nilai, desimal)}%"


def tanpa_rp(teks: str) -> str:
    """The printed amount without its `Rp.`."""
    return _AWALAN_RP.sub("", teks.strip())


def kosong(teks: str) -> bool:
    """Nothing, or one of the dashes that stand for nothing."""
    return teks.strip() in {"", "-", "–", "—"}


def desimal(teks: str) -> int:
    """How many decimals a printed number shows."""
    cocok = re.search(r",(\d+)", teks)
    return len(cocok.group(1)) if cocok else 0


def baca_cetak(teks: str) -> Decimal | None:
    """Read a printed number tolerantly (wrong grouping too, for format_angka to report); None where none is."""
    inti = tanpa_rp(teks).removesuffix("%").strip()
    if kosong(inti) or not re.fullmatch(r"-?[\d.,;\s]*\d[\d.,;\s]*", inti):
        return None
    inti = re.sub(r"[;\s]", "", inti)
    utuh, koma, pecahan = inti.partition(",")
    if koma and not pecahan.isdigit():
        return None
    return Decimal(f"{utuh.replace('.', '')}.{pecahan or 0}") if utuh.replace(".", "").lstrip("-").isdigit() else None


def baca_mesin(teks: str) -> Decimal | None:
    """Read a number as the tables hold it (`82.05`, `1700000000`); a printed form is read as printed."""
    inti = teks.strip()
    if re.fullmatch(r"-?\d+(\.\d+)?", inti) and not re.fullmatch(r"-?\d{1,3}(\.\d{3}){2,}", inti):
        return Decimal(inti)
    return baca_cetak(inti)


def sah_mesin(teks: str) -> bool:
    """A plain number, or a well grouped printed one."""
    inti = tanpa_rp(teks)
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", inti) or BAKU.fullmatch(inti) or re.fullmatch(r"\d+,\d+", inti))


__all__ = [
    "BAKU",
    "PERSEN_BAKU",
    "Pecahan",
    "baca_cetak",
    "baca_mesin",
    "bulat",
    "desimal",
    "kosong",
    "sah_mesin",
    "tanpa_rp",
    "tulis",
    "tulis_persen",
]
