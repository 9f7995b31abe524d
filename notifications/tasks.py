"""Deferred effects: a task takes a row's id and is harmless when repeated."""

from __future__ import annotations

from celery import shared_task

from notifications import layanan


@shared_task(name="notifications.tasks.kirim_pesan")
def kirim_pesan(pk: int) -> None:
    """Send one message of the outbox, if it is still due."""
    layanan.kirim(pk)
