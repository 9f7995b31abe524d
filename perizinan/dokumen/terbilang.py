"""Amounts in words, as a bill must carry them: `Rp396.000` is "tiga ratus sembilan puluh enam ribu rupiah"."""

from __future__ import annotations

_SATUAN = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_BESAR = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))


def terbilang(nilai: int) -> str:
    """A whole number from 0 to 999 triliun in Indonesian words. Raises ValueError outside that."""
    if not 0 <= nilai < 10**15:
        raise ValueError(f"{nilai} tidak dapat dieja.")
    return _SATUAN[0] if nilai == 0 else " ".join(_kata(nilai))


def _kata(nilai: int) -> list[str]:
    for besar, nama in _BESAR:
        if nilai >= besar:
            depan, sisa = divmod(nilai, besar)
            awal = ["seribu"] if (depan, nama) == (1, "ribu") else [*_kata(depan), nama]
            return awal + _kata(sisa)
    return _ratusan(nilai)


def _ratusan(nilai: int) -> list[str]:
    ratus, sisa = divmod(nilai, 100)
    kata = ["seratus"] if ratus == 1 else [_SATUAN[ratus], "ratus"] if ratus else []
    return kata + _puluhan(sisa)


def _puluhan(nilai: int) -> list[str]:
    if nilai < 10:
        return [_SATUAN[nilai]] if nilai else []
    if nilai < 20:
        khusus = {10: "sepuluh", 11: "sebelas"}
        return [khusus[nilai]] if nilai in khusus else [_SATUAN[nilai - 10], "belas"]
    puluh, satuan = divmod(nilai, 10)
    return [_SATUAN[puluh], "puluh"] + ([_SATUAN[satuan]] if satuan else [])
