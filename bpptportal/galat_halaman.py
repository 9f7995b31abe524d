"""Pages of last resort: a request that could not be read, and a fault of ours, told as what it is."""

from __future__ import annotations

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bpptportal.galat_api import json_masalah

COBA_LAGI_DETIK = 5


def permintaan_salah(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Status 400; a request that was too big is told its limit (core/unggah.py writes the sentence)."""
    sebab = str(exception) if isinstance(exception, RequestDataTooBig) else ""
    return render(request, "400.html", {"sebab": sebab}, status=400)


def gangguan(request: HttpRequest) -> HttpResponse:
    """A fault of ours: 503 with Retry-After when the database is away, waits or restarts, else 500 (B11).

    Django calls this while it handles the exception. What was asked may be asked again: with its key it happens once.
    """
    sementara = basis_data_pergi(sys.exc_info()[1])
    status = 503 if sementara else 500
    if request.path.startswith("/api/"):
        respons: HttpResponse = json_masalah(status, _("Ada gangguan di pihak kami. Coba lagi sebentar lagi."))
    else:
        respons = render(request, "500.html", status=status)
    if sementara:
        respons["Retry-After"] = str(COBA_LAGI_DETIK)
    return respons


def basis_data_pergi(galat: BaseException | None) -> bool:
    """Whether the database, and not the request, is at fault. A connection that breaks in the middle of a
    statement comes from psycopg2 as a bare DatabaseError; its subclasses tell of the statement itself."""
    return isinstance(galat, OperationalError | InterfaceError) or type(galat) is DatabaseError
