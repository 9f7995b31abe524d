"""The open data sets for people: what each is, what its columns mean, where to get it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from renstra.api_data import jenis_kolom
from renstra.data_terbuka import SEMUA


@login_not_required
@require_safe
def data_terbuka(request: HttpRequest) -> HttpResponse:
    """Every data set with its links."""
    daftar = [
        {"data": d, "kolom": [{"nama": n, "jenis": jenis_kolom(k), "arti": k.help_text} for n, k in d.kolom()]}
        for d in SEMUA
    ]
    return render(request, "renstra/data.html", {"daftar": daftar, "aturan_pakai": settings.ATURAN_PAKAI_DATA})
