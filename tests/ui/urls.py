"""The portal's addresses plus the style pages and error pages, for tests of the look alone."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from bpptportal.gaya import gaya
from bpptportal.urls import urlpatterns as portal
from core.galat import Bentrok

KALIMAT_BENTROK = "Berkas ini sudah didaftarkan Budi pukul 10.42. Tidak ada yang perlu Anda ulangi."


@login_not_required
def galat(request: HttpRequest, kode: str) -> HttpResponse:
    """An error page by the name of its template."""
    return render(request, f"{kode}.html", {"galat": Bentrok(KALIMAT_BENTROK)})


urlpatterns = [
    path("gaya/", gaya, name="gaya"),
    path("gaya/<slug:nama>/", gaya, name="gaya"),
    path("uji-galat/<slug:kode>/", galat),
    *portal,
]
