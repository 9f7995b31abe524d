"""Scheduled entry points: sweeps that find what a nudge lost, and what is due by time."""

from __future__ import annotations

from celery import shared_task

from core.waktu import sekarang
from perizinan import dokumen
from perizinan.models import Permohonan


@shared_task(name="perizinan.jadwal.sapu_dokumen")
def sapu_dokumen() -> int:
    """Make documents that were ordered and not made. Returns how many were made."""
    return dokumen.sapu()


@shared_task(name="perizinan.jadwal.sapu_tenggat")
def sapu_tenggat() -> int:
    """Count open files whose due instant has passed, for the health page. Acts on lateness: rows 27-29."""
    lewat: int = Permohonan.objects.berjalan().filter(tenggat__lt=sekarang()).count()
    return lewat
