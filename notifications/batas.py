"""Caps on what an anonymous person can make us send (R20, B17): counted in the database, the office exempt.

Nothing else is capped: a notice that an act owes somebody always leaves. Five codes for a number and ten for an
address in an hour, and a day's budget. What is refused is counted too, by address and minute.
"""

from __future__ import annotations

import ipaddress
import uuid
from datetime import timedelta

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
#: An hour, and the minute by which counters are kept too coarse.
JENDELA = timedelta(minutes=61)
HARI = timedelta(days=1)


class TerlaluSering(GalatPortal):
    """Too many codes; `tunggu` is after how many seconds to come back."""

    status = 429
    kode = "terlalu_sering"
    tunggu = int(timedelta(hours=1).total_seconds())

    def __init__(self) -> None:
        super().__init__(_("Terlalu banyak kode diminta. Coba satu jam lagi, atau datang ke loket."))


def termasuk(alamat: str, jaringan: list[str]) -> bool:
    """Whether an address is in one of these networks; an address that is none is in no network."""
    try:
        ip = ipaddress.ip_address(alamat)
    except ValueError:
        return False
    return any(ip in ipaddress.ip_network(j, strict=False) for j in jaringan if j)


def tulis_kode(kode: str, *, tujuan: str, dari: str, nilai: dict[str, str], ada: bool = True) -> Pesan | None:
    """Write a log-in code for a number, asked for by `dari` (an address). Raises TerlaluSering, with nothing written.

    With `ada` False (nobody has this number) all is counted and nothing is sent, so that the caps do not tell who has
    an account. Counting and writing happen in one transaction that holds one counter row: a thousand requests at once
    get five codes, not six.
    """
    try:
        with transaction.atomic():
            nomor_berikut("kode_masuk")
            _hitung(tujuan, dari)
            if not ada:
                return None
            return tulis(
                "SMS_KODE",
                kanal=Kanal.SMS,
                tujuan=tujuan,
                nilai=nilai | {"kode": kode},
                perihal="",
                kunci=f"kode/{uuid.uuid4()}",
                kini=sekarang(),
            )
    except TerlaluSering:
        pembatas.catat("kode_ditolak", dari, HARI)
        raise


def _hitung(tujuan: str, dari: str) -> None:
    """Count one request; raises TerlaluSering when a cap is reached. The office's network has only the number's."""
    if pembatas.jumlah("kode_nomor", tujuan, JENDELA) >= PER_NOMOR:
        raise TerlaluSering
    if not termasuk(dari, settings.JARINGAN_KANTOR):
        if pembatas.jumlah("kode_alamat", dari, JENDELA) >= PER_ALAMAT:
            raise TerlaluSering
        sehari = Pesan.objects.filter(jenis=JenisPesan.KODE, dibuat_pada__gt=sekarang() - HARI)
        if sehari.count() >= settings.KODE_SEHARI:
            raise TerlaluSering
        pembatas.catat("kode_alamat", dari, JENDELA)
    pembatas.catat("kode_nomor", tujuan, JENDELA)
