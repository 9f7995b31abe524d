"""Numbers as Indonesia prints them: thousands dot, decimal comma, half-up. Pure; exact fractions, never float.

Source: renstra_rules.md, "a ratio counts as equal when it matches after half-up rounding to the decimals printed".
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

#: 1.234.567 or 1.234.567,00: groups of three, and cents where money is printed with cents.
BAKU = re.compile(r"\d{1,3}(\.\d{3})*(,\d{2})?")
#: 92,48% or 97%; any number of decimals.
PERSEN_BAKU = re.compile(r"\d{1,3}(\.\d{3})*(,\d+)?\s?%")
_AWALAN_RP = re.compile(r"^Rp\s*\.?\s*", re.IGNORECASE)

Bilangan = Decimal | Fraction | int


def bulat(nilai: Bilangan, desimal: int = 0) -> Decimal:
    """Round half-up (away from zero at the half) to so many decimals."""
    pecahan = Fraction(nilai)
    kali = abs(pecahan) * 10**desimal
    utuh = (2 * kali.numerator + kali.denominator) // (2 * kali.denominator)
    hasil = Decimal(utuh).scaleb(-desimal)
    return -hasil if pecahan < 0 and utuh else hasil


def tulis(nilai: Bilangan, desimal: int | None = None) -> str:
    """`1.234,50`: the number with dots and comma; `desimal=None` keeps the decimals that it has."""
    angka = bulat(nilai, desimal) if desimal is not None else _wajar(nilai)
    utuh, _, pecahan = f"{abs(angka):f}".partition(".")
    tanda = "-" if angka < 0 else ""
    return f"{tanda}{int(utuh):,}".replace(",", ".") + (f",{pecahan}" if pecahan else "")


def tulis_persen(nilai: Bilangan, desimal: int = 2) -> str:
    """`98,49%` from 98.4888."""
    return f"{tulis(nilai, desimal)}%"


def _wajar(nilai: Bilangan) -> Decimal:
    """Exact where it ends, else two decimals; no trailing zeros."""
    angka = bulat(nilai, 6)
    if Fraction(angka) != Fraction(nilai):
        angka = bulat(nilai, 2)
    angka = angka.normalize()
    return angka.quantize(Decimal(1), ROUND_HALF_UP) if angka == angka.to_integral_value() else angka


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
