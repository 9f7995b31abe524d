"""The message outbox. A row is written in the transaction of the act that it announces."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from notifications.enums import Kanal, StatusPesan


class TemplatPesan(models.Model):
    """The text of one kind of message, editable; GSM-7 and length are checked when it is saved."""

    kode = models.CharField(max_length=32, unique=True)
    teks = models.CharField(max_length=400)
    kepada = models.CharField(max_length=40, blank=True)
    sumber = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = "templat pesan"
        verbose_name_plural = "templat pesan"
        ordering = ["kode"]

    def __str__(self) -> str:
        return self.kode


class Pesan(models.Model):
    """One message to one recipient. `acuan` is the sender's reference, known to the gateway."""

    acuan = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kode = models.CharField(max_length=32)
    kanal = models.CharField(max_length=6, choices=Kanal, default=Kanal.SMS)
    tujuan = models.CharField(max_length=80)
    teks = models.CharField(max_length=480)
    perihal = models.CharField("nomor permohonan", max_length=40, blank=True, db_index=True)
    kunci = models.CharField("satu per kejadian dan penerima", max_length=120, unique=True)
    status = models.CharField(max_length=12, choices=StatusPesan, default=StatusPesan.MENUNGGU)
    dibuat_pada = models.DateTimeField()
    kirim_sesudah = models.DateTimeField()
    sewa_sampai = models.DateTimeField(null=True, blank=True)
    percobaan = models.PositiveSmallIntegerField(default=0)
    dikirim_pada = models.DateTimeField(null=True, blank=True)
    gerbang = models.CharField(max_length=20, blank=True)
    galat = models.CharField(max_length=240, blank=True)
    segmen = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = "pesan"
        verbose_name_plural = "pesan"
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["kirim_sesudah", "id"],
                condition=Q(status__in=[StatusPesan.MENUNGGU, StatusPesan.MENGIRIM]),
                name="pesan_belum_terkirim",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kode} {self.status}"
