"""Periods: in which span answers are gathered, by which instrument, with which weights."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from ikm.enums import JenisPeriode, ModeBobot, StatusPeriode
from ikm.models.instrumen import Instrumen


class Periode(models.Model):
    """A span of days with one instrument and one weight mode.

    Answers belong to the periods that `mengumpulkan`; those never overlap (`ikm.services.periode`). Any other
    period pools the gathering ones inside its days. `kode` is public: `2026-S2`, `2026-T3`, `2026`.
    """

    kode = models.CharField(max_length=10, unique=True)
    jenis = models.CharField(max_length=8, choices=JenisPeriode)
    mulai = models.DateField()
    selesai = models.DateField()
    instrumen = models.ForeignKey(Instrumen, on_delete=models.PROTECT, related_name="periode")
    mode_bobot = models.CharField(max_length=8, choices=ModeBobot, default=ModeBobot.EKSAK)
    mengumpulkan = models.BooleanField("menerima jawaban", default=False)
    status = models.CharField(max_length=8, choices=StatusPeriode, default=StatusPeriode.BUKA)

    class Meta:
        verbose_name = "periode survei"
        verbose_name_plural = "periode survei"
        ordering: ClassVar[list[str]] = ["mulai", "selesai"]
        constraints = [
            models.CheckConstraint(
                condition=Q(selesai__gte=F("mulai")),
                name="periode_urut",
                violation_error_message="Periode berakhir sebelum dimulai.",
            ),
            models.UniqueConstraint(fields=["jenis", "mulai"], name="periode_jenis_mulai_unik"),
        ]

    def __str__(self) -> str:
        return self.kode
