"""A service's own form, built from the rows of its pinned version. The typed values are shown again as typed.

Nothing is judged here: `perizinan.isian` judges, the service keeps what is good, and the sentences come back on
the fields. So a half-filled form can always be saved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

from perizinan.bahasa import dwibahasa
from perizinan.enums import PengisiIsian, TipeIsian
from perizinan.isian import berlaku
from perizinan.models import Isian, Permohonan

T = TipeIsian
_RADIO_MAKS = 6
_ANGKA = {"inputmode": "numeric", "autocomplete": "off"}
_PECAHAN = {"inputmode": "decimal", "autocomplete": "off"}
_WIDGET: dict[str, tuple[type[forms.Widget], dict[str, Any]]] = {
    T.TEKS: (forms.TextInput, {"maxlength": 200}),
    T.TEKS_PANJANG: (forms.Textarea, {"rows": 3}),
    T.BILANGAN: (forms.TextInput, _ANGKA),
    T.UANG: (forms.TextInput, _ANGKA),
    T.DESIMAL: (forms.TextInput, _PECAHAN),
    T.PERSEN: (forms.TextInput, _PECAHAN),
    T.LUAS: (forms.TextInput, _PECAHAN),
    T.TANGGAL: (forms.DateInput, {"type": "date"}),
    T.TELEPON: (forms.TextInput, {"type": "tel", "autocomplete": "off"}),
    T.TITIK: (forms.TextInput, {"placeholder": "-6.2349, 106.9896", "autocomplete": "off"}),
    T.IDENTITAS: (forms.TextInput, {"autocomplete": "off"}),
    T.NPWP: (forms.TextInput, _ANGKA),
}


class _Mentah(forms.Field):
    """A field that keeps what was typed; `required` only tells the reader. `titik`: the phone can fill it in."""

    titik = False

    def clean(self, value: Any) -> Any:
        return value


class _MentahPilihan(_Mentah):
    """The same with choices, so that the component knows how many there are."""

    def __init__(self, *, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = choices
        self.widget.choices = choices


class FormIsian(forms.Form):
    """The fields of a version that are asked of this file now."""

    use_required_attribute = False

    def __init__(self, daftar: Iterable[Isian], data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.daftar = list(daftar)
        for isian in self.daftar:
            self.fields[isian.kode] = _bidang(isian)

    @property
    def kelompok(self) -> list[tuple[str, list[BoundField]]]:
        """Fields under their headings, in the order in which each heading first comes up."""
        hasil: dict[str, list[BoundField]] = {}
        for isian in self.daftar:
            hasil.setdefault(isian.kelompok, []).append(self[isian.kode])
        return list(hasil.items())

    def mentah(self, hanya: str = "") -> dict[str, Any]:
        """What was typed, per field that was on the page; `hanya` for one field alone."""
        return {i.kode: self[i.kode].data for i in self.daftar if not hanya or i.kode == hanya}

    def terima_galat(self, galat: Mapping[str, list[str]]) -> None:
        """Put the service's sentences on their fields."""
        self.full_clean()
        for kode, pesan in galat.items():
            if kode in self.fields:
                self.add_error(kode, pesan)


def ditanyakan(permohonan: Permohonan) -> tuple[list[Isian], list[Isian]]:
    """(fields asked of this file now, fields that do not apply to what was filled in)."""
    konteks = permohonan.konteks_isian()
    milik = [i for i in permohonan.versi_layanan.isian.all() if i.diisi_oleh == PengisiIsian.PEMOHON]
    tanya = [i for i in milik if berlaku(i, konteks)]
    return tanya, [i for i in milik if i not in tanya]


def nilai_awal(permohonan: Permohonan, daftar: Iterable[Isian]) -> dict[str, Any]:
    """Kept values in the spelling that a person would type."""
    isi = {**permohonan.isian, **permohonan.isian_rahasia}
    return {i.kode: _ketikan(i, isi[i.kode]) for i in daftar if i.kode in isi}


def _ketikan(isian: Isian, nilai: Any) -> Any:
    match isian.tipe:
        case T.TITIK:
            return f"{nilai['lintang']}, {nilai['bujur']}"
        case T.YA_TIDAK:
            return "ya" if nilai else "tidak"
        case T.UANG:
            return f"{nilai:,}".replace(",", ".")
        case T.DESIMAL | T.PERSEN | T.LUAS:
            return str(nilai).replace(".", ",")
        case _:
            return nilai


def _bidang(isian: Isian) -> forms.Field:
    umum: dict[str, Any] = {
        "label": dwibahasa(isian, "label") + _satuan(isian),
        "help_text": isian.bantuan,
        "required": isian.wajib,
    }
    if isian.tipe == T.YA_TIDAK:
        return _MentahPilihan(choices=[("ya", _("Ya")), ("tidak", _("Tidak"))], widget=forms.RadioSelect, **umum)
    pilihan = [(str(o["kode"]), dwibahasa(o, "label")) for o in isian.opsi]
    if isian.tipe == T.PILIHAN_BANYAK:
        return _MentahPilihan(choices=pilihan, widget=forms.CheckboxSelectMultiple, **umum)
    if isian.tipe == T.PILIHAN and len(pilihan) <= _RADIO_MAKS:
        return _MentahPilihan(choices=pilihan, widget=forms.RadioSelect, **umum)
    if isian.tipe == T.PILIHAN:
        return _MentahPilihan(choices=[("", _("Pilih satu")), *pilihan], widget=forms.Select, **umum)
    kelas, atribut = _WIDGET[isian.tipe]
    bidang = _Mentah(widget=kelas(attrs=dict(atribut)), **umum)
    bidang.titik = isian.tipe == T.TITIK
    return bidang


def _satuan(isian: Isian) -> str:
    if isian.tipe == T.UANG:
        return " (Rp)"
    if isian.tipe == T.PERSEN:
        return " (%)"
    satuan = isian.satuan or ("m²" if isian.tipe == T.LUAS else "")
    return f" ({satuan})" if satuan else ""
