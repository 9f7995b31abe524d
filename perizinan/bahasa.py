"""Catalogue data in the reader's language: columns that have an English twin `<nama>_en`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language


def dwibahasa(objek: Any, nama: str) -> str:
    """The text of a column or key, or its English twin where the reader asked for English and it exists."""
    inggris = (get_language() or "").startswith("en")
    return (str(_ambil(objek, f"{nama}_en") or "") if inggris else "") or str(_ambil(objek, nama) or "")


def _ambil(objek: Any, nama: str) -> Any:
    return objek.get(nama) if isinstance(objek, Mapping) else getattr(objek, nama, "")
