"""The catalogue: services and their dated versions, immutable once published (architecture.md).

A file keeps the version it was filed under; triggers refuse every change of a published version and of its
requirements, fields and recommendations (migration `0002_pemicu`).
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from perizinan.enums import (
    AsalSyarat,
    AsliSyarat,
    Biaya,
    JenisProduk,
    KebijakanFiktif,
    Kelompok,
    PengisiIsian,
    PosisiBayar,
    Publikasi,
    StatusVersi,
    TipeIsian,
)


class JenisIzin(models.Model):
    """A service that people can apply for, under the code that addresses and numbers use."""

    kode = models.SlugField(max_length=40, unique=True)
    nama = models.CharField(max_length=160)
    nama_en = models.CharField(max_length=160, blank=True)
    nama_sms = models.CharField(max_length=24)
    singkatan = models.CharField(max_length=24, blank=True)
    kode_nomor = models.CharField("kode dalam nomor izin", max_length=12, unique=True)
    nama_tercetak = models.CharField(max_length=240, blank=True)
    ringkas = models.CharField(max_length=240, blank=True)
    ringkas_en = models.CharField(max_length=240, blank=True)
    sinonim = models.JSONField(default=list, blank=True)
    kelompok = models.CharField(max_length=16, choices=Kelompok)
    kebutuhan = models.CharField(max_length=40, blank=True)
    paket = models.SlugField("paket (nomor SOP bersama)", max_length=40, blank=True)
    urutan = models.PositiveSmallIntegerField(default=0)
    aktif = models.BooleanField(default=True)
    sumber = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "jenis izin"
        verbose_name_plural = "jenis izin"
        ordering = ["urutan", "nama"]

    def __str__(self) -> str:
        return self.nama

    def versi_pada(self, tanggal: date) -> VersiLayanan | None:
        """The published version in force on a day: the newest that has begun."""
        return (
            self.versi_layanan.filter(status=StatusVersi.TERBIT, berlaku_mulai__lte=tanggal)
            .order_by("-berlaku_mulai", "-nomor_versi")
            .first()
        )


class VersiLayanan(models.Model):
    """What a service asks and promises from a day on: limit, fee, law, requirements, fields, advice."""

    jenis_izin = models.ForeignKey(JenisIzin, on_delete=models.PROTECT, related_name="versi_layanan")
    nomor_versi = models.PositiveSmallIntegerField(default=1)
    berlaku_mulai = models.DateField()
    status = models.CharField(max_length=8, choices=StatusVersi, default=StatusVersi.DRAF)
    diterbitkan_pada = models.DateTimeField(null=True, blank=True)
    hari_kerja = models.PositiveSmallIntegerField("batas SOP (hari kerja)", null=True, blank=True)
    sop_no = models.CharField(max_length=8, blank=True)
    biaya = models.CharField(max_length=12, choices=Biaya, default=Biaya.GRATIS)
    posisi_bayar = models.CharField(max_length=16, choices=PosisiBayar, default=PosisiBayar.SEBELUM_DRAF)
    jenis_produk = models.CharField(max_length=12, choices=JenisProduk, default=JenisProduk.IZIN)
    bidang = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    jenis_permohonan = models.JSONField(
        default=list, help_text='[{"kode": "baru", "tanpa_syarat": false, "hari": null, "biaya": null}]'
    )
    dasar_hukum = models.JSONField(default=list, blank=True)
    tinjau = models.BooleanField("petugas meninjau lokasi", default=False)
    tingkat_paraf = models.PositiveSmallIntegerField(default=1)
    masa_berlaku_bulan = models.PositiveSmallIntegerField(null=True, blank=True)
    masa_berlaku_teks = models.CharField(max_length=160, blank=True)
    batas_pemohon_hari = models.PositiveSmallIntegerField(default=14)
    batas_periksa_hari = models.PositiveSmallIntegerField(default=1)
    kebijakan_fiktif = models.CharField(
        "kebijakan fiktif positif",
        max_length=14,
        choices=KebijakanFiktif,
        default=KebijakanFiktif.PERINGATAN,
        help_text="Bila waktu layanan lewat. Siapkan draf: sistem membuat konsep surat izin untuk dilihat petugas. "
        "Status berkas tidak berubah, dan sistem tidak pernah menandatangani.",
    )
    boleh_tanpa_rekomendasi = models.BooleanField(default=False)
    ods = models.BooleanField("One Day Service", default=False)
    publikasi = models.CharField(max_length=10, choices=Publikasi, default=Publikasi.NAMA)
    generik = models.BooleanField("persyaratan generik, perlu dilengkapi", default=False)
    naskah_sk = models.JSONField("bagian naskah SK", default=dict, blank=True)
    sumber = models.JSONField(default=dict, blank=True)
    sidik_acuan = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "versi layanan"
        verbose_name_plural = "versi layanan"
        ordering = ["jenis_izin", "-berlaku_mulai", "-nomor_versi"]
        constraints = [
            models.UniqueConstraint(fields=["jenis_izin", "nomor_versi"], name="versi_layanan_nomor_unik"),
            models.CheckConstraint(
                condition=Q(status=StatusVersi.DRAF) | Q(diterbitkan_pada__isnull=False),
                name="versi_terbit_bertanggal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jenis_izin} v{self.nomor_versi}"

    def pilihan_permohonan(self, jenis: str) -> dict[str, object] | None:
        """What this version says of one kind of application, or None when it does not offer it."""
        return next((p for p in self.jenis_permohonan if p["kode"] == jenis), None)

    @property
    def berbiaya(self) -> bool:
        return self.biaya == Biaya.TERLAMPIR


class Syarat(models.Model):
    """One requirement. `bila` is an expression over the form (perizinan/ekspresi.py); empty means always."""

    versi = models.ForeignKey(VersiLayanan, on_delete=models.CASCADE, related_name="syarat")
    urutan = models.PositiveSmallIntegerField(default=0)
    kode = models.SlugField(max_length=40)
    nama = models.CharField(max_length=200)
    nama_en = models.CharField(max_length=200, blank=True)
    petunjuk = models.CharField(max_length=240, blank=True)
    wajib = models.BooleanField(default=True)
    bila = models.CharField(max_length=240, blank=True)
    jenis_permohonan = models.JSONField(default=list, blank=True)
    asal = models.CharField(max_length=14, choices=AsalSyarat, default=AsalSyarat.UNGGAH)
    layanan_asal = models.SlugField("layanan izin terbitan", max_length=40, blank=True)
    asli = models.CharField(max_length=9, choices=AsliSyarat, default=AsliSyarat.TIDAK)
    berlaku_saat_terbit = models.BooleanField(default=False)
    format = models.JSONField(default=list)
    maks_mb = models.PositiveSmallIntegerField(default=10)
    alasan = models.JSONField("kode alasan kekurangan", default=list, blank=True)
    cek = models.JSONField("yang dicocokkan petugas", default=list, blank=True)
    sumber = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = "syarat"
        verbose_name_plural = "syarat"
        ordering = ["versi", "urutan", "pk"]
        constraints = [models.UniqueConstraint(fields=["versi", "kode"], name="syarat_kode_unik")]

    def __str__(self) -> str:
        return self.nama


class Isian(models.Model):
    """One typed form field of a version."""

    versi = models.ForeignKey(VersiLayanan, on_delete=models.CASCADE, related_name="isian")
    urutan = models.PositiveSmallIntegerField(default=0)
    kode = models.SlugField(max_length=40)
    label = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120, blank=True)
    bantuan = models.CharField(max_length=240, blank=True)
    kelompok = models.CharField("judul kelompok", max_length=80, blank=True)
    tipe = models.CharField(max_length=16, choices=TipeIsian)
    wajib = models.BooleanField(default=True)
    opsi = models.JSONField(default=list, blank=True)
    satuan = models.CharField(max_length=16, blank=True)
    minimum = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    maksimum = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    bila = models.CharField(max_length=240, blank=True)
    diisi_oleh = models.CharField(max_length=8, choices=PengisiIsian, default=PengisiIsian.PEMOHON)

    class Meta:
        verbose_name = "isian"
        verbose_name_plural = "isian"
        ordering = ["versi", "urutan", "pk"]
        constraints = [models.UniqueConstraint(fields=["versi", "kode"], name="isian_kode_unik")]

    def __str__(self) -> str:
        return self.label


class ButuhRekomendasi(models.Model):
    """An SKPD whose advice the version asks, with that SKPD's own budget of working days."""

    versi = models.ForeignKey(VersiLayanan, on_delete=models.CASCADE, related_name="butuh_rekomendasi")
    skpd = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    hari_kerja = models.PositiveSmallIntegerField()
    tinjau = models.BooleanField("wajib tinjau lokasi", default=False)
    bila = models.CharField(max_length=240, blank=True)
    daftar_periksa = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = "kebutuhan rekomendasi"
        verbose_name_plural = "kebutuhan rekomendasi"
        ordering = ["versi", "skpd"]
        constraints = [models.UniqueConstraint(fields=["versi", "skpd"], name="butuh_rekomendasi_unik")]

    def __str__(self) -> str:
        return f"{self.skpd} ({self.hari_kerja} hari kerja)"


