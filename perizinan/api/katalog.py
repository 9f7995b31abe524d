"""The catalogue: every service as it may be applied for today, and the page's own search."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.waktu import hari_ini
from perizinan.api.bentuk.katalog import HalamanLayanan, Layanan, RujukanKantor, SaringLayanan
from perizinan.api.dasar import Halaman, TampilanPublik, baca_saringan
from perizinan.enums import StatusVersi
from perizinan.models import JenisIzin, VersiLayanan
from perizinan.pencarian import cari_layanan, rujukan
from perizinan.services._jam import hari_efektif


def susun_layanan(daftar: Iterable[JenisIzin], hari: date) -> list[dict[str, Any]]:
    """Services with the version in force on a day. Three queries, however many there are."""
    layanan = list(daftar)
    berlaku = VersiLayanan.objects.filter(status=StatusVersi.TERBIT, berlaku_mulai__lte=hari)
    terbaru = berlaku.order_by("-berlaku_mulai", "-nomor_versi").prefetch_related("syarat")
    prefetch_related_objects(layanan, Prefetch("versi_layanan", terbaru, to_attr="versi_berlaku"))
    batas = _Batas(hari)
    return [_susun_satu(satu, batas) for satu in layanan]


class _Batas:
    """hari_efektif of many versions: what does not depend on the version is asked once."""

    def __init__(self, hari: date) -> None:
        self.hari = hari
        self.ingatan: dict[tuple[object, int | None], tuple[int, str]] = {}

    def __call__(self, versi: VersiLayanan, jenis: str) -> tuple[int, str]:
        kunci = ((versi.pilihan_permohonan(jenis) or {}).get("hari"), versi.hari_kerja)
        if kunci not in self.ingatan:
            self.ingatan[kunci] = hari_efektif(versi, jenis, self.hari)
        return self.ingatan[kunci]


def _susun_satu(jenis: JenisIzin, batas: _Batas) -> dict[str, Any]:
    versi_berlaku: list[VersiLayanan] = jenis.versi_berlaku  # type: ignore[attr-defined] # to_attr of the prefetch
    isi: dict[str, Any] = {"kode": jenis.kode, "nama": jenis.nama, "kelompok": jenis.kelompok}
    versi = versi_berlaku[0] if versi_berlaku and jenis.aktif else None
    if versi is None:
        kosong = dict.fromkeys(("jenis_produk", "hari_kerja", "sumber_hari", "biaya"))
        return isi | kosong | {"status": "nonaktif", "dasar_hukum": [], "persyaratan": []}
    hari, sumber = batas(versi, str(versi.jenis_permohonan[0]["kode"]))
    return isi | {
        "jenis_produk": versi.jenis_produk,
        "hari_kerja": hari,
        "sumber_hari": sumber,
        "biaya": versi.biaya,
        "status": "aktif",
        "dasar_hukum": [str(d.get("teks", "")) if isinstance(d, dict) else str(d) for d in versi.dasar_hukum],
        "persyaratan": list(versi.syarat.all()),
    }


class DaftarLayanan(TampilanPublik):
    """All services in the order of the catalogue; with `q` those that match what was typed, best first."""

    @extend_schema(
        operation_id="layanan_daftar", tags=["layanan"], parameters=[SaringLayanan], responses=HalamanLayanan
    )
    def get(self, request: Request) -> Response:
        """Daftar dan pencarian layanan."""
        saring = baca_saringan(SaringLayanan, request)
        q = saring.get("q", "").strip()
        daftar = [j for j in cari_layanan(q) if saring.get("kelompok", j.kelompok) == j.kelompok]
        halaman = Halaman()
        potongan = halaman.paginate_queryset(daftar, request, view=self)
        isi = Layanan(susun_layanan(potongan or [], hari_ini()), many=True).data
        kantor = rujukan(q) if q else None
        respons = halaman.get_paginated_response(isi)
        respons.data = {"rujukan": RujukanKantor(kantor).data if kantor else None, **respons.data}
        return respons


class RinciLayanan(TampilanPublik):
    """One service."""

    @extend_schema(operation_id="layanan_rinci", tags=["layanan"], responses=Layanan)
    def get(self, request: Request, kode: str) -> Response:
        """Satu layanan."""
        jenis = JenisIzin.objects.filter(kode=kode).first()
        if jenis is None:
            raise Http404
        return Response(Layanan(susun_layanan([jenis], hari_ini())[0]).data)
