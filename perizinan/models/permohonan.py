"""The application and its machine: domain/state_machine.csv, rows 1-26, 32, 33.

A transition declares states, guard, permission and what follows, and changes only its own row. It is set in
motion by `services._alur` alone: that is where the permission is enforced and the log is written.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from core.enkripsi import EncryptedJSONField
from core.mesin import Bermesin, StatusField
from perizinan.enums import (
    DIJEDA,
    FINAL,
    MENUNGGU_PEMOHON,
    JenisPermohonan,
    PosisiBayar,
    Saluran,
    StatusSkrd,
    StatusSurvei,
)
from perizinan.enums import StatusPermohonan as S
from perizinan.models._mesin_penetapan import MesinPenetapan
from perizinan.models._mesin_pengajuan import MesinPengajuan
from perizinan.models._mesin_waktu import MesinWaktu
from perizinan.querysets import PermohonanQuerySet

BELUM_REGISTER = (S.DRAF, S.DIAJUKAN, S.PERBAIKAN_BERKAS, S.DIBATALKAN, S.GUGUR)


class Paket(models.Model):
    """Services of one SOP number filed together: one clock, and each satisfies the others' prerequisite."""

    kunci = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kode = models.SlugField(max_length=40)
    mulai_hitung = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "paket"
        verbose_name_plural = "paket"

    def __str__(self) -> str:
        return self.kode


