"""Forms that speak plainly (ux.md section 7): what is missing is named, no "value" is ever "invalid"."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class BicaraJelas(forms.BaseForm):
    """Mixin, for a ModelForm too: an empty field says its own name, in words that a visitor would use.

    A field that was declared with its own `error_messages` keeps them.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _ganti(field)


class Formulir(BicaraJelas, forms.Form):
    """Base of every plain form of the portal."""


#: What the library says in its own words, said again so that a first-time applicant understands it.
_KALIMAT: Final = {
    "required": _("{label} belum diisi."),
    "invalid": _("{label} belum dapat dibaca. Periksa lagi penulisannya."),
    "invalid_choice": _("Pilih salah satu untuk {label}."),
    "min_length": _("{label} paling sedikit %(limit_value)d huruf atau angka; sekarang %(show_value)d."),
    "max_length": _("{label} paling banyak %(limit_value)d huruf atau angka; sekarang %(show_value)d."),
    "min_value": _("{label} paling kecil %(limit_value)s."),
    "max_value": _("{label} paling besar %(limit_value)s."),
}
_DIPILIH: Final = _("{label} belum dipilih.")
_DICENTANG: Final = _("Centang pernyataan ini untuk melanjutkan.")


def _ganti(field: forms.Field) -> None:
    bawaan = _bawaan(field)
    for kode, pola in _KALIMAT.items():
        if field.error_messages.get(kode) == bawaan.get(kode):
            kalimat = _wajib(field) if kode == "required" else pola
            field.error_messages[kode] = str(kalimat).replace("{label}", str(field.label or _("Isian ini")))


def _wajib(field: forms.Field) -> Promise:
    """The sentence for "nothing was given", by what the person would have done."""
    if isinstance(field, forms.BooleanField):
        return _DICENTANG
    if isinstance(field, forms.FileField | forms.ChoiceField | forms.ModelChoiceField):
        return _DIPILIH
    return _KALIMAT["required"]


def _bawaan(field: forms.Field) -> dict[str, Any]:
    """The library's own sentences of this kind of field, as Field.__init__ gathers them."""
    pesan: dict[str, Any] = {}
    for kelas in reversed(type(field).__mro__):
        pesan.update(getattr(kelas, "default_error_messages", {}))
    return pesan
