"""Files for one requirement: several photos make one document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.formulir import Formulir
from perizinan.models import Syarat

_TERIMA = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
MB = 1024 * 1024


class FileInput(forms.FileInput):
    """Several files at once. The field component knows a file input by this name."""

    allow_multiple_selected = True


class _BidangBanyak(forms.FileField):
    """Several files in one input; each is judged by content later (core/unggah.py)."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        daftar = data if isinstance(data, list | tuple) else [data]
        return [super(_BidangBanyak, self).clean(satu, initial) for satu in daftar or [None]]


class FormUnggah(Formulir):
    """The file input of one requirement. `prefix` keeps the ids of a page apart."""

    berkas = _BidangBanyak(label=gettext_lazy("Pilih foto atau PDF"), max_length=200)

    def __init__(self, syarat: Syarat, request: HttpRequest | None = None) -> None:
        kiriman = (request.POST, request.FILES) if request else (None, None)
        super().__init__(*kiriman, auto_id=f"id_{syarat.kode}_%s")
        hanya_gambar = "pdf" not in syarat.format
        bidang = self.fields["berkas"]
        bidang.label = _("Ambil atau pilih foto") if hanya_gambar else bidang.label
        bidang.help_text = _("Boleh beberapa foto, urut halamannya. Paling besar %(n)d MB per file.") % {
            "n": syarat.maks_mb
        }
        bidang.widget = FileInput(
            attrs={
                "accept": ",".join(_TERIMA[f] for f in syarat.format if f in _TERIMA),
                "data-maks": syarat.maks_mb * MB,
                "data-perkecil": "1",
                "multiple": True,
            }
        )


class FormJawaban(Formulir):
    """An answer in words to one thing that was asked."""

    jawaban = forms.CharField(
        label=gettext_lazy("Jawaban Anda"), max_length=240, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Any = None, *, kode: str = "") -> None:
        super().__init__(data, auto_id=f"id_{kode}_%s" if kode else "id_%s")
