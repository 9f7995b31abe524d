"""The two addresses that SMS gateways call: what people sent us, and what became of what we sent (contracts.md).

GET or POST without a session: the secret in the address, one per gateway, and the caller's address are the whole
key. Anything else is 403 before a row is read or written. The log masks the secret (core.catatan).
"""

from __future__ import annotations

import json
import logging
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from bpptportal import balasan
from bpptportal.galat_api import json_masalah
from core.waktu import sekarang
from notifications import laporan, masuk
from notifications.batas import termasuk
from notifications.enums import StatusPesan
from notifications.rahasia import pemilik_rahasia

catatan = logging.getLogger(__name__)
_BADAN_MAKS = 16_384
_STATUS = {"sampai": StatusPesan.SAMPAI, "gagal": StatusPesan.GAGAL, "terkirim": StatusPesan.TERKIRIM}


class PanggilanGerbang(APIView):
    """Who calls is checked before anything is parsed."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    parser_classes = ()

    def dispatch(self, request: Request, *args: str, rahasia: str = "", **kwargs: str) -> HttpResponse:  # type: ignore[override] # Django passes an HttpRequest
        gerbang = pemilik_rahasia(rahasia)
        alamat = str(request.META.get("REMOTE_ADDR", ""))
        if gerbang is None or not termasuk(alamat, settings.ALAMAT_SMS):
            catatan.warning("panggilan gerbang SMS ditolak", extra={"alamat": alamat, "dikenal": gerbang is not None})
            return json_masalah(403, "Alamat ini hanya untuk gerbang SMS kami.")
        catatan.info("panggilan gerbang SMS", extra={"gerbang": gerbang, "alamat": alamat})
        return super().dispatch(request, *args, gerbang=gerbang, **kwargs)  # type: ignore[return-value] # DRF's Response is one

    @extend_schema(exclude=True)
    def get(self, request: Request, gerbang: str) -> HttpResponse:
        """Kannel's way."""
        return self.terima(gerbang, _isi(request.META.get("QUERY_STRING", "").encode("latin-1")))

    @extend_schema(exclude=True)
    def post(self, request: Request, gerbang: str) -> HttpResponse:
        """Form fields in the body, or a JSON object."""
        badan = request._request.body[:_BADAN_MAKS]
        baca = _isi_json if "json" in str(request._request.content_type) else _isi
        return self.terima(gerbang, baca(badan))

    def terima(self, gerbang: str, isi: dict[str, str]) -> HttpResponse:
        raise NotImplementedError


def _isi(mentah: bytes) -> dict[str, str]:
    """Fields of a query or form. Kannel sends the text's own bytes and names their encoding in `charset`."""
    pasangan = dict(
        parse_qsl(mentah.decode("latin-1"), keep_blank_values=True, encoding="latin-1", max_num_fields=30)
    )
    sandi = pasangan.get("charset", "UTF-8")
    hasil = {}
    for nama, nilai in pasangan.items():
        byte = nilai.encode("latin-1")
        try:
            hasil[nama] = byte.decode(sandi if nama in {"teks", "text"} else "utf-8")
        except (LookupError, UnicodeDecodeError):
            hasil[nama] = byte.decode("utf-8", "replace")
    return hasil


def _isi_json(mentah: bytes) -> dict[str, str]:
    """The same fields from a JSON object; anything else has none."""
    try:
        isi = json.loads(mentah)
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in isi.items()} if isinstance(isi, dict) else {}


def _ok() -> HttpResponse:
    """An empty answer: what we have to say goes through the outbox."""
    return HttpResponse("", content_type="text/plain; charset=utf-8")


class SmsMasuk(PanggilanGerbang):
    """Somebody wrote to us. Kept first; a repetition under the same reference is the same message."""

    def terima(self, gerbang: str, isi: dict[str, str]) -> HttpResponse:
        dari = isi.get("dari") or isi.get("from") or isi.get("sender") or ""
        teks = isi.get("teks", isi.get("text", ""))
        if not dari.strip():
            return json_masalah(400, "Nomor pengirim (dari) tidak ada.")
        baris = masuk.terima(gerbang, dari=dari, teks=teks, acuan=isi.get("id", ""), kini=sekarang())
        if baris is not None:
            balasan.coba(baris.pk)
        return _ok()


class SmsLaporan(PanggilanGerbang):
    """What became of a message of ours. Unknown references and repetitions are answered alike: 200, nothing done."""

    def terima(self, gerbang: str, isi: dict[str, str]) -> HttpResponse:
        kode = isi.get("status", "")
        hasil = laporan.dari_dlr(kode) or _STATUS.get(kode.lower())
        if hasil is not None:
            laporan.terapkan(gerbang, isi.get("acuan", ""), hasil)
        return _ok()
