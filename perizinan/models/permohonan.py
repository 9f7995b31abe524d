"""The application and its machine: domain/state_machine.csv, rows 1-26, 32, 33.

A transition declares states, guard, permission and what follows, and changes only its own row. It is set in
motion by `services._alur` alone: that is where the permission is enforced and the log is written.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import GET_STATE, transition

from accounts.enums import Peran
from core.enkripsi import EncryptedJSONField
from core.mesin import Bermesin, StatusField
from perizinan import perms
from perizinan.enums import (
    DIJEDA,
    FINAL,
    MENUNGGU_PEMOHON,
    Jam,
    JenisDokumen,
    JenisPermohonan,
    PosisiBayar,
    Saluran,
)
from perizinan.enums import StatusPermohonan as S
from perizinan.models._deklarasi import aksi
from perizinan.querysets import PermohonanQuerySet

PEMOHON = (Peran.PEMOHON, Peran.KUASA, Peran.LOKET)
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


class Permohonan(Bermesin):
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
    paket = models.ForeignKey(
        Paket, null=True, blank=True, on_delete=models.PROTECT, related_name="permohonan"
    )
    izin_lama = models.ForeignKey(
        "perizinan.Izin", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
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
    survei = models.CharField("survei IKM", max_length=14, default="belum")

    riwayat_urut = models.PositiveIntegerField(default=0, editable=False)
    riwayat_sidik = models.CharField(max_length=64, blank=True, editable=False)

    objects = PermohonanQuerySet.as_manager()

    class Meta:
        verbose_name = "permohonan"
        verbose_name_plural = "permohonan"
        constraints = [
            models.CheckConstraint(condition=Q(status__in=S.values), name="permohonan_status_dikenal"),
            models.CheckConstraint(
                condition=Q(status__in=[S.DRAF, S.DIBATALKAN])
                | Q(nomor__isnull=False, diajukan_pada__isnull=False),
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
            models.Index(
                fields=["tenggat"],
                condition=Q(selesai_pada__isnull=True, terbit_pada__isnull=True),
                name="permohonan_tenggat_terbuka",
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
        """Whether a fee is due before the draft: the version says so and the kind of application is not free."""
        pilihan = self.versi_layanan.pilihan_permohonan(self.jenis_permohonan) or {}
        if pilihan.get("biaya") == "-":
            return False
        return self.versi_layanan.berbiaya and self.versi_layanan.posisi_bayar == PosisiBayar.SEBELUM_DRAF

    @property
    def semua_rekomendasi_masuk(self) -> bool:
        """Every recommendation that was not withdrawn is given, none of them says no, no round is open."""
        from perizinan.enums import HasilRekomendasi, StatusRekomendasi

        hidup = [r for r in self.rekomendasi.all() if r.status != StatusRekomendasi.DITARIK]
        return all(
            r.status == StatusRekomendasi.DIBERIKAN and r.hasil != HasilRekomendasi.TOLAK for r in hidup
        )

    def konteks_isian(self) -> dict[str, object]:
        """The names that an expression `bila` may use: the form and a few facts about the party."""
        from perizinan.isian import untuk_ekspresi

        return {
            **untuk_ekspresi(self.versi_layanan.isian.all(), self.isian),
            "jenis_permohonan": self.jenis_permohonan,
            "pemohon": self.pemohon.jenis,
            "bentuk": self.pihak.bentuk_badan,
            "dikuasakan": self.kuasa_id is not None,
        }

    def _ke_biaya_atau_sk(self, **_: object) -> str:
        return S.PENETAPAN_RETRIBUSI if self.berbiaya else S.PENYUSUNAN_SK

    def _ke_status_asal(self, **_: object) -> str:
        return self.status_asal

    def _paraf_berikut(self, **_: object) -> str:
        # The method has already counted this paraf when the target is asked for.
        cukup = self.paraf_ke >= self.versi_layanan.tingkat_paraf
        return S.MENUNGGU_TANDA_TANGAN if cukup else S.PARAF_BERJENJANG

    # --- before registration ---------------------------------------------------------------------------------------

    @transition(
        status,
        source=S.DRAF,
        target=S.DIAJUKAN,
        permission=perms.peran(*PEMOHON),
        custom=aksi(
            2,
            _("Kirim permohonan"),
            PEMOHON,
            tugas=PEMOHON,
            pesan="SMS_DIAJUKAN",
            dokumen=JenisDokumen.BUKTI_PENGAJUAN,
        ),
    )
    def ajukan(
        self,
        *,
        nomor: str,
        versi_layanan_id: int,
        bidang_id: int,
        pihak_id: int,
        pada: datetime,
        batas_periksa: datetime,
    ) -> None:
        """Pin the service version and the party's data; the completeness limit starts."""
        self.nomor = nomor
        self.versi_layanan_id = versi_layanan_id
        self.bidang_id = bidang_id
        self.pihak_id = pihak_id
        self.diajukan_pada = pada
        self.batas_periksa = batas_periksa

    @transition(
        status,
        source=S.DIAJUKAN,
        target=S.DRAF,
        permission=perms.peran(*PEMOHON),
        conditions=[lambda p: p.dibuka_pada is None],
        custom=aksi(32, _("Tarik kembali untuk diubah"), PEMOHON),
    )
    def tarik_kembali(self) -> None:
        """Back to draft, as long as nobody has opened the file to check it; the number stays."""
        self.batas_periksa = None

    @transition(
        status,
        source=S.DIAJUKAN,
        target=S.PERBAIKAN_BERKAS,
        permission=perms.peran(Peran.LOKET),
        custom=aksi(
            3,
            _("Kembalikan dengan daftar kekurangan"),
            (Peran.LOKET,),
            tugas=(Peran.LOKET,),
            pesan="SMS_LENGKAPI",
            dokumen=JenisDokumen.LEMBAR_KEKURANGAN,
        ),
    )
    def kembalikan_berkas(self, *, batas: datetime) -> None:
        """One list of everything that is missing; the applicant's limit starts, the clock has not."""
        self.batas_pemohon = batas
        self.batas_periksa = None

    @transition(
        status,
        source=S.PERBAIKAN_BERKAS,
        target=S.DIAJUKAN,
        permission=perms.peran(*PEMOHON),
        custom=aksi(4, _("Kirim kelengkapan"), PEMOHON, tugas=(Peran.PEMOHON, Peran.KUASA)),
    )
    def ajukan_ulang(self, *, batas_periksa: datetime) -> None:
        """Every marked item was answered; the completeness limit starts again."""
        self.batas_pemohon = None
        self.batas_periksa = batas_periksa
        self.dibuka_pada = None

    @transition(
        status,
        source=S.DIAJUKAN,
        target=S.TERDAFTAR,
        permission=perms.peran(Peran.LOKET),
        custom=aksi(
            5,
            _("Daftarkan"),
            (Peran.LOKET,),
            tugas=(Peran.LOKET,),
            jam=Jam.MULAI,
            pesan="SMS_TERIMA",
            dokumen=JenisDokumen.TANDA_TERIMA,
        ),
    )
    def daftarkan(
        self, *, nomor_register: str, pada: datetime, mulai: datetime, hari_sop: int, tenggat: datetime
    ) -> None:
        """Complete and correct: the register number is given and the clock starts."""
        self.nomor_register = nomor_register
        self.terdaftar_pada = pada
        self.mulai_hitung = mulai
        self.hari_sop = hari_sop
        self.tenggat = tenggat
        self.batas_periksa = None

    # --- processing ------------------------------------------------------------------------------------------------

    @transition(
        status,
        source=S.TERDAFTAR,
        target=S.VERIFIKASI,
        permission=perms.peran(Peran.SISTEM, Peran.LOKET, Peran.BACK_OFFICE),
        custom=aksi(
            6,
            _("Teruskan ke verifikasi"),
            (Peran.SISTEM, Peran.LOKET, Peran.BACK_OFFICE),
            tugas=(Peran.BACK_OFFICE,),
        ),
    )
    def teruskan(self) -> None:
        """Routing without judgement: the bidang comes from the pinned version."""

    @transition(
        status,
        source=S.VERIFIKASI,
        target=S.KAJIAN_TEKNIS,
        permission=perms.peran(Peran.BACK_OFFICE, Peran.KABID),
        conditions=[lambda p: p.butuh_rekomendasi],
        custom=aksi(
            7,
            _("Minta rekomendasi dinas teknis"),
            (Peran.BACK_OFFICE, Peran.KABID),
            tugas=(Peran.BACK_OFFICE,),
        ),
    )
    def minta_rekomendasi(self) -> None:
        """One Rekomendasi per SKPD, in parallel, each with its own due date."""

    @transition(
        status,
        source=S.VERIFIKASI,
        target=GET_STATE(_ke_biaya_atau_sk, states=[S.PENETAPAN_RETRIBUSI, S.PENYUSUNAN_SK]),
        permission=perms.peran(Peran.BACK_OFFICE),
        conditions=[lambda p: not p.butuh_rekomendasi],
        custom=aksi(8, _("Verifikasi selesai"), (Peran.BACK_OFFICE,), tugas=(Peran.BACK_OFFICE,)),
    )
    def lewati_teknis(self) -> None:
        """No advice needed: to the fee where there is one, else to the draft."""

    @transition(
        status,
        source=S.KAJIAN_TEKNIS,
        target=GET_STATE(_ke_biaya_atau_sk, states=[S.PENETAPAN_RETRIBUSI, S.PENYUSUNAN_SK]),
        permission=perms.peran(Peran.SISTEM),
        conditions=[lambda p: p.semua_rekomendasi_masuk],
        custom=aksi(9, _("Rangkum rekomendasi"), (Peran.SISTEM,)),
    )
    def rangkum_rekomendasi(self) -> None:
        """The last recommendation came in and none says no."""

    @transition(
        status,
        source=[S.VERIFIKASI, S.KAJIAN_TEKNIS, S.PENETAPAN_RETRIBUSI, S.PENYUSUNAN_SK, S.PERBAIKAN],
        target=S.PERBAIKAN,
        permission=perms.peran(Peran.BACK_OFFICE, Peran.TIM_TEKNIS, Peran.KABID),
        custom=aksi(
            13,
            _("Minta perbaikan pemohon"),
            (Peran.BACK_OFFICE, Peran.TIM_TEKNIS, Peran.KABID),
            jam=Jam.JEDA,
            pesan="SMS_PERBAIKAN",
            dokumen=JenisDokumen.LEMBAR_KEKURANGAN,
        ),
    )
    def minta_perbaikan(self, *, pada: datetime, batas: datetime) -> None:
        """Pause since the first request of the round; a request while a round is open joins that round."""
        if self.status != S.PERBAIKAN:
            self.status_asal = self.status
            self.jeda_sejak = pada
            self.batas_pemohon = batas

    @transition(
        status,
        source=S.PERBAIKAN,
        target=GET_STATE(
            _ke_status_asal,
            states=[S.VERIFIKASI, S.KAJIAN_TEKNIS, S.PENETAPAN_RETRIBUSI, S.PENYUSUNAN_SK],
        ),
        permission=perms.peran(*PEMOHON),
        custom=aksi(
            14,
            _("Kirim perbaikan"),
            PEMOHON,
            tugas=(Peran.PEMOHON, Peran.KUASA),
            jam=Jam.LANJUT,
            pesan="SMS_PERBAIKAN_DITERIMA",
        ),
    )
    def kirim_perbaikan(self, *, tenggat: datetime) -> None:
        """Invariant (c): back to the state that the round came from."""
        self.tenggat = tenggat
        self.jeda_sejak = None
        self.batas_pemohon = None

    # --- refusal ---------------------------------------------------------------------------------------------------

    @transition(
        status,
        source=[
            S.VERIFIKASI,
            S.KAJIAN_TEKNIS,
            S.PENETAPAN_RETRIBUSI,
            S.PENYUSUNAN_SK,
            S.PARAF_BERJENJANG,
            S.MENUNGGU_TANDA_TANGAN,
        ],
        target=S.USUL_TOLAK,
        permission=perms.peran(Peran.KABID, Peran.PENANDATANGAN),
        custom=aksi(10, _("Usulkan penolakan"), (Peran.KABID, Peran.PENANDATANGAN)),
    )
    def usulkan_tolak(self) -> None:
        """A refusal is proposed with its reason and legal basis (invariant i)."""

    @transition(
        status,
        source=S.USUL_TOLAK,
        target=S.VERIFIKASI,
        permission=perms.peran(Peran.KABID, Peran.PENANDATANGAN),
        custom=aksi(11, _("Batalkan usul tolak"), (Peran.KABID, Peran.PENANDATANGAN)),
    )
    def batal_tolak(self) -> None:
        """Back to verification; parafs given so far lapse."""
        self.paraf_ke = 0

    @transition(
        status,
        source=S.USUL_TOLAK,
        target=S.DITOLAK,
        permission=perms.peran(Peran.PENANDATANGAN),
        custom=aksi(
            12,
            _("Setujui penolakan"),
            (Peran.PENANDATANGAN,),
            tugas=(Peran.PENANDATANGAN,),
            jam=Jam.HENTI,
            pesan="SMS_DITOLAK",
            dokumen=JenisDokumen.SURAT_PENOLAKAN,
        ),
    )
    def setujui_tolak(self, *, pada: datetime, hari_terpakai: int) -> None:
        """The decision to refuse, by an official in authority; the letter says how to object."""
        self.selesai_pada = pada
        self.hari_terpakai = hari_terpakai

    # --- fee -------------------------------------------------------------------------------------------------------

    @transition(
        status,
        source=S.PENETAPAN_RETRIBUSI,
        target=S.MENUNGGU_PEMBAYARAN,
        permission=perms.peran(Peran.BACK_OFFICE, Peran.BENDAHARA),
        custom=aksi(
            15,
            _("Tetapkan retribusi"),
            (Peran.BACK_OFFICE, Peran.BENDAHARA),
            tugas=(Peran.BACK_OFFICE, Peran.BENDAHARA),
            jam=Jam.JEDA,
            pesan="SMS_SKRD",
            dokumen=JenisDokumen.SKRD,
        ),
    )
    def tetapkan_retribusi(self, *, pada: datetime, batas: datetime) -> None:
        """An SKRD with its number is issued; the clock pauses until the bank's payment date."""
        self.jeda_sejak = pada
        self.batas_pemohon = batas

    @transition(
        status,
        source=S.PENETAPAN_RETRIBUSI,
        target=S.PENYUSUNAN_SK,
        permission=perms.peran(Peran.BACK_OFFICE, Peran.BENDAHARA),
        custom=aksi(16, _("Tetapkan nihil"), (Peran.BACK_OFFICE, Peran.BENDAHARA)),
    )
    def nihil(self) -> None:
        """Nothing is due: the tariff gives zero, or there is a legal ground for exemption."""

    @transition(
        status,
        source=S.MENUNGGU_PEMBAYARAN,
        target=S.PENETAPAN_RETRIBUSI,
        permission=perms.peran(Peran.BENDAHARA),
        custom=aksi(17, _("Koreksi SKRD"), (Peran.BENDAHARA,), jam=Jam.LANJUT),
    )
    def koreksi_skrd(self, *, tenggat: datetime) -> None:
        """The SKRD was wrong and nothing was paid yet: it is cancelled, the clock resumes."""
        self.tenggat = tenggat
        self.jeda_sejak = None
        self.batas_pemohon = None

    @transition(
        status,
        source=S.MENUNGGU_PEMBAYARAN,
        target=S.PENYUSUNAN_SK,
        permission=perms.peran(Peran.BENDAHARA, Peran.SISTEM),
        custom=aksi(
            18,
            _("Catat pembayaran"),
            (Peran.BENDAHARA, Peran.SISTEM),
            tugas=(Peran.BENDAHARA, Peran.PEMOHON, Peran.KUASA),
            jam=Jam.LANJUT,
            pesan="SMS_LUNAS",
        ),
    )
    def catat_lunas(self, *, tenggat: datetime) -> None:
        """Paid in full: the clock resumes at the bank's payment date, not at the click."""
        self.tenggat = tenggat
        self.jeda_sejak = None
        self.batas_pemohon = None

    # --- decision --------------------------------------------------------------------------------------------------

    @transition(
        status,
        source=S.PENYUSUNAN_SK,
        target=S.PARAF_BERJENJANG,
        permission=perms.peran(Peran.BACK_OFFICE),
        custom=aksi(19, _("Ajukan draf untuk paraf"), (Peran.BACK_OFFICE,), tugas=(Peran.BACK_OFFICE,)),
    )
    def ajukan_paraf(self) -> None:
        """The draft is complete, without an empty variable."""
        self.paraf_ke = 0

    @transition(
        status,
        source=S.PARAF_BERJENJANG,
        target=GET_STATE(_paraf_berikut, states=[S.PARAF_BERJENJANG, S.MENUNGGU_TANDA_TANGAN]),
        permission=perms.peran(Peran.KABID),
        custom=aksi(20, _("Paraf"), (Peran.KABID,), tugas=(Peran.KABID,)),
    )
    def paraf(self) -> None:
        """The last paraf of the chain sends the draft to the signing desk."""
        self.paraf_ke += 1

    @transition(
        status,
        source=S.MENUNGGU_TANDA_TANGAN,
        target=None,
        permission=perms.peran(Peran.SISTEM),
        custom=aksi(21, _("Siapkan naskah"), (Peran.SISTEM,), dokumen=JenisDokumen.SK),
    )
    def siapkan(self) -> None:
        """Number, token and date are reserved and the SK is frozen as a PDF."""

    @transition(
        status,
        source=[S.PARAF_BERJENJANG, S.MENUNGGU_TANDA_TANGAN],
        target=S.PENYUSUNAN_SK,
        permission=perms.peran(Peran.KABID, Peran.PENANDATANGAN),
        custom=aksi(22, _("Kembalikan untuk koreksi draf"), (Peran.KABID, Peran.PENANDATANGAN)),
    )
    def koreksi_draf(self) -> None:
        """The draft goes back with a note; the reserved number stays with the file."""
        self.paraf_ke = 0

    @transition(
        status,
        source=[S.PENETAPAN_RETRIBUSI, S.PENYUSUNAN_SK, S.PARAF_BERJENJANG, S.MENUNGGU_TANDA_TANGAN],
        target=S.VERIFIKASI,
        permission=perms.peran(Peran.KABID, Peran.PENANDATANGAN),
        custom=aksi(33, _("Kembalikan ke verifikasi"), (Peran.KABID, Peran.PENANDATANGAN)),
    )
    def kembalikan_proses(self) -> None:
        """Back to verification with a reason; parafs lapse, the reserved number stays with the file."""
        self.paraf_ke = 0

    @transition(
        status,
        source=S.MENUNGGU_TANDA_TANGAN,
        target=S.TERBIT,
        permission=perms.peran(Peran.PENANDATANGAN),
        custom=aksi(
            23,
            _("Tanda tangani"),
            (Peran.PENANDATANGAN,),
            tugas=(Peran.PENANDATANGAN,),
            jam=Jam.HENTI,
            pesan="SMS_TERBIT",
        ),
    )
    def tanda_tangan(self, *, pada: datetime, hari_terpakai: int) -> None:
        """Signed by the official in authority at that instant; the clock ends."""
        self.terbit_pada = pada
        self.hari_terpakai = hari_terpakai

    @transition(
        status,
        source=S.TERBIT,
        target=S.DISERAHKAN,
        permission=perms.peran(Peran.LOKET),
        custom=aksi(
            24,
            _("Serahkan"),
            (Peran.LOKET,),
            tugas=(Peran.LOKET,),
            pesan="SMS_SELESAI",
            dokumen=JenisDokumen.TANDA_TERIMA_SK,
        ),
    )
    def serahkan(self, *, pada: datetime) -> None:
        """Handed over at the counter to the holder or an agent in force."""
        self.diserahkan_pada = pada
        self.selesai_pada = pada

    @transition(
        status,
        source=S.TERBIT,
        target=S.DISERAHKAN,
        permission=perms.peran(Peran.PEMOHON, Peran.KUASA),
        custom=aksi(
            25,
            _("Unduh izin"),
            (Peran.PEMOHON, Peran.KUASA),
            tugas=(Peran.PEMOHON, Peran.KUASA),
            pesan="SMS_SELESAI",
        ),
    )
    def serahkan_daring(self, *, pada: datetime) -> None:
        """The first download by somebody entitled to it."""
        self.diserahkan_pada = pada
        self.selesai_pada = pada

    @transition(
        status,
        source=[
            S.DRAF,
            S.DIAJUKAN,
            S.PERBAIKAN_BERKAS,
            S.TERDAFTAR,
            S.VERIFIKASI,
            S.KAJIAN_TEKNIS,
            S.PERBAIKAN,
            S.PENETAPAN_RETRIBUSI,
            S.MENUNGGU_PEMBAYARAN,
            S.PENYUSUNAN_SK,
            S.PARAF_BERJENJANG,
            S.MENUNGGU_TANDA_TANGAN,
            S.USUL_TOLAK,
        ],
        target=S.DIBATALKAN,
        permission=perms.peran(*PEMOHON),
        custom=aksi(26, _("Batalkan permohonan"), PEMOHON, jam=Jam.HENTI, pesan="SMS_BATAL"),
    )
    def batalkan(self, *, pada: datetime, hari_terpakai: int | None) -> None:
        """Withdrawn by the applicant before any SK was signed; a reserved number is kept as void."""
        self.selesai_pada = pada
        self.hari_terpakai = hari_terpakai
        self.jeda_sejak = None
        self.batas_pemohon = None
        self.batas_periksa = None
