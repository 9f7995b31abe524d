"""The 2026 calendar of the SKB 3 Menteri for pure tests, and a short way to write an office time."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from core.hari_kerja import Kalender

ZONA = ZoneInfo("Asia/Jakarta")
SKB_2026 = Path(__file__).resolve().parents[2] / "core" / "acuan" / "skb_2026.csv"


def baca(berkas: Path) -> dict[date, str]:
    with berkas.open(encoding="utf-8", newline="") as isi:
        return {date.fromisoformat(b["tanggal"]): b["keterangan"] for b in csv.DictReader(isi)}


def wib(teks: str) -> datetime:
    """A time on the office's clock."""
    return datetime.fromisoformat(teks).replace(tzinfo=ZONA)


KALENDER = Kalender(libur=baca(SKB_2026))
