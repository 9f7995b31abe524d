"""Rows 2-9, 13, 14, 26, 32 of the machine: from the draft to the technical advice, and corrections."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django_fsm import GET_STATE

from accounts.enums import Peran
from perizinan.enums import Jam, JenisDokumen
from perizinan.enums import StatusPermohonan as S
from perizinan.models._deklarasi import transisi

if TYPE_CHECKING:
    from perizinan.models.permohonan import Permohonan

PEMOHON = (Peran.PEMOHON, Peran.KUASA, Peran.LOKET)


def ke_biaya_atau_sk(p: Permohonan, **_data: object) -> str:
    """To the fee where one is due before the draft, else to the draft."""
    return S.PENETAPAN_RETRIBUSI if p.berbiaya else S.PENYUSUNAN_SK


def ke_status_asal(p: Permohonan, **_data: object) -> str:
    """Invariant (c): back to the state that the round came from."""
    return p.status_asal


class MesinPengajuan:
    """Transitions of Permohonan up to the technical advice. A mixin: the fields are Permohonan's."""

    # The columns that these transitions write.
    batas_pemohon: Any
    batas_periksa: Any
    bidang_id: Any
    diajukan_pada: Any
    dibuka_pada: Any
    hari_sop: Any
    hari_terpakai: Any
    hari_kotor: Any
    jeda_sejak: Any
    mulai_hitung: Any
    nomor: Any
    nomor_register: Any
    pihak_id: Any
    selesai_pada: Any
    status_asal: Any
    tenggat: Any
    terdaftar_pada: Any
    versi_layanan_id: Any

    # --- before registration ---------------------------------------------------------------------------------------

    @transisi(
        S.DRAF,
        S.DIAJUKAN,
        no=2,
        label=_("Kirim permohonan"),
        peran=PEMOHON,
        tugas=PEMOHON,
        pesan="SMS_DIAJUKAN",
        dokumen=JenisDokumen.BUKTI_PENGAJUAN,
    )
    def ajukan(
        self: Any,
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

    @transisi(
        S.DIAJUKAN,
        S.DRAF,
        no=32,
        label=_("Tarik kembali untuk diubah"),
        peran=PEMOHON,
        syarat=[lambda p: p.dibuka_pada is None],
    )
    def tarik_kembali(self: Any) -> None:
        """Back to draft, as long as nobody has opened the file to check it; the number stays."""
        self.batas_periksa = None

    @transisi(
        S.DIAJUKAN,
        S.PERBAIKAN_BERKAS,
        no=3,
        label=_("Kembalikan dengan daftar kekurangan"),
        peran=(Peran.LOKET,),
        tugas=(Peran.LOKET,),
        pesan="SMS_LENGKAPI",
        dokumen=JenisDokumen.LEMBAR_KEKURANGAN,
    )
    def kembalikan_berkas(self: Any, *, batas: datetime) -> None:
        """One list of everything that is missing; the applicant's limit starts, the clock has not."""
        self.batas_pemohon = batas
        self.batas_periksa = None

    @transisi(
        S.PERBAIKAN_BERKAS,
        S.DIAJUKAN,
        no=4,
        label=_("Kirim kelengkapan"),
        peran=PEMOHON,
        tugas=(Peran.PEMOHON, Peran.KUASA),
    )
    def ajukan_ulang(self: Any, *, batas_periksa: datetime) -> None:
        """Every marked item was answered; the completeness limit starts again."""
        self.batas_pemohon = None
        self.batas_periksa = batas_periksa
        self.dibuka_pada = None

    @transisi(
        S.DIAJUKAN,
        S.TERDAFTAR,
        no=5,
        label=_("Daftarkan"),
        peran=(Peran.LOKET,),
        tugas=(Peran.LOKET,),
        jam=Jam.MULAI,
        pesan="SMS_TERIMA",
        dokumen=JenisDokumen.TANDA_TERIMA,
    )
    def daftarkan(
        self: Any, *, nomor_register: str, pada: datetime, mulai: datetime, hari_sop: int, tenggat: datetime
    ) -> None:
        """Complete and correct: the register number is given and the clock starts."""
        self.nomor_register = nomor_register
        self.terdaftar_pada = pada
        self.mulai_hitung = mulai
        self.hari_sop = hari_sop
        self.tenggat = tenggat
        self.batas_periksa = None

    # --- processing ------------------------------------------------------------------------------------------------

    @transisi(
        S.TERDAFTAR,
        S.VERIFIKASI,
        no=6,
        label=_("Teruskan ke verifikasi"),
        peran=(Peran.SISTEM, Peran.LOKET, Peran.BACK_OFFICE),
        tugas=(Peran.BACK_OFFICE,),
    )
    def teruskan(self: Any) -> None:
        """Routing without judgement: the bidang comes from the pinned version."""

    @transisi(
        S.VERIFIKASI,
        S.KAJIAN_TEKNIS,
        no=7,
        label=_("Minta rekomendasi dinas teknis"),
        peran=(Peran.BACK_OFFICE, Peran.KABID),
        syarat=[lambda p: p.butuh_rekomendasi],
        tugas=(Peran.BACK_OFFICE,),
    )
    def minta_rekomendasi(self: Any) -> None:
        """One Rekomendasi per SKPD, in parallel, each with its own due date."""

    @transisi(
        S.VERIFIKASI,
        GET_STATE(ke_biaya_atau_sk, states=[S.PENETAPAN_RETRIBUSI, S.PENYUSUNAN_SK]),
        no=8,
        label=_("Verifikasi selesai"),
        peran=(Peran.BACK_OFFICE,),
        syarat=[lambda p: not p.butuh_rekomendasi],
        tugas=(Peran.BACK_OFFICE,),
    )
    def lewati_teknis(self: Any) -> None:
        """No advice needed: to the fee where there is one, else to the draft."""

    @transisi(
        S.KAJIAN_TEKNIS,
        GET_STATE(ke_biaya_atau_sk, states=[S.PENETAPAN_RETRIBUSI, S.PENYUSUNAN_SK]),
        no=9,
        label=_("Rangkum rekomendasi"),
        peran=(Peran.SISTEM,),
        syarat=[lambda p: p.semua_rekomendasi_masuk],
    )
    def rangkum_rekomendasi(self: Any) -> None:
        """The last recommendation came in and none says no."""

    @transisi(
        [S.VERIFIKASI, S.KAJIAN_TEKNIS, S.PENETAPAN_RETRIBUSI, S.PENYUSUNAN_SK, S.PERBAIKAN],
        S.PERBAIKAN,
        no=13,
        label=_("Minta perbaikan pemohon"),
        peran=(Peran.BACK_OFFICE, Peran.TIM_TEKNIS, Peran.KABID),
        jam=Jam.JEDA,
        pesan="SMS_PERBAIKAN",
        dokumen=JenisDokumen.LEMBAR_KEKURANGAN,
    )
    def minta_perbaikan(self: Any, *, pada: datetime, batas: datetime) -> None:
        """Pause since the first request of the round; a request while a round is open joins that round."""
        if self.status != S.PERBAIKAN:
            self.status_asal = self.status
            self.jeda_sejak = pada
            self.batas_pemohon = batas

    @transisi(
        S.PERBAIKAN,
        GET_STATE(ke_status_asal, states=[S.VERIFIKASI, S.KAJIAN_TEKNIS, S.PENETAPAN_RETRIBUSI, S.PENYUSUNAN_SK]),
        no=14,
        label=_("Kirim perbaikan"),
        peran=PEMOHON,
        tugas=(Peran.PEMOHON, Peran.KUASA),
        jam=Jam.LANJUT,
        pesan="SMS_PERBAIKAN_DITERIMA",
    )
    def kirim_perbaikan(self: Any, *, tenggat: datetime) -> None:
        """Invariant (c): back to the state that the round came from."""
        self.tenggat = tenggat
        self.jeda_sejak = None
        self.batas_pemohon = None

    @transisi(
        [
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
        S.DIBATALKAN,
        no=26,
        label=_("Batalkan permohonan"),
        peran=PEMOHON,
        jam=Jam.HENTI,
        pesan="SMS_BATAL",
    )
    def batalkan(self: Any, *, pada: datetime, hari_terpakai: int | None, hari_kotor: int | None) -> None:
        """Withdrawn by the applicant before any SK was signed; a reserved number is kept as void."""
        self.selesai_pada = pada
        self.hari_terpakai, self.hari_kotor = hari_terpakai, hari_kotor
        self.jeda_sejak = None
        self.batas_pemohon = None
        self.batas_periksa = None
