"""The catalogue, the state of a file, and what was issued: pages for everybody."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views import terlalu_sering
from core import pembatas
from core.galat import TidakDitemukan
from core.waktu import hari_ini
from perizinan.forms.publik import FormDuaPertanyaan, FormLacak
from perizinan.halaman import katalog, kinerja
from perizinan.halaman.lacak import hasil
from perizinan.models import JenisIzin, Permohonan
from perizinan.services.pelacakan import LACAK_MAKS
from perizinan.services.pelacakan import lacak as cari_berkas

_KATA_MAKS = 120


@login_not_required
@require_safe
def layanan(request: HttpRequest) -> HttpResponse:
    """Find a service by what people say, or by need."""
    q = request.GET.get("q", "")[:_KATA_MAKS]
    ketemu = katalog.cari(q, request.GET.get("kebutuhan", "")[:_KATA_MAKS])
    return render(request, "perizinan/publik/layanan.html", {"cari": ketemu})


@login_not_required
@require_safe
def layanan_rinci(request: HttpRequest, kode: str) -> HttpResponse:
    """One service: the facts, what to prepare, the steps, the rights."""
    jenis = get_object_or_404(JenisIzin, kode=kode)
    halaman = katalog.layanan(jenis, request.GET.get("jenis", ""), request.GET.get("pemohon", ""))
    konteks: dict[str, Any] = {"halaman": halaman, "alamat_penuh": request.build_absolute_uri(request.path)}
    if halaman.versi:
        konteks["form"] = FormDuaPertanyaan(halaman.versi, halaman.jenis_permohonan, halaman.pemohon)
    return render(request, "perizinan/publik/layanan_rinci.html", konteks)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def lacak(request: HttpRequest) -> HttpResponse:
    """State and dates of a file, for whoever knows its number and the end of its phone number."""
    form = FormLacak(request.POST or None, initial={"nomor": request.GET.get("nomor", "")[:40]})
    pelaku = pembatas.pelaku_http(request)
    if not form.is_valid():
        return render(request, "perizinan/publik/lacak.html", {"form": form})
    if pembatas.jumlah("lacak", pelaku) >= LACAK_MAKS:
        return terlalu_sering(request)
    berkas = _temukan(form, pelaku)
    if berkas is None:
        return render(request, "perizinan/publik/lacak.html", {"form": form}, status=404)
    return render(request, "perizinan/publik/lacak_hasil.html", hasil(berkas))


def _temukan(form: FormLacak, pelaku: str) -> Permohonan | None:
    """The file, or None with the one sentence on the form; a miss is counted."""
    try:
        return cari_berkas(form.cleaned_data["nomor"], form.cleaned_data["hp4"])
    except TidakDitemukan as galat:
        pembatas.catat("lacak", pelaku)
        form.add_error(None, galat.pesan)
        return None


@login_not_required
@require_safe
def terbit(request: HttpRequest) -> HttpResponse:
    """What was issued in a month, per service, and how much of it in time."""
    bulan = kinerja.baca_bulan(request.GET.get("bulan", ""), hari_ini())
    konteks = {"kinerja": kinerja.bulanan(bulan), "nama": _("Izin terbit per layanan")}
    return render(request, "perizinan/publik/terbit.html", konteks)
