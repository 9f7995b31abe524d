"""Small middlewares: the visitor's address, the chosen language, no storing of private pages, readable refusals."""

from __future__ import annotations

import contextlib
import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from core.galat import GalatPortal, TidakDitemukan

Jawab = Callable[[HttpRequest], HttpResponse]


class AlamatTamu:
    """The visitor's address as our own proxy saw it, where PROKSI=1 says that nobody else reaches this port (R20).

    Without it all visitors would share the proxy's address, and with it each other's limits. One header of one
    proxy that overwrites it: a list of addresses that visitors can add to is never read.
    """

    def __init__(self, get_response: Jawab) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.PROKSI:
            with contextlib.suppress(ValueError):  # without the header: asked from inside, as the health check does
                request.META["REMOTE_ADDR"] = str(ipaddress.ip_address(request.headers.get("X-Real-IP", "")))
        return self.get_response(request)


class BahasaPilihan:
    """The language that the visitor chose on the page, else Indonesian.

    Many phones here are set to English by people who read Indonesian: the browser's preference decides nothing.
    """

    def __init__(self, get_response: Jawab) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        pilihan = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        bahasa = pilihan if pilihan in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(bahasa):
            request.LANGUAGE_CODE = bahasa
            respons = self.get_response(request)
            respons.headers.setdefault("Content-Language", bahasa)
        return respons


class TanpaSimpan:
    """Signed-in pages carry `no-store`: the next person at a shared computer must not find them."""

    def __init__(self, get_response: Jawab) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        respons = self.get_response(request)
        if request.user.is_authenticated and not respons.has_header("Cache-Control"):
            add_never_cache_headers(respons)
            respons["Cache-Control"] = "no-store, private"
        return respons


class GalatKeHalaman:
    """A GalatPortal that a view did not answer itself becomes a page with its status and its sentence."""

    def __init__(self, get_response: Jawab) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, galat: Exception) -> HttpResponse | None:
        if isinstance(galat, TidakDitemukan):
            raise Http404(galat.pesan)
        if isinstance(galat, GalatPortal):
            return render(request, "galat.html", {"galat": galat}, status=galat.status)
        return None
