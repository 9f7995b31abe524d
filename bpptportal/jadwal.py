"""Loaded by every worker: each task that ends well gives a pulse for the health page; the hourly audit seal."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import task_success

from bpptportal import denyut


@task_success.connect
def berdenyut(sender: Any = None, **_lain: Any) -> None:
    """`sender` is the task."""
    if sender is not None:
        denyut.catat(sender.name)


@shared_task(name="bpptportal.jadwal.segel_riwayat")
def segel_riwayat() -> int:
    """Seal the log when the last seal is an hour old. Returns how many files it names; a failure is logged."""
    from bpptportal import segel

    baru = segel.segel_bila_perlu()
    return len(baru.kepala) if baru else 0
