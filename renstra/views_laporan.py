"""The books of a month and of a year: their pages and files."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.waktu import hari_ini, sekarang
from perizinan.rekap import batas
from perizinan.statistik import segarkan
from renstra.laporan import bulanan, lkjip, tc
from renstra.laporan.bentuk import Buku
from renstra.models import Rencana
from renstra.susunan import rencana_tahun, tahun_berencana
from renstra.views import kirim_pdf, kirim_xlsx, pembaca_saja

#: How many months the choice offers.
_BULAN = 24


def _bulan(request: HttpRequest) -> date:
    """The month in the address, else the present one. Raises Http404 for what is no month or has not begun."""
    teks, kini = request.GET.get("bulan", ""), hari_ini().replace(day=1)
    if not teks:
        return kini
    try:
        bulan = date.fromisoformat(f"{teks}-01")
    except ValueError as galat:
        raise Http404 from galat
    if bulan > kini or bulan.year < 2000:
        raise Http404
    return bulan


def _buku_bulan(bulan: date) -> Buku:
    segarkan()
    return bulanan.buku(bulan, sementara=sekarang() < batas(bulan)[1])


@pembaca_saja
@require_safe
def laporan(request: HttpRequest) -> HttpResponse:
    """The month's report on a page; `bulan=2026-05` in the address."""
    bulan = _bulan(request)
    kini, pilihan = hari_ini().replace(day=1), []
    for n in range(_BULAN):
        ke = kini.year * 12 + kini.month - 1 - n
        pilihan.append(date(ke // 12, ke % 12 + 1, 1))
    if bulan not in pilihan:
        pilihan.append(bulan)
    query = {"bulan": f"{bulan:%Y-%m}"}
    rentang = {"dari": query["bulan"], "sampai": query["bulan"]}
    konteks = {
        "buku": _buku_bulan(bulan),
        "bulan": bulan,
        "pilihan": [(f"{b:%Y-%m}", bulanan.nama_bulan(b)) for b in pilihan],
        "daftar": [(u.label, reverse("statistik_rinci", args=[u], query=rentang)) for u in bulanan.UKURAN],
        "pdf": reverse("renstra_laporan_berkas", args=["pdf"], query=query),
        "xlsx": reverse("renstra_laporan_berkas", args=["xlsx"], query=query),
    }
    return render(request, "renstra/laporan.html", konteks)


@pembaca_saja
@require_safe
def laporan_berkas(request: HttpRequest, bentuk: str) -> HttpResponse:
    """The month's report as PDF or XLSX."""
    bulan = _bulan(request)
    return _kirim(_buku_bulan(bulan), bentuk, f"laporan-penerbitan-{bulan:%Y-%m}")


def _kirim(buku: Buku, bentuk: str, nama: str) -> HttpResponse:
    if bentuk not in {"pdf", "xlsx"}:
        raise Http404
    return kirim_pdf(buku, f"{nama}.pdf") if bentuk == "pdf" else kirim_xlsx(buku, f"{nama}.xlsx")


def _tahun(request: HttpRequest) -> tuple[int, Rencana]:
    """The year in the address, else the last one that is over and planned. Raises Http404 without a plan."""
    teks, pilihan = request.GET.get("tahun", ""), tahun_berencana()
    lewat = [t for t in pilihan if t < hari_ini().year] or pilihan
    tahun = int(teks) if teks.isdecimal() and len(teks) == 4 else next(iter(lewat), 0)
    rencana = rencana_tahun(tahun)
    if rencana is None:
        raise Http404
    return tahun, rencana


@pembaca_saja
@require_safe
def tahunan(request: HttpRequest) -> HttpResponse:
    """The book of a year on a page: its tables and stubs, and the files."""
    tahun, rencana = _tahun(request)
    segarkan()
    query = {"tahun": str(tahun)}
    konteks = {
        "buku": lkjip.buku(rencana, tahun),
        "tahun": tahun,
        "pilihan": tahun_berencana(),
        "pdf": reverse("renstra_lkjip_berkas", args=["pdf"], query=query),
        "xlsx": reverse("renstra_lkjip_berkas", args=["xlsx"], query=query),
    }
    return render(request, "renstra/lkjip.html", konteks)


@pembaca_saja
@require_safe
def tahunan_berkas(request: HttpRequest, bentuk: str) -> HttpResponse:
    """The book of a year as PDF, or its tables as XLSX."""
    tahun, rencana = _tahun(request)
    segarkan()
    return _kirim(lkjip.buku(rencana, tahun), bentuk, f"lkjip-{tahun}")


@pembaca_saja
@require_safe
def tc_berkas(request: HttpRequest, bentuk: str) -> HttpResponse:
    """T-C.23 and T-C.24 of the plan that covers the year."""
    _satu, rencana = _tahun(request)
    return _kirim(tc.buku(rencana), bentuk, f"tc-23-24-{rencana.tahun_mulai}-{rencana.tahun_akhir}")
