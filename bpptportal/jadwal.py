"""Loaded by every worker: pulses for the health page, the hourly audit seal, the sweep of what people sent us."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import beat_init, task_success
from django.conf import settings

from bpptportal import denyut

#: Seconds between two turns from which on a sweep is asked for when beat starts.
JARANG = 60.0


@task_success.connect
def berdenyut(sender: Any = None, **_lain: Any) -> None:
    """`sender` is the task."""
    if sender is not None:
        denyut.catat(sender.name)


@beat_init.connect
def sapu_awal(sender: Any = None, **_lain: Any) -> None:
    """A beat that starts asks for every seldom sweep at once; else what came due while it was down waits a turn more.

    Its memory of the last turn does not outlive its container, and Celery then takes the start for a turn.
    """
    from bpptportal.celery import app
    from core.colek import colek

    for isi in settings.CELERY_BEAT_SCHEDULE.values():
        if float(str(isi["schedule"])) >= JARANG:
            colek(app.tasks[str(isi["task"])])


@shared_task(name="bpptportal.jadwal.segel_riwayat")
def segel_riwayat() -> int:
    """Seal the log when the last seal is an hour old. Returns how many files it names; a failure is logged."""
    from bpptportal import segel

    baru = segel.segel_bila_perlu()
    return len(baru.kepala) if baru else 0


@shared_task(name="bpptportal.jadwal.sapu_masuk")
def sapu_masuk() -> int:
    """Every fifteen seconds: fetch what a gateway keeps for us (Gammu), and answer what was not answered yet."""
    from bpptportal import balasan

    if "gammu" in settings.GERBANG_SMS:
        balasan.jemput_gammu()
    return balasan.sapu()
