"""Data entry: the catalogue (published versions are only read), tariffs, referrals; stuck documents.

Rows that have a machine or a history are shown and never edited: they change through the services alone (R1).
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.colek import colek
from core.galat import GalatPortal, IsianTidakSah
from core.hanya_baca import AdminBaris, AdminModel, HanyaBaca
from perizinan.dokumen import ulangi
from perizinan.enums import StatusVersi
from perizinan.models import (
    AnggaranTahap,
    ButuhRekomendasi,
    Dokumen,
    EfekWaktu,
    Gangguan,
    HariCadangan,
    Isian,
    Izin,
    JenisIzin,
    Pembayaran,
    Permohonan,
    RegisterNomor,
    Rekomendasi,
    Riwayat,
    Rujukan,
    SetelanWaktu,
    Skrd,
    Syarat,
    TanggaEskalasi,
    Tarif,
    VersiLayanan,
)
from perizinan.services.katalog import periksa_versi, terbitkan_versi
from perizinan.services.salin_versi import salin_versi
from perizinan.services.sapuan import tandai_semua
from perizinan.tasks import buat_dokumen

# --- catalogue ---------------------------------------------------------------------------------------------


@admin.register(JenisIzin)
class JenisIzinAdmin(AdminModel):
    """A service. One that ended is switched off: files and permits keep pointing at it."""

    list_display = ("nama", "kode", "nama_sms", "kode_nomor", "kelompok", "aktif")
    list_filter = ("kelompok", "kebutuhan", "aktif")
    search_fields = ("nama", "kode", "nama_sms")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("kode", "kode_nomor") if obj else ()


class BarisVersi(AdminBaris):
    """Parts of a version: editable in a draft, only read once it is published."""

    extra = 0

    def _draf(self, obj: Any) -> bool:
        return obj is None or obj.status == StatusVersi.DRAF

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._draf(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._draf(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._draf(obj)


class SyaratBaris(BarisVersi):
    """Requirements."""

    model = Syarat


class IsianBaris(BarisVersi):
    """Form fields."""

    model = Isian


class RekomendasiBaris(BarisVersi):
    """SKPD whose advice is asked."""

    model = ButuhRekomendasi


@admin.register(VersiLayanan)
class VersiLayananAdmin(AdminModel):
    """Drafts are edited here and published by an action; a published version is copied to change it."""

    inlines = (SyaratBaris, IsianBaris, RekomendasiBaris)
    list_display = ("jenis_izin", "nomor_versi", "status", "berlaku_mulai", "hari_kerja", "biaya", "generik")
    list_filter = ("status", "biaya", "generik", "bidang")
    search_fields = ("jenis_izin__nama", "jenis_izin__kode")
    readonly_fields = ("status", "diterbitkan_pada", "sidik_acuan")
    actions = ("periksa", "terbitkan", "salin")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or obj.status == StatusVersi.DRAF

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and obj.status == StatusVersi.DRAF

    @admin.action(description=_("Periksa apakah sudah dapat diterbitkan"))
    def periksa(self, request: HttpRequest, daftar: QuerySet[VersiLayanan]) -> None:
        for versi in daftar.select_related("jenis_izin", "bidang"):
            _laporkan(request, versi, periksa_versi(versi))

    @admin.action(description=_("Terbitkan draf yang dipilih"))
    def terbitkan(self, request: HttpRequest, daftar: QuerySet[VersiLayanan]) -> None:
        for versi in daftar.select_related("jenis_izin"):
            try:
                terbitkan_versi(versi.pk, oleh=request.user)  # type: ignore[arg-type] # an Akun: admin asks for a login
                messages.success(request, gettext("%s terbit.") % versi)
            except IsianTidakSah as galat:
                _laporkan(request, versi, galat.rincian)
            except GalatPortal as galat:
                messages.error(request, f"{versi}: {galat.pesan}")

    @admin.action(description=_("Buat draf versi berikutnya dari yang dipilih"))
    def salin(self, request: HttpRequest, daftar: QuerySet[VersiLayanan]) -> None:
        for versi in daftar:
            try:
                baru = salin_versi(versi.pk, oleh=request.user)  # type: ignore[arg-type] # an Akun: admin asks for a login
                messages.success(request, gettext("Draf %s dibuat.") % baru)
            except GalatPortal as galat:
                messages.error(request, galat.pesan)


def _laporkan(request: HttpRequest, versi: VersiLayanan, rincian: dict[str, list[str]]) -> None:
    """Everything that is wrong with a draft, one line each; or that nothing is."""
    if not rincian:
        messages.success(request, gettext("%s dapat diterbitkan.") % versi)
    for tentang, kalimat in rincian.items():
        messages.error(request, f"{versi}, {tentang}: {' '.join(kalimat)}")


@admin.register(Tarif)
class TarifAdmin(AdminModel):
    """Dated tariffs; the one in force on the SKRD's day is used."""

    list_display = ("jenis_izin", "berlaku_mulai", "rumus", "contoh", "dasar_hukum")
    list_filter = ("rumus", "contoh")


@admin.register(HariCadangan)
class HariCadanganAdmin(AdminModel):
    """The limit by law for services without an SOP row."""

    list_display = ("berlaku_mulai", "hari_kerja", "dasar")


