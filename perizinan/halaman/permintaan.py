"""How often each unit and officer asks applicants for corrections, and how often late: for those who lead.

A request stops our clock; a desk that asks more than others, or when the time has nearly run out, is looked at.
Rate = files on which a correction was asked, of the files on which that officer acted, in the period.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from accounts.models import Akun
from perizinan.halaman.kotak import lingkup
from perizinan.models import ButirPerbaikan, Riwayat


@dataclass(frozen=True, slots=True)
class BarisPermintaan:
    """One officer of one unit: files acted on, files with a request, requests in the last fifth of the time."""

    unit: str
    nama: str
    ditangani: int
    diminta: int
    di_akhir: int

    @property
    def persen(self) -> int:
        return 100 * self.diminta // self.ditangani if self.ditangani else 0


def permintaan(akun: Akun, sejak: datetime) -> list[BarisPermintaan]:
    """The rows of the files that the reader may see, the highest rate first. Two queries."""
    berkas = lingkup(akun).values("pk")
    butir = (
        ButirPerbaikan.objects.filter(diminta_pada__gte=sejak, perbaikan__permohonan__in=berkas)
        .values("diminta_oleh", "diminta_oleh__nama", "unit__nama")
        .annotate(
            diminta=Count("perbaikan__permohonan", distinct=True),
            akhir=Count("perbaikan__permohonan", distinct=True, filter=Q(di_akhir=True)),
        )
    )
    ditangani = dict(
        Riwayat.objects.filter(pada__gte=sejak, permohonan__in=berkas, oleh__in=[b["diminta_oleh"] for b in butir])
        .values_list("oleh")
        .annotate(n=Count("permohonan", distinct=True))
    )
    baris = [
        BarisPermintaan(
            b["unit__nama"] or "",
            b["diminta_oleh__nama"],
            ditangani.get(b["diminta_oleh"], 0),
            b["diminta"],
            b["akhir"],
        )
        for b in butir
    ]
    return sorted(baris, key=lambda b: (-b.persen, -b.di_akhir, b.nama))
