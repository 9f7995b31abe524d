"""The base of every form of a verb: it knows the row and the officer, and hands the service what it takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest

from accounts.models import Akun
from core.formulir import Formulir
from core.galat import IsianTidakSah
from perizinan import services
from perizinan.models import Permohonan, Rekomendasi
from perizinan.tindakan import induk

#: What an <input type="datetime-local"> sends and shows.
WAKTU_LOKAL = "%Y-%m-%dT%H:%M"


class FormTindakan(Formulir):
    """A verb that asks nothing more than "are you sure". Subclasses add fields, or fields by the row."""

    #: Template that lays the fields out by itself; empty: one below the other.
    isian_templat = ""
    #: Red button: the act cannot simply be taken back.
    bahaya = False

    def __init__(self, *args: Any, objek: Permohonan | Rekomendasi, request: HttpRequest, **kwargs: Any) -> None:
        assert isinstance(request.user, Akun)  # noqa: S101 every desk page asks for a login
        self.objek, self.request, self.akun = objek, request, request.user
        # The instance's own set shadows the class's, so that every field gets the plain sentences.
        self.__dict__["base_fields"] = {**type(self).base_fields, **self.bidang_tambahan()}
        super().__init__(*args, **kwargs)

    def bidang_tambahan(self) -> dict[str, forms.Field]:
        """Fields that depend on the row."""
        return {}

    @property
    def berkas(self) -> Permohonan:
        """The application, also when the row is a recommendation of it."""
        return induk(self.objek)

    def data_layanan(self) -> dict[str, Any]:
        """The keyword arguments of the service."""
        return dict(self.cleaned_data)

    def jalankan(self, verba: str, *, kunci: str | None, versi: int | None) -> None:
        """Call the service of the verb. Raises what the service raises."""
        layanan = getattr(services, verba)
        layanan(self.objek.pk, oleh=self.akun, kunci=kunci, versi=versi, **self.data_layanan())

    def catat_galat(self, galat: IsianTidakSah) -> None:
        """Put a service's sentences beside their fields; what belongs to no field goes on top."""
        dikenal: Mapping[str, list[str]] = {k: v for k, v in galat.rincian.items() if k in self.fields}
        for nama, kalimat in dikenal.items():
            for satu in kalimat:
                self.add_error(nama, satu)
        for nama in galat.rincian.keys() - dikenal.keys():
            for satu in galat.rincian[nama]:
                self.add_error(None, satu)
        if not galat.rincian:
            self.add_error(None, galat.pesan)


def bidang_alasan(label: Any, bantuan: Any = "", *, wajib: bool = True) -> forms.CharField:
    """A reason in words, as long as the tables keep it."""
    return forms.CharField(
        label=label,
        help_text=bantuan,
        max_length=240,
        required=wajib,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def bidang_waktu(label: Any, bantuan: Any = "", **lain: Any) -> forms.DateTimeField:
    """A day and an hour on the office's clock."""
    return forms.DateTimeField(
        label=label,
        help_text=bantuan,
        input_formats=[WAKTU_LOKAL, "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WAKTU_LOKAL),
        **lain,
    )


def baris_teks(teks: str) -> list[str]:
    """The non-empty lines of a textarea."""
    return [baris.strip() for baris in teks.splitlines() if baris.strip()]


class BerkasBanyak(forms.FileInput):
    """One input that takes several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class BidangBerkasBanyak(forms.FileField):
    """Several uploads as a list; what is in them is checked by the service (core/unggah.py)."""

    widget = BerkasBanyak

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file cleaned by itself. Raises ValidationError when none came and one is needed."""
        daftar = data if isinstance(data, list | tuple) else [data] if data else []
        if not daftar and self.required:
            super().clean(None, initial)
        return [super(BidangBerkasBanyak, self).clean(satu, initial) for satu in daftar]
