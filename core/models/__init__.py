"""Shared rows without a domain noun: idempotency, counters, calendar, the office's own data."""

from core.models.idempotensi import KunciUlang, pakai_kunci
from core.models.kalender import HariLibur, JamKantor, VersiKalender
from core.models.kantor import Kantor
from core.models.pencacah import Pencacah, nomor_berikut

__all__ = [
    "HariLibur",
    "JamKantor",
    "Kantor",
    "KunciUlang",
    "Pencacah",
    "VersiKalender",
    "nomor_berikut",
    "pakai_kunci",
]
