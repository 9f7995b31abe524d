"""Reference data of the office: its identity and its units (bidang, SKPD, kecamatan)."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.db import models, transaction

from accounts.models import Unit
from core.kalender import HasilMuat
from core.models import Kantor

ACUAN = Path(__file__).parent / "acuan"


def muat_kantor(folder: Path = ACUAN) -> HasilMuat:
    """Load the office's dated identity; twice is the same as once. A row that is there is never overwritten."""
    with (folder / "kantor.toml").open("rb") as isi:
        daftar: list[dict[str, Any]] = tomllib.load(isi)["kantor"]
    hasil = HasilMuat()
    with transaction.atomic():
        for data in daftar:
            baris, baru = Kantor.objects.get_or_create(berlaku_mulai=data["berlaku_mulai"], defaults=data)
            hasil += _hasil(baris, data, baru=baru)
    cache.delete("kantor")
    return hasil


def muat_unit(folder: Path = ACUAN) -> HasilMuat:
    """Load the units, parents first; twice is the same as once. A unit that is there is never overwritten."""
    with (folder / "unit.csv").open(encoding="utf-8", newline="") as isi:
        daftar = list(csv.DictReader(isi))
    hasil = HasilMuat()
    with transaction.atomic():
        unit = {u.kode: u for u in Unit.objects.select_related("induk")}
        for data in daftar:
            isian = {**data, "induk": unit[data["induk"]] if data["induk"] else None}
            baris = unit.get(data["kode"])
            baru = baris is None
            if baris is None:
                baris = unit[data["kode"]] = Unit.objects.create(**isian)
            hasil += _hasil(baris, isian, baru=baru)
    return hasil


def _hasil(baris: models.Model, data: dict[str, Any], *, baru: bool) -> HasilMuat:
    """One row counted as new, equal to the file, or edited by an admin and left alone."""
    if baru:
        return HasilMuat(baru=1)
    sama = all(getattr(baris, nama) == nilai for nama, nilai in data.items())
    return HasilMuat(sama=1) if sama else HasilMuat(suntingan=1)
