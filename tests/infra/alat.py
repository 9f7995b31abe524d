"""Waiting for another process: polls a condition until a deadline, since nothing here can advance its clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event


def tunggu(syarat: Callable[[], bool], detik: float = 15, keterangan: Callable[[], str] = str) -> None:
    """Return as soon as `syarat()` holds; fail after `detik` seconds with what `keterangan()` says."""
    batas, jeda = time.monotonic() + detik, Event()
    while not syarat():
        assert time.monotonic() < batas, f"tidak terjadi dalam {detik:.0f} detik. {keterangan()}"
        jeda.wait(0.05)
