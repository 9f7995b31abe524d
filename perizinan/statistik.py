"""Figures and the lists behind them. A figure is read from the monthly summary, its list from the rows themselves;
both follow the one definition of the measure given here, and a test compares them all (product.md, known mistakes).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from core.kalender import kalender_berlaku
from perizinan.enums import Ukuran
from perizinan.models import Pembayaran, Perbaikan, Permohonan, Rekap, Rekomendasi
from perizinan.rekap import batas, hari_kotor, segarkan


@dataclass(frozen=True, slots=True)
class Lingkup:
    """Which months (first days, both included), which service, which SKPD; empty means all.

    `jenis` are the ids of the services that the reader answers for; None means all, nothing means none.
    """

    dari: date
    sampai: date
    layanan: str = ""
    skpd: int | None = None
    jenis: frozenset[int] | None = None

    @property
    def rentang(self) -> tuple[datetime, datetime]:
        """First instant, and the first one after the last month."""
        return batas(self.dari)[0], batas(self.sampai)[1]


def jumlah(ukuran: Ukuran, lingkup: Lingkup) -> int:
    """One figure. One query of the summary."""
    return int(_rekap(ukuran, lingkup).aggregate(n=Sum("jumlah"))["n"] or 0)


def per_bulan(ukuran: Ukuran, lingkup: Lingkup) -> dict[date, int]:
    """The figure of each month of the span, zeros included, the earliest first."""
    ada = dict(_rekap(ukuran, lingkup).order_by("bulan").values_list("bulan").annotate(n=Sum("jumlah")))
    hasil, bulan = {}, lingkup.dari
    while bulan <= lingkup.sampai:
        hasil[bulan] = ada.get(bulan, 0)
        bulan = batas(bulan)[1].date()
    return hasil


def per_tahun(ukuran: Ukuran, lingkup: Lingkup) -> dict[int, int]:
    """The figure of each year of the span that has any, the earliest first."""
    daftar = _rekap(ukuran, lingkup).annotate(tahun=ExtractYear("bulan"))
    return dict(daftar.order_by("tahun").values_list("tahun").annotate(n=Sum("jumlah")))


def per_layanan(ukuran: Ukuran, lingkup: Lingkup) -> dict[str, int]:
    """The figure of each service that has any, by its code, the largest first."""
    daftar = _rekap(ukuran, lingkup).values_list("jenis_izin__kode").annotate(n=Sum("jumlah"))
    return dict(daftar.order_by("-n", "jenis_izin__kode"))


def per_butir(ukuran: Ukuran, lingkup: Lingkup) -> dict[int, int]:
    """The figure of each split: days used for HARI, the SKPD's id for SARAN and its kin."""
    return dict(_rekap(ukuran, lingkup).order_by("butir").values_list("butir").annotate(n=Sum("jumlah")))


