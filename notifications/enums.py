"""States of a message and kinds of channels and gateways (reliability.md R2, R3)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatusPesan(models.TextChoices):
    MENUNGGU = "menunggu", _("Menunggu dikirim")
    MENGIRIM = "mengirim", _("Sedang dikirim")
    TERKIRIM = "terkirim", _("Terkirim")
    SAMPAI = "sampai", _("Sampai")
    TIDAK_PASTI = "tidak_pasti", _("Hasil tidak pasti")
    GAGAL = "gagal", _("Gagal")


class Kanal(models.TextChoices):
    SMS = "sms", _("SMS")
    SUREL = "surel", _("Email")


class Kemampuan(models.TextChoices):
    """What a gateway can do about a repeated sending of the same reference."""

    DEDUP = "dedup", _("Menolak kiriman ganda")
    STATUS = "status", _("Menjawab status per referensi")
    TIDAK = "tidak", _("Tidak keduanya")
