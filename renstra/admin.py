"""Data entry of a plan: its tree and numbers. The printed tables are only read: they are what the document says."""

from __future__ import annotations

from django.contrib import admin

from core.hanya_baca import AdminBaris, AdminModel, HanyaBaca
from renstra.models import (
    Anggaran,
    Indikator,
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


class MisiBaris(AdminBaris):
    model = Misi
    extra = 0


class TujuanBaris(AdminBaris):
    model = Tujuan
    extra = 0


class SasaranBaris(AdminBaris):
    model = Sasaran
    extra = 0


class TargetBaris(AdminBaris):
    model = Target
    extra = 0


class RealisasiKinerjaBaris(AdminBaris):
    model = RealisasiKinerja
    extra = 0


class AnggaranBaris(AdminBaris):
    model = Anggaran
    extra = 0


class SubKegiatanBaris(AdminBaris):
    model = SubKegiatan
    extra = 0


class RealisasiAnggaranBaris(AdminBaris):
    model = RealisasiAnggaran
    extra = 0


@admin.register(Rencana)
class RencanaAdmin(AdminModel):
    """An edition. What was in force is never deleted: reports refer to it."""

    list_display = ("nama", "edisi", "tahun_mulai", "tahun_akhir", "status")
    list_filter = ("status",)
    inlines = (MisiBaris, TujuanBaris)

    def has_delete_permission(self, request: object, obj: Rencana | None = None) -> bool:
        return obj is not None and obj.status == "draf"


@admin.register(Tujuan)
class TujuanAdmin(AdminModel):
    list_display = ("uraian", "rencana")
    inlines = (SasaranBaris,)


@admin.register(Indikator)
class IndikatorAdmin(AdminModel):
    list_display = ("nama", "satuan", "arah", "tipe", "sumber", "iku")
    list_filter = ("arah", "tipe", "iku")
    list_select_related = ("sasaran",)
    inlines = (TargetBaris, RealisasiKinerjaBaris)


@admin.register(Program)
class ProgramAdmin(AdminModel):
    list_display = ("nama", "kode", "rencana")


@admin.register(Kegiatan)
class KegiatanAdmin(AdminModel):
    list_display = ("no", "nama", "unit", "lokasi")
    search_fields = ("nama",)
    inlines = (SubKegiatanBaris, AnggaranBaris)


@admin.register(Keluaran)
class KeluaranAdmin(AdminModel):
    list_display = ("nama", "kegiatan", "satuan", "akhir")
    list_select_related = ("kegiatan",)
    search_fields = ("nama",)
    inlines = (TargetBaris, RealisasiKinerjaBaris)


@admin.register(Anggaran)
class AnggaranAdmin(AdminModel):
    list_display = ("kegiatan", "tahun", "pagu")
    list_filter = ("tahun",)
    list_select_related = ("kegiatan",)
    inlines = (RealisasiAnggaranBaris,)


@admin.register(TabelCetak)
class TabelCetakAdmin(HanyaBaca):
    list_display = ("kode", "judul", "berkas", "rencana")
