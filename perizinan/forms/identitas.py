"""Why an officer needs to see a whole identity number."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core.formulir import Formulir

ALASAN = (
    ("cocokkan_ktp", _("Mencocokkan dengan KTP di depan saya")),
    ("cek_dokumen", _("Memeriksa dokumen yang diunggah")),
    ("hubungi_pemohon", _("Memastikan orang yang menghubungi kami")),
    ("pemeriksaan", _("Pemeriksaan atau audit")),
)


class FormIdentitas(Formulir):
    """The reason, as a code that the log keeps."""

    alasan = forms.ChoiceField(label=_("Untuk apa Anda perlu melihatnya?"), choices=ALASAN, widget=forms.RadioSelect)
