"""Figures and the lists behind them. A figure is read from the monthly summary, its list from the rows themselves;
both follow the one definition of the measure given here, and a test compares them all (product.md, known mistakes).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from accounts.enums import Peran
from accounts.models import Akun
from core.kalender import kalender_berlaku
from core.waktu import hari_ini, sekarang, zona
from perizinan.enums import MENUNGGU_PEMOHON, StatusVersi, Ukuran, UkuranKini
from perizinan.models import Pembayaran, Perbaikan, Permohonan, Rekap, RekapSemua, Rekomendasi, VersiLayanan
from perizinan.querysets import PermohonanQuerySet
from perizinan.rekap import batas, butir_dinas, segarkan, tanpa_hari_kotor
from perizinan.tenggat import hari_kotor

_PEMBACA_SEMUA: Final = (Peran.PERENCANA, Peran.PENANDATANGAN, Peran.TIM_PEMBINA, Peran.AUDITOR, Peran.ADMIN)
#: Who reads figures and their lists: a kabid those of the own bidang, the others all.
PEMBACA: Final = (Peran.KABID, *_PEMBACA_SEMUA)


def jenis_pembaca(akun: Akun) -> frozenset[int] | None:
    """Ids of the services whose figures somebody reads: for a kabid those of the own bidang, None for all.

    A service belongs to the bidang of its newest published version, with all its files: a figure and its list are cut
    by service, so that they stay equal when a service moves to another bidang.
    """
    if akun.berperan(*_PEMBACA_SEMUA):
        return None
    bidang = akun.unit_peran(Peran.KABID)
    terbit = VersiLayanan.objects.filter(status=StatusVersi.TERBIT, berlaku_mulai__lte=hari_ini())
    urut = terbit.order_by("berlaku_mulai", "nomor_versi").values_list("jenis_izin_id", "bidang_id")
    return frozenset(jenis for jenis, unit in dict(urut).items() if unit in bidang)


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
    daftar = _sel(ukuran, lingkup).values_list("jenis_izin__kode").annotate(n=Sum("jumlah"))
    return dict(daftar.order_by("-n", "jenis_izin__kode"))


def per_butir(ukuran: Ukuran, lingkup: Lingkup) -> dict[int, int]:
    """The figure of each split: days used for HARI, the SKPD's id for SARAN and its kin."""
    return dict(_rekap(ukuran, lingkup).order_by("butir").values_list("butir").annotate(n=Sum("jumlah")))


def ringkas(lingkup: Lingkup) -> dict[Ukuran, int]:
    """Every figure of the span at once; HARI is days summed over the issued files. One query."""
    daftar = _rekap(None, lingkup).values_list("ukuran").annotate(n=Sum("jumlah"), hari=Sum(F("jumlah") * F("butir")))
    ada = {ukuran: hari if ukuran == Ukuran.HARI else n for ukuran, n, hari in daftar}
    return {u: int(ada.get(u, 0)) for u in Ukuran}


def per_bulan_layanan(ukuran: Ukuran, lingkup: Lingkup) -> dict[tuple[date, str], int]:
    """The figure of each month and service that has any, by month and code. One query."""
    daftar = _sel(ukuran, lingkup).order_by("bulan", "jenis_izin__kode").values_list("bulan", "jenis_izin__kode")
    return {(bulan, kode): int(n) for bulan, kode, n in daftar.annotate(n=Sum("jumlah")) if n}


def per_layanan_semua(lingkup: Lingkup) -> dict[str, dict[Ukuran, int]]:
    """Every figure of each service that has any, by its code. One query."""
    hasil: dict[str, dict[Ukuran, int]] = {}
    daftar = _sel(None, lingkup).values_list("jenis_izin__kode", "ukuran").annotate(n=Sum("jumlah"))
    for kode, ukuran, n in daftar:
        hasil.setdefault(kode, dict.fromkeys(Ukuran, 0))[Ukuran(ukuran)] = int(n)
    return hasil


def sebaran_layanan(lingkup: Lingkup) -> dict[str, dict[int, int]]:
    """How many files of each service took so many days, the shortest first. One query."""
    hasil: dict[str, dict[int, int]] = {}
    daftar = _sel(Ukuran.HARI, lingkup).order_by("butir").values_list("jenis_izin__kode", "butir")
    for kode, hari, n in daftar.annotate(n=Sum("jumlah")):
        hasil.setdefault(kode, {})[hari] = int(n)
    return hasil


def persentil(lingkup: Lingkup, *persen: int) -> list[int | None]:
    """Working days within which so many percent were issued (nearest rank); None when nothing was."""
    return persentil_sebaran(per_butir(Ukuran.HARI, lingkup), *persen)


def persentil_sebaran(sebaran: Mapping[int, int], *persen: int) -> list[int | None]:
    """The same from a distribution, days to files, the shortest first."""
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


def bulan_pertama() -> date | None:
    """The first month of the summary."""
    return RekapSemua.objects.order_by("bulan").values_list("bulan", flat=True).first()


def _rekap(ukuran: Ukuran | None, lingkup: Lingkup) -> QuerySet[Rekap] | QuerySet[RekapSemua]:
    """The cells of a figure: of all services together where it asks for no particular ones."""
    if lingkup.layanan or lingkup.jenis is not None:
        return _sel(ukuran, lingkup)
    return RekapSemua.objects.filter(**_masa(ukuran, lingkup)).order_by()


