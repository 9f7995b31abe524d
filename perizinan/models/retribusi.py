"""SKRD and what was paid on it. Money is whole rupiah."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from perizinan.enums import StatusSkrd


class Skrd(models.Model):
    """A fee assessment. Never changed: a wrong one is cancelled and replaced."""

    kunci = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    permohonan = models.ForeignKey("perizinan.Permohonan", on_delete=models.PROTECT, related_name="skrd")
    nomor = models.CharField(max_length=40, unique=True)
    tarif = models.ForeignKey("perizinan.Tarif", null=True, blank=True, on_delete=models.PROTECT)
    nilai = models.PositiveBigIntegerField()
    rincian = models.JSONField(default=list, help_text='[{"uraian", "nilai"}], berjumlah nilai')
    dasar = models.CharField(max_length=240)
    status = models.CharField(max_length=8, choices=StatusSkrd, default=StatusSkrd.BERLAKU)
    tanggal = models.DateField()
    jatuh_tempo = models.DateTimeField(null=True, blank=True)
    ditetapkan_oleh = models.ForeignKey("accounts.Akun", on_delete=models.PROTECT, related_name="+")
    alasan_batal = models.CharField(max_length=240, blank=True)

    class Meta:
        verbose_name = "SKRD"
        verbose_name_plural = "SKRD"
        ordering = ["permohonan", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["permohonan"],
                condition=Q(status=StatusSkrd.BERLAKU),
                name="skrd_satu_berlaku",
                violation_error_message="Masih ada SKRD yang berlaku.",
            ),
            models.CheckConstraint(
                condition=Q(status=StatusSkrd.NIHIL, nilai=0) | (~Q(status=StatusSkrd.NIHIL) & Q(nilai__gt=0)),
                name="skrd_nihil_nol",
                violation_error_message="SKRD bernilai nol hanya untuk nihil.",
            ),
            models.CheckConstraint(
                condition=~Q(status=StatusSkrd.BATAL) | ~Q(alasan_batal=""),
                name="skrd_batal_beralasan",
            ),
        ]

    def __str__(self) -> str:
        return self.nomor


class Pembayaran(models.Model):
    """One deposit on an SKRD, as the bank reports it. The bank's reference can be used once."""

    skrd = models.ForeignKey(Skrd, on_delete=models.PROTECT, related_name="pembayaran")
    jumlah = models.PositiveBigIntegerField()
    dibayar_pada = models.DateTimeField("waktu bayar menurut bank")
    bukti = models.CharField("nomor bukti setor", max_length=60, unique=True)
    kanal = models.CharField(max_length=40, blank=True)
    dicatat_oleh = models.ForeignKey(
        "accounts.Akun", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dicatat_pada = models.DateTimeField()

    class Meta:
        verbose_name = "pembayaran"
        verbose_name_plural = "pembayaran"
        ordering = ["skrd", "pk"]
        constraints = [models.CheckConstraint(condition=Q(jumlah__gt=0), name="pembayaran_bernilai")]

    def __str__(self) -> str:
        return self.bukti
