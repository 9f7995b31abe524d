"""Quiet hours: nobody is woken by news that can wait (issue 3, item 6). Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo


def baca_jam_tenang(teks: str) -> tuple[time, time] | None:
    """`20:00-07:00` as two times of day; None for an empty text. Raises ValueError for anything else."""
    if not teks.strip():
        return None
    dari, _, sampai = teks.partition("-")
    return time.fromisoformat(dari.strip()), time.fromisoformat(sampai.strip())


def sesudah_tenang(saat: datetime, jam: tuple[time, time] | None, zona: tzinfo) -> datetime:
    """The instant itself, or the end of the quiet hours that it lies in. Half-open: at 07.00 it may go."""
    if jam is None:
        return saat
    dari, sampai = jam
    setempat = saat.astimezone(zona)
    pukul = setempat.time().replace(tzinfo=None)
    tenang = dari <= pukul < sampai if dari < sampai else pukul >= dari or pukul < sampai
    if not tenang:
        return saat
    hari = setempat.date() + timedelta(days=1) if dari >= sampai and pukul >= dari else setempat.date()
    return datetime.combine(hari, sampai, zona).astimezone(saat.tzinfo)
