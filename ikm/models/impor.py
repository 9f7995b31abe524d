"""Files of answers that were taken in, so that none is counted twice."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ikm.models.periode import Periode


class ImporJawaban(models.Model):
    """One file: its SHA-256 (hex), how many answers, for which period. The file itself is not kept."""

    sidik = models.CharField("SHA-256", max_length=64, unique=True)
    nama = models.CharField("nama berkas", max_length=120)
    periode = models.ForeignKey(Periode, on_delete=models.PROTECT, related_name="impor")
    jumlah = models.PositiveIntegerField()
    oleh = models.ForeignKey("accounts.Akun", on_delete=models.PROTECT, related_name="+")
    pada = models.DateTimeField()

    class Meta:
        verbose_name = "impor jawaban"
        verbose_name_plural = "impor jawaban"
        ordering: ClassVar[list[str]] = ["-pada"]

    def __str__(self) -> str:
        return self.nama
