"""What every endpoint shares: who asks, what may be sent, how lists are cut (contracts.md, R7, R9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import AuthenticationFailed, ErrorDetail, NotAuthenticated
from rest_framework.pagination import CursorPagination, PageNumberPagination
from rest_framework.parsers import JSONParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Akun
from core.galat import IsianTidakSah
from perizinan.models import Permohonan

_TERKAIT = ("jenis_izin", "versi_layanan", "pihak", "pemohon", "kuasa", "bidang", "unit_penerbit")
_KUNCI = re.compile(r"[!-~]{1,80}")
_CSRF = "csrfmiddlewaretoken"

KUNCI_ULANG = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="Kunci unik buatan Anda, paling panjang 80 huruf. Permintaan yang sama dengan kunci yang sama "
    "dikerjakan satu kali; kunci yang sama dengan isi lain ditolak (422).",
)


class Masukan(serializers.Serializer[Any]):
    """What may be sent: a name that is not declared is refused, so that nothing can be slipped in (B19)."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            asing = sorted(str(n) for n in set(data) - set(self.fields) - {_CSRF})
            if asing:
                raise serializers.ValidationError({n: [_("Nama ini tidak dikenal di sini.")] for n in asing})
        return super().to_internal_value(data)


class Keluaran(serializers.Serializer[Any]):
    """What is answered: only what is declared, and never read from a request."""


class Json(JSONParser):
    """JSON, no longer than Django lets any body be; DRF alone would read whatever comes."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        panjang = int((parser_context or {})["request"].META.get("CONTENT_LENGTH") or 0)
        batas = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if batas is not None and panjang > batas:
            raise RequestDataTooBig(_("Isi permintaan ini terlalu besar."))
        return super().parse(stream, media_type, parser_context)


class TampilanApi(APIView):
    """An endpoint: needs a person, speaks Indonesian, is not stored on the way."""

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Request:
        translation.activate(settings.LANGUAGE_CODE)
        return super().initialize_request(request, *args, **kwargs)

    def handle_exception(self, exc: Exception) -> Response:
        """Two faults that the library tells in its own way, told like the others."""
        if isinstance(exc, RequestDataTooBig | TooManyFilesSent):
            exc = IsianTidakSah(str(exc), kode="terlalu_besar")
        elif isinstance(exc, NotAuthenticated | AuthenticationFailed):
            exc.detail = ErrorDetail(_("Masuk dahulu, atau sertakan kunci akun yang berlaku."), exc.default_code)
        return super().handle_exception(exc)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        respons = super().finalize_response(request, response, *args, **kwargs)
        if request.user.is_authenticated:
            respons["Cache-Control"] = "no-store, private"
        return respons


class TampilanPublik(TampilanApi):
    """An endpoint for everybody. Nobody is recognised here, so nothing can depend on who asks."""

    authentication_classes = ()
    permission_classes = (AllowAny,)


class Halaman(PageNumberPagination):
    """Pages of a list, with its count."""

    page_size = 20
    page_query_param = "halaman"
    page_size_query_param = "per_halaman"
    max_page_size = 100


class Kursor(CursorPagination):
    """Pages of a growing list: a row that comes in between is neither shown twice nor lost."""

    page_size = 50
    cursor_query_param = "kursor"
    page_size_query_param = "per_halaman"
    max_page_size = 200
    offset_cutoff = 10_000


def akun(request: Request) -> Akun:
    """The person who asks; the permission lets nobody else through."""
    assert isinstance(request.user, Akun)  # noqa: S101 IsAuthenticated's promise, for the type checker
    return request.user


def ambil_berkas(request: Request, acuan: str) -> Permohonan:
    """A file that this person may see, else Http404: the two misses are never told apart."""
    terlihat = Permohonan.objects.terlihat_oleh(akun(request)).beracuan(acuan).select_related(*_TERKAIT)
    berkas: Permohonan = get_object_or_404(terlihat.prefetch_related("versi_layanan__isian"))
    return berkas


def sisi_petugas(berkas: Permohonan, orang: Akun) -> bool:
    """Whether somebody looks at a file as an officer, not as its applicant or agent."""
    if not orang.petugas or berkas.pemohon.akun_id == orang.pk:
        return False
    return berkas.kuasa is None or berkas.kuasa.penerima_id != orang.pk


def baca(bentuk: type[Masukan], request: Request) -> dict[str, Any]:
    """The body, checked. Raises ValidationError."""
    isi = bentuk(data=request.data)
    isi.is_valid(raise_exception=True)
    return dict(isi.validated_data)


def baca_saringan(bentuk: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """The query of a list, checked. Raises ValidationError."""
    isi = bentuk(data=request.query_params)
    isi.is_valid(raise_exception=True)
    return dict(isi.validated_data)


def kunci_ulang(request: Request) -> str | None:
    """The Idempotency-Key, or None. Raises IsianTidakSah for one that could not be kept as it is."""
    kunci = request.headers.get("Idempotency-Key")
    if kunci is None:
        return None
    if not _KUNCI.fullmatch(kunci):
        raise IsianTidakSah(_("Idempotency-Key berisi 1 sampai 80 huruf tanpa spasi."), kode="kunci_tidak_sah")
    return kunci
