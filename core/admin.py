"""Data entry: the office's identity and calendar. Every change of the calendar writes a version (core/models)."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.hanya_baca import AdminModel, HanyaBaca
from core.models import HariLibur, JamKantor, Kantor, VersiKalender

admin.site.site_header = _("Data dan pengaturan")
admin.site.site_title = _("Data dan pengaturan")
admin.site.index_title = _("Pilih yang mau diubah")


@admin.register(Kantor)
class KantorAdmin(AdminModel):
    """The office as dated rows; pages read the newest one that has begun."""

    list_display = ("nama", "nama_pendek", "kota", "berlaku_mulai")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        cache.delete("kantor")


@admin.register(HariLibur)
class HariLiburAdmin(AdminModel):
    """A cancelled holiday is unticked, not deleted: loading the reference data would bring it back."""

    list_display = ("tanggal", "keterangan", "jenis", "pasti", "berlaku", "sumber")
    list_filter = ("jenis", "pasti", "berlaku")
    search_fields = ("keterangan",)
    date_hierarchy = "tanggal"


@admin.register(JamKantor)
class JamKantorAdmin(AdminModel):
    """Opening, closing and cut-off as dated rows."""

    list_display = ("keterangan", "berlaku_mulai", "berlaku_sampai", "hari", "buka", "batas_loket", "tutup", "sumber")


@admin.register(VersiKalender)
class VersiKalenderAdmin(HanyaBaca):
    """Every state the calendar ever had."""

    list_display = ("versi", "pada", "sidik")
