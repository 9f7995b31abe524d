"""Programmes, activities, sub-activities and their output indicators (T-C.27; Tabel 5.1)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Unit
from renstra.models.rencana import Rencana, Sasaran, Ukuran


class Program(models.Model):
    """One programme, and the objective that it serves."""

    rencana = models.ForeignKey(Rencana, on_delete=models.CASCADE, related_name="program")
    sasaran = models.ForeignKey(Sasaran, null=True, blank=True, on_delete=models.PROTECT, related_name="program")
    no = models.PositiveSmallIntegerField("nomor")
    kode = models.CharField("kode rekening", max_length=40, blank=True)
    nama = models.CharField("nama", max_length=200)
    asal = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "program"
        verbose_name_plural = "program"
        ordering: ClassVar[list[str]] = ["rencana_id", "no"]
        constraints = [models.UniqueConstraint(fields=["rencana", "no"], name="program_unik")]

    def __str__(self) -> str:
        return self.nama


class Kegiatan(models.Model):
    """One activity. `no_daftar` is its number in the list of the chapter, where that differs from the table."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="kegiatan")
    no = models.PositiveSmallIntegerField("nomor")
    no_daftar = models.PositiveSmallIntegerField("nomor di daftar 5.1.1", null=True, blank=True)
    kode = models.CharField("kode rekening", max_length=40, blank=True)
    nama = models.CharField("nama", max_length=250)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="kegiatan")
    lokasi = models.CharField("lokasi", max_length=120, blank=True)
    keyakinan = models.CharField("keyakinan penempatan tahun", max_length=12, blank=True)
    catatan = models.TextField("catatan", blank=True)
    asal = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "kegiatan"
        verbose_name_plural = "kegiatan"
        ordering: ClassVar[list[str]] = ["program_id", "no"]
        constraints = [models.UniqueConstraint(fields=["program", "no"], name="kegiatan_unik")]

    def __str__(self) -> str:
        return f"{self.no}. {self.nama}"


class SubKegiatan(models.Model):
    """A part of an activity with money of its own (plans since Permendagri 90/2019)."""

    kegiatan = models.ForeignKey(Kegiatan, on_delete=models.CASCADE, related_name="sub_kegiatan")
    no = models.PositiveSmallIntegerField("nomor")
    kode = models.CharField("kode rekening", max_length=40, blank=True)
    nama = models.CharField("nama", max_length=250)
    asal = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "subkegiatan"
        verbose_name_plural = "subkegiatan"
        ordering: ClassVar[list[str]] = ["kegiatan_id", "no"]
        constraints = [models.UniqueConstraint(fields=["kegiatan", "no"], name="sub_kegiatan_unik")]

    def __str__(self) -> str:
        return f"{self.kegiatan.no}.{self.no} {self.nama}"


class Keluaran(Ukuran):
    """An output indicator of an activity, or the outcome indicator of a programme."""

    program = models.ForeignKey(Program, null=True, blank=True, on_delete=models.CASCADE, related_name="hasil")
    kegiatan = models.ForeignKey(Kegiatan, null=True, blank=True, on_delete=models.CASCADE, related_name="keluaran")
    urutan = models.PositiveSmallIntegerField("urutan")
    nama = models.CharField("nama", max_length=250)
    catatan = models.TextField("catatan", blank=True)
    asal = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "keluaran"
        verbose_name_plural = "keluaran"
        ordering: ClassVar[list[str]] = ["program_id", "kegiatan_id", "urutan"]
        constraints = [
            models.CheckConstraint(
                condition=Q(program__isnull=True) ^ Q(kegiatan__isnull=True),
                name="keluaran_satu_induk",
                violation_error_message="Keluaran milik satu program atau satu kegiatan.",
            ),
            models.UniqueConstraint(fields=["kegiatan", "urutan"], name="keluaran_kegiatan_unik"),
            models.UniqueConstraint(fields=["program", "urutan"], name="keluaran_program_unik"),
        ]

    def __str__(self) -> str:
        return self.nama
