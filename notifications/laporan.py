"""Delivery reports: they may come twice, late, out of order or from a stranger, and never make a row worse (B16).

Each is one conditional UPDATE. `sampai` and `gagal` are final, whichever came first; a report about a message that
was never handed to that gateway, or under a reference that was given up, changes nothing.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from core.waktu import sekarang
from notifications.enums import StatusPesan
from notifications.gateway import GalatGerbang, gerbang
from notifications.models import Pesan

#: How long we ask a gateway that reports only when asked.
UMUR_LAPORAN = timedelta(days=3)
#: From where a report may move a message. `menunggu` only where an earlier try ended unknown: the report settles it.
_DARI = {
    StatusPesan.TERKIRIM: (StatusPesan.MENGIRIM, StatusPesan.TIDAK_PASTI),
    StatusPesan.SAMPAI: (StatusPesan.MENGIRIM, StatusPesan.TIDAK_PASTI, StatusPesan.TERKIRIM),
    StatusPesan.GAGAL: (StatusPesan.MENGIRIM, StatusPesan.TIDAK_PASTI, StatusPesan.TERKIRIM),
}


def terapkan(nama: str, acuan: str, hasil: StatusPesan, *, sebab: str = "", kini: datetime | None = None) -> bool:
    """Apply what a gateway says of one of its messages; returns whether anything changed. Harmless when repeated."""
    try:
        tanda = uuid.UUID(acuan)
    except ValueError:
        return False
    kini = kini or sekarang()
    boleh = Q(status__in=_DARI[hasil])
    if hasil != StatusPesan.GAGAL:
        boleh |= Q(status=StatusPesan.MENUNGGU, tak_pasti__gt=0)
    isi: dict[str, object] = {"status": hasil, "sewa_sampai": None, "galat": ""}
    isi["dikirim_pada"] = Coalesce(F("dikirim_pada"), kini)
    if hasil == StatusPesan.SAMPAI:
        isi["sampai_pada"] = kini
    if hasil == StatusPesan.GAGAL:
        isi["galat"] = (sebab or "Operator tidak dapat menyampaikan pesan ini.")[:240]
    return bool(Pesan.objects.filter(boleh, acuan=tanda, gerbang=nama).update(**isi))


def dari_dlr(kode: str) -> StatusPesan | None:
    """Kannel's kind of report as our state: 1 arrived, 2 failed, 4 queued, 8 with the SMSC, 16 refused by it."""
    return {
        "1": StatusPesan.SAMPAI,
        "2": StatusPesan.GAGAL,
        "8": StatusPesan.TERKIRIM,
        "16": StatusPesan.GAGAL,
    }.get(kode)


def tanya_gammu(nama: str = "gammu", maks: int = 500) -> int:
    """Ask SMSD about what it was given and did not settle; returns how many rows moved."""
    kini = sekarang()
    tertunda = Pesan.objects.filter(
        gerbang=nama,
        status__in=[StatusPesan.TERKIRIM, StatusPesan.TIDAK_PASTI],
        dikirim_pada__gt=kini - UMUR_LAPORAN,
    )
    acuan = [str(a) for a in tertunda.order_by("-pk").values_list("acuan", flat=True)[:maks]]
    try:
        hasil = gerbang(nama).laporan(acuan)  # type: ignore[attr-defined] # only Gammu is asked
    except GalatGerbang:
        return 0
    return sum(terapkan(nama, satu, status, kini=kini) for satu, status in hasil.items())