class _AturanWaktuAdmin(AdminModel):
    """Budgets, ladder, settings: an edit takes effect with the next sweep, on every open file."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        tandai_semua()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        tandai_semua()


@admin.register(AnggaranTahap)
class AnggaranTahapAdmin(_AturanWaktuAdmin):
    """The share of the SOP days that a stage may take."""

    list_display = ("tahap", "persen")


@admin.register(TanggaEskalasi)
class TanggaEskalasiAdmin(_AturanWaktuAdmin):
    """Who is told, and when."""

    list_display = ("lingkup", "persen", "tambah_hari", "kepada", "sms")
    list_filter = ("lingkup", "kepada")


@admin.register(SetelanWaktu)
class SetelanWaktuAdmin(_AturanWaktuAdmin):
    """Numbers that the rules of time ask for."""

    list_display = ("kode", "nilai")
    readonly_fields = ("kode",)


@admin.register(Gangguan)
class GangguanAdmin(AdminModel):
    """Outages: an applicant's limit that falls into one of more than two hours moves on."""

    list_display = ("mulai", "selesai", "sebab", "dicatat_oleh")
    exclude = ("dicatat_oleh",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.dicatat_oleh = request.user
        super().save_model(request, obj, form, change)


@admin.register(EfekWaktu)
class EfekWaktuAdmin(HanyaBaca):
    """What time did, once each."""

    list_display = ("kunci", "jenis", "permohonan", "kepada", "jatuh_pada", "dikerjakan_pada")
    list_filter = ("jenis", "kepada")
    search_fields = ("permohonan__nomor",)


@admin.register(Rujukan)
class RujukanAdmin(AdminModel):
    """Matters of other offices."""

    list_display = ("kantor", "keterangan")
    search_fields = ("kantor", "keterangan")


# --- only to look at ------------------------------------------------------------------------------------------


@admin.register(Dokumen)
class DokumenAdmin(HanyaBaca):
    """Documents that the portal made or could not make; a failed one can be ordered again."""

    list_display = ("permohonan", "jenis", "nomor", "status", "percobaan", "diminta_pada", "galat")
    list_filter = ("status", "jenis")
    search_fields = ("permohonan__nomor", "nomor")
    exclude = ("token",)
    actions = ("buat_lagi",)

    @admin.action(description=_("Buat lagi dokumen yang gagal"))
    def buat_lagi(self, request: HttpRequest, daftar: QuerySet[Dokumen]) -> None:
        dipesan = [d.pk for d in daftar if ulangi(d.pk)]
        for pk in dipesan:
            colek(buat_dokumen, pk)
        n = len(dipesan)
        messages.success(request, ngettext("%d dokumen dibuat lagi.", "%d dokumen dibuat lagi.", n) % n)


@admin.register(Permohonan)
class PermohonanAdmin(HanyaBaca):
    """Where files stand. No personal data, no form content."""

    list_display = ("__str__", "jenis_izin", "status", "unit_penerbit", "diajukan_pada", "tenggat")
    list_filter = ("status", "unit_penerbit", "bidang")
    search_fields = ("nomor", "nomor_register")
    fields = (
        "nomor",
        "nomor_register",
        "jenis_izin",
        "jenis_permohonan",
        "status",
        "versi",
        "unit_penerbit",
        "bidang",
        "diajukan_pada",
        "terdaftar_pada",
        "mulai_hitung",
        "hari_sop",
        "tenggat",
        "jeda_sejak",
        "batas_pemohon",
        "terbit_pada",
        "selesai_pada",
        "hari_terpakai",
    )


@admin.register(Rekomendasi)
class RekomendasiAdmin(HanyaBaca):
    """What SKPD were asked."""

    list_display = ("permohonan", "skpd", "status", "tenggat", "hasil")
    list_filter = ("status", "skpd", "hasil")
    search_fields = ("permohonan__nomor",)


@admin.register(Izin)
class IzinAdmin(HanyaBaca):
    """Permits. The holder's address is not shown here."""

    list_display = ("nomor_izin", "jenis_izin", "status", "tanggal_terbit", "akhir")
    list_filter = ("status", "jenis_izin")
    search_fields = ("nomor_izin",)
    exclude = ("token", "lokasi")


@admin.register(Riwayat)
class RiwayatAdmin(HanyaBaca):
    """The log: append-only, also for an admin."""

    list_display = ("permohonan", "urut", "verba", "dari", "ke", "oleh", "peran", "pada")
    list_filter = ("verba", "peran")
    search_fields = ("permohonan__nomor",)


@admin.register(RegisterNomor)
class RegisterNomorAdmin(HanyaBaca):
    """Every permit number, with what became of it."""

    list_display = ("nomor", "seri", "urut", "status", "permohonan", "dicadangkan_pada")
    list_filter = ("status",)
    search_fields = ("nomor",)


@admin.register(Skrd)
class SkrdAdmin(HanyaBaca):
    """Bills."""

    list_display = ("nomor", "permohonan", "nilai", "status", "tanggal", "jatuh_tempo")
    list_filter = ("status",)
    search_fields = ("nomor", "permohonan__nomor")


@admin.register(Pembayaran)
class PembayaranAdmin(HanyaBaca):
    """Deposits as the bank reported them."""

    list_display = ("bukti", "skrd", "jumlah", "dibayar_pada", "dicatat_oleh")
    search_fields = ("bukti", "skrd__nomor")
