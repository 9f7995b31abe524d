"""`GET /api/v1/renstra/`: indicators of the plan in force with target and realisation (contracts.md)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import AllowAny

from renstra.enums import ArahIndikator, TipeIndikator
from renstra.models import Indikator


class HalamanRenstra(PageNumberPagination):
    """Pages of a list, with its count."""

    page_size = 20
    page_query_param = "halaman"
    page_size_query_param = "per_halaman"
    max_page_size = 100


class TargetTahun(serializers.Serializer[Any]):
    """The target of a year: the printed text, and the number where it has one."""

    tahun = serializers.IntegerField()
    teks = serializers.CharField()
    nilai = serializers.DecimalField(source="angka", max_digits=18, decimal_places=4, allow_null=True)


class RealisasiTriwulan(serializers.Serializer[Any]):
    """What was achieved by a quarter."""

    tahun = serializers.IntegerField()
    triwulan = serializers.IntegerField()
    nilai = serializers.DecimalField(source="angka", max_digits=18, decimal_places=4)


class IndikatorRenstra(serializers.Serializer[Any]):
    """One indicator of an objective."""

    rencana = serializers.CharField(source="sasaran.tujuan.rencana.nama")
    edisi = serializers.IntegerField(source="sasaran.tujuan.rencana.edisi")
    tujuan = serializers.CharField(source="sasaran.tujuan.uraian")
    sasaran = serializers.CharField(source="sasaran.uraian")
    nama = serializers.CharField()
    satuan = serializers.CharField()
    arah = serializers.ChoiceField(ArahIndikator.choices)
    tipe = serializers.ChoiceField(TipeIndikator.choices)
    iku = serializers.BooleanField(help_text="indikator kinerja utama")
    kondisi_awal = serializers.DecimalField(source="awal", max_digits=18, decimal_places=4, allow_null=True)
    kondisi_akhir = serializers.DecimalField(source="akhir", max_digits=18, decimal_places=4, allow_null=True)
    target = TargetTahun(many=True)
    realisasi = RealisasiTriwulan(many=True)


class DaftarRenstra(ListAPIView[Indikator]):
    """Nobody is recognised here, so nothing can depend on who asks."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    pagination_class = HalamanRenstra
    serializer_class = IndikatorRenstra
    filter_backends = ()

    def get_queryset(self) -> QuerySet[Indikator]:
        berlaku = Indikator.objects.filter(sasaran__tujuan__rencana__status="berlaku")
        urutan = ("sasaran__tujuan__rencana", "sasaran__tujuan__no", "sasaran__no", "no", "pk")
        terkait = berlaku.select_related("sasaran__tujuan__rencana").prefetch_related("target", "realisasi")
        return terkait.order_by(*urutan)

    @extend_schema(operation_id="renstra", tags=["renstra"])
    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Indikator rencana yang berlaku, dengan target dan realisasinya."""
        return super().get(request, *args, **kwargs)
