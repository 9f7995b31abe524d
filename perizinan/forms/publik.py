"""Small forms of the public pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import JenisPemohon
from core.formulir import Formulir
from perizinan.bahasa import dwibahasa
from perizinan.models import VersiLayanan


class FormLacak(Formulir):
    """The public number and the last four digits of the applicant's phone."""

    nomor = forms.CharField(
        label=_("Nomor permohonan"),
        help_text=_("10 huruf dan angka, misalnya K7Q2M-9XT4R. Ada di bukti pengajuan dan SMS."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    hp4 = forms.CharField(
        label=_("4 angka terakhir nomor HP"),
        help_text=_("Nomor HP pemohon pada permohonan itu."),
        max_length=4,
        min_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "6"}),
    )


class FormDuaPertanyaan(forms.Form):
    """The two questions that cut the list of what to prepare. GET; any unknown answer is ignored."""

    jenis = forms.ChoiceField(label=_("Untuk apa?"))
    pemohon = forms.ChoiceField(
        label=_("Siapa yang mengajukan?"), choices=JenisPemohon.choices, widget=forms.RadioSelect
    )

    def __init__(self, versi: VersiLayanan, jenis: str, pemohon: str) -> None:
        super().__init__(initial={"jenis": jenis, "pemohon": pemohon})
        pilihan = self.fields["jenis"]
        assert isinstance(pilihan, forms.ChoiceField)  # noqa: S101 declared above
        pilihan.choices = [(p["kode"], dwibahasa(p, "nama")) for p in versi.jenis_permohonan]
