"""The treasurer's list: SKRD that wait for money, and those that were paid."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from perizinan.enums import StatusSkrd
from perizinan.halaman.kotak import PER_HALAMAN, lingkup
from perizinan.models import Skrd
from perizinan.views._meja import petugas_saja
from perizinan.views._saya import akun


@petugas_saja
@require_safe
def pembayaran(request: HttpRequest) -> HttpResponse:
    """Bills of the files that I may see, the one that is due first on top; `?lunas=1` shows the paid ones."""
    lunas = request.GET.get("lunas") == "1"
    status = StatusSkrd.LUNAS if lunas else StatusSkrd.BERLAKU
    daftar = Skrd.objects.filter(status=status, permohonan__in=lingkup(akun(request)))
    daftar = daftar.select_related("permohonan__jenis_izin", "permohonan__pihak").prefetch_related("pembayaran")
    halaman = Paginator(daftar.order_by("jatuh_tempo", "pk"), PER_HALAMAN).get_page(request.GET.get("halaman"))
    konteks = {
        "halaman": halaman,
        "baris": halaman.object_list,
        "jumlah": halaman.paginator.count,
        "lunas": lunas,
        "kolom": [{"judul": j} for j in (_("Jatuh tempo"), _("Tagihan"), _("Keadaan"))]
        + [{"judul": _("Nilai"), "kelas": "angka"}],
    }
    return render(request, "perizinan/petugas/pembayaran.html", konteks)
