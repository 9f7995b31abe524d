"""Data entry of the survey: instruments, periods, yearly targets; editions and sheets are only looked at.

What answers were given to does not change under them: an instrument with answers keeps its unsur, weights and
grades, a period with answers its days, instrument and weight mode. Answers, counts and remarks are not shown here.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.formulir import BicaraJelas
from core.hanya_baca import AdminBaris, AdminModel, HanyaBaca
from ikm.enums import StatusPeriode
from ikm.models import Bobot, Edisi, HasilLama, Instrumen, Jawaban, Periode, RentangMutu, TindakLanjut, Unsur


def instrumen_terpakai(instrumen: Instrumen) -> bool:
    """Whether somebody answered it, or an edition was frozen by it."""
    dijawab = Jawaban.objects.filter(periode__instrumen=instrumen)
    return dijawab.exists() or Edisi.objects.filter(periode__instrumen=instrumen).exists()


def periode_terpakai(periode: Periode) -> bool:
    """Whether it is closed, has answers, or has an edition."""
    if periode.status != StatusPeriode.BUKA:
        return True
    return periode.jawaban.exists() or periode.edisi.exists()


class BarisInstrumen(AdminBaris):
    """Parts of an instrument: free until the first answer, then only looked at."""

    extra = 0

    def _bebas(self, obj: Instrumen | None) -> bool:
        return obj is None or not instrumen_terpakai(obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._bebas(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._bebas(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._bebas(obj) and super().has_delete_permission(request, obj)


class UnsurBaris(BarisInstrumen):
    """The questions. Their place is the column of the answers, so it never moves under them."""

    model = Unsur


class BobotBaris(BarisInstrumen):
    """The weights by mode."""

    model = Bobot


class MutuBaris(BarisInstrumen):
    """The grade table."""

    model = RentangMutu


@admin.register(Instrumen)
class InstrumenAdmin(AdminModel):
    """A decree's questionnaire. One that was answered is not reworded: a changed one is a new instrument."""

    list_display = ("nama", "kode", "berlaku_dari", "berlaku_sampai", "aturan_sampel")
    inlines = (UnsurBaris, BobotBaris, MutuBaris)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and not instrumen_terpakai(obj) and super().has_delete_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("kode",) if obj and instrumen_terpakai(obj) else ()

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        obj = kwargs.get("obj")
        if obj and instrumen_terpakai(obj):
            messages.info(
                request,
                _(
                    "Instrumen ini sudah dijawab: unsur, bobot, dan tabel mutunya tidak dapat diubah. "
                    "Untuk mengubahnya, buat instrumen baru."
                ),
            )
        return super().render_change_form(request, context, *args, **kwargs)


class FormPeriode(BicaraJelas, forms.ModelForm):  # type: ignore[type-arg] # subscripting it fails when Django runs
    """A period that fits its neighbours and its instrument."""

    class Meta:
        model = Periode
        fields = ("kode", "jenis", "mulai", "selesai", "instrumen", "mode_bobot", "mengumpulkan")

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or self.cleaned_data
        satu = Periode(**{k: isi[k] for k in self.fields if k in isi and k in {"mulai", "selesai", "mengumpulkan"}})
        if not satu.mulai or not satu.selesai:
            return isi
        if satu.mengumpulkan:
            self._pastikan_tidak_tumpang(satu)
        instrumen, mode = isi.get("instrumen"), isi.get("mode_bobot")
        if instrumen:
            self._pastikan_berlaku(instrumen, satu)
            if mode and not instrumen.bobot.filter(mode=mode).exists():
                self.add_error("mode_bobot", _("Instrumen ini tidak punya bobot untuk cara itu."))
        return isi

    def _pastikan_tidak_tumpang(self, satu: Periode) -> None:
        """An answer of a day belongs to one period."""
        lain = Periode.objects.filter(mengumpulkan=True, mulai__lte=satu.selesai, selesai__gte=satu.mulai)
        bentrok = lain.exclude(pk=self.instance.pk).order_by("mulai").first()
        if bentrok is not None:
            pesan = _("Hari-harinya beririsan dengan %(kode)s yang juga menerima jawaban.") % {"kode": bentrok.kode}
            self.add_error("mulai", ValidationError(pesan))

    def _pastikan_berlaku(self, instrumen: Instrumen, satu: Periode) -> None:
        """The instrument is in force when the period begins; it may be replaced on the way."""
        akhir = instrumen.berlaku_sampai
        if instrumen.berlaku_dari > satu.mulai or (akhir is not None and akhir < satu.mulai):
            self.add_error("instrumen", _("Instrumen ini tidak berlaku pada hari pertama periode."))


@admin.register(Periode)
class PeriodeAdmin(AdminModel):
    """Periods besides the half years that open by themselves. Closed on its own page, by two people."""

    form = FormPeriode
    list_display = ("kode", "jenis", "mulai", "selesai", "instrumen", "mode_bobot", "mengumpulkan", "status")
    list_filter = ("jenis", "status")
    list_select_related = ("instrumen",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        bebas = obj is None or not periode_terpakai(obj)
        return bebas and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and not periode_terpakai(obj) and super().has_delete_permission(request, obj)


@admin.register(HasilLama)
class HasilLamaAdmin(AdminModel):
    """Years before the portal, and the plan's targets."""

    list_display = ("tahun", "nilai", "target", "instrumen", "sumber")
    list_select_related = ("instrumen",)


@admin.register(Edisi)
class EdisiAdmin(HanyaBaca):
    """Frozen results."""

    list_display = ("periode", "nomor", "alasan", "disusun_oleh", "dibuat_pada", "disahkan_oleh", "disahkan_pada")
    list_select_related = ("periode", "disusun_oleh", "disahkan_oleh")


@admin.register(TindakLanjut)
class TindakLanjutAdmin(HanyaBaca):
    """Follow-up plans; written on their own page."""

    list_display = ("rencana", "periode", "unsur", "penanggung_jawab", "batas", "status")
    list_filter = ("status",)
    list_select_related = ("periode", "unsur")
