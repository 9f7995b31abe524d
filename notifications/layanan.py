"""The outbox: write in the act's transaction, claim by a lease from database time, send outside it (R2-R4)."""

from __future__ import annotations

import functools
import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from accounts.models import Akun
from core.colek import colek
from core.waktu import sekarang
from notifications.enums import Kanal, Kemampuan, StatusPesan
from notifications.gateway import GalatGerbang, gerbang_aktif
from notifications.models import Pesan, TemplatPesan
from notifications.teks import isi_templat, segmen

catatan = logging.getLogger(__name__)
SEWA = timedelta(seconds=60)
#: Waiting time before try n+1; after the last one the message is given up and shown as failed.
JEDA_COBA = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1))


@functools.lru_cache(maxsize=256)
def _templat(kode: str) -> tuple[str, str]:
    baris = TemplatPesan.objects.get(kode=kode)
    return baris.teks, baris.kepada


def lupakan_templat() -> None:
    """Forget cached texts, after a template was edited or reference data was loaded."""
    _templat.cache_clear()


def kepada(kode: str) -> str:
    """Whom the template is meant for, for example `pemohon+kuasa`."""
    return _templat(kode)[1]


def tulis(
    kode: str,
    *,
    kanal: Kanal,
    tujuan: str,
    nilai: dict[str, str],
    perihal: str,
    kunci: str,
    kini: datetime,
) -> Pesan:
    """Write one message. The unique `kunci` makes a repeated event impossible.

    Raises ValueError (from notifications.teks) when the template asks for a value that was not given.
    """
    from notifications.tasks import kirim_pesan

    teks = isi_templat(_templat(kode)[0], nilai)
    pesan = Pesan.objects.create(
        kode=kode,
        kanal=kanal,
        tujuan=tujuan,
        teks=teks,
        perihal=perihal,
        kunci=kunci,
        dibuat_pada=kini,
        kirim_sesudah=kini,
        segmen=segmen(teks),
    )
    colek(kirim_pesan, pesan.pk)
    return pesan


def ambil(pk: int) -> Pesan | None:
    """Claim a message for sending, or None when it is not due, taken, or done. One conditional UPDATE.

    A lease that ran out means that a worker died between sending and writing down the result: with a gateway
    that de-duplicates the message is sent again under the same reference, otherwise it is marked uncertain.
    """
    kini = sekarang()
    jatuh = Q(status=StatusPesan.MENUNGGU, kirim_sesudah__lte=kini)
    tersesat = Q(status=StatusPesan.MENGIRIM, sewa_sampai__lt=kini)
    if gerbang_aktif().kemampuan == Kemampuan.DEDUP:
        boleh = jatuh | tersesat
    else:
        Pesan.objects.filter(tersesat, pk=pk).update(
            status=StatusPesan.TIDAK_PASTI, galat="pekerja mati saat mengirim"
        )
        boleh = jatuh
    diambil = Pesan.objects.filter(boleh, pk=pk).update(
        status=StatusPesan.MENGIRIM, sewa_sampai=kini + SEWA, percobaan=F("percobaan") + 1
    )
    return Pesan.objects.get(pk=pk) if diambil else None


def kirim(pk: int) -> StatusPesan | None:
    """Send one message if it is due. No transaction is open while the gateway is spoken to.

    Returns the new status, or None when there was nothing to do. Repeating it is harmless.
    """
    with transaction.atomic():
        pesan = ambil(pk)
    if pesan is None:
        return None
    gerbang = gerbang_aktif()
    try:
        gerbang.kirim(tujuan=pesan.tujuan, teks=pesan.teks, acuan=str(pesan.acuan))
    except GalatGerbang as galat:
        return _catat_gagal(pesan, galat)
    Pesan.objects.filter(pk=pk, status=StatusPesan.MENGIRIM).update(
        status=StatusPesan.TERKIRIM, dikirim_pada=sekarang(), gerbang=gerbang.nama, galat="", sewa_sampai=None
    )
    return StatusPesan.TERKIRIM


def _catat_gagal(pesan: Pesan, galat: GalatGerbang) -> StatusPesan:
    menyerah = galat.permanen or pesan.percobaan > len(JEDA_COBA)
    status = StatusPesan.GAGAL if menyerah else StatusPesan.MENUNGGU
    tunda = timedelta(0) if menyerah else JEDA_COBA[pesan.percobaan - 1]
    Pesan.objects.filter(pk=pesan.pk, status=StatusPesan.MENGIRIM).update(
        status=status, galat=str(galat)[:240], kirim_sesudah=sekarang() + tunda, sewa_sampai=None
    )
    return status


def sapu(maks: int = 500) -> int:
    """Send what is due and what a lost nudge or a dead worker left behind. Returns how many were sent."""
    kini = sekarang()
    jatuh = Q(status=StatusPesan.MENUNGGU, kirim_sesudah__lte=kini)
    tersesat = Q(status=StatusPesan.MENGIRIM, sewa_sampai__lt=kini)
    daftar = list(
        Pesan.objects.filter(jatuh | tersesat).order_by("kirim_sesudah", "pk").values_list("pk", flat=True)[:maks]
    )
    return sum(1 for pk in daftar if kirim(pk) == StatusPesan.TERKIRIM)


def ulang(pk: int, oleh: Akun) -> bool:
    """Let a message that was given up, or whose end is unknown, be sent again: an admin's decision.

    One conditional UPDATE; False when somebody else was first or the message is on its way.
    """
    diubah = Pesan.objects.filter(pk=pk, status__in=(StatusPesan.GAGAL, StatusPesan.TIDAK_PASTI)).update(
        status=StatusPesan.MENUNGGU, kirim_sesudah=sekarang(), percobaan=0, galat="", sewa_sampai=None
    )
    if diubah:
        from notifications.tasks import kirim_pesan

        catatan.warning("pesan diulang", extra={"pesan": pk, "akun": oleh.pk})
        colek(kirim_pesan, pk)
    return bool(diubah)
