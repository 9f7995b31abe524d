"""Small forms of closing a period and of follow-up plans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.formulir import Formulir
from ikm.enums import StatusTindakLanjut
from ikm.models import Unsur

BERKAS_MAKS = 2 * 1024 * 1024


class FormRekap(Formulir):
    """A recap made elsewhere, to be compared number by number."""

    berkas = forms.FileField(
        label=_("Rekap pembanding (CSV atau XLSX)"),
        help_text=_("Baris pertama: unsur, lalu n, jumlah, nrr, atau n1 sampai n4. Paling besar 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx", "data-maks": str(BERKAS_MAKS)}),
    )

    def clean_berkas(self) -> Any:
        berkas = self.cleaned_data["berkas"]
        if berkas.size > BERKAS_MAKS:
            raise forms.ValidationError(_("Berkas lebih besar dari 2 MB."))
        return berkas


class FormAlasan(Formulir):
    """Why a closed period is opened again."""

    alasan = forms.CharField(label=_("Alasan koreksi"), max_length=240, widget=forms.Textarea(attrs={"rows": 2}))


class FormTindakLanjut(Formulir):
    """What is promised for one unsur."""

    unsur = forms.ChoiceField(label=_("Unsur"))
    rencana = forms.CharField(label=_("Rencana"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    penanggung_jawab = forms.CharField(label=_("Penanggung jawab"), max_length=120)
    batas = forms.DateField(label=_("Paling lambat"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, unsur: Iterable[Unsur], terendah: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        urut = {kode: ke for ke, kode in enumerate(terendah)}
        pilihan = sorted(unsur, key=lambda u: (urut.get(u.kode, 99), u.urutan))
        bidang = self.fields["unsur"]
        assert isinstance(bidang, forms.ChoiceField)  # noqa: S101 declared above
        bidang.choices = [(u.kode, u.nama) for u in pilihan]


class FormKemajuan(Formulir):
    """How far a follow-up plan is."""

    status = forms.ChoiceField(label=_("Keadaan"), choices=StatusTindakLanjut.choices)
    catatan = forms.CharField(
        label=_("Yang sudah dikerjakan"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    bukti = forms.FileField(
        label=_("Bukti (PDF, JPG, PNG)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
