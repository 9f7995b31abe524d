"""The public register of permits: what was issued, to whom as far as it is published, worth what today."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from core.galat import IsianTidakSah
from core.lembar_csv import BARIS_MAKS, PenyajiCsv, lembar_csv
from core.waktu import hari_ini
from perizinan.api.bentuk.publik import IzinTerdaftar, SaringIzin
from perizinan.api.dasar import Kursor, TampilanPublik, baca_saringan
from perizinan.enums import Publikasi, StatusIzin
from perizinan.models import Dokumen, Izin
from perizinan.verifikasi import Surat, nama_terbuka, status_kini

_DAPAT_LEWAT = (StatusIzin.BERLAKU, StatusIzin.DIBEKUKAN)


def saring_izin(saring: dict[str, Any], hari: date) -> QuerySet[Izin]:
    """The permits that a query names, newest first."""
    daftar = Izin.objects.select_related("jenis_izin", "permohonan__versi_layanan", "permohonan__pihak")
    if "layanan" in saring:
        daftar = daftar.filter(jenis_izin__kode=saring["layanan"])
    daftar = daftar.filter(_waktu(saring))
    if "status" in saring:
        daftar = daftar.filter(_keadaan(StatusIzin(saring["status"]), hari))
    if saring.get("q"):
        daftar = daftar.filter(_cocok(saring["q"].strip()))
    return daftar.order_by(*KursorIzin.ordering)


def _waktu(saring: dict[str, Any]) -> Q:
    """A year, a month of it, or a month of every year."""
    tahun, bulan = saring.get("tahun"), saring.get("bulan")
    if tahun is None:
        return Q(tanggal_terbit__month=bulan) if bulan else Q()
    awal = date(tahun, bulan or 1, 1)
    akhir = date(tahun + 1, 1, 1) if bulan in {None, 12} else date(tahun, bulan + 1, 1)
    return Q(tanggal_terbit__gte=awal, tanggal_terbit__lt=akhir)


def _keadaan(status: StatusIzin, hari: date) -> Q:
    """The state that counts on a day (perizinan.verifikasi.status_kini), as a condition."""
    lewat = Q(akhir__lt=hari, status__in=_DAPAT_LEWAT)
    if status == StatusIzin.KEDALUWARSA:
        return lewat | Q(status=status)
    return Q(status=status) & ~lewat if status in _DAPAT_LEWAT else Q(status=status)


def _cocok(q: str) -> Q:
    """The number, or the holder as published: a name that is not shown cannot be found by asking for it."""
    pihak = "permohonan__pihak__nama_badan"
    per = "permohonan__versi_layanan__publikasi"
    nama = Q(**{per: Publikasi.NAMA, "pemegang__icontains": q})
    usaha = Q(**{per: Publikasi.NAMA_USAHA}) & (
        Q(permohonan__isian__nama_usaha__icontains=q)
        | (Q(**{f"{pihak}__icontains": q}) & (_tanpa("permohonan__isian__nama_usaha")))
    )
    return Q(nomor_izin__icontains=q) | nama | usaha


def _tanpa(jalan: str) -> Q:
    return Q(**{f"{jalan}__isnull": True}) | Q(**{jalan: ""})


def baris_izin(izin: Izin, hari: date) -> dict[str, Any]:
    """One row as the register shows it."""
    return {
        "nomor_izin": izin.nomor_izin,
        "layanan": izin.jenis_izin.kode,
        "nama_layanan": izin.jenis_izin.nama,
        "pemegang": nama_terbuka(Surat(Dokumen(permohonan=izin.permohonan), izin)) or None,
        "tanggal_terbit": izin.tanggal_terbit,
        "mulai": izin.mulai,
        "akhir": izin.akhir,
        "status": status_kini(izin, hari).value,
    }


class KursorIzin(Kursor):
    ordering = ("-tanggal_terbit", "-pk")


class RegisterIzin(TampilanPublik, GenericAPIView[Izin]):
    """The register, as pages of JSON or as one sheet."""

    pagination_class = KursorIzin
    serializer_class = IzinTerdaftar
    filter_backends = ()
    renderer_classes = (JSONRenderer, PenyajiCsv)

    def get_queryset(self) -> QuerySet[Izin]:
        return saring_izin(baca_saringan(SaringIzin, self.request), hari_ini())

    @extend_schema(
        operation_id="izin_register", tags=["izin"], parameters=[SaringIzin], responses=IzinTerdaftar(many=True)
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Register izin yang terbit."""
        hari = hari_ini()
        daftar = self.get_queryset()
        if getattr(request.accepted_renderer, "format", "") == PenyajiCsv.format:
            if daftar.order_by()[: BARIS_MAKS + 1].count() > BARIS_MAKS:
                raise IsianTidakSah(_("Lebih dari %(n)d baris. Persempit saringannya.") % {"n": BARIS_MAKS})
            baris = (baris_izin(i, hari) for i in daftar.iterator(chunk_size=2000))
            return lembar_csv(IzinTerdaftar().fields, baris, "register-izin.csv")
        halaman = self.paginate_queryset(daftar) or []
        isi = IzinTerdaftar([baris_izin(i, hari) for i in halaman], many=True).data
        return self.get_paginated_response(isi)
