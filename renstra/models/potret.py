"""A quarter as it was closed: E.81 with the source of every number, frozen by one person and signed by another."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from renstra.models.rencana import Rencana


class Potret(models.Model):
    """One edition of a quarter's evaluation. A later change makes the next edition, with its reason.

    `isi` is what the form prints (renstra/evaluasi.py, `sebagai_data`): numbers as text, each with its source.
    """

    rencana = models.ForeignKey(Rencana, on_delete=models.PROTECT, related_name="potret")
    tahun = models.PositiveSmallIntegerField("tahun")
    triwulan = models.PositiveSmallIntegerField("triwulan")
    edisi = models.PositiveSmallIntegerField("edisi", default=1)
    isi = models.JSONField("isi", default=dict, blank=True)
    alasan = models.CharField("alasan dibuka lagi", max_length=240, blank=True)
    disusun_oleh = models.ForeignKey("accounts.Akun", on_delete=models.PROTECT, related_name="+")
    disusun_pada = models.DateTimeField()
    disahkan_oleh = models.ForeignKey(
        "accounts.Akun", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    disahkan_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "potret triwulan"
        verbose_name_plural = "potret triwulan"
        ordering: ClassVar[list[str]] = ["rencana_id", "tahun", "triwulan", "edisi"]
        constraints = [
            models.UniqueConstraint(fields=["rencana", "tahun", "triwulan", "edisi"], name="potret_edisi_unik"),
            models.CheckConstraint(
                condition=Q(triwulan__gte=1, triwulan__lte=4),
                name="potret_triwulan",
                violation_error_message="Triwulan 1 sampai 4.",
            ),
            models.CheckConstraint(
                condition=Q(disahkan_oleh__isnull=True) | ~Q(disahkan_oleh=F("disusun_oleh")),
                name="potret_dua_orang",
                violation_error_message="Yang mengesahkan harus orang lain.",
            ),
            models.CheckConstraint(
                condition=Q(disahkan_oleh__isnull=True, disahkan_pada__isnull=True)
                | Q(disahkan_oleh__isnull=False, disahkan_pada__isnull=False),
                name="potret_pengesahan_lengkap",
                violation_error_message="Pengesahan perlu orang dan waktunya.",
            ),
            models.CheckConstraint(
                condition=Q(edisi=1) | ~Q(alasan=""),
                name="potret_koreksi_beralasan",
                violation_error_message="Tulis alasan koreksi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tahun} triwulan {self.triwulan} edisi {self.edisi}"


class CatatanEvaluasi(models.Model):
    """What E.81 asks people to write of a quarter: what helped, what hindered, what follows (its foot)."""

    rencana = models.ForeignKey(Rencana, on_delete=models.CASCADE, related_name="catatan_evaluasi")
    tahun = models.PositiveSmallIntegerField("tahun")
    triwulan = models.PositiveSmallIntegerField("triwulan")
    pendorong = models.TextField("faktor pendorong", blank=True)
    penghambat = models.TextField("faktor penghambat", blank=True)
    triwulan_berikut = models.TextField("tindak lanjut pada triwulan berikut", blank=True)
    renja_berikut = models.TextField("tindak lanjut pada Renja berikut", blank=True)
    oleh = models.ForeignKey("accounts.Akun", on_delete=models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField()

    class Meta:
        verbose_name = "catatan evaluasi"
        verbose_name_plural = "catatan evaluasi"
        ordering: ClassVar[list[str]] = ["rencana_id", "tahun", "triwulan"]
        constraints = [
            models.UniqueConstraint(fields=["rencana", "tahun", "triwulan"], name="catatan_evaluasi_unik"),
            models.CheckConstraint(
                condition=Q(triwulan__gte=1, triwulan__lte=4),
                name="catatan_evaluasi_triwulan",
                violation_error_message="Triwulan 1 sampai 4.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tahun} triwulan {self.triwulan}"
