"""Caps on what an anonymous person can make us send (R20, B17): counted in the database, the office exempt.

Nothing else is capped: a notice that an act owes somebody always leaves. Five codes for a number and ten for an
address in an hour, and a day's budget. What is refused is counted too, by address and minute.
"""

from __future__ import annotations

import ipaddress
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from core import pembatas
from core.galat import GalatPortal
from core.models import nomor_berikut
from core.waktu import sekarang
from notifications.enums import JenisPesan, Kanal
from notifications.layanan import tulis
from notifications.models import Pesan

PER_NOMOR = 5
PER_ALAMAT = 10
JENDELA = timedelta(hours=1)
HARI = timedelta(days=1)


class TerlaluSering(GalatPortal):
    """Too many codes; `tunggu` is after how many seconds to come back."""

    status = 429
    kode = "terlalu_sering"

    def __init__(self, tunggu: int) -> None:
        super().__init__(_("Terlalu banyak kode diminta. Coba %(n)d menit lagi.") % {"n": max(1, tunggu // 60)})
        self.tunggu = tunggu


def jaringan_kantor(alamat: str) -> bool:
    """Whether an address lies in the office's own network, where sixty people share it."""
    return termasuk(alamat, settings.JARINGAN_KANTOR)


def termasuk(alamat: str, jaringan: list[str]) -> bool:
    """Whether an address is in one of these networks; an address that is none is in no network."""
    try:
        ip = ipaddress.ip_address(alamat)
    except ValueError:
        return False
    return any(ip in ipaddress.ip_network(j, strict=False) for j in jaringan if j)


def tulis_kode(kode: str, *, tujuan: str, dari: str, nilai: dict[str, str]) -> Pesan:
    """Write a log-in code for a number, asked for by `dari` (an address). Raises TerlaluSering, with nothing written.

    Counting and writing happen in one transaction that holds the number's and the day's counter row, so that a
    thousand requests at once get five codes, not six.
    """
    try:
        with transaction.atomic():
            kini = sekarang()
            _periksa(tujuan, dari, kini)
            return tulis(
                "SMS_KODE",
                kanal=Kanal.SMS,
                tujuan=tujuan,
                nilai=nilai | {"kode": kode},
                perihal="",
                kunci=f"kode/{uuid.uuid4()}",
                kini=kini,
            )
    except TerlaluSering:
        pembatas.catat("kode_ditolak", dari, JENDELA)
        raise


def _periksa(tujuan: str, dari: str, kini: datetime) -> None:
    nomor_berikut("kode_masuk/semua")  # the row lock that makes one request at a time count
    kode = Pesan.objects.filter(jenis=JenisPesan.KODE).order_by("dibuat_pada")
    milik = list(kode.filter(tujuan=tujuan, dibuat_pada__gt=kini - JENDELA).values_list("dibuat_pada", flat=True))
    if len(milik) >= PER_NOMOR:
        raise TerlaluSering(_sisa(milik[-PER_NOMOR] + JENDELA, kini))
    if jaringan_kantor(dari):
        return
    if pembatas.jumlah("kode", dari, JENDELA) >= PER_ALAMAT:
        raise TerlaluSering(int(JENDELA.total_seconds()))
    if kode.filter(dibuat_pada__gt=kini - HARI).count() >= settings.KODE_SEHARI:
        raise TerlaluSering(int(JENDELA.total_seconds()))
    pembatas.catat("kode", dari, JENDELA)


def _sisa(sampai: datetime, kini: datetime) -> int:
    return max(1, int((sampai - kini).total_seconds()))
