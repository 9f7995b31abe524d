"""The SKPD team's day: visits in order, with the landmark, a call and the way (ux.md sketch 22)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.waktu import sekarang
from perizinan.halaman.kunjungan import susun_kunjungan
from perizinan.views._meja import petugas_saja
from perizinan.views._saya import akun


@petugas_saja
@require_safe
def kunjungan(request: HttpRequest) -> HttpResponse:
    """Today's visits first, then the coming ones, then what has no date yet."""
    return render(request, "perizinan/petugas/kunjungan.html", {"hari": susun_kunjungan(akun(request), sekarang())})
