"""What a file holds: its form, its papers, its correction rounds, its clock, its log."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Akun
from core.enkripsi import samarkan
from core.galat import IsianTidakSah
from core.waktu import sekarang
from perizinan import services
from perizinan.api.bentuk.permohonan import (
    BarisRiwayat,
    DaftarPutaran,
    DaftarSyarat,
    FormulirIsian,
    Hitungan,
    MasukanIsian,
    MasukanUnggah,
)
from perizinan.api.dasar import Halaman, Json, TampilanApi, akun, ambil_berkas, baca, sisi_petugas
from perizinan.enums import PengisiIsian, StatusPermohonan
from perizinan.halaman import perjalanan
from perizinan.halaman.peristiwa import peristiwa_petugas
from perizinan.models import ButirPerbaikan, Isian, Perbaikan, Permohonan, Syarat
from perizinan.muat_buku import rincian
from perizinan.persyaratan import keadaan_syarat, syarat_berlaku

_KOSONG: dict[str, Any] = dict.fromkeys(("mulai", "tenggat", "hari", "hari_terpakai", "tepat_waktu"))


# --- the form ---------------------------------------------------------------------------------------------


def pastikan_isian_dikenal(
    daftar: Iterable[Isian], isian: dict[str, Any], pengisi: str = PengisiIsian.PEMOHON
) -> None:
    """Refuse names that are not fields of this side. Raises IsianTidakSah before anything is kept."""
    dikenal = {i.kode for i in daftar if i.diisi_oleh == pengisi}
    if asing := sorted(set(isian) - dikenal):
        raise IsianTidakSah(
            _("Sebagian isian tidak dikenal."), {k: [_("Isian ini tidak ada di formulir.")] for k in asing}
        )


def _pastikan_diminta(berkas: Permohonan, isian: dict[str, Any]) -> None:
    """In an open round only what was asked for may change, and the sender is told."""
    if berkas.status == StatusPermohonan.DRAF:
        return
    butir = ButirPerbaikan.objects.filter(perbaikan__permohonan=berkas, perbaikan__ditutup_pada__isnull=True)
    diminta = set(butir.exclude(isian=None).values_list("isian__kode", flat=True))
    if lain := sorted(set(isian) - diminta):
        raise IsianTidakSah(
            _("Sebagian isian tidak diminta."), {k: [_("Isian ini tidak diminta untuk diperbaiki.")] for k in lain}
        )


def formulir(berkas: Permohonan, orang: Akun, perlu: dict[str, list[str]] | None = None) -> dict[str, Any]:
    """The form with its values. Personal numbers are masked for officers; officers' fields are theirs to see."""
    petugas = sisi_petugas(berkas, orang)
    rahasia = {k: samarkan(str(v)) if petugas else v for k, v in berkas.isian_rahasia.items()}
    nilai = {**berkas.isian, **rahasia}
    daftar = [i for i in berkas.versi_layanan.isian.all() if petugas or i.diisi_oleh == PengisiIsian.PEMOHON]
    kolom = ("kode", "label", "tipe", "satuan", "opsi", "wajib", "bila", "diisi_oleh")
    isian = [{k: getattr(i, k) for k in kolom} | {"nilai": nilai.get(i.kode)} for i in daftar]
    return {"isian": isian, "perlu_diperbaiki": perlu or {}, "versi": berkas.versi}


class IsianPermohonan(TampilanApi):
    """The form of a file."""

    parser_classes = (Json,)

    @extend_schema(operation_id="permohonan_isian", tags=["permohonan"], responses=FormulirIsian)
    def get(self, request: Request, acuan: str) -> Response:
        """Formulir dan isinya."""
        return Response(FormulirIsian(formulir(ambil_berkas(request, acuan), akun(request))).data)

    @extend_schema(
        operation_id="permohonan_isian_simpan", tags=["permohonan"], request=MasukanIsian, responses=FormulirIsian
    )
    def patch(self, request: Request, acuan: str) -> Response:
        """Simpan sebagian isian. Yang benar tersimpan; yang belum disebut di `perlu_diperbaiki`."""
        berkas, orang = ambil_berkas(request, acuan), akun(request)
        isian = baca(MasukanIsian, request)["isian"]
        pastikan_isian_dikenal(berkas.versi_layanan.isian.all(), isian)
        _pastikan_diminta(berkas, isian)
        perlu = services.simpan_isian(berkas, isian, oleh=orang)
        return Response(FormulirIsian(formulir(berkas, orang, perlu)).data)


# --- papers ---------------------------------------------------------------------------------------------


def syarat_bernama(berkas: Permohonan, kode: str) -> Syarat:
    """An applicable requirement by its code. Raises IsianTidakSah."""
    ada = next((s for s in syarat_berlaku(berkas) if s.kode == kode), None)
    if ada is None:
        kalimat = _("Persyaratan ini tidak diminta pada permohonan ini.")
        raise IsianTidakSah(kalimat, {"syarat": [kalimat]})
    return ada


