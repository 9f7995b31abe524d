"""Data entry: units, accounts, dated roles, and the authority to sign (given and ended through its services)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import ReadOnlyPasswordHashField
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.kewenangan import beri_kewenangan, cabut_kewenangan
from accounts.models import Akun, Kewenangan, Kuasa, LingkupKewenangan, Penugasan, Unit
from accounts.models.kewenangan import SEMUA_LAYANAN
from core.hanya_baca import AdminBaris, AdminModel, BarisHanyaBaca, HanyaBaca
from core.waktu import sekarang

if TYPE_CHECKING:
    AdminAkun = UserAdmin[Akun]
else:
    AdminAkun = UserAdmin


@admin.register(Unit)
class UnitAdmin(AdminModel):
    """The office, its bidang, the SKPD and the kecamatan; a unit in use is switched off, not deleted."""

    list_display = ("nama", "nama_pendek", "jenis", "induk", "kode_nomor", "aktif")
    list_filter = ("jenis", "aktif")
    search_fields = ("nama", "kode")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PenugasanBaris(AdminBaris):
    """Roles of one account. Ending a role is a date, not a deletion."""

    model = Penugasan
    extra = 0
    can_delete = False


class FormAkun(forms.ModelForm):  # type: ignore[type-arg] # generic only for the type checker
    """An account; the password is set on its own page and never shown."""

    password = ReadOnlyPasswordHashField(label=_("Kata sandi"), required=False)

    class Meta:
        model = Akun
        fields = ("nama", "surel", "hp", "password", "is_active", "is_staff", "is_superuser")

    def clean_surel(self) -> str | None:
        return (self.cleaned_data["surel"] or "").lower() or None

    def clean_hp(self) -> str | None:
        return self.cleaned_data["hp"] or None


@admin.register(Akun)
class AkunAdmin(AdminAkun):
    """People who log in. What they may do comes from their dated roles."""

    form = FormAkun
    add_form = FormAkun
    fieldsets = ((None, {"fields": FormAkun.Meta.fields}),)
    add_fieldsets = ((None, {"fields": ("nama", "surel", "hp", "is_staff")}),)
    ordering = ("nama",)
    filter_horizontal = ()
    inlines = (PenugasanBaris,)
    list_display = ("nama", "surel", "hp", "is_active", "peran")
    list_filter = ("is_active", "penugasan__peran")
    search_fields = ("nama", "surel")

    @admin.display(description=_("Peran"))
    def peran(self, akun: Akun) -> str:
        return ", ".join(sorted({str(p.get_peran_display()) for p in akun.penugasan_berlaku}))

    def save_model(self, request: HttpRequest, obj: Akun, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Penugasan)
class PenugasanAdmin(AdminModel):
    """Who is what, where, from when to when."""

    list_display = ("akun", "peran", "unit", "mulai", "sampai", "dasar")
    list_filter = ("peran", "unit__jenis")
    search_fields = ("akun__nama", "unit__nama")
    autocomplete_fields = ("akun", "unit")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class LingkupBaris(BarisHanyaBaca):
    """Services that an authority covers."""

    model = LingkupKewenangan
    fields = ("kode_layanan", "mulai", "sampai")
    readonly_fields = fields


class FormKewenangan(forms.ModelForm):  # type: ignore[type-arg] # generic only for the type checker
    """A new authority with the services that it covers."""

    layanan = forms.CharField(
        label=_("Kode layanan"),
        initial=SEMUA_LAYANAN,
        help_text=_("Tanda * untuk semua layanan, atau kode layanan dipisah koma: siup, tdp"),
    )

    class Meta:
        model = Kewenangan
        fields = (
            "pejabat",
            "unit",
            "jenis",
            "jabatan",
            "nama_tercetak",
            "nip",
            "pangkat",
            "nomor_sk",
            "mulai",
            "sampai",
            "batas_nilai",
        )

    def clean_layanan(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(k.strip() for k in self.cleaned_data["layanan"].split(",") if k.strip()))

    def clean(self) -> dict[str, Any]:
        """Say an overlap in words; the database refuses it whatever is said here."""
        isi = super().clean() or self.cleaned_data
        if not self.errors and bertumpuk(isi).exists():
            raise forms.ValidationError(
                gettext("Sudah ada pejabat lain dengan lingkup layanan yang sama pada masa itu.")
            )
        return isi


def bertumpuk(isi: dict[str, Any]) -> QuerySet[LingkupKewenangan]:
    """Scopes in force within the wanted window, of the same unit and the same service code."""
    sama = LingkupKewenangan.objects.filter(unit=isi["unit"], kode_layanan__in=isi["layanan"])
    if isi["sampai"]:
        sama = sama.filter(mulai__lt=isi["sampai"])
    return sama.filter(Q(sampai__isnull=True) | Q(sampai__gt=isi["mulai"]))


def isian_kewenangan(isi: dict[str, Any]) -> dict[str, Any]:
    """The keyword arguments of `beri_kewenangan`, from the form."""
    return {nama: isi[nama] for nama in isi if nama != "batas_nilai"}


@admin.register(Kewenangan)
class KewenanganAdmin(AdminModel):
    """Authority is given and ended, never edited: what was signed under it must stay explainable."""

    form = FormKewenangan
    inlines = (LingkupBaris,)
    list_display = ("sebutan", "nama_tercetak", "unit", "jenis", "mulai", "sampai", "dicabut_pada")
    list_filter = ("jenis", "unit")
    autocomplete_fields = ("pejabat", "unit")
    actions = ("cabut_sekarang",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is not None:
            kwargs["form"] = forms.ModelForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        tetap = FormKewenangan.Meta.fields
        return (*tetap, "dicabut_pada") if obj else (*tetap, "layanan")

    def save_model(self, request: HttpRequest, obj: Kewenangan, form: Any, change: bool) -> None:
        """Record through the service; the row that Django prepared is replaced by the one that was made."""
        dibuat = beri_kewenangan(**isian_kewenangan(form.cleaned_data))
        Kewenangan.objects.filter(pk=dibuat.pk).update(batas_nilai=form.cleaned_data["batas_nilai"])
        obj.pk = dibuat.pk

    @admin.action(description=_("Akhiri kewenangan yang dipilih sekarang juga"))
    def cabut_sekarang(self, request: HttpRequest, daftar: QuerySet[Kewenangan]) -> None:
        berlaku = [k for k in daftar if k.berlaku(sekarang())]
        for k in berlaku:
            cabut_kewenangan(k, sekarang())
        kata = ngettext("%d kewenangan diakhiri.", "%d kewenangan diakhiri.", len(berlaku)) % len(berlaku)
        messages.success(request, kata)


@admin.register(Kuasa)
class KuasaAdmin(HanyaBaca):
    """Powers of attorney: made and ended by the client or at the counter."""

    list_display = ("nama_penerima", "nomor_surat", "mulai", "sampai", "dicabut_pada")
    fields = ("nama_penerima", "nomor_surat", "lingkup", "mulai", "sampai", "dicabut_pada")
