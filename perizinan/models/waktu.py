"""Time as data: stage budgets, the ladder of escalation, settings, outages, and the effects that time had."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Peran
from perizinan.enums import BERJALAN, JenisEfek, LingkupTangga, StatusPermohonan

#: The desk that holds the stage, whichever it is.
PETUGAS = "petugas"


class AnggaranTahap(models.Model):
    """The share of the SOP days that a stage may take. Own proposal, editable."""

    tahap = models.CharField(
        max_length=24, unique=True, choices=[(s, s.label) for s in StatusPermohonan if s in BERJALAN]
    )
    persen = models.PositiveSmallIntegerField("persen dari batas SOP")

    class Meta:
        verbose_name = "anggaran tahap"
        verbose_name_plural = "anggaran tahap"
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(persen__gte=1, persen__lte=100),
                name="anggaran_tahap_persen",
                violation_error_message="Persen antara 1 dan 100.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_tahap_display()}: {self.persen}%"


class TanggaEskalasi(models.Model):
    """One rung: who is told at which percent of a stage, of a recommendation, or of the whole file."""

    lingkup = models.CharField(max_length=12, choices=LingkupTangga)
    persen = models.PositiveSmallIntegerField()
    tambah_hari = models.PositiveSmallIntegerField("hari kerja sesudahnya", default=0)
    kepada = models.CharField(max_length=20, choices=[(PETUGAS, _("Meja yang memegang")), *Peran.choices])
    sms = models.BooleanField("juga lewat SMS", default=False)

    class Meta:
        verbose_name = "tangga eskalasi"
        verbose_name_plural = "tangga eskalasi"
        ordering: ClassVar[list[str]] = ["lingkup", "persen", "tambah_hari", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lingkup", "persen", "tambah_hari", "kepada"],
                name="tangga_unik",
                violation_error_message="Anak tangga ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(persen__gte=1, persen__lte=100) & (Q(persen=100) | Q(tambah_hari=0)),
                name="tangga_persen",
                violation_error_message="Persen antara 1 dan 100; hari tambahan hanya pada 100 persen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lingkup} {self.persen}%+{self.tambah_hari} {self.kepada}"


class SetelanWaktu(models.Model):
    """One number or list of numbers that the rules of time ask for (perizinan/acuan/waktu.toml)."""

    kode = models.SlugField(max_length=40, unique=True)
    nilai = models.JSONField()

    class Meta:
        verbose_name = "setelan waktu"
        verbose_name_plural = "setelan waktu"
        ordering: ClassVar[list[str]] = ["kode"]

    def __str__(self) -> str:
        return f"{self.kode} = {self.nilai}"


class EfekWaktu(models.Model):
    """One effect that time had, exactly once: `kunci` is unique in the whole house (reliability.md R6).

    Those with `kepada` are notices: they stand on the page of whoever holds that role for the file.
    """

    kunci = models.CharField(max_length=120, unique=True)
    permohonan = models.ForeignKey(
        "perizinan.Permohonan", null=True, blank=True, on_delete=models.PROTECT, related_name="efek_waktu"
    )
    izin = models.ForeignKey(
        "perizinan.Izin", null=True, blank=True, on_delete=models.PROTECT, related_name="efek_waktu"
    )
    jenis = models.CharField(max_length=16, choices=JenisEfek)
    tahap = models.CharField(max_length=24, choices=StatusPermohonan, blank=True)
    tingkat = models.PositiveIntegerField(default=0)
    kepada = models.CharField(max_length=20, choices=Peran, blank=True)
    unit = models.ForeignKey("accounts.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    jatuh_pada = models.DateTimeField()
    dikerjakan_pada = models.DateTimeField()
    rinci = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "efek waktu"
        verbose_name_plural = "efek waktu"
        ordering: ClassVar[list[str]] = ["-dikerjakan_pada", "-pk"]
        indexes = [models.Index(fields=["kepada", "unit", "-dikerjakan_pada"], name="efek_kepada")]

    def __str__(self) -> str:
        return self.kunci


class Gangguan(models.Model):
    """A time in which the portal or the loket could not be used. An applicant's own limit that falls into one
    of more than two hours moves to the next working day; ours never does (ux.md edge case 15)."""

    mulai = models.DateTimeField()
    selesai = models.DateTimeField()
    sebab = models.CharField(max_length=160)
    dicatat_oleh = models.ForeignKey(
        "accounts.Akun", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "gangguan layanan"
        verbose_name_plural = "gangguan layanan"
        ordering: ClassVar[list[str]] = ["-mulai"]
        constraints = [
            models.CheckConstraint(
                condition=Q(selesai__gt=F("mulai")),
                name="gangguan_selesai_sesudah_mulai",
                violation_error_message="Gangguan berakhir sesudah dimulai.",
            )
        ]

    def __str__(self) -> str:
        return self.sebab
