"""How much time is left, in words, a date and a badge: one rule for lists, file pages and desks (interface.md).

Working days left = closings of the office between now and the due instant, the same closings that
perizinan/tenggat.py counts; so "terlambat 1 hari kerja" here is hari_terpakai = hari + 1 there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.hari_kerja import Kalender
from core.templatetags.tampilan import sisa_hari
from perizinan.models import Permohonan

#: From this many working days left a file counts as nearly late (performance of the desks, ux.md section 8).
HAMPIR = 2


@dataclass(frozen=True, slots=True)
class Sisa:
    """A limit with its distance from now. `hari` is None while the clock stands still."""

    batas: datetime | None
    hari: int | None
    apa: str | Promise = ""

    @property
    def terlambat(self) -> bool:
        return self.hari is not None and self.hari < 0

    @property
    def kata(self) -> str:
        """The distance in words; the standstill is said as such."""
        return str(_("Jam berhenti")) if self.hari is None else sisa_hari(self.hari)

    @property
    def lencana(self) -> str:
        """Look of the badge, as in label_status.csv."""
        if self.hari is None:
            return "jeda"
        if self.hari < 0:
            return "terlambat"
        return "hampir" if self.hari <= HAMPIR else "biru jam"


def hari_kerja_sisa(batas: datetime, kini: datetime, kalender: Kalender) -> int:
    """Working days from now to a limit; negative once it has passed, 0 on its last day."""
    return kalender.indeks(batas) - kalender.indeks(kini)


def sisa_batas(batas: datetime, kini: datetime, kalender: Kalender, apa: str | Promise = "") -> Sisa:
    """The distance to any limit."""
    return Sisa(batas, hari_kerja_sisa(batas, kini, kalender), apa)


def sisa_berkas(berkas: Permohonan, kini: datetime, kalender: Kalender) -> Sisa | None:
    """The limit that matters for a file now: the check, the SOP, or (clock stopped) the applicant's own; None
    when nothing runs any more."""
    if berkas.selesai_pada or berkas.terbit_pada:
        return None
    if berkas.jeda_sejak or (berkas.batas_pemohon and not berkas.tenggat):
        return Sisa(berkas.batas_pemohon, None, _("batas pemohon"))
    if berkas.batas_periksa:
        return sisa_batas(berkas.batas_periksa, kini, kalender, _("batas periksa"))
    return sisa_batas(berkas.tenggat, kini, kalender, _("batas SOP")) if berkas.tenggat else None
