"""The signing desk (look, sign several at once, a result for each document); who used the days of a month."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.enums import Peran
from accounts.models import Akun
from core.galat import GalatPortal, TidakBerwenang
from core.waktu import hari_ini, sekarang
from perizinan import services
from perizinan.forms.meja import FormMeja
from perizinan.halaman import waktu_meja as halaman_waktu
from perizinan.halaman.kinerja import baca_bulan
from perizinan.halaman.kotak import lingkup
from perizinan.halaman.meja import MAKS_SEKALI, Hasil, sudah_oleh, susun_meja, terpilih, terverifikasi
from perizinan.models import Permohonan
from perizinan.views._meja import petugas_saja
from perizinan.views._saya import akun, kunci_baru


@petugas_saja
@sensitive_post_parameters("sandi")
@require_http_methods(["GET", "HEAD", "POST"])
def meja(request: HttpRequest) -> HttpResponse:
    """Two piles and one button; an aide sees the same without the button."""
    pejabat = _pejabat(request)
    form = FormMeja(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid():
        hasil = [_tanda_tangani(pejabat, n, v, form.kunci) for n, v in terpilih(request.POST.getlist("pilih"))]
        return render(request, "perizinan/petugas/meja_hasil.html", _rekap(hasil))
    konteks = {
        "meja": susun_meja(pejabat, sekarang()),
        "form": form,
        "kunci": kunci_baru(),
        "boleh": pejabat.berperan(Peran.PENANDATANGAN),
        "dipilih": request.POST.getlist("pilih"),
        "maks": MAKS_SEKALI,
    }
    return render(request, "perizinan/petugas/meja.html", konteks, status=400 if form.errors else 200)


@petugas_saja
@require_safe
def waktu_meja(request: HttpRequest) -> HttpResponse:
    """Per stage and SKPD: files, days, share over the budget; for who answers for the desks."""
    if not akun(request).berperan(*halaman_waktu.PIMPINAN):
        raise TidakBerwenang(_("Halaman ini untuk pimpinan dan tim pembina."))
    bulan = baca_bulan(request.GET.get("bulan", ""), hari_ini())
    konteks = {"waktu": halaman_waktu.susun(akun(request), bulan)}
    return render(request, "perizinan/petugas/waktu_meja.html", konteks)


def _rekap(hasil: list[Hasil]) -> dict[str, object]:
    """The batch in numbers, failures first: they need a hand."""
    berhasil = sum(1 for h in hasil if h.berhasil)
    urut = sorted(hasil, key=lambda h: h.berhasil)
    return {"hasil": urut, "berhasil": berhasil, "gagal": len(hasil) - berhasil}


def _pejabat(request: HttpRequest) -> Akun:
    """A signatory or their aide; only the first may send the form. Raises TidakBerwenang."""
    petugas = akun(request)
    boleh = (Peran.PENANDATANGAN,) if request.method == "POST" else (Peran.PENANDATANGAN, Peran.AJUDAN)
    if not petugas.berperan(*boleh):
        raise TidakBerwenang(_("Meja tanda tangan hanya untuk pejabat penandatangan."))
    return petugas


def _tanda_tangani(pejabat: Akun, nomor: str, versi: int, kunci: str) -> Hasil:
    """One document: its own transaction, its own sentence. A failure never touches the others."""
    berkas: Permohonan | None = lingkup(pejabat).beracuan(nomor).select_related("jenis_izin", "pihak").first()
    if berkas is None:
        return Hasil(nomor, "", False, _("Berkas tidak ditemukan di meja Anda."))
    try:
        services.tanda_tangani(berkas.pk, oleh=pejabat, kunci=f"{kunci}:{berkas.pk}", versi=versi)
    except GalatPortal as galat:
        if sudah_oleh(pejabat, berkas):
            return terverifikasi(berkas)
        return Hasil(nomor, f"{berkas.jenis_izin.nama}, {berkas.pihak.sebutan}", False, galat.pesan)
    return terverifikasi(berkas)
