"""Move the held clock the way an office lives: by working days, inside office hours."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from core import waktu
from core.kalender import kalender_berlaku


def hari_kerja_lalu(hari: int, jam: time = time(8, 30)) -> datetime:
    """The instant `hari` working days before today, at an hour of the office's zone."""
    kalender, tanggal, sisa = kalender_berlaku(), waktu.hari_ini(), hari
    while sisa > 0 or not kalender.hari_kerja(tanggal):
        tanggal -= timedelta(days=1)
        sisa -= 1 if kalender.hari_kerja(tanggal) else 0
    return datetime.combine(tanggal, jam, tzinfo=waktu.zona())


def jam_kantor(saat: datetime) -> datetime:
    """The same instant, or the next one at which the office is open."""
    kalender, setempat = kalender_berlaku(), saat.astimezone(waktu.zona())
    hari = setempat.date()
    if kalender.hari_kerja(hari) and setempat < kalender.batas_loket(hari):
        return max(setempat, kalender.buka(hari))
    return kalender.buka(kalender.hari_kerja_ke(hari, 1)) + timedelta(minutes=30)


def maju_ke_hari_kerja(hari: int, jam: time = time(9, 0)) -> None:
    """Hold the clock `hari` working days later, at an hour of the office."""
    kini = waktu.sekarang().astimezone(waktu.zona())
    tanggal = kalender_berlaku().hari_kerja_ke(kini.date(), hari)
    waktu.maju(datetime.combine(tanggal, jam, tzinfo=waktu.zona()) - kini)
