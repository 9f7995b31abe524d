"""The service clock: when it starts, when it is due, how many days it has used, and why, line by line.

hari_terpakai = closings of the office on working days that pass while the clock runs. All intervals are
half-open: a closing counts when start <= closing < end, so an act at exactly 16.00.00 is still in time. The due
instant is the (hari+1)-th counted closing; the start day's own closing is the first. A file is late if and only
if hari_terpakai > hari. The clock pauses only while the next act is the applicant's.

Pure: no ORM, no settings, no clock. Every instant is aware; the calendar is `core.hari_kerja.Kalender`.
Source: SOP Kepwal 060/Kep.506-BPPT/XII/2012 (Tabel 3.2.1, hari kerja); Permendagri 24/2006.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from core.hari_kerja import Kalender
from perizinan.alasan_hari import Alasan

#: Longest limit that is still taken for a limit and not for a typing error.
HARI_MAKS = 10_000
_SEHARI = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Jeda:
    """A time in which the next act was the applicant's: mulai <= t < selesai; selesai None means still open.

    Raises ValueError when it ends before it starts or an instant has no zone.
    """

    mulai: datetime
    selesai: datetime | None = None

    def __post_init__(self) -> None:
        if self.mulai.tzinfo is None or (self.selesai is not None and self.selesai.tzinfo is None):
            raise ValueError("Waktu jeda harus menyebut zonanya.")
        if self.selesai is not None and self.selesai < self.mulai:
            raise ValueError("Jeda berakhir sebelum dimulai.")
