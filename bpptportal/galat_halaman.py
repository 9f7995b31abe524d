"""The page for a request that could not be read: says what was wrong with it where we know it."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def permintaan_salah(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Status 400; a request that was too big is told its limit (core/unggah.py writes the sentence)."""
    sebab = str(exception) if isinstance(exception, RequestDataTooBig) else ""
    return render(request, "400.html", {"sebab": sebab}, status=400)
