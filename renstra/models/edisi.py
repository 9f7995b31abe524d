"""What an edition of a plan keeps of its making: who did what when, and why a finding was left standing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from renstra.enums import PerbuatanEdisi
from renstra.models.rencana import Rencana


class JejakEdisi(models.Model):
    """One act on an edition, written once: made, submitted, sent back, published."""

    rencana = models.ForeignKey(Rencana, on_delete=models.CASCADE, related_name="jejak")
    perbuatan = models.CharField("perbuatan", max_length=12, choices=PerbuatanEdisi)
    oleh = models.ForeignKey("accounts.Akun", on_delete=models.PROTECT, related_name="+")
    pada = models.DateTimeField("pada")
    catatan = models.CharField("catatan", max_length=240, blank=True)

    class Meta:
        verbose_name = "jejak edisi"
        verbose_name_plural = "jejak edisi"
        ordering: ClassVar[list[str]] = ["rencana_id", "pk"]

    def __str__(self) -> str:
        return f"{self.rencana_id}: {self.perbuatan}"


class AlasanTemuan(models.Model):
    """Why a finding may stand in a published edition, in the planner's words.

    `kunci` is the digest of the finding with its numbers, `temuan` the finding as it was shown: a number that
    changes later makes another finding, which this reason does not cover.
    """

    rencana = models.ForeignKey(Rencana, on_delete=models.CASCADE, related_name="alasan_temuan")
    kunci = models.CharField("kunci", max_length=64)
    temuan = models.JSONField("temuan")
    alasan = models.CharField("alasan", max_length=400)
    oleh = models.ForeignKey("accounts.Akun", on_delete=models.PROTECT, related_name="+")
    pada = models.DateTimeField("pada")

    class Meta:
        verbose_name = "alasan temuan"
        verbose_name_plural = "alasan temuan"
        ordering: ClassVar[list[str]] = ["rencana_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rencana", "kunci"], name="alasan_temuan_unik"),
            models.CheckConstraint(
                condition=~Q(alasan=""), name="alasan_temuan_berisi", violation_error_message="Tulis alasannya."
            ),
        ]

    def __str__(self) -> str:
        return self.alasan
