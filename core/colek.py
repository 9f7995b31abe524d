"""A nudge after commit. The row is the truth: a lost nudge only means that the sweep does the work (R2)."""

from __future__ import annotations

import logging
from typing import Any

from celery import Task
from django.conf import settings
from django.db import transaction

catatan = logging.getLogger(__name__)


def colek(tugas: Task[..., Any], *acuan: int) -> None:
    """After the running transaction commits, ask a worker to look at rows now. Never raises.

    With PEKERJA_SEKETIKA (demo walk, tests) the work is done in this process instead.
    """

    def sesudah() -> None:
        if settings.PEKERJA_SEKETIKA:
            tugas(*acuan)
            return
        try:
            tugas.apply_async(args=acuan, retry=False)
        except Exception:  # noqa: BLE001 the broker is expendable, whatever it raises
            catatan.warning("colek gagal", extra={"tugas": tugas.name})

    transaction.on_commit(sesudah)
