"""Documents made by the portal, and the register of permit numbers.

A row with status `diminta` is the order to make the document: it is the outbox of the document worker.
Bytes are kept under a random name with their SHA-256; what is genuine is decided by that hash (R17).
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from perizinan.enums import JenisDokumen, StatusDokumen, StatusNomor


class Dokumen(models.Model):
    """One document of one file. For the SK: frozen first (`jadi`), then signed (`ditandatangani`)."""

    kunci = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    permohonan = models.ForeignKey("perizinan.Permohonan", on_delete=models.PROTECT, related_name="dokumen")
    jenis = models.CharField(max_length=18, choices=JenisDokumen)
    acuan = models.CharField("objek asal (rekomendasi, perbaikan, SKRD)", max_length=40, blank=True)
    nomor = models.CharField(max_length=60, blank=True)
    token = models.CharField(max_length=32, unique=True)
    tanggal = models.DateField(help_text="tanggal yang tercetak")
    status = models.CharField(max_length=14, choices=StatusDokumen, default=StatusDokumen.DIMINTA)
    diminta_pada = models.DateTimeField()
    selesai_pada = models.DateTimeField(null=True, blank=True)
    sewa_sampai = models.DateTimeField(null=True, blank=True)
    percobaan = models.PositiveSmallIntegerField(default=0)
    galat = models.CharField(max_length=240, blank=True)
    berkas = models.FileField(upload_to="dokumen", blank=True, max_length=120)
    sidik_naskah = models.CharField("SHA-256 naskah beku", max_length=64, blank=True)
    sidik = models.CharField("SHA-256 berkas jadi", max_length=64, blank=True, db_index=True)
    kewenangan = models.ForeignKey(
        "accounts.Kewenangan", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ditandatangani_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "dokumen"
        verbose_name_plural = "dokumen"
        ordering = ["permohonan", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=[StatusDokumen.JADI, StatusDokumen.DITANDATANGANI])
                | (~Q(berkas="") & ~Q(sidik="")),
                name="dokumen_jadi_berberkas",
                violation_error_message="Dokumen yang jadi harus punya berkas dan sidik.",
            ),
            models.CheckConstraint(
                condition=~Q(status=StatusDokumen.DITANDATANGANI)
                | Q(ditandatangani_pada__isnull=False, kewenangan__isnull=False),
                name="dokumen_ditandatangani_berwenang",
            ),
            models.UniqueConstraint(
                fields=["permohonan"],
                condition=Q(jenis=JenisDokumen.SK) & ~Q(status=StatusDokumen.DIGANTI),
                name="dokumen_satu_sk_berlaku",
            ),
        ]
        indexes = [
            models.Index(
                fields=["diminta_pada"],
                condition=Q(status=StatusDokumen.DIMINTA),
                name="dokumen_menunggu",
            )
        ]

    def __str__(self) -> str:
        return f"{self.jenis} {self.nomor}".strip()


class RegisterNomor(models.Model):
    """Every permit number of a series stands here once, as reserved, issued or void (sla.md section 4)."""

    seri = models.CharField(max_length=120)
    urut = models.PositiveIntegerField()
    nomor = models.CharField(max_length=60)
    permohonan = models.ForeignKey("perizinan.Permohonan", on_delete=models.PROTECT, related_name="nomor_sk")
    status = models.CharField(max_length=10, choices=StatusNomor, default=StatusNomor.CADANGAN)
    dicadangkan_pada = models.DateTimeField()

    class Meta:
        verbose_name = "nomor izin"
        verbose_name_plural = "register nomor izin"
        ordering = ["seri", "urut"]
        constraints = [
            models.UniqueConstraint(fields=["seri", "urut"], name="register_nomor_unik"),
            models.UniqueConstraint(
                fields=["permohonan"],
                condition=~Q(status=StatusNomor.BATAL),
                name="register_nomor_satu_per_berkas",
            ),
        ]

    def __str__(self) -> str:
        return self.nomor
