"""An independent oracle of the service clock: plain local times, one day after the other, no shared code.

It reads like the rule itself (closings of the office while the clock runs) and is slow on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

BUKA, BATAS, TUTUP = time(7, 30), time(15, 0), time(16, 0)
SEHARI = timedelta(days=1)
Selang = tuple[datetime, datetime | None]


@dataclass
class Ramalan:
    mulai: datetime
    tenggat: datetime
    terpakai: int


def kerja(hari: date, libur: set[date]) -> bool:
    return hari.weekday() < 5 and hari not in libur


def ramal_mulai(lengkap: datetime, libur: set[date]) -> datetime:
    hari = lengkap.date()
    if kerja(hari, libur) and lengkap.time() <= BATAS:
        return lengkap if lengkap.time() > BUKA else datetime.combine(hari, BUKA)
    hari += SEHARI
    while not kerja(hari, libur):
        hari += SEHARI
    return datetime.combine(hari, BUKA)


def ramal(
    lengkap: datetime,
    hari_sop: int,
    jeda: list[Selang],
    libur: set[date],
    *,
    terbit: datetime | None = None,
    kini: datetime | None = None,
) -> Ramalan:
    """Walk the days: every closing met while the clock runs is a used day; the next one after the SOP is due."""
    mulai = ramal_mulai(lengkap, libur)
    akhir = terbit or kini
    assert akhir is not None
    terpakai, dihitung, tenggat = 0, 0, None
    hari = mulai.date()
    while tenggat is None or hari <= akhir.date():
        tutup = datetime.combine(hari, TUTUP)
        if kerja(hari, libur) and tutup >= mulai and not _berhenti(tutup, jeda, terbit, akhir):
            dihitung += 1
            if dihitung == hari_sop + 1:
                tenggat = tutup
            if tutup < akhir:
                terpakai += 1
        hari += SEHARI
    return Ramalan(mulai, tenggat, terpakai)


def _berhenti(tutup: datetime, jeda: list[Selang], terbit: datetime | None, akhir: datetime) -> bool:
    """Whether the closing falls into a pause; after the file is finished nothing pauses any more."""
    if terbit is not None and tutup >= terbit:
        return False
    for awal, selesai in jeda:
        batas = akhir if selesai is None else selesai
        if awal <= tutup < batas:
            return True
    return False
