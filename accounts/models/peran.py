"""Role assignments: who is what, in which unit, from when to when."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from accounts.enums import PERAN_PETUGAS


class PenugasanQuerySet(models.QuerySet["Penugasan"]):
    def berlaku(self, pada: datetime) -> PenugasanQuerySet:
        """Assignments whose half-open window [mulai, sampai) holds `pada`."""
        return self.filter(mulai__lte=pada).filter(Q(sampai__isnull=True) | Q(sampai__gt=pada))


class Penugasan(models.Model):
    """A role held by an account in a unit. The window is half-open: [mulai, sampai)."""

    akun = models.ForeignKey("accounts.Akun", on_delete=models.PROTECT, related_name="penugasan")
    peran = models.CharField(max_length=20, choices=[(p.value, p.label) for p in PERAN_PETUGAS])
    unit = models.ForeignKey("accounts.Unit", null=True, blank=True, on_delete=models.PROTECT)
    mulai = models.DateTimeField()
    sampai = models.DateTimeField(null=True, blank=True)
    dasar = models.CharField("surat tugas / SK", max_length=120, blank=True)

    objects = PenugasanQuerySet.as_manager()

    class Meta:
        verbose_name = "penugasan"
        verbose_name_plural = "penugasan"
        constraints = [
            models.CheckConstraint(
                condition=Q(sampai__isnull=True) | Q(sampai__gt=F("mulai")),
                name="penugasan_sampai_sesudah_mulai",
                violation_error_message="Tanggal akhir harus sesudah tanggal mulai.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.akun} {self.peran} {self.unit or ''}".strip()
