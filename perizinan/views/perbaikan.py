"""Answering a correction round: one item at a time, then sent together."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from core.galat import IsianTidakSah
from perizinan import services
from perizinan.forms.isian import FormIsian
from perizinan.forms.unggah import FormJawaban
from perizinan.halaman.perbaikan import BarisButir, HalamanPerbaikan, susun
from perizinan.models import Permohonan
from perizinan.views._saya import akun, berkas_saya, kunci_baru
from perizinan.views.pengisian import terima_berkas

TEMPLAT = "perizinan/pemohon/perbaikan.html"


@require_safe
def perbaikan(request: HttpRequest, acuan: str) -> HttpResponse:
    """What has to be put right, each with its reason and its answer."""
    berkas = berkas_saya(request, acuan)
    halaman = susun(berkas, akun(request))
    if halaman is None or halaman.kirim is None:
        return redirect("permohonan", acuan)
    return render(request, TEMPLAT, _konteks(berkas, halaman))


@require_POST
def perbaikan_butir(request: HttpRequest, acuan: str, ke: int) -> HttpResponse:
    """Answer one item of the open round."""
    berkas = berkas_saya(request, acuan)
    halaman = susun(berkas, akun(request))
    if halaman is None or not 0 < ke <= len(halaman.butir):
        raise Http404
    form = jawab_butir(request, berkas, halaman.butir[ke - 1])
    if form.errors:
        halaman = susun(berkas, akun(request), {ke: form}) or halaman
        return render(request, TEMPLAT, _konteks(berkas, halaman), status=400)
    return redirect(f"{request.path.rsplit('/', 2)[0]}/#butir-{ke}")


def jawab_butir(request: HttpRequest, berkas: Permohonan, baris: BarisButir) -> forms.Form:
    """Hand the answer to the service that fits the item; the form carries what it says back."""
    butir, orang = baris.butir, akun(request)
    if butir.syarat:
        return terima_berkas(request, berkas, butir.syarat)
    if butir.isian:
        form = FormIsian([butir.isian], request.POST, auto_id=f"id_{baris.ke}_%s")
        form.terima_galat(services.simpan_isian(berkas, form.mentah(), oleh=orang))
        return form
    jawaban = FormJawaban(request.POST, kode=str(baris.ke))
    if jawaban.is_valid():
        try:
            services.jawab_butir(butir, jawaban.cleaned_data["jawaban"], oleh=orang)
        except IsianTidakSah as galat:
            jawaban.add_error("jawaban", galat.pesan)
    return jawaban


def _konteks(berkas: Permohonan, halaman: HalamanPerbaikan) -> dict[str, object]:
    return {"permohonan": berkas, "halaman": halaman, "kunci": kunci_baru()}
