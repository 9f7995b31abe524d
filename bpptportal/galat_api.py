"""API errors are RFC 9457 problem+json in Indonesian with a stable `type` (contracts.md)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from core.galat import GalatPortal, IsianTidakSah

_JUDUL = {
    400: ("isian_tidak_sah", "Isian belum benar"),
    401: ("belum_masuk", "Anda belum masuk"),
    403: ("tidak_berwenang", "Anda tidak berwenang"),
    404: ("tidak_ditemukan", "Tidak ditemukan"),
    405: ("cara_tidak_dikenal", "Cara ini tidak dilayani di alamat ini"),
    406: ("bentuk_tidak_dikenal", "Bentuk jawaban itu tidak kami sediakan"),
    409: ("bentrok", "Bentrok dengan perubahan lain"),
    415: ("jenis_isi_tidak_dikenal", "Jenis isi permintaan tidak kami kenal"),
    422: ("kunci_dipakai_ulang", "Kunci permintaan dipakai untuk isi lain"),
    429: ("terlalu_sering", "Terlalu banyak permintaan"),
    500: ("gangguan", "Gangguan di pihak kami"),
    503: ("gangguan_sementara", "Gangguan sementara"),
}


def masalah(status: int, rinci: str, *, kode: str | None = None, **tambahan: Any) -> dict[str, Any]:
    """A problem document. `type` is a relative address that stays the same for one kind of problem."""
    kode_baku, judul = _JUDUL.get(status, ("galat", HTTPStatus(status).phrase))
    return {
        "type": f"/api/masalah/{kode or kode_baku}/",
        "title": judul,
        "status": status,
        "detail": rinci,
        **tambahan,
    }


def _respons(isi: dict[str, Any], asal: Response | None = None) -> Response:
    respons = Response(isi, status=isi["status"], content_type="application/problem+json")
    for nama in ("WWW-Authenticate", "Retry-After", "Allow"):
        if asal is not None and asal.has_header(nama):
            respons[nama] = asal[nama]
    return respons


def tangani(galat: Exception, konteks: dict[str, Any]) -> Response | None:
    """DRF's exception handler: our refusals and DRF's own become problem documents."""
    if isinstance(galat, GalatPortal):
        rincian = {"rincian": galat.rincian} if isinstance(galat, IsianTidakSah) and galat.rincian else {}
        return _respons(masalah(galat.status, galat.pesan, kode=galat.kode, **rincian))
    asal = exception_handler(galat, konteks)
    if asal is None:
        return None
    if isinstance(galat, exceptions.ValidationError):
        return _respons(masalah(400, "Periksa isian yang disebut di bawah.", rincian=asal.data), asal)
    if isinstance(galat, Http404 | exceptions.NotFound):
        return _respons(masalah(404, "Tidak ada, atau bukan milik Anda."), asal)
    if isinstance(galat, PermissionDenied | exceptions.PermissionDenied):
        return _respons(masalah(403, "Anda tidak boleh melakukan ini."), asal)
    rinci = asal.data.get("detail", "") if isinstance(asal.data, dict) else ""
    return _respons(masalah(asal.status_code, str(rinci)), asal)


def json_masalah(status: int, rinci: str) -> JsonResponse:
    """The same document for a view that is not DRF's."""
    return JsonResponse(masalah(status, rinci), status=status, content_type="application/problem+json")
