"""Who applies: shape only; the rules of identity numbers and phones are accounts.pihak's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import BentukBadan, JenisIdentitas, JenisPemohon
from accounts.models import DataPihak
from accounts.pihak import periksa_pihak
from core.formulir import Formulir
from core.galat import IsianTidakSah
from core.identitas import peringatan_nik

_HANYA_BADAN = ("nama_badan", "bentuk_badan", "npwp", "akta", "jabatan")
_ANGKA = {"inputmode": "numeric", "autocomplete": "off"}


class FormPihak(Formulir):
    """The data of a person, or of an entity and the person in charge of it."""

    nama_badan = forms.CharField(label=_("Nama badan usaha atau yayasan"), max_length=120)
    bentuk_badan = forms.ChoiceField(
        label=_("Bentuk badan"), choices=[("", _("Pilih bentuk badan")), *BentukBadan.choices]
    )
    npwp = forms.CharField(
        label=_("NPWP badan"),
        help_text=_("15 atau 16 angka; titik dan strip boleh diketik."),
        max_length=30,
        widget=forms.TextInput(attrs=_ANGKA),
    )
    akta = forms.CharField(label=_("Nomor dan tanggal akta"), max_length=120, required=False)
    nama = forms.CharField(
        label=_("Nama lengkap"),
        help_text=_("Seperti tertulis di KTP."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    jabatan = forms.CharField(
        label=_("Jabatan Anda"), help_text=_("Misalnya direktur."), max_length=60, required=False
    )
    jenis_identitas = forms.ChoiceField(
        label=_("Tanda pengenal"), choices=JenisIdentitas.choices, initial=JenisIdentitas.KTP
    )
    nomor_identitas = forms.CharField(
        label=_("Nomor tanda pengenal"),
        help_text=_("NIK: 16 angka di KTP."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    tanggal_lahir = forms.DateField(
        label=_("Tanggal lahir"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    alamat = forms.CharField(
        label=_("Alamat"),
        help_text=_("Jalan, nomor, RT/RW. Seperti di KTP, atau alamat kantor badan usaha."),
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "street-address"}),
    )
    kelurahan = forms.CharField(label=_("Kelurahan"), max_length=60, required=False)
    kecamatan = forms.CharField(label=_("Kecamatan"), max_length=60, required=False)
    hp = forms.CharField(
        label=_("Nomor HP pemohon"),
        help_text=_("Kabar permohonan kami kirim ke nomor ini. Pemohon luar negeri boleh memakai email saja."),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    surel = forms.EmailField(
        label=_("Email"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def __init__(
        self, jenis: str, data: Mapping[str, Any] | None = None, *, hp_kuasa: str = "", **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.jenis = jenis
        self.hp_kuasa = hp_kuasa
        asal = data or self.initial
        self.fields["hp"].required = asal.get("jenis_identitas", JenisIdentitas.KTP) == JenisIdentitas.KTP
        if jenis != JenisPemohon.BADAN:
            for nama in _HANYA_BADAN:
                del self.fields[nama]
        else:
            self.fields["nama"].label = _("Nama penanggung jawab")

    def clean(self) -> dict[str, Any]:
        """Identity number, NPWP and phone in one spelling, each with its own sentence when it cannot be one."""
        data = {nama: nilai for nama, nilai in self.cleaned_data.items() if nilai is not None}
        try:
            bersih = periksa_pihak(self.jenis, data)
        except IsianTidakSah as galat:
            for nama, pesan in galat.rincian.items():
                if nama in self.fields and nama not in self.errors:
                    self.add_error(nama, pesan)
            return self.cleaned_data
        if self.hp_kuasa and bersih.get("hp") == self.hp_kuasa:
            self.add_error("hp", _("Isi nomor HP pemberi kuasa sendiri, bukan nomor penerima kuasa."))
        return bersih | {"tanggal_lahir": self.cleaned_data.get("tanggal_lahir")}

    @property
    def peringatan(self) -> str:
        """A doubt about the NIK that never blocks (ux.md 5.5); empty when there is none."""
        data = self.cleaned_data if self.is_valid() else {}
        if data.get("jenis_identitas") != JenisIdentitas.KTP:
            return ""
        return peringatan_nik(data["nomor_identitas"], data.get("tanggal_lahir")) or ""


def awal_pihak(pihak: DataPihak) -> dict[str, Any]:
    """What we know of a party, as first values of its form."""
    return {nama: getattr(pihak, nama) for nama in FormPihak.base_fields}
