"""For everybody: where is my file, is this paper genuine, how many were issued."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import Throttled
from rest_framework.generics import GenericAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core import pembatas
from core.galat import IsianTidakSah, TidakDitemukan
from perizinan.api.bentuk.publik import (
    HasilVerifikasi,
    Lacak,
    MasukanVerifikasi,
    Penerbitan,
    SaringLacak,
    SaringStatistik,
)
from perizinan.api.dasar import Halaman, TampilanPublik, baca, baca_saringan
from perizinan.halaman import penerbitan, perjalanan
from perizinan.models import Permohonan
from perizinan.services.pelacakan import LACAK_MAKS, lacak
from perizinan.verifikasi import BERKAS_MAKS, UKURAN_MAKS, cek_berkas


class TerlaluSering(Throttled):
    """Too many tries from one place, and after how many seconds to come back, in one sentence."""

    def __init__(self, tunggu: int) -> None:
        super().__init__(detail=_("Terlalu banyak percobaan. Coba %(n)d menit lagi.") % {"n": tunggu // 60})
        self.wait = tunggu


def _batasi(jenis: str, pelaku: str, maks: int) -> None:
    if pembatas.jumlah(jenis, pelaku) >= maks:
        tunggu = int(pembatas.JENDELA.total_seconds())
        raise TerlaluSering(tunggu)


class LacakBerkas(TampilanPublik):
    """State and dates of a file, for whoever knows its number and the end of its phone number (B24)."""

    @extend_schema(operation_id="lacak", tags=["lacak"], parameters=[SaringLacak], responses=Lacak)
    def get(self, request: Request) -> Response:
        """Status sebuah permohonan."""
        saring = baca_saringan(SaringLacak, request)
        pelaku = pembatas.pelaku_http(request._request)
        _batasi("lacak", pelaku, LACAK_MAKS)
        try:
            berkas = lacak(saring["nomor"], saring["hp4"])
        except TidakDitemukan:
            pembatas.catat("lacak", pelaku)
            raise
        return Response(Lacak(_CeritaBerkas(berkas)).data)


class _CeritaBerkas:
    """What the tracking page tells of a file, under the names of the API."""

    def __init__(self, berkas: Permohonan) -> None:
        self.nomor, self.jenis_izin, self.status = berkas.nomor, berkas.jenis_izin, berkas.status
        self.diajukan_pada, self.tenggat = berkas.diajukan_pada, berkas.tenggat
        self.status_teks = perjalanan.label(berkas).kata
        self.langkah = perjalanan.peristiwa(berkas.riwayat.order_by("urut"), dengan_nama=False)


class VerifikasiBerkas(TampilanPublik):
    """Is this very file ours, and what is the permit worth today (R17)."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="verifikasi", tags=["verifikasi"], request=MasukanVerifikasi, responses=HasilVerifikasi
    )
    def post(self, request: Request) -> Response:
        """Keaslian sebuah file PDF."""
        pelaku = pembatas.pelaku_http(request._request)
        _batasi("cek_berkas", pelaku, BERKAS_MAKS)
        berkas = baca(MasukanVerifikasi, request)["berkas"]
        if berkas.size > UKURAN_MAKS:
            sebab = _("File ini lebih dari %(maks)s MB. Surat kami tidak pernah sebesar itu.") % {
                "maks": UKURAN_MAKS // 1024 // 1024
            }
            raise IsianTidakSah(sebab, {"berkas": [sebab]})
        pembatas.catat("cek_berkas", pelaku)
        return Response(HasilVerifikasi(cek_berkas(berkas.read())).data)


class StatistikPenerbitan(TampilanPublik, GenericAPIView[Any]):
    """How many papers were signed, by the office's calendar; the newest period first."""

    pagination_class = Halaman
    serializer_class = Penerbitan
    filter_backends = ()

    def get_queryset(self) -> QuerySet[Any]:
        saring = baca_saringan(SaringStatistik, self.request)
        rentang = penerbitan.tahun_penuh(saring["tahun"]) if "tahun" in saring else None
        return penerbitan.terbit_per(saring["per"], saring.get("layanan", ""), rentang)

    @extend_schema(
        operation_id="statistik_penerbitan",
        tags=["statistik"],
        parameters=[SaringStatistik],
        responses=Penerbitan(many=True),
    )
    def get(self, request: Request) -> Response:
        """Banyaknya izin yang terbit per periode."""
        pola = penerbitan.PERIODE[baca_saringan(SaringStatistik, request)["per"]][1]
        baris = self.paginate_queryset(self.get_queryset()) or []
        isi = [b | {"periode": b["mulai"].strftime(pola)} for b in baris]
        return self.get_paginated_response(Penerbitan(isi, many=True).data)
