"""The sweep: does what time asks for, each effect exactly once, however many sweeps run at whatever time (R6).

A file says in `sapu_pada` when somebody has to look at it next; an act sets it to now. The sweep asks the pure
rule (perizinan/efek.py) what is due, does it, and writes the next instant. Between reading and writing an act
may come: the write holds only if the log has not grown, else the next turn looks again.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from core.galat import GalatPortal, TransisiDitolak
from core.kalender import kalender_berlaku
from core.waktu import sekarang
from perizinan.efek import Efek, Jenis
from perizinan.models import Permohonan
from perizinan.services import _efek, kabar_waktu, lewat_waktu
from perizinan.services.kalender import hitung_ulang, perlu_hitung_ulang
from perizinan.services.tambahan_waktu import geser_karena_gangguan
from perizinan.tetap import lengkapi

catatan = logging.getLogger(__name__)

UKURAN = 500
#: A file whose sweep failed waits so long; it must not stand in the way of the others.
TUNDA = timedelta(minutes=10)
_PUTARAN = 12
_VERBA = {
    Jenis.LEWAT: lewat_waktu.tandai_lewat,
    Jenis.FIKTIF: lewat_waktu.tandai_fiktif_positif,
    Jenis.GUGUR: lewat_waktu.gugurkan,
}


def jatuh(kini: datetime, maks: int = UKURAN) -> list[int]:
    """The next files on which time has something to do: one partial index (performance.md P3)."""
    daftar = Permohonan.objects.filter(sapu_pada__lte=kini).order_by("sapu_pada", "pk")
    return list(daftar.values_list("pk", flat=True)[:maks])


def sapu(detik: float = 40.0) -> int:
    """Work through what is due, for at most so many seconds. Returns the number of effects."""
    _efek.lupakan_aturan()
    akhir, jumlah = time.monotonic() + detik, 0
    while daftar := jatuh(sekarang()):
        for pk in daftar:
            jumlah += sapu_satu(pk)
            if time.monotonic() > akhir:
                return jumlah
    return jumlah


def sapu_satu(pk: int) -> int:
    """Do what is due on one file. A failure is logged and tried again later; it never stops the sweep."""
    try:
        return _sapu(pk)
    except Exception:  # noqa: BLE001 one bad file must not stop the others; it is logged in full
        catatan.exception("sapuan berkas gagal", extra={"permohonan": pk})
        Permohonan.objects.filter(pk=pk).update(sapu_pada=sekarang() + TUNDA)
        return 0


def _sapu(pk: int) -> int:
    jumlah = 0
    for _ in range(_PUTARAN):
        p = lengkapi(Permohonan.objects.select_related("kuasa").get(pk=pk))
        kini = sekarang()
        if perlu_hitung_ulang(p) and hitung_ulang(pk):
            jumlah += 1
            continue
        sisa = _efek.tersisa(p)
        # A closing that is reached is still in time; the effect of a limit comes after it.
        kerja = [e for e in sisa if e.jatuh < kini]
        if not kerja:
            _jadwalkan(p, sisa[0].jatuh + timedelta(seconds=1) if sisa else None)
            return jumlah
        for efek in kerja:
            hasil = _kerjakan(p, efek, kini)
            jumlah += hasil > 0
            if hasil < 0:  # it has to wait for somebody: look again at the next opening
                _jadwalkan(p, kalender_berlaku().buka(kalender_berlaku().hari_kerja_ke(kini.date(), 1)))
                return jumlah
            if efek.jenis in _VERBA:
                break  # the file has changed: ask the rule again
    Permohonan.objects.filter(pk=pk).update(sapu_pada=sekarang() + TUNDA)
    return jumlah


def _jadwalkan(p: Permohonan, saat: datetime | None) -> None:
    """Write when to look again, if nothing has happened to the file since it was read."""
    Permohonan.objects.filter(pk=p.pk, riwayat_urut=p.riwayat_urut, sapu_pada=p.sapu_pada).update(sapu_pada=saat)


def _kerjakan(p: Permohonan, efek: Efek, kini: datetime) -> int:
    """1 done, 0 somebody else was first, -1 it cannot be done yet and a person was told."""
    try:
        if efek.jenis == Jenis.GUGUR and geser_karena_gangguan(p.pk):
            return 1
        if efek.jenis in _VERBA:
            _VERBA[efek.jenis](p.pk, oleh=None)
        else:
            kabar_waktu.kabarkan(p.pk, efek, kini)
    except IntegrityError:
        return 0
    except TransisiDitolak as galat:
        if galat.kode in {"belum_terhubungi", "ada_setoran"}:
            kabar_waktu.tahan_gugur(p.pk, efek, kini, sebab=galat.kode)
            return -1
        return 0
    except GalatPortal:
        return 0
    return 1


def tandai_semua() -> int:
    """Have every open file looked at again: the calendar, a budget or the ladder was edited."""
    _efek.lupakan_aturan()
    with transaction.atomic():
        return int(Permohonan.objects.terbuka().exclude(status="draf").update(sapu_pada=sekarang()))
