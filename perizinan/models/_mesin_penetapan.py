"""Rows 10-12, 15-25, 33 of the machine: fee, draft, paraf, signature, refusal, hand-over."""

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


def paraf_berikut(p: Permohonan, **_data: object) -> str:
    """The method has already counted this paraf when the target is asked for."""
    cukup = p.paraf_ke >= p.versi_layanan.tingkat_paraf
    return S.MENUNGGU_TANDA_TANGAN if cukup else S.PARAF_BERJENJANG


class MesinPenetapan:
    """Transitions of Permohonan from the fee to the hand-over. A mixin: the fields are Permohonan's."""

    # The columns that these transitions write.
    batas_pemohon: Any
    diserahkan_pada: Any
    hari_terpakai: Any
    hari_kotor: Any
    jeda_sejak: Any
    paraf_ke: Any
    selesai_pada: Any
    tenggat: Any
    terbit_pada: Any

    # --- refusal ---------------------------------------------------------------------------------------------------

    @transisi(
        [
            S.VERIFIKASI,
            S.KAJIAN_TEKNIS,
            S.PENETAPAN_RETRIBUSI,
            S.PENYUSUNAN_SK,
            S.PARAF_BERJENJANG,
            S.MENUNGGU_TANDA_TANGAN,
        ],
        S.USUL_TOLAK,
        no=10,
        label=_("Usulkan penolakan"),
        peran=(Peran.KABID, Peran.PENANDATANGAN),
    )
    def usulkan_tolak(self: Any) -> None:
        """A refusal is proposed with its reason and legal basis (invariant i)."""

    @transisi(
        S.USUL_TOLAK,
        S.VERIFIKASI,
        no=11,
        label=_("Batalkan usul tolak"),
        peran=(Peran.KABID, Peran.PENANDATANGAN),
    )
    def batal_tolak(self: Any) -> None:
        """Back to verification; parafs given so far lapse."""
        self.paraf_ke = 0

    @transisi(
        S.USUL_TOLAK,
        S.DITOLAK,
        no=12,
        label=_("Setujui penolakan"),
        peran=(Peran.PENANDATANGAN,),
        tugas=(Peran.PENANDATANGAN,),
        jam=Jam.HENTI,
        pesan="SMS_DITOLAK",
        dokumen=JenisDokumen.SURAT_PENOLAKAN,
    )
    def setujui_tolak(self: Any, *, pada: datetime, hari_terpakai: int, hari_kotor: int) -> None:
        """The decision to refuse, by an official in authority; the letter says how to object."""
        self.selesai_pada = pada
        self.hari_terpakai, self.hari_kotor = hari_terpakai, hari_kotor

    # --- fee -------------------------------------------------------------------------------------------------------

    @transisi(
        S.PENETAPAN_RETRIBUSI,
        S.MENUNGGU_PEMBAYARAN,
        no=15,
        label=_("Tetapkan retribusi"),
        peran=(Peran.BACK_OFFICE, Peran.BENDAHARA),
        tugas=(Peran.BACK_OFFICE, Peran.BENDAHARA),
        jam=Jam.JEDA,
        pesan="SMS_SKRD",
        dokumen=JenisDokumen.SKRD,
    )
    def tetapkan_retribusi(self: Any, *, pada: datetime, batas: datetime) -> None:
        """An SKRD with its number is issued; the clock pauses until the bank's payment date."""
        self.jeda_sejak = pada
        self.batas_pemohon = batas

    @transisi(
        S.PENETAPAN_RETRIBUSI,
        S.PENYUSUNAN_SK,
        no=16,
        label=_("Tetapkan nihil"),
        peran=(Peran.BACK_OFFICE, Peran.BENDAHARA),
    )
    def nihil(self: Any) -> None:
        """Nothing is due: the tariff gives zero, or there is a legal ground for exemption."""

    @transisi(
        S.MENUNGGU_PEMBAYARAN,
        S.PENETAPAN_RETRIBUSI,
        no=17,
        label=_("Koreksi SKRD"),
        peran=(Peran.BENDAHARA,),
        jam=Jam.LANJUT,
    )
    def koreksi_skrd(self: Any, *, tenggat: datetime) -> None:
        """The SKRD was wrong and nothing was paid yet: it is cancelled, the clock resumes."""
        self.tenggat = tenggat
        self.jeda_sejak = None
        self.batas_pemohon = None

    @transisi(
        S.MENUNGGU_PEMBAYARAN,
        S.PENYUSUNAN_SK,
        no=18,
        label=_("Catat pembayaran"),
        peran=(Peran.BENDAHARA, Peran.SISTEM),
        tugas=(Peran.BENDAHARA, Peran.PEMOHON, Peran.KUASA),
        jam=Jam.LANJUT,
        pesan="SMS_LUNAS",
    )
    def catat_lunas(self: Any, *, tenggat: datetime) -> None:
        """Paid in full: the clock resumes at the bank's payment date, not at the click."""
        self.tenggat = tenggat
        self.jeda_sejak = None
        self.batas_pemohon = None

    # --- decision --------------------------------------------------------------------------------------------------

    @transisi(
        S.PENYUSUNAN_SK,
        S.PARAF_BERJENJANG,
        no=19,
        label=_("Ajukan draf untuk paraf"),
        peran=(Peran.BACK_OFFICE,),
        tugas=(Peran.BACK_OFFICE,),
    )
    def ajukan_paraf(self: Any) -> None:
        """The draft is complete, without an empty variable."""
        self.paraf_ke = 0

    @transisi(
        S.PARAF_BERJENJANG,
        GET_STATE(paraf_berikut, states=[S.PARAF_BERJENJANG, S.MENUNGGU_TANDA_TANGAN]),
        no=20,
        label=_("Paraf"),
        peran=(Peran.KABID,),
        tugas=(Peran.KABID,),
    )
    def paraf(self: Any) -> None:
        """The last paraf of the chain sends the draft to the signing desk."""
        self.paraf_ke += 1

    @transisi(
        S.MENUNGGU_TANDA_TANGAN,
        None,
        no=21,
        label=_("Siapkan naskah"),
        peran=(Peran.SISTEM,),
        dokumen=JenisDokumen.SK,
    )
    def siapkan(self: Any) -> None:
        """Number, token and date are reserved and the SK is frozen as a PDF."""

    @transisi(
        [S.PARAF_BERJENJANG, S.MENUNGGU_TANDA_TANGAN],
        S.PENYUSUNAN_SK,
        no=22,
        label=_("Kembalikan untuk koreksi draf"),
        peran=(Peran.KABID, Peran.PENANDATANGAN),
    )
    def koreksi_draf(self: Any) -> None:
        """The draft goes back with a note; the reserved number stays with the file."""
        self.paraf_ke = 0

    @transisi(
        [S.PENETAPAN_RETRIBUSI, S.PENYUSUNAN_SK, S.PARAF_BERJENJANG, S.MENUNGGU_TANDA_TANGAN],
        S.VERIFIKASI,
        no=33,
        label=_("Kembalikan ke verifikasi"),
        peran=(Peran.KABID, Peran.PENANDATANGAN),
    )
    def kembalikan_proses(self: Any) -> None:
        """Back to verification with a reason; parafs lapse, the reserved number stays with the file."""
        self.paraf_ke = 0

    @transisi(
        S.MENUNGGU_TANDA_TANGAN,
        S.TERBIT,
        no=23,
        label=_("Tanda tangani"),
        peran=(Peran.PENANDATANGAN,),
        tugas=(Peran.PENANDATANGAN,),
        jam=Jam.HENTI,
        pesan="SMS_TERBIT",
    )
    def tanda_tangan(self: Any, *, pada: datetime, hari_terpakai: int, hari_kotor: int) -> None:
        """Signed by the official in authority at that instant; the clock ends."""
        self.terbit_pada = pada
        self.hari_terpakai, self.hari_kotor = hari_terpakai, hari_kotor

    @transisi(
        S.TERBIT,
        S.DISERAHKAN,
        no=24,
        label=_("Serahkan"),
        peran=(Peran.LOKET,),
        tugas=(Peran.LOKET,),
        pesan="SMS_SELESAI",
        dokumen=JenisDokumen.TANDA_TERIMA_SK,
    )
    def serahkan(self: Any, *, pada: datetime) -> None:
        """Handed over at the counter to the holder or an agent in force."""
        self.diserahkan_pada = pada
        self.selesai_pada = pada

    @transisi(
        S.TERBIT,
        S.DISERAHKAN,
        no=25,
        label=_("Unduh izin"),
        peran=(Peran.PEMOHON, Peran.KUASA),
        tugas=(Peran.PEMOHON, Peran.KUASA),
        pesan="SMS_SELESAI",
    )
    def serahkan_daring(self: Any, *, pada: datetime) -> None:
        """The first download by somebody entitled to it."""
        self.diserahkan_pada = pada
        self.selesai_pada = pada
