"""The API's description: one shape for every refusal, and a page that people read without any script.

The page is made from the same schema that machines read, so the two cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request

from bpptportal.galat_api import json_masalah

_MASALAH: dict[str, Any] = {
    "type": "object",
    "description": "Penolakan menurut RFC 9457. `type` tetap untuk satu macam penolakan; `rincian` menyebut isian.",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "rincian": {"type": "object", "additionalProperties": True},
    },
    "required": ["type", "title", "status", "detail"],
}
_RUJUK = "#/components/schemas/"
_METODE = ("get", "post", "put", "patch", "delete")


def lengkapi(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """drf-spectacular's hook: every operation may answer with a problem document (contracts.md)."""
    result.setdefault("components", {}).setdefault("schemas", {})["Masalah"] = _MASALAH
    isi = {"application/problem+json": {"schema": {"$ref": f"{_RUJUK}Masalah"}}}
    for *_tempat, operasi in _operasi(result):
        operasi["responses"]["default"] = {"description": "Ditolak", "content": isi}
    return result


def _operasi(skema: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (alamat, metode, isi[metode])
        for alamat, isi in skema.get("paths", {}).items()
        for metode in _METODE
        if metode in isi
    ]


@lru_cache(maxsize=1)
def skema_api() -> dict[str, Any]:
    """The whole description, in Indonesian; made once, since it only changes with the program."""
    pembuat: Any = SchemaGenerator
    with translation.override(settings.LANGUAGE_CODE):
        hasil: dict[str, Any] = pembuat().get_schema(request=None, public=True)
    return hasil


@lru_cache(maxsize=8)
def _tersaji(media: str) -> bytes:
    """The description in one notation, kept: making it takes longer than most requests may."""
    penyaji: Any = next(p for p in SpectacularAPIView.renderer_classes if p.media_type == media)
    with translation.override(settings.LANGUAGE_CODE):
        teks = penyaji().render(skema_api(), renderer_context={})
    return teks.encode() if isinstance(teks, str) else bytes(teks)


class SkemaApi(SpectacularAPIView):
    """OpenAPI 3 for machines, as YAML or JSON; the same for everybody."""

    authentication_classes = ()

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        media = str(request.accepted_renderer.media_type)
        return HttpResponse(_tersaji(media), content_type=f"{media}; charset=utf-8")


@csrf_exempt
@login_not_required
def tidak_dikenal(request: HttpRequest, sisa: str) -> HttpResponse:
    """Any other address of the API: a refusal in its own form. What only lacks its last slash is still led there."""
    return json_masalah(404, _("Alamat API ini tidak ada."))


# --- the page ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Nama:
    """A parameter or a field: its name, where it stands, its kind, what it means."""

    nama: str
    letak: str
    jenis: str
    wajib: bool
    arti: str


@dataclass(frozen=True, slots=True)
class Operasi:
    """One address and method."""

    metode: str
    alamat: str
    ringkas: str
    arti: str
    terbuka: bool
    masukan: list[Nama]
    jawaban: list[Nama]


@dataclass(slots=True)
class Kelompok:
    """Operations about one thing."""

    nama: str
    operasi: list[Operasi] = field(default_factory=list)


@lru_cache(maxsize=1)
def kelompok_operasi() -> list[Kelompok]:
    """The schema as the page shows it."""
    skema = skema_api()
    kelompok: dict[str, Kelompok] = {}
    for alamat, metode, operasi in _operasi(skema):
        nama = operasi.get("tags", ["lain"])[0]
        kelompok.setdefault(nama, Kelompok(nama)).operasi.append(_baca(skema, alamat, metode, operasi))
    return list(kelompok.values())


def _baca(skema: dict[str, Any], alamat: str, metode: str, operasi: dict[str, Any]) -> Operasi:
    teks = operasi.get("summary") or operasi.get("description", "")
    ringkas, _, arti = teks.partition("\n")
    masukan = [
        Nama(p["name"], p["in"], _jenis(p["schema"]), bool(p.get("required")), p.get("description", ""))
        for p in operasi.get("parameters", [])
    ]
    isi = next(iter(operasi.get("requestBody", {}).get("content", {}).items()), None)
    if isi:
        masukan += _bidang(skema, isi[1]["schema"], "body" if "json" in isi[0] else "form")
    berhasil: dict[str, Any] = next((r for kode, r in operasi["responses"].items() if kode.startswith("2")), {})
    bentuk = berhasil.get("content", {}).get("application/json", {}).get("schema")
    return Operasi(
        metode.upper(),
        alamat,
        ringkas,
        arti.strip(),
        not operasi.get("security"),
        masukan,
        _bidang(skema, bentuk, "json") if bentuk else [],
    )


def _bidang(skema: dict[str, Any], bentuk: dict[str, Any], letak: str) -> list[Nama]:
    """Fields of a shape, those of `results` in the place of a page's frame."""
    isi = _buka(skema, bentuk)
    if "results" in isi.get("properties", {}):
        isi = _buka(skema, isi["properties"]["results"])
    wajib = isi.get("required", [])
    return [
        Nama(nama, letak, _jenis(satu), nama in wajib, satu.get("description", "").split("\n\n")[0])
        for nama, satu in isi.get("properties", {}).items()
    ]


def _buka(skema: dict[str, Any], bentuk: dict[str, Any]) -> dict[str, Any]:
    """A shape without its references and list frames."""
    while True:
        if "$ref" in bentuk:
            bentuk = skema["components"]["schemas"][bentuk["$ref"].removeprefix(_RUJUK)]
        elif bentuk.get("type") == "array":
            bentuk = bentuk["items"]
        else:
            return bentuk


def _jenis(bentuk: dict[str, Any]) -> str:
    """A kind in one or two words."""
    for kunci in ("allOf", "oneOf"):
        if kunci in bentuk:
            return _jenis(bentuk[kunci][0])
    if "$ref" in bentuk:
        return str(bentuk["$ref"]).removeprefix(_RUJUK).removesuffix("Enum")
    if bentuk.get("type") == "array":
        return f"{_jenis(bentuk['items'])}[]"
    return " ".join(str(bentuk[k]) for k in ("type", "format") if k in bentuk) or "apa saja"


@login_not_required
@require_safe
def dokumentasi(request: HttpRequest) -> HttpResponse:
    """Every operation of the API, for people."""
    return render(request, "publik/api.html", {"kelompok": kelompok_operasi()})
