"""Typing a paper sheet by keyboard: a digit a question, as the sheet has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.formulir import Formulir
from ikm.enums import PILIHAN_PROFIL, Dimensi
from ikm.models import Unsur
from ikm.services.menjawab import TEKS_MAKS, Isian
from perizinan.enums import Kelompok


class FormLembar(Formulir):
    """One sheet: its number, the values, and what else stands on it."""

    nomor = forms.RegexField(
        r"^[0-9A-Za-z.-]+$",
        label=_("Nomor lembar"),
        max_length=20,
        widget=forms.TextInput(attrs={"autofocus": True}),
        error_messages={"invalid": _("Nomor lembar hanya huruf, angka, titik, dan tanda hubung.")},
    )
    kode = forms.CharField(
        label=_("Kode survei"), help_text=_("Bila tertulis di lembar."), max_length=40, required=False
    )
    kelompok = forms.ChoiceField(
        label=_("Kelompok layanan"), choices=[("", _("Tidak tertulis")), *Kelompok.choices], required=False
    )
    teks = forms.CharField(
        label=_("Saran atau keluhan"), max_length=TEKS_MAKS, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, unsur: Iterable[Unsur], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unsur = list(unsur)
        nilai: dict[str, forms.Field] = {u.kode: _nilai(u) for u in self.unsur}
        profil: dict[str, forms.Field] = {
            d: forms.ChoiceField(label=d.label, choices=[("", _("Tidak diisi")), *p.choices], required=False)
            for d, p in PILIHAN_PROFIL.items()
        }
        kepala = {"nomor": self.fields.pop("nomor"), "kode": self.fields.pop("kode")}
        self.fields = kepala | {"kelompok": self.fields.pop("kelompok")} | nilai | profil | self.fields

    def nilai_unsur(self) -> list[forms.BoundField]:
        """The digit fields, in the sheet's order."""
        return [self[u.kode] for u in self.unsur]

    def lainnya(self) -> list[forms.BoundField]:
        """Who answered, and what they wrote."""
        return [*(self[d] for d in Dimensi), self["teks"]]

    def isian(self) -> Isian:
        """What the sheet says, for `ikm.services.kertas`."""
        isi = self.cleaned_data
        return Isian(
            nilai={u.kode: isi[u.kode] for u in self.unsur},
            profil={d: isi[d] for d in Dimensi.values if isi[d]},
            teks=isi["teks"],
        )


def _nilai(unsur: Unsur) -> forms.IntegerField:
    return forms.IntegerField(
        label=f"{unsur.urutan}. {unsur.nama}",
        min_value=1,
        max_value=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "1", "size": "2", "autocomplete": "off"}),
        error_messages={
            "required": _("%(unsur)s belum diisi.") % {"unsur": unsur.nama},
            "invalid": _("%(unsur)s: ketik 1, 2, 3, atau 4.") % {"unsur": unsur.nama},
            "min_value": _("%(unsur)s: ketik 1, 2, 3, atau 4.") % {"unsur": unsur.nama},
            "max_value": _("%(unsur)s: ketik 1, 2, 3, atau 4.") % {"unsur": unsur.nama},
        },
    )


class FormKeputusan(Formulir):
    """Which of the two entries agrees with the sheet, for each difference."""

    def __init__(self, beda: list[tuple[str, str, str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nama, label, satu, dua in beda:
            self.fields[nama] = forms.ChoiceField(
                label=label,
                choices=[("1", satu), ("2", dua)],
                widget=forms.RadioSelect,
                error_messages={"required": _("%(unsur)s belum diputuskan.") % {"unsur": label}},
            )

    def pilihan(self) -> dict[str, int]:
        """Whose entry holds, by the key of the difference."""
        return {nama: int(isi) for nama, isi in self.cleaned_data.items()}


class FormBatalLembar(Formulir):
    """Why a sheet is left out."""

    alasan = forms.CharField(label=_("Mengapa lembar ini tidak dihitung?"), max_length=240)
