"""The site visit: berita acara with checklist, photos and point."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class BeritaAcara(models.Model):
    """What the team saw at the place. One per visit that took place."""

    kunci = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    rekomendasi = models.OneToOneField("perizinan.Rekomendasi", on_delete=models.PROTECT, related_name="berita_acara")
    nomor = models.CharField(max_length=40, unique=True)
    dilaksanakan_pada = models.DateTimeField()
    lintang = models.DecimalField(max_digits=9, decimal_places=6)
    bujur = models.DecimalField(max_digits=9, decimal_places=6)
    daftar_periksa = models.JSONField(default=list, help_text='[{"butir", "hasil", "catatan"}]')
    catatan = models.TextField(blank=True)
    tim = models.JSONField(default=list)
    pendamping = models.CharField("pemohon atau yang mewakili", max_length=120, blank=True)
    dicatat_oleh = models.ForeignKey("accounts.Akun", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "berita acara pemeriksaan"
        verbose_name_plural = "berita acara pemeriksaan"
        constraints = [
            models.CheckConstraint(
                condition=Q(lintang__gte=-90, lintang__lte=90, bujur__gte=-180, bujur__lte=180),
                name="berita_acara_titik_sah",
                violation_error_message="Titik lokasi tidak masuk akal.",
            )
        ]

    def __str__(self) -> str:
        return self.nomor


class FotoPemeriksaan(models.Model):
    """A photo taken at the visit, re-encoded and kept privately."""

    kunci = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    berita_acara = models.ForeignKey(BeritaAcara, on_delete=models.PROTECT, related_name="foto")
    file = models.FileField(upload_to="foto", max_length=120)
    sidik = models.CharField(max_length=64)
    keterangan = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = "foto pemeriksaan"
        verbose_name_plural = "foto pemeriksaan"

    def __str__(self) -> str:
        return self.keterangan or str(self.kunci)
