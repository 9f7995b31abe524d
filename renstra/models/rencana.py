"""The plan as a document with editions; vision, missions, aims, objectives and their indicators.

Source: Permendagri 86/2017 (T-C.25 and T-C.28; recalled), Renstra BPPT Kota Bekasi 2013-2018 chapters IV and VI.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from renstra.enums import MANUAL, ArahIndikator, StatusRencana, TipeIndikator


class Rencana(models.Model):
    """One edition of a plan. A revision is a new row with the same `kode` and the next `edisi`."""

    kode = models.SlugField("kode", max_length=40)
    edisi = models.PositiveSmallIntegerField("edisi", default=1)
    nama = models.CharField("nama", max_length=160)
    tahun_mulai = models.PositiveSmallIntegerField("tahun target pertama")
    tahun_akhir = models.PositiveSmallIntegerField("tahun target terakhir")
    dasar = models.CharField("dasar hukum", max_length=200, blank=True)
    sumber = models.CharField("sumber data", max_length=200, blank=True)
    visi = models.TextField("visi")
    status = models.CharField("status", max_length=8, choices=StatusRencana, default=StatusRencana.DRAF)
    asal = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="turunan")
    alasan = models.CharField("alasan revisi", max_length=240, blank=True)
    disusun_oleh = models.ForeignKey(
        "accounts.Akun", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    diajukan_oleh = models.ForeignKey(
        "accounts.Akun", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    diajukan_pada = models.DateTimeField("diajukan", null=True, blank=True)
    diterbitkan_oleh = models.ForeignKey(
        "accounts.Akun", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    diterbitkan_pada = models.DateTimeField("diterbitkan", null=True, blank=True)

    class Meta:
        verbose_name = "rencana"
        verbose_name_plural = "rencana"
        ordering: ClassVar[list[str]] = ["-tahun_mulai", "kode", "-edisi"]
        constraints = [
            models.UniqueConstraint(
                fields=["kode", "edisi"], name="rencana_edisi_unik", violation_error_message="Edisi ini sudah ada."
            ),
            models.UniqueConstraint(
                fields=["kode"],
                condition=Q(status=StatusRencana.BERLAKU),
                name="rencana_satu_berlaku",
                violation_error_message="Edisi lain rencana ini masih berlaku.",
            ),
            models.CheckConstraint(
                condition=Q(tahun_akhir__gte=F("tahun_mulai"), tahun_mulai__gte=2000, tahun_akhir__lte=2100),
                name="rencana_tahun",
                violation_error_message="Tahun akhir tidak boleh sebelum tahun mulai.",
            ),
            models.CheckConstraint(
                condition=Q(edisi__gte=1), name="rencana_edisi", violation_error_message="Edisi mulai dari 1."
            ),
            models.CheckConstraint(
                condition=Q(diterbitkan_oleh__isnull=True)
                | (
                    ~Q(diterbitkan_oleh=F("diajukan_oleh"))
                    & (Q(disusun_oleh__isnull=True) | ~Q(diterbitkan_oleh=F("disusun_oleh")))
                ),
                name="rencana_dua_orang",
                violation_error_message="Yang menerbitkan harus orang lain.",
            ),
            models.CheckConstraint(
                condition=Q(diterbitkan_oleh__isnull=True)
                | Q(diterbitkan_pada__isnull=False, diajukan_oleh__isnull=False),
                name="rencana_terbit_lengkap",
                violation_error_message="Penerbitan perlu pengaju, orang, dan waktunya.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nama}, edisi {self.edisi}"

    @property
    def tahun(self) -> range:
        """The years of the plan."""
        return range(self.tahun_mulai, self.tahun_akhir + 1)

    @property
    def acuan(self) -> str:
        """How an address names this edition: `renstra_bppt-2`."""
        return f"{self.kode}-{self.edisi}"

    @property
    def dapat_diubah(self) -> bool:
        """A draft that does not wait for its publication; nothing else is ever edited."""
        return self.status == StatusRencana.DRAF and self.diajukan_pada is None


class Misi(models.Model):
    """One mission."""

    rencana = models.ForeignKey(Rencana, on_delete=models.CASCADE, related_name="misi")
    no = models.PositiveSmallIntegerField("nomor")
    uraian = models.TextField("uraian")

    class Meta:
        verbose_name = "misi"
        verbose_name_plural = "misi"
        ordering: ClassVar[list[str]] = ["rencana_id", "no"]
        constraints = [models.UniqueConstraint(fields=["rencana", "no"], name="misi_unik")]

    def __str__(self) -> str:
        return f"{self.no}. {self.uraian}"


class Tujuan(models.Model):
    """One aim."""

    rencana = models.ForeignKey(Rencana, on_delete=models.CASCADE, related_name="tujuan")
    no = models.PositiveSmallIntegerField("nomor")
    uraian = models.TextField("uraian")
    asal = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "tujuan"
        verbose_name_plural = "tujuan"
        ordering: ClassVar[list[str]] = ["rencana_id", "no"]
        constraints = [models.UniqueConstraint(fields=["rencana", "no"], name="tujuan_unik")]

    def __str__(self) -> str:
        return f"{self.no}. {self.uraian}"


class Sasaran(models.Model):
    """One objective of an aim."""

    tujuan = models.ForeignKey(Tujuan, on_delete=models.CASCADE, related_name="sasaran")
    no = models.PositiveSmallIntegerField("nomor")
    uraian = models.TextField("uraian")
    asal = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "sasaran"
        verbose_name_plural = "sasaran"
        ordering: ClassVar[list[str]] = ["tujuan_id", "no"]
        constraints = [models.UniqueConstraint(fields=["tujuan", "no"], name="sasaran_unik")]

    def __str__(self) -> str:
        return f"{self.no}. {self.uraian}"


class Ukuran(models.Model):
    """What indicators of objectives and of outputs share: unit, direction, kind, condition at start and end."""

    satuan = models.CharField("satuan", max_length=40)
    arah = models.CharField("arah", max_length=8, choices=ArahIndikator, default=ArahIndikator.POSITIF)
    tipe = models.CharField("tipe", max_length=10, choices=TipeIndikator, default=TipeIndikator.KUMULATIF)
    rumus = models.CharField("rumus", max_length=200, blank=True)
    sumber = models.SlugField(
        "sumber", max_length=40, default=MANUAL, help_text="Kode fungsi yang menghitung realisasinya, atau manual."
    )
    awal_teks = models.CharField("kondisi awal tercetak", max_length=200, blank=True)
    awal = models.DecimalField("kondisi awal", max_digits=18, decimal_places=4, null=True, blank=True)
    akhir_teks = models.CharField("kondisi akhir tercetak", max_length=200, blank=True)
    akhir = models.DecimalField("kondisi akhir", max_digits=18, decimal_places=4, null=True, blank=True)

    class Meta:
        abstract = True


class Indikator(Ukuran):
    """An indicator of an objective; `iku` marks the office's main ones (Tabel 6.1)."""

    sasaran = models.ForeignKey(Sasaran, on_delete=models.CASCADE, related_name="indikator")
    no = models.PositiveSmallIntegerField("nomor")
    nama = models.CharField("nama", max_length=200)
    iku = models.BooleanField("indikator kinerja utama", default=False)
    asal = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "indikator"
        verbose_name_plural = "indikator"
        ordering: ClassVar[list[str]] = ["sasaran_id", "no"]
        constraints = [models.UniqueConstraint(fields=["sasaran", "no"], name="indikator_unik")]

    def __str__(self) -> str:
        return self.nama
