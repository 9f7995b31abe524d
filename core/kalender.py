"""The calendar in force, for everybody who counts working days; and the reference data that fills it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import transaction

from core import waktu
from core.hari_kerja import JamKerja, Kalender
from core.models.kalender import HariLibur, JamKantor, SumberBaris, VersiKalender, catat_versi, susun_isi

ACUAN = Path(__file__).parent / "acuan"


@dataclass(frozen=True, slots=True)
class HasilMuat:
    """What loading reference data did: rows added, renewed, gone, already equal, left to the admin's edit."""

    baru: int = 0
    diubah: int = 0
    dihapus: int = 0
    sama: int = 0
    suntingan: int = 0

    def __add__(self, lain: HasilMuat) -> HasilMuat:
        return HasilMuat(*(a + b for a, b in zip(astuple(self), astuple(lain), strict=True)))


def kalender_berlaku() -> Kalender:
    """The calendar of this instant. One small query; the rest is kept until somebody edits the calendar.

    Correct across processes: the newest version and its digest are asked for each time. With no calendar
    loaded yet every Monday to Friday is a working day with the default hours.
    """
    terbaru = VersiKalender.objects.order_by("-versi").values_list("versi", "sidik").first()
    return _rakit(*terbaru) if terbaru else Kalender(zona=waktu.zona())


def kalender_versi(versi: int) -> Kalender:
    """The calendar as it was in a version: closed files keep the calendar they had.

    Raises VersiKalender.DoesNotExist for an unknown version.
    """
    sidik: str = VersiKalender.objects.values_list("sidik", flat=True).get(versi=versi)
    return _rakit(versi, sidik)


def kalender_tabel() -> Kalender:
    """The calendar read straight from HariLibur and JamKantor, without the version in between."""
    return _dari_isi(susun_isi(), 0)


def muat_kalender(folder: Path = ACUAN) -> HasilMuat:
    """Load holidays 2013-2027 and office hours from the repository's files; twice is the same as once.

    A row that an admin has edited stays as it is. All or nothing, and at most one new VersiKalender.
    """
    with transaction.atomic():
        libur = _muat(HariLibur, dict(_baca_libur(folder / "hari_libur.csv")))
        jam = _muat(JamKantor, dict(_baca_jam(folder / "jam_kantor.csv")))
        catat_versi()
    return libur + jam


def muat_hari_libur(berkas: Path = ACUAN / "hari_libur.csv") -> HasilMuat:
    """Load only the holidays, from a CSV file (tanggal, jenis, keterangan, dasar, pasti)."""
    with transaction.atomic():
        hasil = _muat(HariLibur, dict(_baca_libur(berkas)))
        catat_versi()
    return hasil


@lru_cache(maxsize=8)
def _rakit(versi: int, sidik: str) -> Kalender:
    """A version as a Kalender. The digest is in the key because a rolled-back number is given out again."""
    isi = VersiKalender.objects.values_list("isi", flat=True).get(versi=versi, sidik=sidik)
    return _dari_isi(isi, versi)


def _dari_isi(isi: str, versi: int) -> Kalender:
    data = json.loads(isi)
    jam = tuple(
        JamKerja(
            berlaku_mulai=date.fromisoformat(baris["mulai"]),
            berlaku_sampai=date.fromisoformat(baris["sampai"]) if baris["sampai"] else None,
            hari=frozenset(baris["hari"]) if baris["hari"] is not None else None,
            buka=time.fromisoformat(baris["buka"]),
            tutup=time.fromisoformat(baris["tutup"]),
            batas_loket=time.fromisoformat(baris["batas_loket"]),
        )
        for baris in data["jam"]
    )
    libur = {date.fromisoformat(tanggal): sebab for tanggal, sebab in data["libur"].items()}
    return Kalender(libur=libur, jam=jam, zona=waktu.zona(), versi=versi)


def _baca_libur(berkas: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    with berkas.open(encoding="utf-8", newline="") as isi:
        for baris in csv.DictReader(isi):
            yield (
                baris["tanggal"],
                {
                    "tanggal": date.fromisoformat(baris["tanggal"]),
                    "jenis": baris["jenis"],
                    "keterangan": baris["keterangan"],
                    "dasar": baris["dasar"],
                    "pasti": baris["pasti"] == "ya",
                },
            )


def _baca_jam(berkas: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    with berkas.open(encoding="utf-8", newline="") as isi:
        for baris in csv.DictReader(isi):
            sampai = baris["berlaku_sampai"]
            yield (
                f"{baris['berlaku_mulai']} {baris['hari']}".strip(),
                {
                    "berlaku_mulai": date.fromisoformat(baris["berlaku_mulai"]),
                    "berlaku_sampai": date.fromisoformat(sampai) if sampai else None,
                    "hari": [int(hari) for hari in baris["hari"].split()] or None,
                    "buka": time.fromisoformat(baris["buka"]),
                    "tutup": time.fromisoformat(baris["tutup"]),
                    "batas_loket": time.fromisoformat(baris["batas_loket"]),
                    "keterangan": baris["keterangan"],
                },
            )


def _muat(model: type[HariLibur | JamKantor], data: dict[str, dict[str, Any]]) -> HasilMuat:
    """Bring the reference rows of a table in line with `data`, matched by `kunci_acuan`.

    Edited rows stay, and so does a date that the admin entered first. Works below the models' own managers:
    those would mark the rows as edited and write a version for each.
    """
    polos: Any = model._base_manager
    ada = {baris.kunci_acuan: baris for baris in polos.filter(kunci_acuan__isnull=False)}
    lepas = polos.filter(sumber=SumberBaris.ACUAN).exclude(kunci_acuan__in=list(data))
    usang, _ = lepas.delete()
    terisi = set(HariLibur._base_manager.values_list("tanggal", flat=True)) if model is HariLibur else set()
    baru, diubah, suntingan = [], 0, 0
    for kunci, isi in data.items():
        baris = ada.get(kunci)
        if baris is None and isi.get("tanggal") not in terisi:
            baru.append(model(sumber=SumberBaris.ACUAN, kunci_acuan=kunci, **isi))
        elif baris is None or baris.sumber == SumberBaris.SUNTINGAN:
            suntingan += 1
        elif any(getattr(baris, nama) != nilai for nama, nilai in isi.items()):
            diubah += polos.filter(pk=baris.pk).update(**isi)
    polos.bulk_create(baru)
    sama = len(data) - len(baru) - diubah - suntingan
    return HasilMuat(baru=len(baru), diubah=diubah, dihapus=usang, sama=sama, suntingan=suntingan)
