"""Scheduled entry points: the sweep that finds what a nudge lost."""

from __future__ import annotations

from celery import shared_task

from notifications import laporan, layanan
from notifications.gateway import daftar_gerbang


@shared_task(name="notifications.jadwal.sapu_pesan")
def sapu_pesan() -> int:
    """Every ten seconds: send what is due. Two sweeps at once send nothing twice."""
    return layanan.sapu()


@shared_task(name="notifications.jadwal.tanya_laporan")
def tanya_laporan() -> int:
    """Every minute: ask a gateway that reports only when asked (Gammu), if the installation has one."""
    return laporan.tanya_gammu() if any(g.nama == "gammu" for g in daftar_gerbang()) else 0
