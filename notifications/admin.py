"""Data entry: the texts of messages, checked before they are kept; stuck messages, with another try."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.hanya_baca import AdminModel, HanyaBaca
from notifications.layanan import lupakan_templat, ulang
from notifications.models import Pesan, TemplatPesan
from notifications.muat import contoh_terpanjang
from notifications.teks import periksa_templat


class FormTemplat(forms.ModelForm):  # type: ignore[type-arg] # generic only for the type checker
    """A text that fits one SMS in GSM-7 with the longest values."""

    class Meta:
        model = TemplatPesan
        fields = ("kode", "teks", "kepada", "sumber")
        widgets = {"teks": forms.Textarea(attrs={"rows": 4, "cols": 80})}

    def clean_teks(self) -> str:
        teks = str(self.cleaned_data["teks"])
        if salah := periksa_templat(teks, contoh_terpanjang()):
            raise forms.ValidationError(salah)
        return teks


@admin.register(TemplatPesan)
class TemplatPesanAdmin(AdminModel):
    """Texts are edited; their codes are the program's and stay."""

    form = FormTemplat
    list_display = ("kode", "teks", "kepada")
    search_fields = ("kode", "teks")
    readonly_fields = ("kode", "kepada", "sumber")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        lupakan_templat()


@admin.register(Pesan)
class PesanAdmin(HanyaBaca):
    """The outbox. What is stuck can be sent again."""

    list_display = ("perihal", "kode", "kanal", "status", "percobaan", "dibuat_pada", "galat")
    list_filter = ("status", "kanal", "kode")
    search_fields = ("perihal",)
    exclude = ("tujuan",)
    actions = ("kirim_lagi",)

    @admin.action(description=_("Kirim lagi pesan yang dipilih"))
    def kirim_lagi(self, request: HttpRequest, daftar: QuerySet[Pesan]) -> None:
        diubah = sum(ulang(pk) for pk in daftar.values_list("pk", flat=True))
        messages.success(request, ngettext("%d pesan dikirim lagi.", "%d pesan dikirim lagi.", diubah) % diubah)
