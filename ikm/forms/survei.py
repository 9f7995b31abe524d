"""The questionnaire as one form, made from the instrument's rows; and the code that opens it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from core.formulir import Formulir
from ikm.enums import PILIHAN_PROFIL, Dimensi
from ikm.models import Unsur
from ikm.services.menjawab import TEKS_MAKS, Isian


class FormKode(Formulir):
    """The code from an SMS, a receipt or the counter."""

    kode = forms.CharField(
        label=gettext_lazy("Kode survei"),
        help_text=gettext_lazy("10 huruf dan angka, misalnya K7Q2M-9XT4R. Ada di SMS dan tanda terima."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class FormSurvei(Formulir):
    """One question an unsur, none preselected; who answers and what they write is optional."""

    teks = forms.CharField(
        label=gettext_lazy("Saran atau keluhan"),
        help_text=gettext_lazy("Jangan tulis nama atau nomor Anda; jawaban ini tanpa nama."),
        max_length=TEKS_MAKS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, unsur: Iterable[Unsur], *args: Any, **kwargs: Any) -> None:
        self.unsur = list(unsur)
        super().__init__(*args, **kwargs)
        self.fields = self._bidang() | self.fields

    def _bidang(self) -> dict[str, forms.Field]:
        bidang: dict[str, forms.Field] = {u.kode: _pertanyaan(u) for u in self.unsur}
        for dimensi, pilihan in PILIHAN_PROFIL.items():
            kosong = ("", gettext("Tidak menjawab"))
            bidang[dimensi] = forms.ChoiceField(
                label=dimensi.label, choices=[kosong, *pilihan.choices], required=False
            )
        return bidang

    def pertanyaan(self) -> list[forms.BoundField]:
        """The fields of the unsur, in the instrument's order."""
        return [self[u.kode] for u in self.unsur]

    def profil(self) -> list[forms.BoundField]:
        """The optional fields about the respondent."""
        return [self[d] for d in Dimensi]

    def isian(self) -> Isian:
        """What was said, for `ikm.services.menjawab`."""
        isi = self.cleaned_data
        return Isian(
            nilai={u.kode: int(isi[u.kode]) for u in self.unsur},
            profil={d: isi[d] for d in Dimensi.values if isi[d]},
            teks=isi["teks"],
        )


def _pertanyaan(unsur: Unsur) -> forms.ChoiceField:
    """The question with its four answers, the lowest first, as the decree's form prints them.

    The wording is data; where the English catalogue knows it, a reader of English gets it in English.
    """
    return forms.ChoiceField(
        label=gettext(unsur.pertanyaan),
        choices=[(str(nilai), gettext(kata)) for nilai, kata in unsur.pilihan],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext("%(unsur)s belum dijawab.") % {"unsur": gettext(unsur.nama)},
            "invalid_choice": gettext("Pilih salah satu jawaban untuk %(unsur)s.") % {"unsur": gettext(unsur.nama)},
        },
    )
