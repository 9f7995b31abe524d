"""`GET /api/v1/ikm/`: the published index per period (contracts.md). Signed editions only, as they were frozen."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import AllowAny

from ikm.deret import edisi_terbit
from ikm.models import Edisi


class HalamanIkm(PageNumberPagination):
    """Pages of a list, with its count."""

    page_size = 20
    page_query_param = "halaman"
    page_size_query_param = "per_halaman"
    max_page_size = 100


class UnsurIkm(serializers.Serializer[Any]):
    """One unsur of a published result."""

    kode = serializers.CharField()
    nama = serializers.CharField()
    n = serializers.IntegerField(help_text="responden yang menjawab unsur ini")
    jumlah = serializers.IntegerField()
    nrr = serializers.CharField(allow_null=True, help_text="nilai rata-rata, tiga desimal")
    tertimbang = serializers.CharField(allow_null=True)


class ModeIkm(serializers.Serializer[Any]):
    """The index in one weight mode."""

    bobot = serializers.CharField()
    nilai = serializers.CharField()
    mutu = serializers.CharField()
    kinerja = serializers.CharField()


class BagianIkm(serializers.Serializer[Any]):
    """One group, service or channel; withheld ones have no figures."""

    kunci = serializers.CharField(allow_blank=True)
    nama = serializers.CharField()
    ditahan = serializers.BooleanField()
    n = serializers.IntegerField(required=False)
    ikm = serializers.CharField(required=False, allow_null=True)
    mutu = serializers.CharField(required=False, allow_blank=True)


class IndeksTerbit(serializers.Serializer[Any]):
    """A period's newest signed edition. `ditahan`: fewer than five answers, so no figures at all."""

    periode = serializers.CharField(source="periode.kode")
    jenis = serializers.CharField(source="periode.jenis")
    mulai = serializers.DateField(source="periode.mulai")
    selesai = serializers.DateField(source="periode.selesai")
    edisi = serializers.IntegerField(source="nomor")
    disahkan_pada = serializers.DateTimeField()
    instrumen = serializers.CharField(source="hasil.instrumen.kode")
    mode_bobot = serializers.CharField(source="hasil.mode_bobot")
    ditahan = serializers.BooleanField(source="hasil.ditahan")
    n = serializers.IntegerField(source="hasil.n", required=False)
    ikm = serializers.CharField(source="hasil.ikm", required=False, allow_null=True)
    mutu = serializers.CharField(source="hasil.mutu", required=False)
    kinerja = serializers.CharField(source="hasil.kinerja", required=False)
    margin = serializers.CharField(source="hasil.margin", required=False, allow_null=True)
    minimum = serializers.IntegerField(source="hasil.minimum", required=False, allow_null=True)
    indeks = serializers.DictField(source="hasil.indeks", child=ModeIkm(), required=False)
    unsur = UnsurIkm(source="hasil.unsur", many=True, required=False)
    terendah = serializers.ListField(source="hasil.terendah", child=serializers.CharField(), required=False)
    kelompok = BagianIkm(source="hasil.kelompok", many=True, required=False)
    layanan = BagianIkm(source="hasil.layanan", many=True, required=False)
    saluran = BagianIkm(source="hasil.saluran", many=True, required=False)


class DaftarIkm(ListAPIView[Edisi]):
    """Nobody is recognised here, so nothing can depend on who asks."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    pagination_class = HalamanIkm
    serializer_class = IndeksTerbit
    filter_backends = ()

    def get_queryset(self) -> QuerySet[Edisi]:
        return edisi_terbit()

    @extend_schema(operation_id="ikm", tags=["ikm"])
    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Indeks kepuasan yang diterbitkan, periode terbaru lebih dahulu."""
        return super().get(request, *args, **kwargs)
