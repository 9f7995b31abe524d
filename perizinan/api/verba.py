"""Every declared verb under its own address, and the few acts that stand beside the machine.

An address, its shape and its service share one name (architecture.md, sentence 1). Verbs that only the system
takes have no address. tests/perizinan/test_api_verba.py compares this table with the declarations.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.auth import authenticate
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Akun
from accounts.penegasan import sudah_ditegaskan
from core.galat import IsianTidakSah, TransisiDitolak
from perizinan import services
from perizinan.api.bentuk import verba as bentuk
from perizinan.api.bentuk.permohonan import HasilVerba, HasilVerbaRekomendasi, MasukanIsian
from perizinan.api.dasar import KUNCI_ULANG, Json, Masukan, TampilanApi, akun, ambil_berkas, baca, kunci_ulang
from perizinan.api.isi import butir_terbuka, pastikan_isian_dikenal, syarat_bernama
from perizinan.enums import PengisiIsian
from perizinan.models import Permohonan, Rekomendasi
from perizinan.perms import peran_bertindak
from perizinan.services._alur import Layanan, aksi_verba

Perlu = dict[str, list[str]]
Tambahan = Callable[[Permohonan, Akun, dict[str, Any]], "Perlu | None"]


@dataclass(frozen=True, slots=True)
class Verba:
    """A verb of a machine: its service and what it asks for."""

    layanan: Layanan
    bentuk: type[Masukan] = bentuk.MasukanVerba
    tegas: bool = False
    parser: tuple[type[Any], ...] = (Json,)


_tanda_tangani: Any = services.tanda_tangani  # the service of the verb `tanda_tangan`: bytes first, then the door

PERMOHONAN: dict[str, Verba] = {
    "ajukan": Verba(services.ajukan),
    "tarik_kembali": Verba(services.tarik_kembali),
    "kembalikan_berkas": Verba(services.kembalikan_berkas),
    "ajukan_ulang": Verba(services.ajukan_ulang),
    "daftarkan": Verba(services.daftarkan),
    "teruskan": Verba(services.teruskan),
    "minta_rekomendasi": Verba(services.minta_rekomendasi),
    "lewati_teknis": Verba(services.lewati_teknis),
    "minta_perbaikan": Verba(services.minta_perbaikan, bentuk.MasukanPerbaikan),
    "kirim_perbaikan": Verba(services.kirim_perbaikan),
    "usulkan_tolak": Verba(services.usulkan_tolak, bentuk.MasukanUsulTolak),
    "batal_tolak": Verba(services.batal_tolak, bentuk.MasukanAlasan),
    "setujui_tolak": Verba(services.setujui_tolak, bentuk.MasukanPenegasan, tegas=True),
    "tetapkan_retribusi": Verba(services.tetapkan_retribusi),
    "nihil": Verba(services.nihil, bentuk.MasukanDasar),
    "koreksi_skrd": Verba(services.koreksi_skrd, bentuk.MasukanAlasan),
    "catat_lunas": Verba(services.catat_lunas, bentuk.MasukanLunas),
    "ajukan_paraf": Verba(services.ajukan_paraf),
    "paraf": Verba(services.paraf),
    "koreksi_draf": Verba(services.koreksi_draf, bentuk.MasukanAlasan),
    "kembalikan_proses": Verba(services.kembalikan_proses, bentuk.MasukanAlasan),
    "buka_kembali": Verba(services.buka_kembali, bentuk.MasukanAlasan),
    "tanda_tangan": Verba(_tanda_tangani, bentuk.MasukanPenegasan, tegas=True),
    "serahkan": Verba(services.serahkan, bentuk.MasukanSerah),
    "serahkan_daring": Verba(services.serahkan_daring),
    "batalkan": Verba(services.batalkan),
}
REKOMENDASI: dict[str, Verba] = {
    "jadwalkan_tinjau": Verba(services.jadwalkan_tinjau, bentuk.MasukanJadwal),
    "catat_bap": Verba(services.catat_bap, bentuk.MasukanBap, parser=(MultiPartParser, Json)),
    "beri_rekomendasi": Verba(services.beri_rekomendasi, bentuk.MasukanRekomendasi),
    "minta_ulang": Verba(services.minta_ulang, bentuk.MasukanAlasan),
    "tarik": Verba(services.tarik, bentuk.MasukanAlasan),
}


# --- acts beside the machine: each may be repeated without harm ---


def _periksa_syarat(berkas: Permohonan, orang: Akun, data: dict[str, Any]) -> None:
    syarat = syarat_bernama(berkas, data.pop("syarat"))
    services.buka_pemeriksaan(berkas, oleh=orang)
    services.periksa_syarat(berkas, syarat, data.pop("putusan"), oleh=orang, **data)


def _nyatakan(berkas: Permohonan, orang: Akun, data: dict[str, Any]) -> None:
    services.nyatakan(berkas, syarat_bernama(berkas, data["syarat"]), oleh=orang)


def _jawab_butir(berkas: Permohonan, orang: Akun, data: dict[str, Any]) -> None:
    daftar = butir_terbuka(berkas)
    if data["ke"] > len(daftar):
        raise IsianTidakSah(_("Butir itu tidak ada."), {"ke": [_("Butir itu tidak ada pada putaran yang terbuka.")]})
    butir = daftar[data["ke"] - 1]
    if butir.syarat_id or butir.isian_id:
        raise TransisiDitolak(_("Butir ini dijawab dengan mengunggah berkas atau memperbaiki isiannya."))
    services.jawab_butir(butir, data["jawaban"], oleh=orang)


def _isi_petugas(berkas: Permohonan, orang: Akun, data: dict[str, Any]) -> Perlu:
    pastikan_isian_dikenal(berkas.versi_layanan.isian.all(), data["isian"], PengisiIsian.PETUGAS)
    return services.isi_petugas(berkas, data["isian"], oleh=orang)


def _minta_persetujuan(berkas: Permohonan, orang: Akun, data: dict[str, Any]) -> None:
    services.minta_persetujuan(berkas, data["alasan"], oleh=orang)


def _putuskan_persetujuan(berkas: Permohonan, orang: Akun, data: dict[str, Any]) -> None:
    menunggu = berkas.persetujuan.filter(diputus_pada__isnull=True).first()
    if menunggu is None:
        raise TransisiDitolak(_("Tidak ada permintaan persetujuan yang menunggu."))
    menunggu.permohonan = berkas
    services.putuskan_persetujuan(menunggu, disetujui=data["disetujui"], oleh=orang)


TAMBAHAN: dict[str, tuple[Tambahan, type[Masukan]]] = {
    "periksa_syarat": (_periksa_syarat, bentuk.MasukanPeriksaSyarat),
    "nyatakan": (_nyatakan, bentuk.MasukanSyarat),
    "jawab_butir": (_jawab_butir, bentuk.MasukanJawab),
    "isi_petugas": (_isi_petugas, MasukanIsian),
    "minta_persetujuan": (_minta_persetujuan, bentuk.MasukanPersetujuan),
    "putuskan_persetujuan": (_putuskan_persetujuan, bentuk.MasukanPutusan),
}


# --- endpoints ---------------------------------------------------------------------------------------------


def _tegaskan(request: Request, sandi: str) -> None:
    """Whoever signs or refuses proves again who they are. Wrong tries count towards the lock of the account."""
    minta = request._request
    if request.auth is None and sudah_ditegaskan(minta):
        return
    orang = akun(request)
    cocok = authenticate(minta, username=orang.surel or orang.hp, password=sandi) if sandi else None
    if cocok is None or cocok.pk != orang.pk:
        kalimat = _("Kata sandi tidak cocok. Belum ada yang diputus.") if sandi else _("Sebutkan kata sandi Anda.")
        raise IsianTidakSah(kalimat, {"sandi": [kalimat]}, kode="perlu_penegasan")


def _kerjakan(objek: Permohonan | Rekomendasi, nama: str, verba: Verba, request: Request) -> Permohonan:
    """One verb through its service. The password is only asked of somebody whose verb it is."""
    orang, kunci = akun(request), kunci_ulang(request)
    data = baca(verba.bentuk, request)
    sandi = data.pop("sandi", "")
    if verba.tegas and peran_bertindak(objek, orang, aksi_verba(type(objek), nama)["peran"]):
        _tegaskan(request, sandi)
    return verba.layanan(objek.pk, oleh=orang, kunci=kunci, versi=data.pop("versi", None), **data)


def _jawab(berkas: Permohonan, perlu: Perlu | None = None) -> Response:
    kolom = ("acuan", "nomor", "status", "tenggat", "versi")
    return Response(HasilVerba({k: getattr(berkas, k) for k in kolom} | {"perlu_diperbaiki": perlu or {}}).data)


class TampilanVerba(TampilanApi):
    """POST performs one verb on a file."""

    nama: ClassVar[str]
    verba: ClassVar[Verba]

    def post(self, request: Request, acuan: str) -> Response:
        return _jawab(_kerjakan(ambil_berkas(request, acuan), self.nama, self.verba, request))


class TampilanTambahan(TampilanApi):
    """POST performs an act that stands beside the machine."""

    nama: ClassVar[str]
    parser_classes = (Json,)

    def post(self, request: Request, acuan: str) -> Response:
        berkas = ambil_berkas(request, acuan)
        lakukan, masukan = TAMBAHAN[self.nama]
        perlu = lakukan(berkas, akun(request), baca(masukan, request))
        return _jawab(Permohonan.objects.get(pk=berkas.pk), perlu)


class TampilanVerbaRekomendasi(TampilanApi):
    """POST performs one verb on a recommendation."""

    nama: ClassVar[str]
    verba: ClassVar[Verba]

    def post(self, request: Request, kunci: uuid.UUID) -> Response:
        terlihat = Rekomendasi.objects.terlihat_oleh(akun(request)).select_related("permohonan__kuasa", "skpd")
        rekomendasi = get_object_or_404(terlihat, kunci=kunci)
        _kerjakan(rekomendasi, self.nama, self.verba, request)
        terkini = Rekomendasi.objects.select_related("permohonan").get(pk=rekomendasi.pk)
        return Response(HasilVerbaRekomendasi(terkini).data)


def _label(model: type[Permohonan] | type[Rekomendasi], nama: str) -> str:
    return str(next(iter(getattr(model, nama)._django_fsm.transitions.values())).custom["label"])


def tampilan_verba(nama: str) -> Any:
    """The endpoint of one verb of a file."""
    v = PERMOHONAN[nama]
    kelas: Any = type(f"Verba_{nama}", (TampilanVerba,), {"nama": nama, "verba": v, "parser_classes": v.parser})
    skema = extend_schema(
        operation_id=f"permohonan_{nama}",
        tags=["verba"],
        summary=_label(Permohonan, nama),
        description="",
        request=v.bentuk,
        parameters=[KUNCI_ULANG],
        responses=HasilVerba,
    )
    return extend_schema_view(post=skema)(kelas).as_view()


def tampilan_tambahan(nama: str) -> Any:
    """The endpoint of one act beside the machine."""
    kelas: Any = type(f"Tambahan_{nama}", (TampilanTambahan,), {"nama": nama})
    skema = extend_schema(
        operation_id=f"permohonan_{nama}", tags=["verba"], request=TAMBAHAN[nama][1], responses=HasilVerba
    )
    return extend_schema_view(post=skema)(kelas).as_view()


def tampilan_rekomendasi(nama: str) -> Any:
    """The endpoint of one verb of a recommendation."""
    v = REKOMENDASI[nama]
    isi = {"nama": nama, "verba": v, "parser_classes": v.parser}
    kelas: Any = type(f"Rekomendasi_{nama}", (TampilanVerbaRekomendasi,), isi)
    skema = extend_schema(
        operation_id=f"rekomendasi_{nama}",
        tags=["rekomendasi"],
        summary=_label(Rekomendasi, nama),
        description="",
        request=v.bentuk,
        parameters=[KUNCI_ULANG],
        responses=HasilVerbaRekomendasi,
    )
    return extend_schema_view(post=skema)(kelas).as_view()
