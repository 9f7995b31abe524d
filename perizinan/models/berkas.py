"""What the applicant hands in, and loket's verdict on each requirement."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from perizinan.enums import PutusanSyarat


class Berkas(models.Model):
    """One uploaded file for a requirement. Several files may make one document; a replaced one is kept."""

    kunci = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    permohonan = models.ForeignKey("perizinan.Permohonan", on_delete=models.PROTECT, related_name="berkas")
    syarat = models.ForeignKey("perizinan.Syarat", null=True, blank=True, on_delete=models.PROTECT)
    izin_terbitan = models.ForeignKey(
        "perizinan.Izin", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    urutan = models.PositiveSmallIntegerField(default=0)
    file = models.FileField(upload_to="unggahan", max_length=120, blank=True)
    nama_asli = models.CharField(max_length=160, blank=True)
    jenis_isi = models.CharField("jenis isi", max_length=40, blank=True)
    ukuran = models.PositiveIntegerField(default=0)
    sidik = models.CharField("SHA-256", max_length=64, blank=True)
    oleh = models.ForeignKey("accounts.Akun", on_delete=models.PROTECT, related_name="+")
    diunggah_pada = models.DateTimeField()
    diganti_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "berkas"
        verbose_name_plural = "berkas"
        ordering = ["permohonan", "syarat", "urutan", "pk"]
        indexes = [
            models.Index(fields=["permohonan", "syarat"], condition=Q(diganti_pada__isnull=True), name="berkas_aktif")
        ]

    def __str__(self) -> str:
        return self.nama_asli or str(self.kunci)


class PemeriksaanSyarat(models.Model):
    """Loket's latest verdict on one requirement of one file; the coded reason is what the applicant reads."""

    permohonan = models.ForeignKey("perizinan.Permohonan", on_delete=models.PROTECT, related_name="pemeriksaan")
    syarat = models.ForeignKey("perizinan.Syarat", on_delete=models.PROTECT)
    putusan = models.CharField(max_length=6, choices=PutusanSyarat)
    kode_alasan = models.CharField(max_length=40, blank=True)
    catatan = models.CharField(max_length=240, blank=True)
    asli_dilihat = models.BooleanField(default=False)
    oleh = models.ForeignKey("accounts.Akun", on_delete=models.PROTECT, related_name="+")
    pada = models.DateTimeField()

    class Meta:
        verbose_name = "pemeriksaan syarat"
        verbose_name_plural = "pemeriksaan syarat"
        ordering = ["permohonan", "syarat"]
        constraints = [
            models.UniqueConstraint(fields=["permohonan", "syarat"], name="pemeriksaan_satu_per_syarat"),
            models.CheckConstraint(
                condition=~Q(putusan=PutusanSyarat.KURANG) | ~Q(kode_alasan=""),
                name="pemeriksaan_kurang_beralasan",
                violation_error_message="Sebutkan alasan kekurangan.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.syarat_id}: {self.putusan}"
