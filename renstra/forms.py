"""Filters of the plan's findings, as words in the address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from renstra.kata import ATURAN, TINGKAT
from renstra.periksa import Temuan

_SARING = ("tabel", "aturan", "tingkat")


class SaringanTemuan(forms.Form):
    """Table, rule, level. What cannot be read filters nothing and says so. `rencana` keeps the edition looked at."""

    rencana = forms.CharField(required=False, widget=forms.HiddenInput)
    tabel = forms.ChoiceField(label=_("Tabel"), required=False)
    aturan = forms.ChoiceField(label=_("Aturan"), required=False, choices=[("", _("Semua aturan")), *ATURAN.items()])
    tingkat = forms.ChoiceField(
        label=_("Tingkat"), required=False, choices=[("", _("Semua tingkat")), *TINGKAT.items()]
    )

    def __init__(self, data: Any, *, tabel: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["tabel"].choices = [("", _("Semua tabel")), *tabel]  # type: ignore[attr-defined] # a ChoiceField

    def terapkan(self, temuan: Iterable[Temuan]) -> list[Temuan]:
        """The findings that fit every filter that is set."""
        isi = self.cleaned_data if self.is_valid() else {}
        return [t for t in temuan if all(not isi.get(k) or getattr(t, k) == isi[k] for k in _SARING)]

    def kalimat(self) -> str:
        """What is filtered now, in words; empty when nothing is."""
        isi = self.cleaned_data if self.is_valid() else {}
        pilihan = ((k, dict(self.fields[k].choices)) for k in _SARING)  # type: ignore[attr-defined] # ChoiceFields
        return ", ".join(str(kata[isi[k]]) for k, kata in pilihan if isi.get(k))
