"""Applications: the list, a new draft, one file."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.enums import Peran
from accounts.models import Akun, Kuasa, Pemohon
from core.galat import IsianTidakSah
from core.models import pakai_kunci
from core.waktu import sekarang
from perizinan import services
from perizinan.api.bentuk.permohonan import BerkasRinci, BerkasRingkas, MasukanPermohonan, SaringPermohonan
from perizinan.api.dasar import (
    KUNCI_ULANG,
    Halaman,
    Json,
    TampilanApi,
    akun,
    ambil_berkas,
    baca,
    baca_saringan,
    kunci_ulang,
    sisi_petugas,
)
from perizinan.api.isi import pastikan_isian_dikenal
from perizinan.models import JenisIzin, Permohonan, Rekomendasi
from perizinan.perms import peran_bertindak
from perizinan.tindakan import transisi_kini


def tindakan_kini(objek: Permohonan | Rekomendasi, orang: Akun) -> list[dict[str, str]]:
    """Acts that the state, the guards and every role of this person allow now, in the order of the machine."""
    return [
        {"verba": t.name, "teks": str(t.custom["label"])}
        for t in transisi_kini(objek)
        if peran_bertindak(objek, orang, t.custom["peran"]) and all(syarat(objek) for syarat in t.conditions)
    ]


def rinci(berkas: Permohonan, orang: Akun, perlu_diperbaiki: dict[str, list[str]] | None = None) -> dict[str, Any]:
    """One file as this person sees it; a team sees only its own SKPD's recommendation."""
    rekomendasi = list(
        Rekomendasi.objects.terlihat_oleh(orang).filter(permohonan=berkas).select_related("skpd").order_by("pk")
    )
    for satu in rekomendasi:
        satu.permohonan = berkas
    konteks = {
        "petugas": sisi_petugas(berkas, orang),
        "rekomendasi": rekomendasi,
        "tindakan": lambda objek: tindakan_kini(objek, orang),
        "perlu_diperbaiki": perlu_diperbaiki or {},
    }
    return dict(BerkasRinci(berkas, context=konteks).data)


class DaftarPermohonan(TampilanApi, GenericAPIView[Permohonan]):
    """Files that this person may see; a new draft."""

    pagination_class = Halaman
    serializer_class = BerkasRingkas
    filter_backends = ()
    parser_classes = (Json,)

    def get_queryset(self) -> QuerySet[Permohonan]:
        saring = baca_saringan(SaringPermohonan, self.request)
        orang = akun(self.request)
        daftar = Permohonan.objects.terlihat_oleh(orang).untuk_daftar()
        if "status" in saring:
            daftar = daftar.filter(status=saring["status"])
        if "layanan" in saring:
            daftar = daftar.filter(jenis_izin__kode=saring["layanan"])
        if saring.get("menunggu_saya"):
            menunggu = Permohonan.objects.kotak_masuk(orang).order_by().values("pk")
            milik = Permohonan.objects.menunggu_pemohon(orang).values("pk")
            daftar = daftar.filter(pk__in=menunggu) | daftar.filter(pk__in=milik)
        return daftar.order_by("-dibuat_pada", "-pk")

    @extend_schema(
        operation_id="permohonan_daftar",
        tags=["permohonan"],
        parameters=[SaringPermohonan],
        responses=BerkasRingkas(many=True),
    )
    def get(self, request: Request) -> Response:
        """Permohonan yang boleh Anda lihat."""
        halaman = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(BerkasRingkas(halaman, many=True).data)

    @extend_schema(
        operation_id="permohonan_buat",
        tags=["permohonan"],
        request=MasukanPermohonan,
        parameters=[KUNCI_ULANG],
        examples=[OpenApiExample("Draf baru", value={"layanan": "siup"}, request_only=True)],
        responses={201: BerkasRinci},
    )
    def post(self, request: Request) -> Response:
        """Draf baru, boleh sekaligus dengan isiannya."""
        orang, kunci = akun(request), kunci_ulang(request)
        masukan = baca(MasukanPermohonan, request)
        jenis = JenisIzin.objects.filter(kode=masukan["layanan"], aktif=True).first()
        if jenis is None:
            raise _salah("layanan", _("Layanan ini tidak ada."))
        isian = masukan.get("isian", {})
        if isian:
            _periksa_isian_awal(jenis, isian)
        pemohon = _pemohon(orang, masukan.get("pemohon"))
        draf = services.buat(
            oleh=orang,
            jenis_izin=jenis,
            pemohon=pemohon,
            jenis_permohonan=masukan["jenis_permohonan"],
            kuasa=_kuasa(orang, pemohon, jenis),
            kunci=kunci,
        )
        perlu = _isi_awal(draf, isian, orang, kunci)
        berkas = ambil_berkas(request, str(draf.kunci))
        alamat = request.build_absolute_uri(f"{request.path}{berkas.acuan}/")
        return Response(rinci(berkas, orang, perlu), status=201, headers={"Location": alamat})


