"""Authority to sign, as dated rows (sla.md section 3, UU 30/2014 pasal 14; reliability.md R19).

Every authority names the services it covers in `LingkupKewenangan`; `*` means all. For one issuing unit
and one scope no two rows overlap (exclusion constraint on PostgreSQL, trigger on SQLite), and a row that
names the service goes before one that says `*`: at any instant exactly one official may sign a service.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from accounts.enums import JenisKewenangan

SEMUA_LAYANAN = "*"


class Kewenangan(models.Model):
    """One official's authority. The window is half-open: [mulai, sampai)."""

    pejabat = models.ForeignKey("accounts.Akun", on_delete=models.PROTECT, related_name="kewenangan")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="kewenangan")
    jenis = models.CharField(max_length=16, choices=JenisKewenangan)
    nama_tercetak = models.CharField(max_length=120)
    nip = models.CharField("NIP", max_length=20, blank=True)
    jabatan = models.CharField("jabatan yang ditandatangani", max_length=120)
    pangkat = models.CharField(max_length=80, blank=True)
    nomor_sk = models.CharField("nomor SK / surat perintah", max_length=80)
    mulai = models.DateTimeField()
    sampai = models.DateTimeField(null=True, blank=True)
    dicabut_pada = models.DateTimeField(null=True, blank=True)
    batas_nilai = models.PositiveBigIntegerField("batas nilai (rupiah)", null=True, blank=True)

    class Meta:
        verbose_name = "kewenangan tanda tangan"
        verbose_name_plural = "kewenangan tanda tangan"
        constraints = [
            models.CheckConstraint(
                condition=Q(sampai__isnull=True) | Q(sampai__gt=F("mulai")),
                name="kewenangan_sampai_sesudah_mulai",
                violation_error_message="Tanggal akhir harus sesudah tanggal mulai.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.sebutan} ({self.nama_tercetak})"

    @property
    def sebutan(self) -> str:
        """The line above the name in a signature block, derived from the kind of authority."""
        awalan = {
            JenisKewenangan.PLT: "Plt. ",
            JenisKewenangan.PLH: "Plh. ",
            JenisKewenangan.ATAS_NAMA: "a.n. ",
        }.get(JenisKewenangan(self.jenis), "")
        return f"{awalan}{self.jabatan}"

    def berlaku(self, pada: datetime) -> bool:
        """Whether the authority holds at that instant, by its window and its revocation."""
        if pada < self.mulai or (self.sampai is not None and pada >= self.sampai):
            return False
        return self.dicabut_pada is None or pada < self.dicabut_pada


class LingkupKewenangan(models.Model):
    """A service that an authority covers. Its window is the authority's, kept here for the constraint."""

    kewenangan = models.ForeignKey(Kewenangan, on_delete=models.CASCADE, related_name="lingkup")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, editable=False)
    kode_layanan = models.CharField(max_length=40, default=SEMUA_LAYANAN)
    mulai = models.DateTimeField(editable=False)
    sampai = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "lingkup kewenangan"
        verbose_name_plural = "lingkup kewenangan"
        indexes = [models.Index(fields=["unit", "kode_layanan", "mulai"], name="lingkup_cari")]

    def __str__(self) -> str:
        return f"{self.kewenangan_id}: {self.kode_layanan}"
