"""Data entry: the texts of messages, checked before they are kept; stuck messages, with another try."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.hanya_baca import AdminModel, HanyaBaca
from core.waktu import sekarang
from notifications.enums import JenisPesan, Kanal
from notifications.layanan import lupakan_templat, tulis_teks, ulang
from notifications.models import KeadaanGerbang, Penerima, Pesan, PesanMasuk, TemplatPesan
from notifications.muat import contoh_terpanjang
from notifications.teks import GalatTeks, bukan_gsm7, isi_templat, periksa_templat, segmen, septet

#: Samples that one click sends.
UJI_MAKS = 5


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
    """Texts are edited, seen as they will arrive, and tried on one's own phone; their codes are the program's."""

    form = FormTemplat
    list_display = ("kode", "teks", "kepada", "ukuran")
    search_fields = ("kode", "teks")
    fields = ("kode", "kepada", "sumber", "teks", "pratinjau", "ukuran")
    readonly_fields = ("kode", "kepada", "sumber", "pratinjau", "ukuran")
    actions = ("uji_kirim",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("pratinjau dengan isi terpanjang"))
    def pratinjau(self, obj: TemplatPesan) -> str:
        return contoh_isi(obj.teks)

    @admin.display(description=_("panjang dan biaya"))
    def ukuran(self, obj: TemplatPesan) -> str:
        """Letters, messages and rupiah with the longest values."""
        teks = contoh_isi(obj.teks)
        if bukan_gsm7(teks):
            return "-"
        n = segmen(teks)
        return _("%(huruf)d huruf, %(n)d SMS, Rp%(biaya)d") % {
            "huruf": septet(teks),
            "n": n,
            "biaya": n * settings.BIAYA_SEGMEN,
        }

    @admin.action(description=_("Kirim contoh ke HP saya"))
    def uji_kirim(self, request: HttpRequest, daftar: QuerySet[TemplatPesan]) -> None:
        """Through the same outbox and gateway as the real ones, to the admin's own phone; at most five at once."""
        hp = getattr(request.user, "hp", None)
        if not hp:
            messages.error(request, _("Akun Anda belum punya nomor HP. Isi dahulu, lalu coba lagi."))
            return
        kini = sekarang()
        for templat in daftar[:UJI_MAKS]:
            tulis_teks(
                contoh_isi(templat.teks),
                kode=templat.kode,
                jenis=JenisPesan.UJI,
                kanal=Kanal.SMS,
                tujuan=hp,
                perihal="",
                kunci=f"uji/{uuid.uuid4()}",
                kini=kini,
            )
        messages.success(request, _("Contoh dikirim ke HP Anda; hasilnya ada di daftar pesan."))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        lupakan_templat()


@admin.register(Pesan)
class PesanAdmin(HanyaBaca):
    """The outbox. What is stuck can be sent again."""

    list_display = (
        "perihal", "kode", "kanal", "status", "percobaan", "gerbang", "segmen", "biaya", "dibuat_pada", "galat",
    )  # fmt: skip
    list_filter = ("status", "kanal", "jenis", "gerbang", "kode")
    search_fields = ("perihal",)
    exclude = ("tujuan",)
    actions = ("kirim_lagi",)

    @admin.action(description=_("Kirim lagi pesan yang dipilih"))
    def kirim_lagi(self, request: HttpRequest, daftar: QuerySet[Pesan]) -> None:
        diubah = sum(ulang(pk) for pk in daftar.values_list("pk", flat=True))
        messages.success(request, ngettext("%d pesan dikirim lagi.", "%d pesan dikirim lagi.", diubah) % diubah)


@admin.register(PesanMasuk)
class PesanMasukAdmin(HanyaBaca):
    """What people sent us; what a desk must settle is marked when it is."""

    list_display = ("diterima_pada", "kata", "perihal", "teks", "status", "perlu_petugas", "ditangani_pada")
    list_filter = ("kata", "status", "perlu_petugas")
    search_fields = ("perihal", "teks")
    exclude = ("dari",)
    actions = ("tandai_selesai",)

    @admin.action(description=_("Tandai sudah ditangani"))
    def tandai_selesai(self, request: HttpRequest, daftar: QuerySet[PesanMasuk]) -> None:
        n = daftar.filter(perlu_petugas=True, ditangani_pada__isnull=True).update(
            ditangani_pada=sekarang(), ditangani_oleh=request.user.pk
        )
        messages.success(request, ngettext("%d pesan ditandai.", "%d pesan ditandai.", n) % n)


@admin.register(Penerima)
class PenerimaAdmin(HanyaBaca):
    """Numbers that answered STOP or BUKAN SAYA; an officer who has asked the applicant confirms one again."""

    list_display = ("__str__", "berhenti_sejak", "bukan_pemilik_sejak")
    search_fields = ("tujuan",)
    exclude = ("tujuan",)
    actions = ("kukuhkan",)

    @admin.action(description=_("Kukuhkan nomor ini lagi"))
    def kukuhkan(self, request: HttpRequest, daftar: QuerySet[Penerima]) -> None:
        n = daftar.filter(bukan_pemilik_sejak__isnull=False).update(bukan_pemilik_sejak=None)
        messages.success(request, ngettext("%d nomor dikukuhkan.", "%d nomor dikukuhkan.", n) % n)


@admin.register(KeadaanGerbang)
class KeadaanGerbangAdmin(HanyaBaca):
    """How each gateway fares."""

    list_display = ("nama", "beruntun", "jendela_galat", "tunda_sampai", "galat")


def contoh_isi(teks: str) -> str:
    """A text with the longest sample values; as it stands where it cannot be filled in."""
    try:
        return isi_templat(teks, contoh_terpanjang())
    except GalatTeks:
        return teks
