"""Numbers that people read aloud: the public number, the register number, the permit number.

Source: domain/state_machine.csv rows 2, 5 and 21; ISO/IEC 7064 mod 37,36; Crockford's base 32. Pure.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from string import Formatter

from stdnum.iso7064 import mod_37_36

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PANJANG = 10
_PEMISAH = re.compile(r"[\s\-\u2010-\u2015\u2212_.]+")
_LIPAT = str.maketrans({"O": "0", "I": "1", "L": "1"})
_MASUKAN_MAKS = 40

#: What a permit number's template may name; urut and tahun must appear.
TANDA_NOMOR_IZIN = frozenset({"urut", "tahun", "bulan", "bulan_romawi", "kode", "unit", "klasifikasi"})
_ROMAWI = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_LEBAR = re.compile(r"(0[1-9]d)?")


def nomor_baru(pilih: Callable[[Sequence[str]], str] = secrets.choice) -> str:
    """A new public number, XXXXX-XXXXX: nine random Crockford characters and an ISO 7064 mod 37,36 check.

    45 random bits, so nobody finds another's file by guessing. Numbers whose check character would be I, L, O
    or U are skipped. Whether the number is free is for the database's unique constraint to say.
    """
    while True:
        isi = "".join(pilih(CROCKFORD) for _ in range(PANJANG - 1))
        periksa = mod_37_36.calc_check_digit(isi)
        if periksa in CROCKFORD:
            return f"{isi[:5]}-{isi[5:]}{periksa}"


def baca_nomor(teks: str) -> str | None:
    """What a person typed as a public number in its written form, or None if it cannot be one.

    Folds case, spaces and hyphens, O to 0, I and L to 1. A typing error is caught by the check character, so
    the database is not asked.
    """
    if len(teks) > _MASUKAN_MAKS:
        return None
    rapat = _PEMISAH.sub("", teks)
    if not rapat.isascii():
        return None
    rapat = rapat.upper().translate(_LIPAT)
    if len(rapat) != PANJANG or not set(rapat) <= set(CROCKFORD) or not mod_37_36.is_valid(rapat):
        return None
    return f"{rapat[:5]}-{rapat[5:]}"


def nomor_register(tahun: int, urut: int, kode: str = "503") -> str:
    """The register number given at daftarkan: 503-2026-000123; `kode` is the office's own (Kantor)."""
    return f"{kode}-{tahun}-{urut:06d}"


def nomor_izin(pola: str, *, urut: int, tahun: int, bulan: int, isian: Mapping[str, str]) -> str:
    """The permit number by the office's template, for example `503/{urut:04d}/{kode}/{unit}/{tahun}`.

    `isian` gives kode, unit, klasifikasi where the template names them. Raises ValueError for a template that
    `periksa_pola` refuses or a name without a value.
    """
    periksa_pola(pola)
    nilai: dict[str, str | int] = {
        **isian,
        "urut": urut,
        "tahun": tahun,
        "bulan": bulan,
        "bulan_romawi": _ROMAWI[bulan - 1],
    }
    hilang = sorted(_tanda(pola) - nilai.keys())
    if hilang:
        raise ValueError(f"Pola nomor menyebut {', '.join(hilang)}, tetapi nilainya tidak ada.")
    return pola.format_map(nilai)


def periksa_pola(pola: str) -> None:
    """A template may name only the known tags, each plain or with a width such as {urut:04d}.

    Raises ValueError with a sentence for the admin who edits it.
    """
    try:
        bagian = [(nama, format_, ubah) for _, nama, format_, ubah in Formatter().parse(pola) if nama is not None]
    except ValueError as galat:
        raise ValueError("Kurung kurawal pada pola nomor tidak berpasangan.") from galat
    for nama, format_, ubah in bagian:
        if nama not in TANDA_NOMOR_IZIN:
            boleh = ", ".join(sorted(TANDA_NOMOR_IZIN))
            raise ValueError(f"Pola nomor menyebut {{{nama}}}. Yang dikenal: {boleh}.")
        angka = nama in ("urut", "tahun", "bulan")
        if ubah or not _LEBAR.fullmatch(format_ or "") or (format_ and not angka):
            raise ValueError(f"Lebar angka {{{nama}}} ditulis seperti {{urut:04d}}.")
    for wajib in ("urut", "tahun"):
        if wajib not in _tanda(pola):
            raise ValueError(f"Pola nomor harus memuat {{{wajib}}} agar setiap nomor hanya ada satu kali.")


def _tanda(pola: str) -> set[str]:
    return {nama for _, nama, _, _ in Formatter().parse(pola) if nama is not None}
