"""Published service versions never change, so a process keeps those it has read (architecture.md).

Only what the database itself refuses to change is kept here (migration 0002_pemicu): a version in status
`terbit` with its service. Names and synonyms of a service may be edited; a process sees that within
`UMUR_DETIK`.
"""

from __future__ import annotations

import time

from perizinan.enums import StatusVersi
from perizinan.models import Permohonan, VersiLayanan

UMUR_DETIK = 30.0
_simpanan: dict[int, tuple[float, VersiLayanan]] = {}


def versi_tetap(pk: int) -> VersiLayanan:
    """A service version with its JenisIzin; published ones come from memory."""
    ada = _simpanan.get(pk)
    if ada is not None and ada[0] > time.monotonic():
        return ada[1]
    versi = VersiLayanan.objects.select_related("jenis_izin").get(pk=pk)
    if versi.status == StatusVersi.TERBIT:
        _simpanan[pk] = (time.monotonic() + UMUR_DETIK, versi)
    return versi


def lupakan() -> None:
    """Forget everything, after reference data was loaded or between tests."""
    _simpanan.clear()


def lengkapi(permohonan: Permohonan) -> Permohonan:
    """Attach the pinned version and its service, so that no join loads them again."""
    versi = versi_tetap(permohonan.versi_layanan_id)
    permohonan.versi_layanan = versi
    if versi.jenis_izin_id == permohonan.jenis_izin_id:
        permohonan.jenis_izin = versi.jenis_izin
    return permohonan
