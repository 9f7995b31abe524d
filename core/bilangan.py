"""Exact numbers and how they are written: rounded once, half up, with a decimal comma. Never a float."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

Pecahan = Fraction | Decimal | int


def bulatkan(nilai: Pecahan, tempat: int = 2) -> Decimal:
    """The value rounded half up (away from zero) to so many decimals, from the exact fraction."""
    pecahan = Fraction(nilai)
    kali = 10**tempat
    penuh, sisa = divmod(abs(pecahan.numerator) * kali, pecahan.denominator)
    penuh += 2 * sisa >= pecahan.denominator
    return Decimal(-penuh if pecahan < 0 else penuh).scaleb(-tempat)


def tulis(nilai: Pecahan | None, tempat: int = 2) -> str:
    """`Decimal("1234.5")` becomes `1.234,50`; nothing for None. A finer value is rounded half up."""
    if nilai is None:
        return ""
    teks = f"{bulatkan(nilai, tempat):,.{tempat}f}"
    return teks.replace(",", "|").replace(".", ",").replace("|", ".")
