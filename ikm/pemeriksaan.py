"""Do the counts say what the answers say? Every cell of every gathering period is compared (`periksa_ikm`)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q, QuerySet, Sum

from ikm.cakupan import DIMENSI
from ikm.enums import NILAI
from ikm.models import KOLOM_UNSUR, Hitungan, Jawaban, Periode

#: Group, service, channel, place of the unsur, value.
Sel = tuple[str, str, str, int, int]


@dataclass(frozen=True, slots=True)
class Beda:
    """One cell in which counts and answers differ."""

    periode: str
    kelompok: str
    layanan: str
    saluran: str
    urutan: int
    nilai: int
    tersimpan: int
    hitung_ulang: int


def periksa_hitungan() -> tuple[int, list[Beda]]:
    """How many answers were counted again, and every cell that differs, in an order that stays."""
    jumlah, beda = 0, []
    for periode in Periode.objects.filter(mengumpulkan=True).order_by("mulai"):
        jumlah += _sah(periode).count()
        beda += beda_periode(periode)
    return jumlah, beda


def beda_periode(periode: Periode) -> list[Beda]:
    """Every cell of one gathering period that differs, in an order that stays."""
    tersimpan, dihitung = _tersimpan(periode), hitung_ulang(periode)
    return [
        Beda(periode.kode, *sel, tersimpan.get(sel, 0), dihitung.get(sel, 0))
        for sel in sorted(tersimpan.keys() | dihitung.keys())
        if tersimpan.get(sel, 0) != dihitung.get(sel, 0)
    ]


def hitung_ulang(periode: Periode) -> dict[Sel, int]:
    """The counts of a period from its answers, in one pass over them; cells of nothing are left out."""
    sel: dict[Sel, int] = {}
    hitung = {
        f"c_{urutan}_{nilai}": Count("pk", filter=Q(**{kolom: nilai}))
        for urutan, kolom in enumerate(KOLOM_UNSUR, start=1)
        for nilai in NILAI
    }
    for baris in _sah(periode).values(*DIMENSI).order_by().annotate(**hitung):
        asal = (baris["kelompok"], baris["layanan"], baris["saluran"])
        for urutan in range(1, len(KOLOM_UNSUR) + 1):
            for nilai in NILAI:
                if n := baris[f"c_{urutan}_{nilai}"]:
                    sel[(*asal, urutan, nilai)] = n
    return sel


def nrr_dari_jawaban(periode: Periode) -> list[Fraction | None]:
    """The mean of every column straight from the answers, None for a column without any: what the index rests on."""
    jumlah = _sah(periode).aggregate(
        **{f"n_{k}": Count(k) for k in KOLOM_UNSUR}, **{f"s_{k}": Sum(k) for k in KOLOM_UNSUR}
    )
    return [Fraction(jumlah[f"s_{k}"], jumlah[f"n_{k}"]) if jumlah[f"n_{k}"] else None for k in KOLOM_UNSUR]


def _sah(periode: Periode) -> QuerySet[Jawaban]:
    return Jawaban.objects.filter(periode=periode, dikecualikan=False)


def _tersimpan(periode: Periode) -> dict[Sel, int]:
    baris = Hitungan.objects.filter(periode=periode, jumlah__gt=0).values_list(*DIMENSI, "urutan", "nilai", "jumlah")
    return {(k, ly, s, urutan, nilai): n for k, ly, s, urutan, nilai, n in baris}