def persentil(lingkup: Lingkup, *persen: int) -> list[int | None]:
    """Working days within which so many percent were issued (nearest rank); None when nothing was."""
    sebaran = per_butir(Ukuran.HARI, lingkup)
    semua = sum(sebaran.values())
    hasil: list[int | None] = []
    for satu in persen:
        peringkat, sejauh, nilai = -(-satu * semua // 100), 0, None
        for hari, n in sebaran.items():
            sejauh += n
            if sejauh >= peringkat > 0:
                nilai = hari
                break
        hasil.append(nilai)
    return hasil


def _rekap(ukuran: Ukuran, lingkup: Lingkup) -> QuerySet[Rekap]:
    daftar = Rekap.objects.filter(ukuran=ukuran, bulan__gte=lingkup.dari, bulan__lte=lingkup.sampai).order_by()
    if lingkup.layanan:
        daftar = daftar.filter(jenis_izin__kode=lingkup.layanan)
    if lingkup.jenis is not None:
        daftar = daftar.filter(jenis_izin__in=lingkup.jenis)
    if lingkup.skpd is not None:
        daftar = daftar.filter(butir=lingkup.skpd)
    return daftar


# --- the lists behind the figures ---------------------------------------------------------------------------------


def daftar(ukuran: Ukuran, lingkup: Lingkup) -> QuerySet[Any]:
    """The rows that a figure counts: files, correction rounds, recommendations or payments, the latest first.

    For sums (RETRIBUSI, SARAN_HARI) the rows that are summed.
    """
    return _DAFTAR[ukuran](lingkup)


def _layanan(lingkup: Lingkup, ke: str = "") -> dict[str, Any]:
    """The condition on the service of a file that `ke` leads to."""
    syarat: dict[str, Any] = {f"{ke}jenis_izin__kode": lingkup.layanan} if lingkup.layanan else {}
    return syarat if lingkup.jenis is None else syarat | {f"{ke}jenis_izin__in": lingkup.jenis}


def _berkas(kolom: str, *syarat: Q, **saring: Any) -> Callable[[Lingkup], QuerySet[Permohonan]]:
    def susun(lingkup: Lingkup) -> QuerySet[Permohonan]:
        awal, akhir = lingkup.rentang
        rentang = {f"{kolom}__gte": awal, f"{kolom}__lt": akhir}
        hasil = Permohonan.objects.filter(*syarat, **rentang, **saring, **_layanan(lingkup))
        return hasil.order_by(f"-{kolom}", "-pk")

    return susun


def _peristiwa(
    asal: Callable[[], QuerySet[Any]], kolom: str, ke: str, *syarat: Q, skpd: bool = False
) -> Callable[[Lingkup], QuerySet[Any]]:
    def susun(lingkup: Lingkup) -> QuerySet[Any]:
        awal, akhir = lingkup.rentang
        rentang = {f"{kolom}__gte": awal, f"{kolom}__lt": akhir}
        hasil = asal().filter(*syarat, **rentang, **_layanan(lingkup, ke))
        if skpd and lingkup.skpd is not None:
            hasil = hasil.filter(skpd=lingkup.skpd)
        return hasil.order_by(f"-{kolom}", "-pk")

    return susun


def _tepat_kotor(lingkup: Lingkup) -> QuerySet[Permohonan]:
    """In time although the applicant's own time is counted: asked of the calendar, file by file."""
    kalender = kalender_berlaku()
    terbit = _berkas("terbit_pada")(lingkup)
    pk = [
        satu
        for satu, sop, mulai, saat in terbit.values_list("pk", "hari_sop", "mulai_hitung", "terbit_pada")
        if sop is not None and mulai and saat and hari_kotor(mulai, saat, kalender) <= sop
    ]
    return Permohonan.objects.filter(pk__in=pk).order_by("-terbit_pada", "-pk")


def _saran() -> QuerySet[Rekomendasi]:
    return Rekomendasi.objects.exclude(hasil="")


_TERBIT = _berkas("terbit_pada")
_SARAN = _peristiwa(_saran, "diberikan_pada", "permohonan__", skpd=True)
_DAFTAR: dict[Ukuran, Callable[[Lingkup], QuerySet[Any]]] = {
    Ukuran.DIAJUKAN: _berkas("diajukan_pada"),
    Ukuran.TERBIT: _TERBIT,
    Ukuran.HARI: _TERBIT,
    Ukuran.TEPAT: _berkas("terbit_pada", Q(hari_terpakai__lte=F("hari_sop"))),
    Ukuran.LEWAT: _berkas("terbit_pada", Q(hari_terpakai__gt=F("hari_sop"))),
    Ukuran.TEPAT_KOTOR: _tepat_kotor,
    Ukuran.DITOLAK: _berkas("selesai_pada", status="ditolak"),
    Ukuran.GUGUR: _berkas("selesai_pada", status="gugur"),
    Ukuran.DIBATALKAN: _berkas("selesai_pada", status="dibatalkan"),
    Ukuran.PERBAIKAN: _peristiwa(Perbaikan.objects.all, "dibuka_pada", "permohonan__"),
    Ukuran.SARAN: _SARAN,
    Ukuran.SARAN_HARI: _SARAN,
    Ukuran.SARAN_LEWAT: _peristiwa(
        _saran, "diberikan_pada", "permohonan__", Q(diberikan_pada__gt=F("tenggat")), skpd=True
    ),
    Ukuran.RETRIBUSI: _peristiwa(Pembayaran.objects.all, "dicatat_pada", "skrd__permohonan__"),
}

__all__ = [
    "Lingkup",
    "daftar",
    "jumlah",
    "per_bulan",
    "per_butir",
    "per_layanan",
    "per_tahun",
    "persentil",
    "segarkan",
]
