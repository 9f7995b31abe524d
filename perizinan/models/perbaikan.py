"""Correction rounds: one open round a file, items per requirement or field with a coded reason."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from perizinan.enums import StatusPermohonan


class Perbaikan(models.Model):
    """One round. It is opened by the first request and closed when the applicant sent all answers."""

    kunci = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    permohonan = models.ForeignKey("perizinan.Permohonan", on_delete=models.PROTECT, related_name="perbaikan")
    ke = models.PositiveSmallIntegerField()
    status_asal = models.CharField(max_length=24, choices=StatusPermohonan)
    dibuka_pada = models.DateTimeField()
    batas = models.DateTimeField()
    ditutup_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "putaran perbaikan"
        verbose_name_plural = "putaran perbaikan"
        ordering = ["permohonan", "ke"]
        constraints = [
            models.UniqueConstraint(fields=["permohonan", "ke"], name="perbaikan_ke_unik"),
            models.UniqueConstraint(
                fields=["permohonan"],
                condition=Q(ditutup_pada__isnull=True),
                name="perbaikan_satu_terbuka",
                violation_error_message="Masih ada putaran perbaikan yang terbuka.",
            ),
        ]

    def __str__(self) -> str:
        return f"putaran {self.ke}"


class ButirPerbaikan(models.Model):
    """One thing to put right: what, why in code, in words for the applicant, and the answer."""

    perbaikan = models.ForeignKey(Perbaikan, on_delete=models.PROTECT, related_name="butir")
    syarat = models.ForeignKey("perizinan.Syarat", null=True, blank=True, on_delete=models.PROTECT)
    isian = models.ForeignKey("perizinan.Isian", null=True, blank=True, on_delete=models.PROTECT)
    kode_alasan = models.CharField(max_length=40)
    uraian = models.CharField(max_length=240)
    diminta_oleh = models.ForeignKey("accounts.Akun", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", null=True, blank=True, on_delete=models.PROTECT)
    diminta_pada = models.DateTimeField()
    di_akhir = models.BooleanField("diminta pada seperlima akhir waktu", default=False)
    jawaban = models.CharField(max_length=240, blank=True)
    dijawab_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "butir perbaikan"
        verbose_name_plural = "butir perbaikan"
        ordering = ["perbaikan", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~(Q(syarat__isnull=False) & Q(isian__isnull=False)),
                name="butir_syarat_atau_isian",
            )
        ]

    def __str__(self) -> str:
        return self.uraian


class Persetujuan(models.Model):
    """The kabid's approval that a second list of shortages may be sent (product.md, fairness 2). Used once."""

    permohonan = models.ForeignKey("perizinan.Permohonan", on_delete=models.PROTECT, related_name="persetujuan")
    diminta_oleh = models.ForeignKey("accounts.Akun", on_delete=models.PROTECT, related_name="+")
    alasan = models.CharField(max_length=240)
    diminta_pada = models.DateTimeField()
    diputus_oleh = models.ForeignKey(
        "accounts.Akun", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    diputus_pada = models.DateTimeField(null=True, blank=True)
    disetujui = models.BooleanField(null=True, blank=True)
    dipakai_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "persetujuan kabid"
        verbose_name_plural = "persetujuan kabid"
        ordering = ["permohonan", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["permohonan"],
                condition=Q(diputus_pada__isnull=True),
                name="persetujuan_satu_menunggu",
                violation_error_message="Permintaan persetujuan sebelumnya belum diputus.",
            )
        ]

    def __str__(self) -> str:
        return f"persetujuan {self.permohonan_id}"
