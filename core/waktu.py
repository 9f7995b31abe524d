"""The one source of time: the database's clock (reliability.md, threat 7). Nothing else asks for now.

A worker whose own clock is two hours ahead must not make a deadline fire early, so the instant comes from the
database. Demo and tests hold the clock still with `beku` and move it with `maju`; the hold belongs to the
running context, so another thread keeps the true time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, tzinfo

from django.db import connection
from django.utils import timezone

_beku: ContextVar[datetime | None] = ContextVar("waktu_beku", default=None)


def sekarang() -> datetime:
    """The present instant by the database's clock, aware, in UTC, to the microsecond.

    PostgreSQL answers with `clock_timestamp()`, not `now()`: a transaction that waited for a row lock must
    not write a time before the one that held it. SQLite runs inside this process, so its clock is this
    machine's; its own SQL function would only give milliseconds.
    """
    tertahan = _beku.get()
    if tertahan is not None:
        return tertahan
    if connection.vendor == "postgresql":
        with connection.cursor() as kursor:
            kursor.execute("SELECT clock_timestamp()")
            jam: datetime = kursor.fetchone()[0]
        return jam.astimezone(UTC)
    return datetime.now(UTC)


def hari_ini() -> date:
    """The office's calendar date at this instant."""
    return sekarang().astimezone(zona()).date()


def zona() -> tzinfo:
    """The office's time zone (Asia/Jakarta unless the installation says otherwise)."""
    return timezone.get_default_timezone()


@contextmanager
def beku(saat: datetime) -> Iterator[None]:
    """Hold the clock at an aware instant inside the block. Blocks nest; leaving one restores the outer hold.

    Raises ValueError for an instant without a zone.
    """
    if saat.tzinfo is None:
        raise ValueError("Waktu beku harus menyebut zonanya.")
    tanda = _beku.set(saat.astimezone(UTC))
    try:
        yield
    finally:
        _beku.reset(tanda)


def maju(selang: timedelta) -> datetime:
    """Move the held clock forward and return the new instant; only inside `beku`, never backward."""
    tertahan = _beku.get()
    if tertahan is None:
        raise RuntimeError("waktu.maju hanya berlaku di dalam waktu.beku.")
    if selang < timedelta(0):
        raise ValueError("Waktu tidak berjalan mundur.")
    baru = tertahan + selang
    _beku.set(baru)
    return baru
