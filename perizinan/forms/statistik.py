"""Filters of the lists behind figures, as words in the address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.enums import JenisUnit
from accounts.models import Unit
from core.formulir import Formulir
from core.waktu import hari_ini
from perizinan.models import JenisIzin
from perizinan.statistik import Lingkup

TAHUN_AWAL = 2000


class Bulan(forms.CharField):
    """A month as browsers send it, `2026-01`; its first day."""

    widget = forms.TextInput(attrs={"type": "month"})

    def to_python(self, value: Any) -> Any:
        teks = super().to_python(value)
        if not teks:
            return None
        try:
            awal = date.fromisoformat(f"{teks}-01")
        except ValueError:
            awal = date.min
        if not TAHUN_AWAL <= awal.year <= hari_ini().year:
            raise forms.ValidationError(_("Tulis bulan seperti 2026-01."))
        return awal


def bawaan() -> dict[str, str]:
    """What is shown when nothing is asked for: this year up to this month."""
    return {"dari": f"{hari_ini():%Y}-01", "sampai": f"{hari_ini():%Y-%m}"}


def _pilihan_layanan() -> list[tuple[str, Any]]:
    """Every service, those that are no longer offered too: they have a past."""
    return [("", _("Semua layanan")), *JenisIzin.objects.order_by("nama").values_list("kode", "nama")]


def _pilihan_skpd() -> list[tuple[str, Any]]:
    skpd = Unit.objects.filter(jenis=JenisUnit.SKPD).order_by("nama")
    return [("", _("Semua dinas")), *((u.kode, u.nama_pendek or u.nama) for u in skpd)]


class SaringanStatistik(Formulir):
    """From which month to which, which service, which SKPD. What cannot be read filters nothing and says so."""

    dari = Bulan(label=_("Dari bulan"), required=False)
    sampai = Bulan(label=_("Sampai bulan"), required=False)
    layanan = forms.ChoiceField(label=_("Layanan"), required=False)
    skpd = forms.ChoiceField(label=_("Dinas"), required=False)

    def __init__(self, isi: Mapping[str, Any], *, bulanan: bool, bersaran: bool) -> None:
        super().__init__(bawaan() | dict(isi))
        if not bulanan:
            del self.fields["dari"], self.fields["sampai"]
        if bersaran:
            self.fields["skpd"].choices = _pilihan_skpd()  # type: ignore[attr-defined] # a ChoiceField
        else:
            del self.fields["skpd"]
        self.fields["layanan"].choices = _pilihan_layanan()  # type: ignore[attr-defined] # the same

    def lingkup(self, jenis: frozenset[int] | None) -> Lingkup:
        """The span that was asked for; a span turned round is set right."""
        self.is_valid()
        isi, biasa = self.cleaned_data, bawaan()
        dari, sampai = (isi.get(n) or date.fromisoformat(f"{biasa[n]}-01") for n in ("dari", "sampai"))
        skpd = Unit.objects.filter(kode=isi["skpd"]).values_list("pk", flat=True).first() if isi.get("skpd") else None
        return Lingkup(min(dari, sampai), max(dari, sampai), isi.get("layanan") or "", skpd, jenis)

    def kalimat(self, lingkup: Lingkup) -> str:
        """What is filtered now, in words."""
        bulan = [_rentang(lingkup)] if "dari" in self.fields else []
        return ", ".join([*bulan, *(self._kata(n) for n in ("layanan", "skpd") if self.cleaned_data.get(n))])

    def _kata(self, nama: str) -> str:
        pilihan = dict(self.fields[nama].choices)  # type: ignore[attr-defined] # a ChoiceField
        return str(pilihan[self.cleaned_data[nama]])


def _rentang(lingkup: Lingkup) -> str:
    """`Januari 2026 - November 2026`, or one month."""
    awal, akhir = (date_format(b, "F Y") for b in (lingkup.dari, lingkup.sampai))
    return awal if awal == akhir else f"{awal} - {akhir}"
