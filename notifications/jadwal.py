"""Scheduled entry points: the sweep that finds what a nudge lost."""

from __future__ import annotations

from celery import shared_task

from notifications import layanan


@shared_task(name="notifications.jadwal.sapu_pesan")
def sapu_pesan() -> int:
    """Every ten seconds: send what is due. Two sweeps at once send nothing twice."""
    return layanan.sapu()
