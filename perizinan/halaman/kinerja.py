"""What was issued in a month and how much of it in time: the figures of the front page and the list behind them.

One query object feeds the tile and the list, so that the two cannot differ (product.md, known mistakes).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Avg, Count, F, Q, QuerySet

from core.waktu import zona
from perizinan.models import Permohonan


@dataclass(frozen=True, slots=True)
class BarisKinerja:
    """One service in one month."""

    nama: str
    kode: str
    terbit: int
    tepat: int
    rata: int


@dataclass(frozen=True, slots=True)
class Kinerja:
    """A month: its rows, and their sums."""

    bulan: date
    baris: list[BarisKinerja]
    sebelumnya: str
    berikutnya: str

    @property
    def terbit(self) -> int:
        return sum(b.terbit for b in self.baris)

    @property
    def tepat(self) -> int:
        return sum(b.tepat for b in self.baris)

    @property
    def persen_tepat(self) -> int | None:
        """Whole percent in time, rounded down so that 100 means all of them; None when nothing was issued."""
        return self.tepat * 100 // self.terbit if self.terbit else None


def baca_bulan(teks: str, kini: date) -> date:
    """The first day of `2026-06`; the present month for anything else, and for a month to come."""
    try:
        tahun, bulan = (int(bagian) for bagian in teks.split("-"))
        awal = date(tahun, bulan, 1)
    except ValueError:
        awal = kini.replace(day=1)
    return min(awal, kini.replace(day=1)) if awal.year > 2000 else kini.replace(day=1)


def batas_bulan(bulan: date) -> tuple[datetime, datetime]:
    """First instant of a month and of the next, on the office's clock."""
    return datetime.combine(bulan, time.min, zona()), datetime.combine(geser(bulan, 1), time.min, zona())


def terbit_bulan(bulan: date) -> QuerySet[Permohonan]:
    """Files whose permit was signed in that month, by the office's calendar."""
    awal, akhir = batas_bulan(bulan)
    return Permohonan.objects.filter(terbit_pada__gte=awal, terbit_pada__lt=akhir)


def bulanan(bulan: date) -> Kinerja:
    """The month, busiest service first. One query."""
    baris = (
        terbit_bulan(bulan)
        .values("jenis_izin__nama", "jenis_izin__kode")
        .annotate(
            terbit=Count("pk"),
            tepat=Count("pk", filter=Q(hari_terpakai__lte=F("hari_sop"))),
            rata=Avg("hari_terpakai"),
        )
        .order_by("-terbit", "jenis_izin__nama")
    )
    daftar = [
        BarisKinerja(b["jenis_izin__nama"], b["jenis_izin__kode"], b["terbit"], b["tepat"], round(b["rata"] or 0))
        for b in baris
    ]
    return Kinerja(bulan, daftar, f"{geser(bulan, -1):%Y-%m}", f"{geser(bulan, 1):%Y-%m}")


def geser(bulan: date, banyak: int) -> date:
    """The first day of the month so many months later."""
    tahun, indeks = divmod(bulan.year * 12 + bulan.month - 1 + banyak, 12)
    return date(tahun, indeks + 1, 1)
