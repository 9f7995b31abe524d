"""What another city would change about the office itself: name, address, letterhead, emblem."""

from __future__ import annotations

from django.db import models


class Kantor(models.Model):
    """The office's identity as dated configuration; the row in force is the newest that has begun."""

    berlaku_mulai = models.DateField(unique=True)
    nama = models.CharField(max_length=120)
    nama_pendek = models.CharField("nama pendek (SMS)", max_length=14)
    pemerintah = models.CharField(max_length=120)
    kota = models.CharField(max_length=60)
    alamat = models.CharField(max_length=200)
    telepon = models.CharField(max_length=40, blank=True)
    surel = models.EmailField(blank=True)
    tempat_bayar = models.CharField("tempat membayar SKRD", max_length=40)
    lambang_svg = models.TextField("lambang (SVG)", blank=True)
    kode_register = models.CharField(max_length=10, default="503")
    pola_nomor_izin = models.CharField(max_length=80, default="503/{urut:04d}/{kode}/{unit}/{tahun}")
    sumber = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "kantor"
        verbose_name_plural = "kantor"
        ordering = ["-berlaku_mulai"]

    def __str__(self) -> str:
        return self.nama
