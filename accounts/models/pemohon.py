"""Who applies. Apart from the account: walk-ins have none, and a file outlives a login.

Data about a party is never overwritten: each change is a new `DataPihak`. The SK prints the version that
was valid when it was signed (ux.md 5.2).
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.enums import BentukBadan, JenisIdentitas, JenisPemohon
from core.enkripsi import EncryptedTextField, samarkan


class Pemohon(models.Model):
    """A party: a person or an entity."""

    kunci = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    akun = models.ForeignKey("accounts.Akun", null=True, blank=True, on_delete=models.PROTECT, related_name="pemohon")
    jenis = models.CharField(max_length=8, choices=JenisPemohon)
    dibuat_pada = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "pemohon"
        verbose_name_plural = "pemohon"

    def __str__(self) -> str:
        return f"Pemohon {self.kunci}"

    def data_pada(self, pada: datetime) -> DataPihak:
        """The version of the party's data valid at an instant."""
        return self.versi_data.filter(mulai__lte=pada).latest("mulai", "pk")


class DataPihak(models.Model):
    """One version of what we know about a party. Append-only."""

    pemohon = models.ForeignKey(Pemohon, on_delete=models.PROTECT, related_name="versi_data")
    mulai = models.DateTimeField()
    nama = models.CharField(max_length=120)
    jenis_identitas = models.CharField(max_length=10, choices=JenisIdentitas, default=JenisIdentitas.KTP)
    nomor_identitas = EncryptedTextField()
    indeks_identitas = models.CharField(max_length=64, db_index=True, editable=False)
    kewarganegaraan = models.CharField(max_length=2, default="ID")
    tanggal_lahir = models.DateField(null=True, blank=True)
    alamat = models.CharField(max_length=250)
    kelurahan = models.CharField(max_length=60, blank=True)
    kecamatan = models.CharField(max_length=60, blank=True)
    hp = models.CharField(max_length=20, blank=True)
    surel = models.EmailField(blank=True)
    nama_badan = models.CharField(max_length=120, blank=True)
    bentuk_badan = models.CharField(max_length=10, choices=BentukBadan, blank=True)
    npwp = EncryptedTextField(blank=True)
    indeks_npwp = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    akta = models.CharField("nomor dan tanggal akta", max_length=120, blank=True)
    jabatan = models.CharField("jabatan penanggung jawab", max_length=60, blank=True)
    dasar_perubahan = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = "data pihak"
        verbose_name_plural = "data pihak"
        ordering = ["mulai"]
        get_latest_by = "mulai"

    def __str__(self) -> str:
        return self.sebutan

    @property
    def sebutan(self) -> str:
        """The name that lists and letters use: the entity's where there is one, else the person's."""
        return self.nama_badan or self.nama

    @property
    def identitas_samar(self) -> str:
        """The identity number as everybody but an officer with a reason sees it."""
        return samarkan(self.nomor_identitas)


class KuasaQuerySet(models.QuerySet["Kuasa"]):
    def berlaku(self, pada: datetime) -> KuasaQuerySet:
        """Powers of attorney in force at an instant: begun, not ended, not revoked."""
        return self.filter(mulai__lte=pada, dicabut_pada__isnull=True).filter(
            Q(sampai__isnull=True) | Q(sampai__gt=pada)
        )


class Kuasa(models.Model):
    """A client gives an account the power to act, for some services, from a day to a day.

    It ends by revocation at once (KUHPerdata 1813), and the client's own phone is obligatory: whoever acts
    by power of attorney never replaces it (product.md, fairness 6).
    """

    pemohon = models.ForeignKey(Pemohon, on_delete=models.PROTECT, related_name="kuasa")
    penerima = models.ForeignKey("accounts.Akun", on_delete=models.PROTECT, related_name="kuasa_diterima")
    nama_penerima = models.CharField(max_length=120)
    hp_penerima = models.CharField(max_length=20)
    nomor_surat = models.CharField(max_length=80, blank=True)
    lingkup = models.JSONField("kode layanan (kosong = semua)", default=list, blank=True)
    mulai = models.DateTimeField()
    sampai = models.DateTimeField(null=True, blank=True)
    dicabut_pada = models.DateTimeField(null=True, blank=True)

    objects = KuasaQuerySet.as_manager()

    class Meta:
        verbose_name = "kuasa"
        verbose_name_plural = "kuasa"
        constraints = [
            models.CheckConstraint(
                condition=Q(sampai__isnull=True) | Q(sampai__gt=F("mulai")),
                name="kuasa_sampai_sesudah_mulai",
                violation_error_message="Tanggal akhir harus sesudah tanggal mulai.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nama_penerima} untuk {self.pemohon_id}"

    def berlaku_untuk(self, kode_layanan: str, pada: datetime) -> bool:
        """Whether it covers a service at an instant."""
        if pada < self.mulai or (self.sampai is not None and pada >= self.sampai):
            return False
        if self.dicabut_pada is not None and pada >= self.dicabut_pada:
            return False
        return not self.lingkup or kode_layanan in self.lingkup
