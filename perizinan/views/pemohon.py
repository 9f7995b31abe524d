"""The applicant's own files: what to do next, the file page, its arithmetic, and its acts."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.galat import GalatPortal, IsianTidakSah
from core.templatetags.tampilan import tanggal
from core.waktu import sekarang
from perizinan import services
from perizinan.halaman import daftar as halaman_daftar
from perizinan.halaman import permohonan as halaman_permohonan
from perizinan.halaman import tindakan as halaman_tindakan
from perizinan.views import _hitungan
from perizinan.views._saya import akun, berkas_saya, kunci_baru, kunci_kiriman, masih_draf, milik, versi_kiriman


@require_safe
def daftar(request: HttpRequest) -> HttpResponse:
    """What I must do next, then all of mine."""
    konteks = halaman_daftar.susun(milik(akun(request)), akun(request), request.GET)
    return render(request, "perizinan/pemohon/daftar.html", konteks)


@require_safe
def rinci(request: HttpRequest, acuan: str) -> HttpResponse:
    """The file page; a draft opens where it was left."""
    berkas = berkas_saya(request, acuan)
    if masih_draf(berkas):
        return redirect("permohonan_tinjau", berkas.acuan)
    halaman = halaman_permohonan.susun(berkas, akun(request), sekarang())
    return render(request, "perizinan/pemohon/rinci.html", {"halaman": halaman, "kunci": kunci_baru()})


@require_safe
def terkirim(request: HttpRequest, acuan: str) -> HttpResponse:
    """Confirmation after sending: the number, what happens next and when."""
    berkas = berkas_saya(request, acuan)
    if berkas.nomor is None:
        raise Http404
    return render(request, "perizinan/pemohon/terkirim.html", {"permohonan": berkas})


@require_http_methods(["GET", "HEAD", "POST"])
def hitungan(request: HttpRequest, acuan: str) -> HttpResponse:
    """How the date is counted and who used the days, the same as the officer sees it; POST orders the PDF."""
    berkas = berkas_saya(request, acuan)
    if berkas.terdaftar_pada is None:
        raise Http404
    if request.method == "POST":
        return _hitungan.pesan_pdf(request, berkas, redirect("permohonan_hitungan", berkas.acuan))
    konteks = {"permohonan": berkas, **_hitungan.konteks(berkas, "dokumen")}
    return render(request, "perizinan/pemohon/hitungan.html", konteks)


@require_POST
def tambah_waktu(request: HttpRequest, acuan: str) -> HttpResponse:
    """The one extension of the applicant's own limit (ux.md 27)."""
    berkas = berkas_saya(request, acuan)
    try:
        batas = services.tambah_waktu(berkas, oleh=akun(request))
    except GalatPortal as galat:
        messages.error(request, galat.pesan)
    else:
        messages.success(request, _("Batas Anda sekarang %(tgl)s.") % {"tgl": tanggal(batas)})
    return redirect("permohonan", berkas.acuan)


@require_http_methods(["GET", "HEAD", "POST"])
def verba(request: HttpRequest, acuan: str, verba: str) -> HttpResponse:
    """One of the applicant's acts: GET asks and names what follows, POST does it."""
    if verba not in halaman_tindakan.verba_pemohon():
        raise Http404
    berkas = berkas_saya(request, acuan)
    if request.method == "POST":
        return _lakukan(request, berkas.pk, acuan, verba)
    aksi = next((a for a in halaman_permohonan.tindakan(berkas, akun(request)) if a.verba == verba), None)
    if aksi is None:
        return redirect("permohonan", acuan)
    if verba in halaman_permohonan.HALAMAN_VERBA:
        return redirect(aksi.alamat)
    konteks = {"permohonan": berkas, "aksi": aksi, "akibat": halaman_tindakan.akibat(verba), "kunci": kunci_baru()}
    return render(request, "perizinan/pemohon/konfirmasi.html", konteks)


def _lakukan(request: HttpRequest, pk: int, acuan: str, verba: str) -> HttpResponse:
    """Call the service of the verb; what is missing leads back to the page where it can be put right."""
    layanan = getattr(services, verba)
    try:
        berkas = layanan(pk, oleh=akun(request), kunci=kunci_kiriman(request), versi=versi_kiriman(request))
    except IsianTidakSah as galat:
        messages.error(request, galat.pesan)
        return redirect(halaman_permohonan.HALAMAN_VERBA.get(verba, "permohonan"), acuan)
    if kabar := halaman_tindakan.kabar(verba):
        messages.success(request, kabar)
    return redirect(halaman_tindakan.sesudah(verba, berkas, akun(request)))