def _salah(nama: str, kalimat: str) -> IsianTidakSah:
    return IsianTidakSah(kalimat, {nama: [kalimat]})


def _periksa_isian_awal(jenis: JenisIzin, isian: dict[str, Any]) -> None:
    """Names of fields are judged before a draft is made."""
    from core.waktu import hari_ini

    versi = jenis.versi_pada(hari_ini())
    if versi is not None:
        pastikan_isian_dikenal(versi.isian.all(), isian)


def _isi_awal(draf: Permohonan, isian: dict[str, Any], orang: Akun, kunci: str | None) -> dict[str, list[str]]:
    """Fill the new draft, once per key: a repeated request must not undo what was typed since (R7)."""
    if not isian:
        return {}
    sidik = hashlib.sha256(json.dumps(isian, sort_keys=True, default=str).encode()).hexdigest()
    with transaction.atomic():
        pelaku = f"akun:{orang.pk}/isian"
        if kunci and pakai_kunci(pelaku=pelaku, kunci=kunci, sidik=sidik, acuan=str(draf.kunci)) is not None:
            return {}
        return services.simpan_isian(draf, isian, oleh=orang)


def _pemohon(orang: Akun, kunci: Any) -> Pemohon:
    """The party: named, or the only one. Another's party is as unknown as one that does not exist.

    Raises IsianTidakSah, naming the choices when there are several.
    """
    milik = list(orang.pemohon.order_by("pk"))
    if kunci is None:
        if len(milik) == 1:
            return milik[0]
        pilihan = "; ".join(f"{p.kunci}: {p.versi_data.latest().sebutan}" for p in milik)
        raise _salah("pemohon", _("Sebutkan pihak yang mengajukan. %(pilihan)s") % {"pilihan": pilihan})
    pihak = Pemohon.objects.filter(kunci=kunci).first()
    dikuasakan = Kuasa.objects.berlaku(sekarang()).filter(penerima=orang, pemohon=pihak).exists() if pihak else False
    if pihak is None or not (pihak in milik or dikuasakan or orang.berperan(Peran.LOKET)):
        raise _salah("pemohon", _("Pihak ini tidak dikenal."))
    return pihak


def _kuasa(orang: Akun, pemohon: Pemohon, jenis: JenisIzin) -> Kuasa | None:
    """The power of attorney under which somebody files for another, or None."""
    if pemohon.akun_id == orang.pk:
        return None
    kini = sekarang()
    daftar = Kuasa.objects.berlaku(kini).filter(penerima=orang, pemohon=pemohon).order_by("pk")
    return next((k for k in daftar if k.berlaku_untuk(jenis.kode, kini)), None)


class RinciPermohonan(TampilanApi):
    """One file."""

    @extend_schema(operation_id="permohonan_rinci", tags=["permohonan"], responses=BerkasRinci)
    def get(self, request: Request, acuan: str) -> Response:
        """Satu permohonan, dengan langkah yang sekarang dapat Anda lakukan."""
        return Response(rinci(ambil_berkas(request, acuan), akun(request)))
