"""Deferred effects of acts: a task takes a row's id, makes no transition, and is harmless when repeated."""

from __future__ import annotations

from celery import shared_task


@shared_task(name="perizinan.tasks.buat_dokumen")
def buat_dokumen(pk: int) -> None:
    """Make one ordered document, if it is still to be made."""
    from perizinan import dokumen

    dokumen.buat(pk)
