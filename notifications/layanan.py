"""The outbox as the other apps use it: write in the act's transaction, look, try again (R2-R4)."""

from __future__ import annotations

import functools
import logging
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import Akun
from core.colek import colek
from core.waktu import sekarang, zona
from notifications.enums import DAPAT_DIULANG, MACET, JenisPesan, Kanal, StatusPesan
from notifications.models import Pesan, TemplatPesan
from notifications.pengiriman import kirim, sapu
from notifications.teks import isi_templat, ke_gsm7, segmen
from notifications.waktu_tenang import baca_jam_tenang, sesudah_tenang

catatan = logging.getLogger(__name__)
__all__ = ["kepada", "kirim", "lupakan_templat", "macet", "sapu", "tulis", "tulis_teks", "ulang"]

#: How long a message is worth sending, from when it may leave.
UMUR = {
    JenisPesan.KABAR: timedelta(days=3),
    JenisPesan.KODE: timedelta(minutes=5),
    JenisPesan.JAWABAN: timedelta(hours=1),
    JenisPesan.UJI: timedelta(hours=1),
}
_JENIS = {"SMS_KODE": JenisPesan.KODE}
_TEKS_MAKS = 1000


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
    basi: datetime | None = None,
) -> Pesan:
    """Write one message. The unique `kunci` makes a repeated event impossible.

    `basi` is when it is no longer worth sending (default: three days, five minutes for a code). Raises ValueError
    (from notifications.teks) when the template asks for a value that was not given.
    """
    teks = isi_templat(_templat(kode)[0], nilai)
    jenis = _JENIS.get(kode, JenisPesan.KABAR)
    return tulis_teks(
        teks, kode=kode, jenis=jenis, kanal=kanal, tujuan=tujuan, perihal=perihal, kunci=kunci, kini=kini, basi=basi
    )


def tulis_teks(
    teks: str,
    *,
    kode: str,
    jenis: JenisPesan,
    kanal: Kanal,
    tujuan: str,
    perihal: str,
    kunci: str,
    kini: datetime,
    basi: datetime | None = None,
) -> Pesan:
    """Write one message whose text is made already. A notice by SMS waits for the end of the quiet hours."""
    from notifications.tasks import kirim_pesan

    teks = ke_gsm7(teks)[:_TEKS_MAKS] if kanal == Kanal.SMS else teks[:_TEKS_MAKS]
    mulai = kini
    if kanal == Kanal.SMS and jenis == JenisPesan.KABAR:
        mulai = sesudah_tenang(kini, baca_jam_tenang(settings.JAM_TENANG), zona())
    pesan = Pesan.objects.create(
        kode=kode,
        jenis=jenis,
        kanal=kanal,
        tujuan=tujuan,
        teks=teks,
        perihal=perihal,
        kunci=kunci,
        dibuat_pada=kini,
        kirim_sesudah=mulai,
        kedaluwarsa_pada=basi or mulai + UMUR[jenis],
        segmen=segmen(teks) if kanal == Kanal.SMS else 1,
    )
    if mulai == kini:
        colek(kirim_pesan, pesan.pk)
    return pesan


def macet() -> QuerySet[Pesan]:
    """What an operator must look at: given up, or of unknown end; the newest first."""
    return Pesan.objects.filter(status__in=MACET).order_by("-pk")


def ulang(pk: int, oleh: Akun | None = None) -> bool:
    """Try a message again that was not sent, under a new reference; an operator decides that it may arrive twice.

    Returns False when there is nothing to try (any more). The old reference's reports no longer count.
    """
    from notifications.tasks import kirim_pesan

    kini = sekarang()
    jenis = Pesan.objects.filter(pk=pk).values_list("jenis", flat=True).first()
    if jenis is None:
        return False
    diubah = Pesan.objects.filter(pk=pk, status__in=DAPAT_DIULANG).update(
        status=StatusPesan.MENUNGGU,
        acuan=uuid.uuid4(),
        kirim_sesudah=kini,
        kedaluwarsa_pada=kini + UMUR[JenisPesan(jenis)],
        percobaan=0,
        tak_pasti=0,
        galat="",
        gerbang="",
        sewa_sampai=None,
    )
    if diubah:
        catatan.warning("pesan diulang", extra={"pesan": pk, "akun": oleh.pk if oleh else None})
        colek(kirim_pesan, pk)
    return bool(diubah)
