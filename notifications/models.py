"""The message outbox, what came in, and what we know of numbers and gateways.

A row of `Pesan` is written in the transaction of the act that it announces.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from notifications.enums import JenisPesan, Kanal, Kata, StatusMasuk, StatusPesan


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
    """One message to one recipient. `acuan` is the sender's reference, known to the gateway.

    `tak_pasti` counts tries whose end we never learned: with a gateway that can neither de-duplicate nor tell,
    the person may have got the message so many times more.
    """

    acuan = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kode = models.CharField(max_length=32)
    jenis = models.CharField(max_length=8, choices=JenisPesan, default=JenisPesan.KABAR)
    kanal = models.CharField(max_length=6, choices=Kanal, default=Kanal.SMS)
    tujuan = models.CharField(max_length=80)
    teks = models.CharField(max_length=1000)
    perihal = models.CharField("nomor permohonan", max_length=40, blank=True, db_index=True)
    kunci = models.CharField("satu per kejadian dan penerima", max_length=120, unique=True)
    status = models.CharField(max_length=12, choices=StatusPesan, default=StatusPesan.MENUNGGU)
    dibuat_pada = models.DateTimeField()
    kirim_sesudah = models.DateTimeField()
    kedaluwarsa_pada = models.DateTimeField(null=True, blank=True)
    sewa_sampai = models.DateTimeField(null=True, blank=True)
    percobaan = models.PositiveSmallIntegerField(default=0)
    tak_pasti = models.PositiveSmallIntegerField("percobaan yang tidak diketahui hasilnya", default=0)
    dikirim_pada = models.DateTimeField(null=True, blank=True)
    sampai_pada = models.DateTimeField(null=True, blank=True)
    gerbang = models.CharField(max_length=20, blank=True)
    galat = models.CharField(max_length=240, blank=True)
    segmen = models.PositiveSmallIntegerField(default=1)
    biaya = models.PositiveIntegerField("biaya (rupiah)", default=0)
    gabungan = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="bagian")

    class Meta:
        verbose_name = "pesan"
        verbose_name_plural = "pesan"
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["kirim_sesudah", "id"],
                condition=Q(status__in=[StatusPesan.MENUNGGU, StatusPesan.MENGIRIM]),
                name="pesan_belum_terkirim",
            ),
            models.Index(fields=["tujuan", "dikirim_pada"], name="pesan_per_tujuan"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=StatusPesan.DIGABUNG, gabungan__isnull=False)
                | (~Q(status=StatusPesan.DIGABUNG) & Q(gabungan__isnull=True)),
                name="pesan_digabung_punya_gabungan",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kode} {self.status}"


class PesanMasuk(models.Model):
    """An SMS that somebody sent us: kept whole, whatever becomes of it. `kata` is the word it began with."""

    gerbang = models.CharField(max_length=20)
    acuan_gerbang = models.CharField(max_length=80, blank=True)
    dari = models.CharField("nomor pengirim", max_length=20)
    teks = models.CharField(max_length=1000)
    diterima_pada = models.DateTimeField()
    status = models.CharField(max_length=14, choices=StatusMasuk, default=StatusMasuk.BARU)
    kata = models.CharField(max_length=12, choices=Kata, blank=True)
    perihal = models.CharField("nomor permohonan", max_length=40, blank=True, db_index=True)
    jawaban = models.OneToOneField(Pesan, null=True, blank=True, on_delete=models.PROTECT, related_name="menjawab")
    perlu_petugas = models.BooleanField(default=False)
    ditangani_pada = models.DateTimeField(null=True, blank=True)
    ditangani_oleh = models.ForeignKey(
        "accounts.Akun", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "pesan masuk"
        verbose_name_plural = "pesan masuk"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["id"], condition=Q(status=StatusMasuk.BARU), name="pesan_masuk_baru"),
            models.Index(fields=["dari", "diterima_pada"], name="pesan_masuk_per_nomor"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["gerbang", "acuan_gerbang"], condition=~Q(acuan_gerbang=""), name="pesan_masuk_sekali"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kata or '-'} {self.status}"


class Penerima(models.Model):
    """What the holder of a number told us: no more notices (STOP), or that we have the wrong person (BUKAN SAYA)."""

    tujuan = models.CharField("nomor atau alamat", max_length=80, unique=True)
    berhenti_sejak = models.DateTimeField("tidak mau kabar sejak", null=True, blank=True)
    bukan_pemilik_sejak = models.DateTimeField("menyatakan bukan pemohon sejak", null=True, blank=True)

    class Meta:
        verbose_name = "penerima"
        verbose_name_plural = "penerima"

    def __str__(self) -> str:
        return f"...{self.tujuan[-4:]}"


class KeadaanGerbang(models.Model):
    """How a gateway fares: errors in a row and in the running minute, and until when nothing is handed to it."""

    nama = models.CharField(max_length=20, primary_key=True)
    beruntun = models.PositiveIntegerField(default=0)
    jendela_mulai = models.DateTimeField(null=True, blank=True)
    jendela_galat = models.PositiveIntegerField(default=0)
    pembukaan = models.PositiveSmallIntegerField("jeda berturut-turut", default=0)
    tunda_sampai = models.DateTimeField(null=True, blank=True)
    galat = models.CharField(max_length=240, blank=True)

    class Meta:
        verbose_name = "keadaan gerbang"
        verbose_name_plural = "keadaan gerbang"

    def __str__(self) -> str:
        return self.nama
