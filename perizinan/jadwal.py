"""Scheduled entry points: sweeps that find what a nudge lost, and what is due by time."""

from __future__ import annotations

from celery import shared_task

from perizinan import dokumen, rekap
from perizinan.services import masa_berlaku, sapuan, survei


@shared_task(name="perizinan.jadwal.sapu_dokumen")
def sapu_dokumen() -> int:
    """Make documents that were ordered and not made. Returns how many were made."""
    return dokumen.sapu()


@shared_task(name="perizinan.jadwal.sapu_tenggat")
def sapu_tenggat() -> int:
    """Every minute: do what time asks for on open files. Two sweeps at once do nothing twice."""
    return sapuan.sapu()


@shared_task(name="perizinan.jadwal.sapu_masa_berlaku")
def sapu_masa_berlaku() -> int:
    """Every quarter of an hour: permits and authorities that end."""
    return masa_berlaku.sapu_masa_berlaku()


@shared_task(name="perizinan.jadwal.sapu_survei")
def sapu_survei() -> int:
    """Every quarter of an hour: remind of surveys that were put off, twice at most."""
    return survei.sapu_ingatan()


@shared_task(name="perizinan.jadwal.sapu_rekap")
def sapu_rekap() -> int:
    """Every minute: bring the monthly summary up to the log, and store figures that old files do not have yet."""
    rekap.isi_hari_kotor(putaran=10)
    return rekap.segarkan()
