"""Loaded by every worker: each task that ends well gives a pulse for the health page."""

from __future__ import annotations

from typing import Any

from celery.signals import task_success

from bpptportal import denyut


@task_success.connect
def berdenyut(sender: Any = None, **_lain: Any) -> None:
    """`sender` is the task."""
    if sender is not None:
        denyut.catat(sender.name)
