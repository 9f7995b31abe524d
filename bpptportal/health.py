"""`GET /sehat/`: may traffic come here, and does the background work keep up?

503 when the database is away or a sweep is late by five minutes, else 200. A missing broker is named and not
fatal: it is only a nudge, the sweeps find what is due (reliability.md R1, R2, R26). The answer holds no name,
number or address, because anybody may ask. What is due is asked of the rows themselves, whatever the hour: a
deadline that passed while the office was closed waits as much as any other.
"""

from __future__ import annotations

import logging
import os
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.db.models import F, Min, Q
from django.db.models.functions import Coalesce
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpptportal import denyut, segel
from core.waktu import sekarang, zona
from notifications.enums import StatusPesan
from notifications.models import Pesan
from perizinan.enums import StatusDokumen
from perizinan.models import Dokumen, Izin, Permohonan

if TYPE_CHECKING:
    import redis

catatan = logging.getLogger(__name__)
TERLAMBAT = timedelta(minutes=5)


def pesan_tertua(kini: datetime) -> datetime | None:
    """Since when the oldest due message waits: to be sent, or held by a worker whose lease ran out."""
    menunggu = Q(status=StatusPesan.MENUNGGU, kirim_sesudah__lte=kini)
    terlantar = Q(status=StatusPesan.MENGIRIM, sewa_sampai__lte=kini)
    hasil: datetime | None = Pesan.objects.filter(menunggu | terlantar).aggregate(
        sejak=Min(Coalesce(F("sewa_sampai"), F("kirim_sesudah")))
    )["sejak"]
    return hasil


def dokumen_tertua(kini: datetime) -> datetime | None:
    """Since when the oldest ordered document waits that somebody may take: new, abandoned, or to be retried."""
    bebas = Q(sewa_sampai__isnull=True) | Q(sewa_sampai__lte=kini)
    hasil: datetime | None = Dokumen.objects.filter(
        bebas, status=StatusDokumen.DIMINTA, diminta_pada__lte=kini
    ).aggregate(sejak=Min(Coalesce(F("sewa_sampai"), F("diminta_pada"))))["sejak"]
    return hasil


def berkas_tertua(kini: datetime) -> datetime | None:
    """Since when the file that time has to act on first waits; recommendations are swept with their file."""
    hasil: datetime | None = Permohonan.objects.filter(sapu_pada__lte=kini).aggregate(sejak=Min("sapu_pada"))["sejak"]
    return hasil


def izin_tertua(kini: datetime) -> datetime | None:
    """Since when the permit that ended first waits to be called so: the midnight after its last day."""
    hari_ini = kini.astimezone(zona()).date()
    akhir = Izin.objects.sampai_akhirnya().filter(akhir__lt=hari_ini).aggregate(akhir=Min("akhir"))["akhir"]
    return datetime.combine(akhir + timedelta(days=1), time(), zona()) if akhir else None


@dataclass(frozen=True)
class Sapuan:
    """What a sweep would find first, and the tasks whose success shows that somebody does its work.

    `sela` is how long a row may rightly wait for the next turn of a sweep that runs seldom.
    """

    tertua: Callable[[datetime], datetime | None]
    tugas: tuple[str, ...]
    sela: timedelta = timedelta(0)


#: By the sweep's name in CELERY_BEAT_SCHEDULE.
SAPUAN = {
    "kirim-pesan": Sapuan(pesan_tertua, ("notifications.jadwal.sapu_pesan",)),
    "buat-dokumen": Sapuan(dokumen_tertua, ("perizinan.jadwal.sapu_dokumen", "perizinan.tasks.buat_dokumen")),
    "sapu-tenggat": Sapuan(berkas_tertua, ("perizinan.jadwal.sapu_tenggat",)),
    "sapu-masa-berlaku": Sapuan(izin_tertua, ("perizinan.jadwal.sapu_masa_berlaku",), timedelta(minutes=15)),
}


def terlambat(nama: str, sejak: datetime, kini: datetime) -> timedelta | None:
    """How late a sweep is: work has been due, and nobody did any of it, for so long. None when it keeps up.

    The smaller of both counts: a moment after the workers start, old work is not yet their lateness.
    """
    nganggur = denyut.sejak(SAPUAN[nama].tugas)
    lama = kini - sejak if nganggur is None else min(kini - sejak, nganggur)
    lama -= SAPUAN[nama].sela
    return lama if lama >= TERLAMBAT else None


def semua_menunggu(kini: datetime) -> dict[str, datetime]:
    """Per sweep, since when its oldest due row waits."""
    return {nama: sejak for nama, sapuan in SAPUAN.items() if (sejak := sapuan.tertua(kini))}


def semua_terlambat(menunggu: dict[str, datetime], kini: datetime) -> dict[str, timedelta]:
    """Per sweep that does not keep up, how late it is."""
    return {nama: lama for nama, sejak in menunggu.items() if (lama := terlambat(nama, sejak, kini))}


@contextmanager
def klien_broker() -> Iterator[redis.Redis]:
    """A client of the broker that waits a second at most. Raises redis.RedisError, OSError or ValueError."""
    import redis

    alamat = settings.CELERY_BROKER_URL
    if alamat.startswith("redis+socket://"):
        alamat = alamat.replace("redis+socket://", "unix://", 1)
    with redis.Redis.from_url(alamat, socket_connect_timeout=1, socket_timeout=1) as klien:
        yield klien


def broker_menjawab() -> bool:
    """Whether the broker answers within a second."""
    import redis

    try:
        with klien_broker() as klien:
            return bool(klien.ping())
    except (redis.RedisError, OSError, ValueError):
        return False


def segel_terakhir() -> segel.Segel | None:
    """The last audit seal; None when there is none, or none that can be read from here."""
    try:
        return segel.terakhir()
    except (OSError, ValueError):
        return None


@cache
def versi() -> str:
    """Version of what is running: VERSI of the environment, else that of pyproject.toml."""
    if versi_lingkungan := os.environ.get("VERSI"):
        return versi_lingkungan
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as berkas:
        return str(tomllib.load(berkas)["project"]["version"])


def keadaan() -> tuple[bool, dict[str, object]]:
    """Whether all is well, and the figures behind it."""
    akhir = segel_terakhir()
    laporan: dict[str, object] = {
        "status": "sehat",
        "basis_data": "tersambung",
        "broker": "tersambung" if broker_menjawab() else "tidak ada",
        "umur_kotak_keluar_detik": None,
        "sapuan_terlambat": None,
        "segel_terakhir": akhir.pada.isoformat() if akhir else None,
        "versi": versi(),
    }
    try:
        kini = sekarang()
        menunggu = semua_menunggu(kini)
    except DatabaseError:
        catatan.exception("basis data tidak menjawab pemeriksaan kesehatan")
        return False, laporan | {"status": "tidak sehat", "basis_data": "putus"}
    if "kirim-pesan" in menunggu:
        laporan["umur_kotak_keluar_detik"] = int((kini - menunggu["kirim-pesan"]).total_seconds())
    lambat = semua_terlambat(menunggu, kini)
    if not lambat:
        return True, laporan
    nama = max(lambat, key=lambda n: lambat[n])
    butir = {"nama": nama, "detik": int(lambat[nama].total_seconds()), "sejak": menunggu[nama].isoformat()}
    return False, laporan | {"status": "tidak sehat", "sapuan_terlambat": butir}


@never_cache
@login_not_required
@require_safe
def sehat(request: HttpRequest) -> JsonResponse:
    """The health page for monitors and for bin/run; no session, no personal data."""
    baik, laporan = keadaan()
    return JsonResponse(laporan, status=200 if baik else 503)