class HariCadangan(models.Model):
    """The limit for services without an SOP row, by law and date (sla.md section 1)."""

    berlaku_mulai = models.DateField(unique=True)
    hari_kerja = models.PositiveSmallIntegerField()
    dasar = models.CharField(max_length=160)

    class Meta:
        verbose_name = "hari cadangan"
        verbose_name_plural = "hari cadangan"
        ordering = ["-berlaku_mulai"]

    def __str__(self) -> str:
        return f"{self.hari_kerja} hari kerja sejak {self.berlaku_mulai}"


class Tarif(models.Model):
    """A tariff from a day on; the one in force on the SKRD's date is used (perizinan/tarif.py computes)."""

    jenis_izin = models.ForeignKey(JenisIzin, on_delete=models.PROTECT, related_name="tarif")
    berlaku_mulai = models.DateField()
    rumus = models.SlugField(max_length=20)
    parameter = models.JSONField(default=dict)
    dasar_hukum = models.CharField(max_length=200)
    contoh = models.BooleanField("angka contoh, bukan tarif resmi", default=False)

    class Meta:
        verbose_name = "tarif"
        verbose_name_plural = "tarif"
        ordering = ["jenis_izin", "-berlaku_mulai"]
        constraints = [models.UniqueConstraint(fields=["jenis_izin", "berlaku_mulai"], name="tarif_tanggal_unik")]

    def __str__(self) -> str:
        return f"{self.jenis_izin} sejak {self.berlaku_mulai}"


class Rujukan(models.Model):
    """A matter that belongs to another office: what people type, where to go."""

    kantor = models.CharField(max_length=120)
    keterangan = models.CharField(max_length=240)
    frasa = models.JSONField(default=list)

    class Meta:
        verbose_name = "rujukan"
        verbose_name_plural = "rujukan"
        ordering: ClassVar[list[str]] = ["kantor"]

    def __str__(self) -> str:
        return self.kantor
