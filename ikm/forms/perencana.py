"""What the planner fills in: a decision about an answer, words for a remark, a file to take in."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from core.formulir import Formulir
from ikm.enums import StatusPeriode
from ikm.models import Periode

BESAR_MAKS = 1_500_000


class FormPutusan(Formulir):
    """Keep the answer in the count or leave it out, with the reason."""

    kunci = forms.IntegerField(widget=forms.HiddenInput)
    putusan = forms.ChoiceField(
        label=gettext_lazy("Putusan"),
        choices=[("hitung", gettext_lazy("Tetap dihitung")), ("keluarkan", gettext_lazy("Tidak dihitung"))],
        widget=forms.RadioSelect,
    )
    alasan = forms.CharField(label=gettext_lazy("Alasan"), max_length=240)


class FormTanda(Formulir):
    """Words for a remark, and whether it may be printed."""

    kunci = forms.UUIDField(widget=forms.HiddenInput)
    tanda = forms.CharField(
        label=gettext_lazy("Tanda"),
        help_text=gettext_lazy("Pisahkan dengan koma, misalnya: antrean, biaya."),
        max_length=280,
        required=False,
    )
    terbitkan = forms.BooleanField(label=gettext_lazy("Boleh dicetak di buku; tidak menunjuk orang"), required=False)


class FormImpor(Formulir):
    """A period that takes answers and a CSV; on the second step the same file comes back as it was read."""

    periode = forms.ModelChoiceField(
        label=gettext_lazy("Periode"),
        queryset=Periode.objects.none(),
        to_field_name="kode",
        empty_label=None,
    )
    berkas = forms.FileField(
        label=gettext_lazy("Berkas CSV"),
        help_text=gettext_lazy("Satu baris satu responden; baris pertama u1, u2, dan seterusnya; nilai 1 sampai 4."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv", "data-maks": BESAR_MAKS}),
    )
    isi = forms.CharField(widget=forms.HiddenInput, required=False, max_length=BESAR_MAKS * 2)
    nama = forms.CharField(widget=forms.HiddenInput, required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terbuka = Periode.objects.filter(mengumpulkan=True, status=StatusPeriode.BUKA).select_related("instrumen")
        pilihan = self.fields["periode"]
        assert isinstance(pilihan, forms.ModelChoiceField)  # noqa: S101 declared above, for the type checker
        pilihan.queryset = terbuka.order_by("-mulai")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        berkas = data.get("berkas")
        if berkas is None and not data.get("isi"):
            self.add_error("berkas", gettext("Berkas CSV belum dipilih."))
        elif berkas is not None and berkas.size > BESAR_MAKS:
            self.add_error("berkas", gettext("Berkas ini lebih dari 1,5 MB. Bagi menjadi beberapa berkas."))
        elif berkas is not None:
            data["bita"], data["nama"] = berkas.read(), berkas.name[:120]
        else:
            self._kembali(data)
        return data

    def _kembali(self, data: dict[str, Any]) -> None:
        """The file of the first step, from the hidden field."""
        try:
            data["bita"] = base64.b64decode(data["isi"], validate=True)
        except (binascii.Error, ValueError):
            self.add_error("berkas", gettext("Pilih berkasnya sekali lagi."))
