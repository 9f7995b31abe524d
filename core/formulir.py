"""Forms that speak plainly (ux.md section 7): what is missing is named, nobody is told that a "value is invalid"."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class BicaraJelas(forms.BaseForm):
    """Mixin: an empty field says its own name, and single fields drop the technical default sentences.

    A field that was declared with its own `error_messages` keeps them.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _ganti(field)


class Formulir(BicaraJelas, forms.Form):
    """Base of every plain form of the portal."""


class FormulirModel(BicaraJelas, forms.ModelForm):
    """Base of every model form of the portal."""


def _ganti(field: forms.Field) -> None:
    bawaan = _bawaan(field)
    kalimat = {
        "required": _("%(label)s belum dicentang.") if _centang(field) else _("%(label)s belum diisi."),
        "invalid": _("%(label)s belum dapat dibaca. Periksa lagi penulisannya."),
        "invalid_choice": _("Pilih salah satu untuk %(label)s."),
    }
    if isinstance(field, forms.FileField):
        kalimat["required"] = _("%(label)s belum dipilih.")
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.MultipleChoiceField):
        kalimat["required"] = _("%(label)s belum dipilih.")
    for kode, pola in kalimat.items():
        if kode in field.error_messages and field.error_messages[kode] == bawaan.get(kode):
            field.error_messages[kode] = pola % {"label": field.label or _("Isian ini")}


def _centang(field: forms.Field) -> bool:
    return isinstance(field, forms.BooleanField)


def _bawaan(field: forms.Field) -> dict[str, Any]:
    """The library's own sentences of this kind of field, as Field.__init__ gathers them."""
    pesan: dict[str, Any] = {}
    for kelas in reversed(type(field).__mro__):
        pesan.update(getattr(kelas, "default_error_messages", {}))
    return pesan
