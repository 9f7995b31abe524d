"""Rows 27, 28, 29 and 34 of the machine: what the passing of time does, and the way back from a lapse."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django_fsm import GET_STATE

from accounts.enums import Peran
from perizinan.enums import BERJALAN, DIJEDA, MENUNGGU_PEMOHON, Jam
from perizinan.enums import StatusPermohonan as S
from perizinan.models._deklarasi import transisi

if TYPE_CHECKING:
    from perizinan.models.permohonan import Permohonan


def status_sebelum_gugur(p: Permohonan, **_data: object) -> str:
    """The state in which the applicant's limit ran out."""
    status: str = p.riwayat.filter(objek="", verba="gugurkan").order_by("-urut").values_list("dari", flat=True)[0]
    return status


class MesinWaktu:
    """Transitions of Permohonan that time brings about. A mixin: the fields are Permohonan's."""

    # The columns that these transitions write.
    batas_pemohon: Any
    hari_terpakai: Any
    hari_kotor: Any
    jeda_sejak: Any
    selesai_pada: Any
    tenggat: Any

    @transisi(
        sorted(MENUNGGU_PEMOHON),
        S.GUGUR,
        no=27,
        label=_("Tutup karena batas pemohon lewat"),
        peran=(Peran.SISTEM,),
        jam=Jam.HENTI,
        pesan="SMS_GUGUR",
    )
    def gugurkan(self: Any, *, pada: datetime, hari_terpakai: int | None, hari_kotor: int | None) -> None:
        """The applicant's own limit ran out after two reminders; what was handed in is kept."""
        self.selesai_pada = pada
        self.hari_terpakai, self.hari_kotor = hari_terpakai, hari_kotor
        self.jeda_sejak = None
        self.batas_pemohon = None

    @transisi(
        S.GUGUR,
        GET_STATE(status_sebelum_gugur, states=sorted(MENUNGGU_PEMOHON)),
        no=34,
        label=_("Buka kembali"),
        peran=(Peran.KABID,),
        pesan="SMS_INGAT",
    )
    def buka_kembali(self: Any, *, batas: datetime, tenggat: datetime | None) -> None:
        """Back to where the applicant's limit ran out, with a new limit; the days used stay what they were."""
        self.tenggat = tenggat
        if status_sebelum_gugur(self) in DIJEDA:
            self.jeda_sejak = self.selesai_pada
        self.selesai_pada = None
        self.hari_terpakai = self.hari_kotor = None
        self.batas_pemohon = batas

    @transisi(
        sorted(BERJALAN),
        None,
        no=28,
        label=_("Tandai lewat batas"),
        peran=(Peran.SISTEM,),
        pesan="SMS_LEWAT",
    )
    def tandai_lewat(self: Any) -> None:
        """More days were used than promised: the applicant is told on the day, and the log says so."""

    @transisi(
        sorted(BERJALAN),
        None,
        no=29,
        label=_("Tandai fiktif positif"),
        peran=(Peran.SISTEM,),
    )
    def tandai_fiktif_positif(self: Any) -> None:
        """The law may take the silence for a grant: a warning by the policy of the version. It never signs."""