class Permohonan(MesinPengajuan, MesinPenetapan, MesinWaktu, Bermesin):
    """One application, from draft to archive, under one public number."""

    kunci = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nomor = models.CharField(max_length=11, unique=True, null=True, blank=True)
    nomor_register = models.CharField(max_length=24, unique=True, null=True, blank=True)
    jenis_izin = models.ForeignKey("perizinan.JenisIzin", on_delete=models.PROTECT, related_name="permohonan")
    versi_layanan = models.ForeignKey("perizinan.VersiLayanan", on_delete=models.PROTECT, related_name="+")
    jenis_permohonan = models.CharField(max_length=12, choices=JenisPermohonan, default=JenisPermohonan.BARU)
    pemohon = models.ForeignKey("accounts.Pemohon", on_delete=models.PROTECT, related_name="permohonan")
    pihak = models.ForeignKey("accounts.DataPihak", on_delete=models.PROTECT, related_name="+")
    kuasa = models.ForeignKey("accounts.Kuasa", null=True, blank=True, on_delete=models.PROTECT)
    dibuat_oleh = models.ForeignKey("accounts.Akun", on_delete=models.PROTECT, related_name="+")
    saluran = models.CharField(max_length=8, choices=Saluran, default=Saluran.DARING)
    unit_penerbit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    bidang = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    paket = models.ForeignKey(Paket, null=True, blank=True, on_delete=models.PROTECT, related_name="permohonan")
    izin_lama = models.ForeignKey("perizinan.Izin", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    isian = models.JSONField(default=dict, blank=True)
    isian_rahasia = EncryptedJSONField(default=dict, blank=True)

    status = StatusField(max_length=24, choices=S, default=S.DRAF)
    status_asal = models.CharField(max_length=24, choices=S, blank=True)
    paraf_ke = models.PositiveSmallIntegerField(default=0)

    dibuat_pada = models.DateTimeField()
    diajukan_pada = models.DateTimeField(null=True, blank=True)
    batas_periksa = models.DateTimeField(null=True, blank=True)
    dibuka_pada = models.DateTimeField("dibuka pemeriksa", null=True, blank=True)
    terdaftar_pada = models.DateTimeField(null=True, blank=True)
    mulai_hitung = models.DateTimeField(null=True, blank=True)
    hari_sop = models.PositiveSmallIntegerField(null=True, blank=True)
    tenggat = models.DateTimeField(null=True, blank=True)
    jeda_sejak = models.DateTimeField(null=True, blank=True)
    batas_pemohon = models.DateTimeField(null=True, blank=True)
    terbit_pada = models.DateTimeField(null=True, blank=True)
    diserahkan_pada = models.DateTimeField(null=True, blank=True)
    selesai_pada = models.DateTimeField(null=True, blank=True)
    hari_terpakai = models.PositiveSmallIntegerField(null=True, blank=True)
    hari_kotor = models.PositiveSmallIntegerField("hari kerja, menunggu pemohon ikut", null=True, blank=True)
    sapu_pada = models.DateTimeField("waktu bertindak berikutnya", null=True, blank=True, editable=False)
    perlu_rekap = models.BooleanField("belum masuk rekap", null=True, blank=True, editable=False)
    survei = models.CharField("survei IKM", max_length=14, choices=StatusSurvei, default=StatusSurvei.BELUM)

    riwayat_urut = models.PositiveIntegerField(default=0, editable=False)
    riwayat_sidik = models.CharField(max_length=64, blank=True, editable=False)

    objects = PermohonanQuerySet.as_manager()

    class Meta:
        verbose_name = "permohonan"
        verbose_name_plural = "permohonan"
        constraints = [
            models.CheckConstraint(condition=Q(status__in=S.values), name="permohonan_status_dikenal"),
            models.CheckConstraint(
                condition=Q(status__in=[S.DRAF, S.DIBATALKAN]) | Q(nomor__isnull=False, diajukan_pada__isnull=False),
                name="permohonan_diajukan_bernomor",
                violation_error_message="Permohonan yang sudah diajukan harus bernomor.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=BELUM_REGISTER)
                | Q(
                    nomor_register__isnull=False,
                    terdaftar_pada__isnull=False,
                    mulai_hitung__isnull=False,
                    tenggat__isnull=False,
                    hari_sop__isnull=False,
                ),
                name="permohonan_terdaftar_berjam",
                violation_error_message="Berkas terdaftar harus punya nomor register dan batas waktu.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(DIJEDA), jeda_sejak__isnull=False)
                | (~Q(status__in=sorted(DIJEDA)) & Q(jeda_sejak__isnull=True)),
                name="permohonan_jeda_sesuai_status",
                violation_error_message="Hitungan waktu berhenti hanya saat menunggu pemohon.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(MENUNGGU_PEMOHON), batas_pemohon__isnull=False)
                | (~Q(status__in=sorted(MENUNGGU_PEMOHON)) & Q(batas_pemohon__isnull=True)),
                name="permohonan_batas_pemohon_sesuai_status",
                violation_error_message="Setiap tindakan pemohon harus punya batas waktu.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[S.TERBIT, S.DISERAHKAN])
                | Q(terbit_pada__isnull=False, hari_terpakai__isnull=False),
                name="permohonan_terbit_bertanggal",
                violation_error_message="Izin yang terbit harus bertanggal.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(FINAL), selesai_pada__isnull=False)
                | (~Q(status__in=sorted(FINAL)) & Q(selesai_pada__isnull=True)),
                name="permohonan_selesai_sesuai_status",
                violation_error_message="Hanya berkas yang selesai yang bertanggal selesai.",
            ),
        ]
        indexes = [
            models.Index(  # all that `lewat_tenggat` reads, so that it never visits the wide rows
                fields=["tenggat", "id", "jeda_sejak"],
                condition=Q(selesai_pada__isnull=True, terbit_pada__isnull=True),
                name="permohonan_lewat_terbuka",
            ),
            models.Index(fields=["sapu_pada"], condition=Q(sapu_pada__isnull=False), name="permohonan_sapu"),
            models.Index(fields=["id"], condition=Q(perlu_rekap=True), name="permohonan_perlu_rekap"),
            models.Index(  # issued before `hari_kotor` was stored; empty once the roll-up has been there
                fields=["id"],
                condition=Q(terbit_pada__isnull=False, hari_kotor__isnull=True),
                name="permohonan_tanpa_hari_kotor",
            ),
            models.Index(
                fields=["terbit_pada", "jenis_izin"], condition=Q(terbit_pada__isnull=False), name="permohonan_terbit"
            ),
            models.Index(
                fields=["selesai_pada", "jenis_izin"],
                condition=Q(selesai_pada__isnull=False),
                name="permohonan_selesai",
            ),
            models.Index(
                fields=["diajukan_pada", "jenis_izin"],
                condition=Q(diajukan_pada__isnull=False),
                name="permohonan_diajukan",
            ),
            models.Index(fields=["unit_penerbit", "status", "tenggat"], name="permohonan_kotak_unit"),
            models.Index(fields=["bidang", "status", "tenggat"], name="permohonan_kotak_bidang"),
            models.Index(fields=["pemohon", "-dibuat_pada"], name="permohonan_milik"),
        ]

    def __str__(self) -> str:
        return self.nomor or f"draf {self.kunci}"

    @property
    def acuan(self) -> str:
        """What stands in an address: the public number, or the draft's random key."""
        return self.nomor or str(self.kunci)

    # --- guards: facts that a transition needs, told in one sentence each ------------------------------------------

    @property
    def butuh_rekomendasi(self) -> bool:
        """Whether the pinned version asks advice of an SKPD for what was filled in."""
        from perizinan.ekspresi import nilai

        daftar = list(self.versi_layanan.butuh_rekomendasi.all())
        if not daftar or any(not b.bila for b in daftar):
            return bool(daftar)
        konteks = self.konteks_isian()
        return any(nilai(b.bila, konteks) for b in daftar)

    @property
    def berbiaya(self) -> bool:
        """Whether a fee is due before the draft: version and kind of application say so, and it was not settled yet.

        A file that is sent back after payment is not billed twice.
        """
        pilihan = self.versi_layanan.pilihan_permohonan(self.jenis_permohonan) or {}
        if pilihan.get("biaya") == "-" or not self.versi_layanan.berbiaya:
            return False
        if self.versi_layanan.posisi_bayar != PosisiBayar.SEBELUM_DRAF:
            return False
        return not self.skrd.filter(status__in=[StatusSkrd.LUNAS, StatusSkrd.NIHIL]).exists()

    @property
    def semua_rekomendasi_masuk(self) -> bool:
        """Every recommendation that was not withdrawn is given, none of them says no, no round is open."""
        from perizinan.enums import HasilRekomendasi, StatusRekomendasi

        hidup = [r for r in self.rekomendasi.all() if r.status != StatusRekomendasi.DITARIK]
        return all(r.status == StatusRekomendasi.DIBERIKAN and r.hasil != HasilRekomendasi.TOLAK for r in hidup)

    def konteks_isian(self) -> dict[str, object]:
        """The names that an expression `bila` may use: the form and a few facts about the party."""
        return {
            **self.isian,
            "jenis_permohonan": self.jenis_permohonan,
            "pemohon": self.pemohon.jenis,
            "bentuk": self.pihak.bentuk_badan,
            "dikuasakan": self.kuasa_id is not None,
        }
