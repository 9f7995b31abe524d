"""What was issued by day, week, month or year, and how much of it in time: the Renstra's duty to publish.

Days and weeks are counted from the files, months and years read from the monthly summary; a test compares both with
the counts of the API. Periods are the office's; a week is Monday to Sunday and bears its ISO number.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.db.models import Count, DateField, F, Q, QuerySet
from django.db.models.functions import Trunc
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.waktu import zona
from perizinan import statistik
from perizinan.enums import Ukuran
from perizinan.models import Permohonan
from perizinan.statistik import Lingkup

#: What a period is called in the database, and its code.
PERIODE: Final = {
    "hari": ("day", "%Y-%m-%d"),
    "minggu": ("week", "%G-W%V"),
    "bulan": ("month", "%Y-%m"),
    "tahun": ("year", "%Y"),
}


@dataclass(frozen=True, slots=True)
class BarisPeriode:
    """One period: its code (`2026-06-02`, `2026-W23`, `2026-06`, `2026`), its words, what was issued in it."""

    kode: str
    nama: str
    mulai: date
    terbit: int
    tepat: int

    @property
    def persen(self) -> int | None:
        """Whole percent in time, rounded down so that 100 means all of them; None when nothing was issued."""
        return self.tepat * 100 // self.terbit if self.terbit else None


def terbit_per(per: str, layanan: str = "", rentang: tuple[datetime, datetime] | None = None) -> QuerySet[Any]:
    """Files counted by the period of their signature, the newest first: `mulai`, `jumlah`, `tepat`."""
    terbit = Permohonan.objects.filter(terbit_pada__isnull=False)
    if layanan:
        terbit = terbit.filter(jenis_izin__kode=layanan)
    if rentang:
        terbit = terbit.filter(terbit_pada__gte=rentang[0], terbit_pada__lt=rentang[1])
    mulai = Trunc("terbit_pada", PERIODE[per][0], output_field=DateField(), tzinfo=zona())
    tepat = Count("pk", filter=Q(hari_terpakai__lte=F("hari_sop")))
    dikelompok = terbit.annotate(mulai=mulai).values("mulai").annotate(jumlah=Count("pk"), tepat=tepat)
    return dikelompok.order_by("-mulai")


def tahun_penuh(tahun: int) -> tuple[datetime, datetime]:
    """First instants of a year and of the next."""
    awal, akhir = (datetime.combine(date(t, 1, 1), time.min, zona()) for t in (tahun, tahun + 1))
    return awal, akhir


def _minggu_penuh(tahun: int) -> tuple[datetime, datetime]:
    """First instants of the first week of a year and of the next: no week is cut at New Year."""
    awal, akhir = (datetime.combine(date.fromisocalendar(t, 1, 1), time.min, zona()) for t in (tahun, tahun + 1))
    return awal, akhir


def susun(per: str, bulan: date, layanan: str = "") -> list[BarisPeriode]:
    """The rows of a page: the days of the month, the weeks or months of its year, or all years; the newest first.

    Periods without anything issued are left out.
    """
    if per == "hari":
        return _langsung(per, layanan, Lingkup(bulan, bulan).rentang)
    if per == "minggu":
        return _langsung(per, layanan, _minggu_penuh(bulan.year))
    statistik.segarkan()  # derived: a reader may bring it up to date
    return _dari_rekap(per, layanan, bulan)


def _langsung(per: str, layanan: str, rentang: tuple[datetime, datetime]) -> list[BarisPeriode]:
    return [_baris(per, b["mulai"], b["jumlah"], b["tepat"]) for b in terbit_per(per, layanan, rentang)]


def _dari_rekap(per: str, layanan: str, bulan: date) -> list[BarisPeriode]:
    if per == "bulan":
        setahun = Lingkup(bulan.replace(month=1), bulan.replace(month=12), layanan)
        terbit, tepat = (statistik.per_bulan(u, setahun) for u in (Ukuran.TERBIT, Ukuran.TEPAT))
        return [_baris(per, b, n, tepat[b]) for b, n in reversed(terbit.items()) if n]
    semua = Lingkup(date(2000, 1, 1), date(bulan.year, 12, 1), layanan)
    per_tahun, tahun_tepat = (statistik.per_tahun(u, semua) for u in (Ukuran.TERBIT, Ukuran.TEPAT))
    return [_baris(per, date(t, 1, 1), n, tahun_tepat.get(t, 0)) for t, n in reversed(per_tahun.items())]


def _baris(per: str, mulai: date, terbit: int, tepat: int) -> BarisPeriode:
    kode = mulai.strftime(PERIODE[per][1])
    nama = {
        "hari": lambda: date_format(mulai, "l, j F Y"),
        "minggu": lambda: (
            _("Minggu ke-%(n)s, mulai %(hari)s")
            % {"n": mulai.isocalendar().week, "hari": date_format(mulai, "j F Y")}
        ),
        "bulan": lambda: date_format(mulai, "F Y"),
        "tahun": lambda: str(mulai.year),
    }[per]()
    return BarisPeriode(kode, str(nama), mulai, terbit, tepat)


def baris_csv(baris: list[BarisPeriode]) -> Iterator[str]:
    """Lines of the file, head first: codes and numbers only."""
    semua: list[list[object]] = [["periode", "mulai", "terbit", "tepat_waktu"]]
    semua += [[b.kode, b.mulai, b.terbit, b.tepat] for b in baris]
    for sel in semua:
        keluar = io.StringIO()
        csv.writer(keluar).writerow(sel)
        yield keluar.getvalue()
