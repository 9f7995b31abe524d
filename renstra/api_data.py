"""`GET /api/v1/data/`: the open data sets, and the rows of one as pages of JSON or as one CSV sheet.

Nobody is recognised here and nothing depends on who asks, so an answer may be kept for five minutes on the way and is
asked for again by its ETag.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import conditional_page
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from core.galat import IsianTidakSah, TidakDitemukan
from core.lembar_csv import BARIS_MAKS, PenyajiCsv, isi_csv
from renstra.bentuk_data import Kolom
from renstra.data_terbuka import MENURUT_KODE, SEMUA, DataTerbuka

#: Seconds for which an answer may be kept.
SIMPAN = 300
_BENTUK = ("json", "csv")
_TAHUN_SALAH = gettext_lazy("Tulis tahun dengan empat angka, misalnya 2026.")
_JENIS = {
    serializers.IntegerField: gettext_lazy("bilangan bulat"),
    serializers.DecimalField: gettext_lazy("desimal"),
    serializers.BooleanField: gettext_lazy("ya atau tidak"),
    serializers.DateField: gettext_lazy("tanggal"),
}


class KolomData(serializers.Serializer[Any]):
    """One column of a data set."""

    nama = serializers.CharField()
    jenis = serializers.CharField()
    arti = serializers.CharField()


class KumpulanData(serializers.Serializer[Any]):
    """One data set and where to get it."""

    kode = serializers.CharField()
    judul = serializers.CharField()
    keterangan = serializers.CharField()
    satuan = serializers.CharField()
    pembaruan = serializers.CharField()
    aturan_pakai = serializers.CharField(help_text="aturan pakai yang ditetapkan kantor")
    kolom = KolomData(many=True)
    json = serializers.URLField()
    csv = serializers.URLField()


class SaringData(serializers.Serializer[Any]):
    """The query of a data set: a year, and how the pages are cut. Any other name is refused."""

    tahun = serializers.IntegerField(
        required=False,
        min_value=2000,
        max_value=2100,
        help_text="satu tahun; tanpa ini semua tahun",
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value", "max_string_length"), _TAHUN_SALAH),
    )

    def to_internal_value(self, data: Any) -> Any:
        boleh = {*self.fields, "format", HalamanData.page_query_param, HalamanData.page_size_query_param}
        if isinstance(data, Mapping) and (asing := sorted(set(data) - boleh)):
            raise serializers.ValidationError({n: [_("Nama ini tidak dikenal di sini.")] for n in asing})
        return super().to_internal_value(data)


class HalamanData(PageNumberPagination):
    """Pages of a list, with its count."""

    page_size = 100
    page_query_param = "halaman"
    page_size_query_param = "per_halaman"
    max_page_size = 1000


@method_decorator(conditional_page, name="dispatch")
class TampilanData(GenericAPIView[Any]):
    """Open to everybody, in Indonesian, and kept for a while by whoever asks."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    filter_backends = ()
    pagination_class = HalamanData

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Request:
        translation.activate(settings.LANGUAGE_CODE)
        return super().initialize_request(request, *args, **kwargs)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """As the library does, but a form that we do not have is named instead of "not found"."""
        try:
            return super().perform_content_negotiation(request, force)
        except Http404 as galat:
            kalimat = _("Bentuk ini tidak ada. Pilih %(daftar)s.") % {"daftar": ", ".join(_BENTUK)}
            raise IsianTidakSah(kalimat, {"format": [kalimat]}) from galat

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        respons = super().finalize_response(request, response, *args, **kwargs)
        if respons.status_code == 200:
            patch_cache_control(respons, public=True, max_age=SIMPAN)
        return respons


class DaftarData(TampilanData):
    """What there is."""

    serializer_class = KumpulanData
    renderer_classes = (JSONRenderer,)

    @extend_schema(operation_id="data_daftar", tags=["data"], responses=KumpulanData(many=True))
    def get(self, request: Request) -> HttpResponseBase:
        """Kumpulan data terbuka: arti, satuan, kolom, dan alamatnya."""
        halaman = self.paginate_queryset(SEMUA) or []
        isi = [self._satu(request, d) for d in halaman]
        return self.get_paginated_response(KumpulanData(isi, many=True).data)

    def _satu(self, request: Request, d: DataTerbuka) -> dict[str, Any]:
        alamat = request.build_absolute_uri(reverse("data_api_satu", args=[d.kode]))
        kepala = {k: str(getattr(d, k)) for k in ("kode", "judul", "keterangan", "satuan", "pembaruan")}
        kolom = [{"nama": n, "jenis": jenis_kolom(k), "arti": str(k.help_text)} for n, k in d.kolom()]
        pakai = {"aturan_pakai": settings.ATURAN_PAKAI_DATA, "json": alamat, "csv": f"{alamat}?format=csv"}
        return {**kepala, "kolom": kolom, **pakai}


class SatuData(TampilanData):
    """The rows of one."""

    serializer_class = SaringData
    renderer_classes = (JSONRenderer, PenyajiCsv)

    @extend_schema(
        operation_id="data_satu",
        tags=["data"],
        parameters=[
            SaringData,
            OpenApiParameter("format", OpenApiTypes.STR, enum=_BENTUK, description="bentuk jawaban"),
            OpenApiParameter("kode", OpenApiTypes.STR, OpenApiParameter.PATH, enum=[d.kode for d in SEMUA]),
        ],
        responses=PolymorphicProxySerializer(
            component_name="BarisData",
            serializers=[d.bentuk for d in SEMUA],
            resource_type_field_name=None,
            many=True,
        ),
    )
    def get(self, request: Request, kode: str) -> HttpResponseBase:
        """Isi satu kumpulan data, yang paling lama lebih dahulu."""
        data = MENURUT_KODE.get(kode)
        if data is None:
            raise TidakDitemukan(_("Kumpulan data ini tidak ada. Daftarnya di %(a)s.") % {"a": reverse("data_api")})
        saring = SaringData(data=request.query_params)
        saring.is_valid(raise_exception=True)
        tahun = saring.validated_data.get("tahun")
        baris = data.isi(tahun)
        if getattr(request.accepted_renderer, "format", "") == PenyajiCsv.format:
            return _csv(data, baris, tahun)
        halaman = self.paginate_queryset(baris)
        return self.get_paginated_response(halaman)


def _csv(data: DataTerbuka, baris: list[dict[str, Any]], tahun: int | None) -> HttpResponse:
    """The whole set as one sheet. Not streamed, so that it has an ETag."""
    if len(baris) > BARIS_MAKS:
        raise IsianTidakSah(_("Lebih dari %(n)d baris. Sebut satu tahun.") % {"n": BARIS_MAKS})
    isi = "".join(isi_csv((n for n, _kolom in data.kolom()), baris))
    respons = HttpResponse(isi, content_type="text/csv; charset=utf-8")
    nama = f"{data.kode}-{tahun}.csv" if tahun else f"{data.kode}.csv"
    respons["Content-Disposition"] = f'attachment; filename="{nama}"'
    return respons


def jenis_kolom(kolom: Kolom) -> str:
    """The kind of a column in words."""
    return str(next((kata for kelas, kata in _JENIS.items() if isinstance(kolom, kelas)), _("teks")))
