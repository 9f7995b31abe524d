"""What people write into the book of a year (LKjIP) beside its figures."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from renstra.enums import BagianNaskah
from renstra.models.rencana import Rencana


class Naskah(models.Model):
    """One text of a year's book: plain lines, never markup. `versi` counts its changes, from 1.

    `acuan` names the line that a cause explains, in the words of E.81 (renstra/laporan/narasi.py `acuan`): the book
    prints frozen words, so a row of the plan would be the wrong thing to point at. Elsewhere it is empty.
    """

    rencana = models.ForeignKey(Rencana, on_delete=models.PROTECT, related_name="naskah")
    tahun = models.PositiveSmallIntegerField("tahun")
    bagian = models.CharField("bagian", max_length=12, choices=BagianNaskah.choices)
    acuan = models.CharField("baris yang diterangkan", max_length=520, blank=True)
    isi = models.TextField("isi", blank=True)
    versi = models.PositiveIntegerField("versi", default=1)
    oleh = models.ForeignKey("accounts.Akun", on_delete=models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField("dicatat")

    class Meta:
        verbose_name = "naskah laporan kinerja"
        verbose_name_plural = "naskah laporan kinerja"
        ordering: ClassVar[list[str]] = ["rencana_id", "tahun", "bagian", "acuan"]
        constraints = [
            models.UniqueConstraint(fields=["rencana", "tahun", "bagian", "acuan"], name="naskah_unik"),
            models.CheckConstraint(
                condition=Q(bagian=BagianNaskah.SEBAB) ^ Q(acuan=""),
                name="naskah_sebab_beracuan",
                violation_error_message="Sebab menerangkan satu baris; bagian lain tidak.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tahun} {self.bagian} {self.acuan}".strip()
