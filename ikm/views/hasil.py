"""Results: the office's page of a period, and the page for everybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.enums import Peran
from ikm.halaman import dasbor as halaman
from ikm.halaman import publikasi as halaman_publik
from ikm.views._jaga import PEMBACA, akun, hanya


@hanya(*PEMBACA)
@require_safe
def dasbor(request: HttpRequest) -> HttpResponse:
    """One period: by default the one that gathers now. Raises Http404 for a code that no period bears."""
    kode = request.GET.get("periode", "")[:10]
    periode = halaman.pilih_periode(kode)
    if periode is None and kode:
        raise Http404
    konteks = {
        "dasbor": halaman.susun(periode) if periode else None,
        "perencana": akun(request).berperan(Peran.PERENCANA),
    }
    return render(request, "ikm/petugas/dasbor.html", konteks)


@login_not_required
@require_safe
def publikasi(request: HttpRequest) -> HttpResponse:
    """Signed editions only. Raises Http404 for a period without one."""
    terbit = halaman_publik.susun(request.GET.get("periode", "")[:10])
    if terbit is None:
        raise Http404
    return render(request, "ikm/publikasi.html", {"terbit": terbit})
