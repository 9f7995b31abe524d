"""Attempts counted in the database, so that a flushed cache does not forgive them (reliability.md R20, B24).

Rows of `core.Pencacah`, one per kind, minute and actor: `batas/<jenis>/<menit>/<pelaku>`. The actor is kept as
a keyed digest, never in clear. Rows of earlier windows go when a new one is written.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.http import HttpRequest

from core.enkripsi import indeks_buta
from core.models import Pencacah, nomor_berikut
from core.waktu import sekarang

JENDELA = timedelta(minutes=10)
_MENIT = 60


def pelaku_http(request: HttpRequest) -> str:
    """Whom an anonymous request counts for: its address, as the server set up its trusted proxies."""
    return str(request.META.get("REMOTE_ADDR", ""))


def catat(jenis: str, pelaku: str, jendela: timedelta = JENDELA) -> None:
    """Count one attempt of this kind now. A kind keeps to one window: older rows of it go."""
    kini = sekarang()
    with transaction.atomic():
        baru = nomor_berikut(_seri(jenis, kini, pelaku)) == 1
        if baru:
            lama = f"{_awalan(jenis)}{_menit(kini - jendela):012d}"
            Pencacah.objects.filter(seri__gte=_awalan(jenis), seri__lt=lama).delete()


def jumlah(jenis: str, pelaku: str, jendela: timedelta = JENDELA) -> int:
    """Attempts of the window (ten minutes), to the minute. One query."""
    kini = sekarang()
    menit = int(jendela.total_seconds()) // _MENIT
    seri = [_seri(jenis, kini - timedelta(minutes=n), pelaku) for n in range(menit)]
    return int(Pencacah.objects.filter(seri__in=seri).aggregate(n=Sum("nilai"))["n"] or 0)


def _awalan(jenis: str) -> str:
    return f"batas/{jenis}/"


def _menit(saat: datetime) -> int:
    return int(saat.timestamp()) // _MENIT


def _seri(jenis: str, saat: datetime, pelaku: str) -> str:
    return f"{_awalan(jenis)}{_menit(saat):012d}/{indeks_buta(pelaku, 'batas')}"
