"""Instruments as versioned data: what is asked, how it weighs, which grade an index earns (ikm.md sections 2-4)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from ikm.enums import UNSUR_MAKS, AturanSampel, ModeBobot


class Instrumen(models.Model):
    """One decree's questionnaire and its rules, in force from a day to a day (open when `berlaku_sampai` is null)."""

    kode = models.SlugField(max_length=32, unique=True)
    nama = models.CharField(max_length=160)
    dasar = models.CharField("dasar hukum", max_length=240)
    berlaku_dari = models.DateField()
    berlaku_sampai = models.DateField(null=True, blank=True)
    aturan_sampel = models.CharField(max_length=16, choices=AturanSampel)
    sampel_tetap = models.PositiveIntegerField("minimum responden", null=True, blank=True)
    sumber = models.CharField(max_length=240, blank=True)

    class Meta:
        verbose_name = "instrumen"
        verbose_name_plural = "instrumen"
        ordering: ClassVar[list[str]] = ["berlaku_dari", "kode"]
        constraints = [
            models.CheckConstraint(
                condition=Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gte=F("berlaku_dari")),
                name="instrumen_masa_berlaku",
                violation_error_message="Masa berlaku berakhir sebelum dimulai.",
            ),
            models.CheckConstraint(
                condition=~Q(aturan_sampel=AturanSampel.TETAP) | Q(sampel_tetap__isnull=False),
                name="instrumen_sampel_tetap",
                violation_error_message="Isi jumlah minimum responden.",
            ),
        ]

    def __str__(self) -> str:
        return self.nama


class Unsur(models.Model):
    """One element of service that is asked about. Its `kode` is its name across instruments, its place is not.

    Many agencies swap the last two of the nine (ikm.md section 4), so nothing may go by `urutan` but the column
    of the answer row that holds it.
    """

    instrumen = models.ForeignKey(Instrumen, on_delete=models.PROTECT, related_name="unsur")
    kode = models.SlugField(max_length=32)
    urutan = models.PositiveSmallIntegerField()
    nama = models.CharField(max_length=120)
    pertanyaan = models.CharField(max_length=240)
    jawaban_1 = models.CharField(max_length=60)
    jawaban_2 = models.CharField(max_length=60)
    jawaban_3 = models.CharField(max_length=60)
    jawaban_4 = models.CharField(max_length=60)

    class Meta:
        verbose_name = "unsur"
        verbose_name_plural = "unsur"
        ordering: ClassVar[list[str]] = ["instrumen", "urutan"]
        constraints = [
            models.UniqueConstraint(fields=["instrumen", "kode"], name="unsur_kode_unik"),
            models.UniqueConstraint(fields=["instrumen", "urutan"], name="unsur_urutan_unik"),
            models.CheckConstraint(
                condition=Q(urutan__gte=1, urutan__lte=UNSUR_MAKS),
                name="unsur_urutan",
                violation_error_message="Urutan unsur antara 1 dan 14.",
            ),
        ]

    def __str__(self) -> str:
        return f"U{self.urutan} {self.nama}"

    @property
    def pilihan(self) -> list[tuple[int, str]]:
        """The four answers with their perception values, the lowest first."""
        return [(1, self.jawaban_1), (2, self.jawaban_2), (3, self.jawaban_3), (4, self.jawaban_4)]


class Bobot(models.Model):
    """The weight of one unsur in one mode, as text: a fraction `1/14` or a decimal as printed `0.071`."""

    instrumen = models.ForeignKey(Instrumen, on_delete=models.PROTECT, related_name="bobot")
    mode = models.CharField(max_length=8, choices=ModeBobot)
    nilai = models.CharField(max_length=12)

    class Meta:
        verbose_name = "bobot"
        verbose_name_plural = "bobot"
        ordering: ClassVar[list[str]] = ["instrumen", "pk"]
        constraints = [models.UniqueConstraint(fields=["instrumen", "mode"], name="bobot_mode_unik")]

    def __str__(self) -> str:
        return f"{self.mode}: {self.nilai}"


class RentangMutu(models.Model):
    """One row of the grade table: from `batas_bawah` (an index 25-100, inclusive) up to the next row."""

    instrumen = models.ForeignKey(Instrumen, on_delete=models.PROTECT, related_name="rentang_mutu")
    mutu = models.CharField(max_length=1)
    kinerja = models.CharField(max_length=24)
    persepsi = models.PositiveSmallIntegerField()
    batas_bawah = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = "rentang mutu"
        verbose_name_plural = "rentang mutu"
        ordering: ClassVar[list[str]] = ["instrumen", "-batas_bawah"]
        constraints = [
            models.UniqueConstraint(fields=["instrumen", "mutu"], name="rentang_mutu_unik"),
            models.UniqueConstraint(fields=["instrumen", "batas_bawah"], name="rentang_batas_unik"),
        ]

    def __str__(self) -> str:
        return f"{self.mutu} dari {self.batas_bawah}"
