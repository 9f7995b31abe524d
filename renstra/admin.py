"""A plan in the admin: a draft may be mended here, anything else is only read.

An edition is published through its page (two people), reports are entered through theirs (a signed quarter takes no
change), and the printed tables are what the document says: none of that has a way around it here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Final

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from core.hanya_baca import AdminBaris, AdminModel, BarisHanyaBaca, HanyaBaca
from renstra.enums import StatusRencana
from renstra.models import (
    AlasanTemuan,
    Anggaran,
    Indikator,
    JejakEdisi,
    Kegiatan,
    Keluaran,
    Misi,
    Program,
    RealisasiAnggaran,
    RealisasiKinerja,
    Rencana,
    Sasaran,
    SubKegiatan,
    TabelCetak,
    Target,
    Tujuan,
)

#: From a line of the tree to its plan; an output has one of two parents.
_JALAN: Final[dict[type, Callable[[Any], Rencana]]] = {
    Rencana: lambda r: r,
    Tujuan: lambda t: t.rencana,
    Sasaran: lambda s: s.tujuan.rencana,
    Indikator: lambda i: i.sasaran.tujuan.rencana,
    Program: lambda p: p.rencana,
    Kegiatan: lambda k: k.program.rencana,
    Keluaran: lambda k: (k.kegiatan.program if k.kegiatan else k.program).rencana,
    Anggaran: lambda a: a.kegiatan.program.rencana,
}
_DRAF: Final = {"status": StatusRencana.DRAF, "diajukan_pada__isnull": True}
#: Parents that may be chosen: only those inside a draft.
_INDUK: Final = {
    "rencana": (Rencana, ""),
    "tujuan": (Tujuan, "rencana__"),
    "sasaran": (Sasaran, "tujuan__rencana__"),
    "program": (Program, "rencana__"),
    "kegiatan": (Kegiatan, "program__rencana__"),
    "sub_kegiatan": (SubKegiatan, "kegiatan__program__rencana__"),
}
#: Written by services alone: where an edition comes from, where it stands, who did what.
_MILIK_LAYANAN: Final = (
    "status",
    "asal",
    "alasan",
    "disusun_oleh",
    "diajukan_oleh",
    "diajukan_pada",
    "diterbitkan_oleh",
    "diterbitkan_pada",
)


def _boleh(obj: Any) -> bool:
    """Whether the edition of this line may be edited: as the database holds it, whatever a form has put on it."""
    tersimpan = obj is not None and type(obj)._default_manager.filter(pk=obj.pk).first()
    return bool(tersimpan) and _JALAN[type(obj)](tersimpan).dapat_diubah


class _PilihDraf:
    """A new or moved line hangs on a draft; `asal` is nobody's to choose."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **lain: Any) -> Any:
        if db_field.name in _INDUK:
            model, jalan = _INDUK[db_field.name]
            draf: QuerySet[Any] = model._default_manager.filter(**{f"{jalan}{k}": v for k, v in _DRAF.items()})
            lain["queryset"] = draf.order_by("pk")
        return super().formfield_for_foreignkey(db_field, request, **lain)  # type: ignore[misc] # a mixin of admins


class BarisDraf(_PilihDraf, AdminBaris):
    """Rows of a draft's line."""

    extra = 0
    exclude: ClassVar[tuple[str, ...]] = ("asal",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and _boleh(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _boleh(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _boleh(obj)


class AdminDraf(_PilihDraf, AdminModel):
    """A line of the tree: editable in a draft, else read. No bulk deletion: it would not look at each line's plan."""

    exclude: ClassVar[tuple[str, ...]] = ("asal",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or _boleh(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _boleh(obj)


class MisiBaris(BarisDraf):
    model = Misi
    exclude = ()


class TujuanBaris(BarisDraf):
    model = Tujuan


class SasaranBaris(BarisDraf):
    model = Sasaran


class TargetBaris(BarisDraf):
    model = Target
    exclude = ()


class RealisasiKinerjaBaris(BarisHanyaBaca):
    model = RealisasiKinerja


class AnggaranBaris(BarisDraf):
    model = Anggaran
    exclude = ()


class SubKegiatanBaris(BarisDraf):
    model = SubKegiatan


class RealisasiAnggaranBaris(BarisHanyaBaca):
    model = RealisasiAnggaran


class JejakBaris(BarisHanyaBaca):
    model = JejakEdisi


class AlasanBaris(BarisHanyaBaca):
    model = AlasanTemuan


@admin.register(Rencana)
class RencanaAdmin(AdminDraf):
    """An edition. A new one begins on the planner's pages; one that was in force stays for ever."""

    exclude = ()
    readonly_fields = _MILIK_LAYANAN
    list_display = ("nama", "edisi", "tahun_mulai", "tahun_akhir", "status")
    list_filter = ("status",)
    inlines = (MisiBaris, TujuanBaris, JejakBaris, AlasanBaris)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Tujuan)
class TujuanAdmin(AdminDraf):
    list_display = ("uraian", "rencana")
    inlines = (SasaranBaris,)


@admin.register(Indikator)
class IndikatorAdmin(AdminDraf):
    list_display = ("nama", "satuan", "arah", "tipe", "sumber", "iku")
    list_filter = ("arah", "tipe", "iku")
    list_select_related = ("sasaran",)
    inlines = (TargetBaris, RealisasiKinerjaBaris)


@admin.register(Program)
class ProgramAdmin(AdminDraf):
    list_display = ("nama", "kode", "rencana")


@admin.register(Kegiatan)
class KegiatanAdmin(AdminDraf):
    list_display = ("no", "nama", "unit", "lokasi")
    search_fields = ("nama",)
    inlines = (SubKegiatanBaris, AnggaranBaris)


@admin.register(Keluaran)
class KeluaranAdmin(AdminDraf):
    list_display = ("nama", "kegiatan", "satuan", "akhir")
    list_select_related = ("kegiatan",)
    search_fields = ("nama",)
    inlines = (TargetBaris, RealisasiKinerjaBaris)


@admin.register(Anggaran)
class AnggaranAdmin(AdminDraf):
    exclude = ()
    list_display = ("kegiatan", "tahun", "pagu")
    list_filter = ("tahun",)
    list_select_related = ("kegiatan",)
    inlines = (RealisasiAnggaranBaris,)


@admin.register(TabelCetak)
class TabelCetakAdmin(HanyaBaca):
    list_display = ("kode", "judul", "berkas", "rencana")