def _masa(ukuran: Ukuran | None, lingkup: Lingkup) -> dict[str, Any]:
    syarat: dict[str, Any] = {"bulan__gte": lingkup.dari, "bulan__lte": lingkup.sampai}
    if ukuran is not None:
        syarat["ukuran"] = ukuran
    return syarat if lingkup.skpd is None else syarat | {"butir": lingkup.skpd}


def _sel(ukuran: Ukuran | None, lingkup: Lingkup) -> QuerySet[Rekap]:
    """The cells of each service."""
    daftar = Rekap.objects.filter(**_masa(ukuran, lingkup)).order_by()
    if lingkup.layanan:
        daftar = daftar.filter(jenis_izin__kode=lingkup.layanan)
    return daftar if lingkup.jenis is None else daftar.filter(jenis_izin__in=lingkup.jenis)


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
    asal: Callable[[], QuerySet[Any]], kolom: str, ke: str, *syarat: Q, skpd: str = ""
) -> Callable[[Lingkup], QuerySet[Any]]:
    def susun(lingkup: Lingkup) -> QuerySet[Any]:
        awal, akhir = lingkup.rentang
        rentang = {f"{kolom}__gte": awal, f"{kolom}__lt": akhir}
        hasil = asal().filter(*syarat, **rentang, **_layanan(lingkup, ke))
        if skpd and lingkup.skpd is not None:
            hasil = hasil.filter(**{skpd: lingkup.skpd})
        return hasil.order_by(f"-{kolom}", "-pk")

    return susun


def _tepat_kotor(lingkup: Lingkup) -> QuerySet[Permohonan]:
    """In time although the applicant's own time is counted.

    Files without the stored figure are asked of the calendar, one by one; the roll-up leaves none.
    """
    syarat = Q(hari_kotor__lte=F("hari_sop"))
    if tanpa_hari_kotor().exists():
        kalender = kalender_berlaku()
        belum = _berkas("terbit_pada", hari_kotor__isnull=True)(lingkup)
        syarat |= Q(
            pk__in=[
                satu
                for satu, sop, mulai, saat in belum.values_list("pk", "hari_sop", "mulai_hitung", "terbit_pada")
                if sop is not None and mulai and saat and hari_kotor(mulai, saat, kalender) <= sop
            ]
        )
    return _berkas("terbit_pada", syarat)(lingkup)


def _saran() -> QuerySet[Rekomendasi]:
    return Rekomendasi.objects.exclude(hasil="")


_TERBIT = _berkas("terbit_pada")
_SARAN = _peristiwa(_saran, "diberikan_pada", "permohonan__", skpd="skpd")
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
        _saran, "diberikan_pada", "permohonan__", Q(diberikan_pada__gt=F("tenggat")), skpd="skpd"
    ),
    Ukuran.MINTA_DINAS: _peristiwa(butir_dinas, "diminta_pada", "perbaikan__permohonan__", skpd="unit"),
    Ukuran.RETRIBUSI: _peristiwa(Pembayaran.objects.all, "dicatat_pada", "skrd__permohonan__"),
}


# --- as of now, from the files themselves --------------------------------------------------------------------------


def daftar_kini(ukuran: UkuranKini, *, layanan: str = "", jenis: frozenset[int] | None = None) -> PermohonanQuerySet:
    """The files of a figure that is counted live; the figure is their count."""
    lingkup = Lingkup(hari_ini(), hari_ini(), layanan, jenis=jenis)
    return _KINI[ukuran](Permohonan.objects.filter(**_layanan(lingkup)))


def jumlah_kini(*, layanan: str = "", jenis: frozenset[int] | None = None) -> dict[UkuranKini, int]:
    """Every live figure. One query each."""
    return {u: daftar_kini(u, layanan=layanan, jenis=jenis).order_by().count() for u in UkuranKini}


def _hari_ini(kolom: str) -> Callable[[PermohonanQuerySet], PermohonanQuerySet]:
    def saring(daftar: PermohonanQuerySet) -> PermohonanQuerySet:
        awal = datetime.combine(hari_ini(), time.min, zona())
        rentang = {f"{kolom}__gte": awal, f"{kolom}__lt": awal + timedelta(days=1)}
        return daftar.filter(**rentang).order_by(f"-{kolom}", "-pk")

    return saring


_KINI: dict[UkuranKini, Callable[[PermohonanQuerySet], PermohonanQuerySet]] = {
    UkuranKini.MASUK_HARI_INI: _hari_ini("diajukan_pada"),
    UkuranKini.TERBIT_HARI_INI: _hari_ini("terbit_pada"),
    UkuranKini.LEWAT_KINI: lambda daftar: daftar.lewat_tenggat(sekarang()).order_by("tenggat", "pk"),
    UkuranKini.MENUNGGU_PEMOHON: lambda daftar: daftar.filter(status__in=sorted(MENUNGGU_PEMOHON)).order_by(
        "batas_pemohon", "pk"
    ),
}

__all__ = [
    "PEMBACA",
    "Lingkup",
    "bulan_pertama",
    "daftar",
    "daftar_kini",
    "jenis_pembaca",
    "jumlah",
    "jumlah_kini",
    "per_bulan",
    "per_bulan_layanan",
    "per_butir",
    "per_layanan",
    "per_layanan_semua",
    "per_tahun",
    "persentil",
    "persentil_sebaran",
    "ringkas",
    "sebaran_layanan",
    "segarkan",
]
