"""Organisational units: the office, its bidang, the SKPD and the kecamatan (data, domain/unit.csv)."""

from __future__ import annotations

from django.db import models

from accounts.enums import JenisUnit


class Unit(models.Model):
    """A unit. `induk` leads to the issuing unit: a bidang belongs to the office, a kecamatan stands alone."""

    kode = models.SlugField(max_length=40, unique=True)
    nama = models.CharField(max_length=120)
    nama_pendek = models.CharField(max_length=24, blank=True)
    jenis = models.CharField(max_length=12, choices=JenisUnit)
    induk = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="anak")
    kode_nomor = models.CharField("kode dalam nomor surat", max_length=24, blank=True)
    alamat = models.CharField(max_length=200, blank=True)
    telepon = models.CharField(max_length=40, blank=True)
    sumber = models.CharField(max_length=80, blank=True)
    aktif = models.BooleanField(default=True)

    class Meta:
        verbose_name = "unit"
        verbose_name_plural = "unit"
        ordering = ["jenis", "nama"]

    def __str__(self) -> str:
        return self.nama

    @property
    def penerbit_id(self) -> int:
        """Primary key of the issuing unit that this unit works for (itself when it has no parent)."""
        return self.induk_id or self.pk