def _syarat(berkas: Permohonan) -> dict[str, Any]:
    return dict(DaftarSyarat({"syarat": keadaan_syarat(berkas)}).data)


class BerkasPermohonan(TampilanApi):
    """The requirements of a file and what was handed in for them."""

    parser_classes = (MultiPartParser,)

    @extend_schema(operation_id="permohonan_berkas", tags=["permohonan"], responses=DaftarSyarat)
    def get(self, request: Request, acuan: str) -> Response:
        """Persyaratan dan berkas yang sudah ada."""
        return Response(_syarat(ambil_berkas(request, acuan)))

    @extend_schema(
        operation_id="permohonan_berkas_unggah",
        tags=["permohonan"],
        request=MasukanUnggah,
        responses={201: DaftarSyarat},
    )
    def post(self, request: Request, acuan: str) -> Response:
        """Unggah file untuk satu persyaratan."""
        berkas = ambil_berkas(request, acuan)
        masukan = baca(MasukanUnggah, request)
        syarat = syarat_bernama(berkas, masukan["syarat"])
        services.unggah(berkas, syarat, masukan["berkas"], oleh=akun(request), ganti=masukan["ganti"])
        return Response(_syarat(berkas), status=201)


class SatuBerkas(TampilanApi):
    """One uploaded file; its bytes are downloaded at /berkas/{kunci}/."""

    @extend_schema(operation_id="permohonan_berkas_hapus", tags=["permohonan"], request=None, responses={204: None})
    def delete(self, request: Request, acuan: str, kunci: uuid.UUID) -> Response:
        """Kesampingkan satu file."""
        berkas = ambil_berkas(request, acuan)
        satu = get_object_or_404(berkas.berkas.filter(diganti_pada__isnull=True), kunci=kunci)
        satu.permohonan = berkas
        services.hapus_berkas(satu, oleh=akun(request))
        return Response(status=204)


# --- rounds, clock, log ---------------------------------------------------------------------------------------------


def butir_terbuka(berkas: Permohonan) -> list[ButirPerbaikan]:
    """Items of the open round, in the order in which they are numbered; empty without one."""
    putaran = berkas.perbaikan.filter(ditutup_pada__isnull=True).first()
    return list(putaran.butir.select_related("syarat", "isian").order_by("pk")) if putaran else []


def _putaran(satu: Perbaikan) -> dict[str, Any]:
    isi = {k: getattr(satu, k) for k in ("ke", "dibuka_pada", "batas", "ditutup_pada")}
    kolom = ("kode_alasan", "uraian", "jawaban", "dijawab_pada")
    butir = [
        {k: getattr(b, k) for k in kolom}
        | {"ke": ke, "syarat": b.syarat.kode if b.syarat else None, "isian": b.isian.kode if b.isian else None}
        for ke, b in enumerate(sorted(satu.butir.all(), key=lambda b: b.pk), start=1)
    ]
    return isi | {"butir": butir}


class PerbaikanPermohonan(TampilanApi):
    """The correction rounds of a file."""

    @extend_schema(operation_id="permohonan_perbaikan", tags=["permohonan"], responses=DaftarPutaran)
    def get(self, request: Request, acuan: str) -> Response:
        """Putaran perbaikan dan butirnya."""
        berkas = ambil_berkas(request, acuan)
        daftar = berkas.perbaikan.order_by("ke").prefetch_related("butir__syarat", "butir__isian")
        return Response(DaftarPutaran({"putaran": [_putaran(p) for p in daftar]}).data)


class HitunganPermohonan(TampilanApi):
    """How the due date comes about."""

    @extend_schema(operation_id="permohonan_hitungan", tags=["permohonan"], responses=Hitungan)
    def get(self, request: Request, acuan: str) -> Response:
        """Hitungan batas waktu hari demi hari, dan siapa memakai berapa hari."""
        hasil = rincian(ambil_berkas(request, acuan), sekarang())
        hitungan = _KOSONG | {"baris": []}
        if hasil.hitungan is not None:
            hitungan = {k: getattr(hasil.hitungan, k) for k in hitungan}
        return Response(Hitungan({**hitungan, "pada": hasil.pada, "buku": hasil}).data)


class RiwayatPermohonan(TampilanApi, GenericAPIView[Any]):
    """What happened to a file: the whole log for officers, the applicant's story for the applicant's side."""

    pagination_class = Halaman
    serializer_class = BarisRiwayat
    filter_backends = ()

    @extend_schema(
        operation_id="permohonan_riwayat", tags=["permohonan"], responses=BarisRiwayat(many=True), filters=False
    )
    def get(self, request: Request, acuan: str) -> Response:
        """Riwayat sebuah permohonan."""
        berkas = ambil_berkas(request, acuan)
        if sisi_petugas(berkas, akun(request)):
            daftar = peristiwa_petugas(berkas)
        else:
            daftar = perjalanan.peristiwa(berkas.riwayat.select_related("oleh").order_by("urut"))
        halaman = self.paginate_queryset(daftar) or []
        return self.get_paginated_response(BarisRiwayat(halaman, many=True).data)
