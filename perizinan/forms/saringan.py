"""Filters of the desks' lists, as words in the address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from perizinan.enums import StatusPermohonan
from perizinan.label import label_status
from perizinan.models import JenisIzin
from perizinan.nomor import baca_nomor
from perizinan.querysets import PermohonanQuerySet

_KUNCI_LAYANAN = "saringan:layanan"
_UMUR_LAYANAN = 30  # seconds


def _pilihan_status() -> list[tuple[str, Any]]:
    semua = [s for s in StatusPermohonan if s != StatusPermohonan.DRAF]
    return [("", _("Semua tahap")), *((s.value, label_status("permohonan", s.value).label_petugas) for s in semua)]


def _pilihan_layanan() -> list[tuple[str, Any]]:
    """Services that may be filtered by; half a minute old at most, since every list asks."""
    daftar: list[tuple[str, Any]] | None = cache.get(_KUNCI_LAYANAN)
    if daftar is None:
        daftar = list(JenisIzin.objects.filter(aktif=True).order_by("nama").values_list("kode", "nama"))
        cache.set(_KUNCI_LAYANAN, daftar, _UMUR_LAYANAN)
    return [("", _("Semua layanan")), *daftar]


class SaringanBerkas(forms.Form):
    """Number or name, service, stage. What cannot be read filters nothing and says so."""

    q = forms.CharField(label=_("Nomor atau nama"), required=False, max_length=80)
    layanan = forms.ChoiceField(label=_("Layanan"), required=False, choices=_pilihan_layanan)
    status = forms.ChoiceField(label=_("Tahap"), required=False, choices=_pilihan_status)

    def terapkan(self, daftar: PermohonanQuerySet) -> PermohonanQuerySet:
        """The rows that fit every filter that is set."""
        isi = self.cleaned_data if self.is_valid() else {}
        if q := isi.get("q"):
            nomor = baca_nomor(q)
            daftar = daftar.filter(nomor=nomor) if nomor else daftar.filter(_bernama(q))
        if layanan := isi.get("layanan"):
            daftar = daftar.filter(jenis_izin__kode=layanan)
        if status := isi.get("status"):
            daftar = daftar.filter(status=status)
        return daftar

    def kalimat(self) -> str:
        """What is filtered now, in words; empty when nothing is."""
        isi = self.cleaned_data if self.is_valid() else {}
        bagian = [
            str(_("mengandung “%(q)s”") % {"q": isi["q"]}) if isi.get("q") else "",
            str(dict(self.fields["layanan"].choices).get(isi.get("layanan"), "")) if isi.get("layanan") else "",  # type: ignore[attr-defined] # a ChoiceField
            str(dict(self.fields["status"].choices).get(isi.get("status"), "")) if isi.get("status") else "",  # type: ignore[attr-defined] # a ChoiceField
        ]
        return ", ".join(b for b in bagian if b)


def _bernama(q: str) -> Q:
    """A register number, or part of the party's name."""
    return Q(pihak__nama__icontains=q) | Q(pihak__nama_badan__icontains=q) | Q(nomor_register__icontains=q)
