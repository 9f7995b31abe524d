"""Numbers of the plan per year: targets, budgets, and what was achieved and spent per quarter.

Printed text and number stand side by side; amounts are whole rupiah.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from renstra.models.kegiatan import Kegiatan, Keluaran, SubKegiatan
from renstra.models.rencana import Indikator

_SATU_UKURAN = Q(indikator__isnull=True) ^ Q(keluaran__isnull=True)
_TAHUN = Q(tahun__gte=2000, tahun__lte=2100)
_TRIWULAN = Q(triwulan__gte=1, triwulan__lte=4)


class Target(models.Model):
    """The target of one year, of an indicator or of an output; `teks` as printed, `angka` as read (may be none)."""

    indikator = models.ForeignKey(Indikator, null=True, blank=True, on_delete=models.CASCADE, related_name="target")
    keluaran = models.ForeignKey(Keluaran, null=True, blank=True, on_delete=models.CASCADE, related_name="target")
    tahun = models.PositiveSmallIntegerField("tahun")
    teks = models.CharField("target tercetak", max_length=200, blank=True)
    angka = models.DecimalField("target", max_digits=18, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = "target"
        verbose_name_plural = "target"
        ordering: ClassVar[list[str]] = ["indikator_id", "keluaran_id", "tahun"]
        constraints = [
            models.CheckConstraint(
                condition=_SATU_UKURAN,
                name="target_satu_ukuran",
                violation_error_message="Target milik satu indikator atau satu keluaran.",
            ),
            models.CheckConstraint(
                condition=_TAHUN, name="target_tahun", violation_error_message="Tahun tidak wajar."
            ),
            models.CheckConstraint(
                condition=Q(angka__isnull=True) | Q(angka__gte=0),
                name="target_tidak_negatif",
                violation_error_message="Target tidak boleh negatif.",
            ),
            models.UniqueConstraint(fields=["indikator", "tahun"], name="target_indikator_unik"),
            models.UniqueConstraint(fields=["keluaran", "tahun"], name="target_keluaran_unik"),
        ]

    def __str__(self) -> str:
        return f"{self.tahun}: {self.teks or self.angka}"


class RealisasiKinerja(models.Model):
    """What was achieved in one quarter, of an indicator or of an output."""

    indikator = models.ForeignKey(
        Indikator, null=True, blank=True, on_delete=models.CASCADE, related_name="realisasi"
    )
    keluaran = models.ForeignKey(Keluaran, null=True, blank=True, on_delete=models.CASCADE, related_name="realisasi")
    tahun = models.PositiveSmallIntegerField("tahun")
    triwulan = models.PositiveSmallIntegerField("triwulan")
    angka = models.DecimalField("realisasi", max_digits=18, decimal_places=4)
    keterangan = models.TextField("keterangan", blank=True)
    bukti = models.FileField("bukti", upload_to="renstra/bukti/", max_length=160, blank=True)
    oleh = models.ForeignKey("accounts.Akun", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField("dicatat", null=True, blank=True)

    class Meta:
        verbose_name = "realisasi kinerja"
        verbose_name_plural = "realisasi kinerja"
        ordering: ClassVar[list[str]] = ["indikator_id", "keluaran_id", "tahun", "triwulan"]
        constraints = [
            models.CheckConstraint(
                condition=_SATU_UKURAN,
                name="realisasi_satu_ukuran",
                violation_error_message="Realisasi milik satu indikator atau satu keluaran.",
            ),
            models.CheckConstraint(
                condition=_TAHUN & _TRIWULAN,
                name="realisasi_kinerja_masa",
                violation_error_message="Triwulan 1 sampai 4.",
            ),
            models.CheckConstraint(
                condition=Q(angka__gte=0),
                name="realisasi_kinerja_tidak_negatif",
                violation_error_message="Realisasi tidak boleh negatif.",
            ),
            models.UniqueConstraint(fields=["indikator", "tahun", "triwulan"], name="realisasi_indikator_unik"),
            models.UniqueConstraint(fields=["keluaran", "tahun", "triwulan"], name="realisasi_keluaran_unik"),
        ]

    def __str__(self) -> str:
        return f"{self.tahun} triwulan {self.triwulan}: {self.angka}"


class Anggaran(models.Model):
    """The money that an activity (or one of its parts) may spend in a year; `pagu` whole rupiah."""

    kegiatan = models.ForeignKey(Kegiatan, on_delete=models.CASCADE, related_name="anggaran")
    sub_kegiatan = models.ForeignKey(
        SubKegiatan, null=True, blank=True, on_delete=models.CASCADE, related_name="anggaran"
    )
    tahun = models.PositiveSmallIntegerField("tahun")
    teks = models.CharField("pagu tercetak", max_length=40, blank=True)
    pagu = models.PositiveBigIntegerField("pagu")

    class Meta:
        verbose_name = "anggaran"
        verbose_name_plural = "anggaran"
        ordering: ClassVar[list[str]] = ["kegiatan_id", "sub_kegiatan_id", "tahun"]
        constraints = [
            models.CheckConstraint(
                condition=_TAHUN, name="anggaran_tahun", violation_error_message="Tahun tidak wajar."
            ),
            models.UniqueConstraint(
                fields=["kegiatan", "tahun"],
                condition=Q(sub_kegiatan__isnull=True),
                name="anggaran_kegiatan_unik",
                violation_error_message="Pagu tahun ini sudah ada.",
            ),
            models.UniqueConstraint(
                fields=["sub_kegiatan", "tahun"],
                name="anggaran_sub_unik",
                violation_error_message="Pagu tahun ini sudah ada.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tahun}: Rp{self.pagu}"


class RealisasiAnggaran(models.Model):
    """What was spent of a budget in one quarter, whole rupiah."""

    anggaran = models.ForeignKey(Anggaran, on_delete=models.CASCADE, related_name="realisasi")
    triwulan = models.PositiveSmallIntegerField("triwulan")
    rupiah = models.PositiveBigIntegerField("realisasi")
    oleh = models.ForeignKey("accounts.Akun", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    dicatat_pada = models.DateTimeField("dicatat", null=True, blank=True)

    class Meta:
        verbose_name = "realisasi anggaran"
        verbose_name_plural = "realisasi anggaran"
        ordering: ClassVar[list[str]] = ["anggaran_id", "triwulan"]
        constraints = [
            models.CheckConstraint(
                condition=_TRIWULAN,
                name="realisasi_anggaran_triwulan",
                violation_error_message="Triwulan 1 sampai 4.",
            ),
            models.UniqueConstraint(fields=["anggaran", "triwulan"], name="realisasi_anggaran_unik"),
        ]

    def __str__(self) -> str:
        return f"triwulan {self.triwulan}: Rp{self.rupiah}"
