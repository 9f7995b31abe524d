"""A recommendation: one per SKPD asked, in parallel, each with its own budget (rows 41-45)."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Peran
from core.mesin import Bermesin, StatusField
from perizinan.enums import HasilRekomendasi, JenisDokumen, StatusPermohonan
from perizinan.enums import StatusRekomendasi as S
from perizinan.models._deklarasi import transisi
from perizinan.querysets import RekomendasiQuerySet

_TEKNIS = (Peran.TIM_TEKNIS,)


def _berkas_dikaji(r: Rekomendasi) -> bool:
    """A recommendation's acts are possible while the file is in kajian_teknis or perbaikan."""
    return r.permohonan.status in {StatusPermohonan.KAJIAN_TEKNIS, StatusPermohonan.PERBAIKAN}


def _belum_dirangkum(r: Rekomendasi) -> bool:
    return r.permohonan.status == StatusPermohonan.KAJIAN_TEKNIS


def _sudah_ditinjau(r: Rekomendasi) -> bool:
    """The visit took place and its berita acara stands; being asked again (row 44) does not undo it."""
    return hasattr(r, "berita_acara")


class Rekomendasi(Bermesin):
    """What one SKPD is asked to advise on one file, and its answer."""

    kunci = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    permohonan = models.ForeignKey("perizinan.Permohonan", on_delete=models.PROTECT, related_name="rekomendasi")
    skpd = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    status = StatusField(max_length=16, choices=S, default=S.DIMINTA)
    wajib_tinjau = models.BooleanField(default=False)
    petugas = models.ForeignKey("accounts.Akun", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    hari_kerja = models.PositiveSmallIntegerField()
    diminta_pada = models.DateTimeField()
    tenggat = models.DateTimeField()
    tinjau_pada = models.DateTimeField(null=True, blank=True)
    tim = models.JSONField("anggota tim tinjau", default=list, blank=True)
    hasil = models.CharField(max_length=10, choices=HasilRekomendasi, blank=True)
    ketentuan = models.JSONField("ketentuan yang masuk SK", default=list, blank=True)
    alasan = models.TextField(blank=True)
    dasar_hukum = models.CharField(max_length=240, blank=True)
    pemberi = models.ForeignKey("accounts.Akun", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    diberikan_pada = models.DateTimeField(null=True, blank=True)

    objects = RekomendasiQuerySet.as_manager()

    class Meta:
        verbose_name = "rekomendasi"
        verbose_name_plural = "rekomendasi"
        ordering = ["permohonan", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=S.values), name="rekomendasi_status_dikenal"),
            models.CheckConstraint(
                condition=~Q(status=S.DIBERIKAN)
                | (~Q(hasil="") & Q(diberikan_pada__isnull=False, pemberi__isnull=False)),
                name="rekomendasi_diberikan_berhasil",
                violation_error_message="Rekomendasi yang diberikan harus punya hasil.",
            ),
            models.CheckConstraint(
                condition=~Q(hasil=HasilRekomendasi.TOLAK) | (~Q(alasan="") & ~Q(dasar_hukum="")),
                name="rekomendasi_tolak_beralasan",
                violation_error_message="Penolakan harus menyebut alasan dan dasar hukum.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[S.DIJADWALKAN, S.DIPERIKSA]) | Q(tinjau_pada__isnull=False),
                name="rekomendasi_dijadwalkan_bertanggal",
                violation_error_message="Tinjauan harus bertanggal.",
            ),
            models.UniqueConstraint(
                fields=["permohonan", "skpd"],
                condition=~Q(status=S.DITARIK),
                name="rekomendasi_satu_per_skpd",
                violation_error_message="SKPD ini sudah dimintai rekomendasi.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["skpd", "tenggat"],
                condition=Q(status__in=[S.DIMINTA, S.DIJADWALKAN, S.DIPERIKSA]),
                name="rekomendasi_terbuka",
            )
        ]

    def __str__(self) -> str:
        return f"{self.skpd_id} untuk {self.permohonan_id}"

    @transisi(
        [S.DIMINTA, S.DIJADWALKAN],
        S.DIJADWALKAN,
        no=41,
        label=_("Jadwalkan tinjauan"),
        peran=(Peran.TIM_TEKNIS, Peran.KABID),
        syarat=[_berkas_dikaji, lambda r: not _sudah_ditinjau(r)],
        tugas=_TEKNIS,
        pesan="SMS_JADWAL",
    )
    def jadwalkan_tinjau(self, *, tinjau_pada: datetime, tim: list[str]) -> None:
        """A day, an hour and the members of the team."""
        self.tinjau_pada = tinjau_pada
        self.tim = tim

    @transisi(
        S.DIJADWALKAN,
        S.DIPERIKSA,
        no=42,
        label=_("Catat berita acara"),
        peran=_TEKNIS,
        syarat=[_berkas_dikaji],
        tugas=_TEKNIS,
        dokumen=JenisDokumen.BAP,
    )
    def catat_bap(self) -> None:
        """The visit took place: checklist, photos, point and team are in the BeritaAcara."""

    @transisi(
        [S.DIMINTA, S.DIPERIKSA],
        S.DIBERIKAN,
        no=43,
        label=_("Beri rekomendasi"),
        peran=_TEKNIS,
        syarat=[_berkas_dikaji, lambda r: not r.wajib_tinjau or _sudah_ditinjau(r)],
        tugas=_TEKNIS,
    )
    def beri_rekomendasi(
        self,
        *,
        hasil: str,
        ketentuan: list[str],
        alasan: str,
        dasar_hukum: str,
        pemberi_id: int,
        pada: datetime,
    ) -> None:
        """Agree, agree with conditions that the SK prints, or refuse with reason and legal basis."""
        self.hasil = hasil
        self.ketentuan = ketentuan
        self.alasan = alasan
        self.dasar_hukum = dasar_hukum
        self.pemberi_id = pemberi_id
        self.diberikan_pada = pada

    @transisi(
        S.DIBERIKAN,
        S.DIMINTA,
        no=44,
        label=_("Minta rekomendasi ulang"),
        peran=(Peran.KABID,),
        syarat=[_belum_dirangkum],
    )
    def minta_ulang(self, *, tenggat: datetime) -> None:
        """Asked again with a reason, before the recommendations are summed up."""
        self.tenggat = tenggat
        self.hasil = ""
        self.diberikan_pada = None
        self.pemberi_id = None

    @transisi(
        [S.DIMINTA, S.DIJADWALKAN, S.DIPERIKSA],
        S.DITARIK,
        no=45,
        label=_("Tarik permintaan"),
        peran=(Peran.KABID,),
        syarat=[_berkas_dikaji],
    )
    def tarik(self) -> None:
        """The request is withdrawn with a reason."""
