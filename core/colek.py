"""A nudge after commit. The row is the truth: a lost nudge only means that the sweep does the work (R2)."""

from __future__ import annotations

import logging
import time
from typing import Any

from celery import Task
from django.conf import settings
from django.db import transaction

catatan = logging.getLogger(__name__)

#: After a failed nudge this process does not try again for so many seconds: an act must not wait for a dead broker.
DIAM_DETIK = 15.0
_diam_sampai = 0.0


def colek(tugas: Task[..., Any], *acuan: int) -> None:
    """After the running transaction commits, ask a worker to look at rows now. Never raises.

    With PEKERJA_SEKETIKA (demo walk, tests) the work is done in this process instead.
    """

    def sesudah() -> None:
        if settings.PEKERJA_SEKETIKA:
            tugas(*acuan)
        elif time.monotonic() >= _diam_sampai:
            _kirim(tugas, acuan)

    transaction.on_commit(sesudah)


def _kirim(tugas: Task[..., Any], acuan: tuple[int, ...]) -> None:
    global _diam_sampai  # noqa: PLW0603 one switch per process
    try:
        tugas.apply_async(args=acuan, retry=False)
    except Exception:  # noqa: BLE001 the broker is expendable, whatever it raises
        _diam_sampai = time.monotonic() + DIAM_DETIK
        catatan.warning("colek gagal", extra={"tugas": tugas.name})
