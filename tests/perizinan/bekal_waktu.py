"""Let time pass as it does in the house: day by day, with the sweeps that the beat would start."""

from __future__ import annotations

from datetime import timedelta

from core import waktu
from notifications import layanan
from perizinan.services import sapuan


def biarkan(hari: int, *, sapu: int = 1) -> int:
    """Let days pass; after each one sweep deadlines (`sapu` times) and messages. Returns the effects."""
    jumlah = 0
    for _ in range(hari):
        waktu.maju(timedelta(days=1))
        for _ke in range(sapu):
            jumlah += sapuan.sapu()
        layanan.sapu()
    return jumlah
