"""The evaluation of a quarter: its page, its acts, its files."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_sendfile import sendfile

from accounts.models import Akun
from core.galat import TidakBerwenang, TransisiDitolak
from renstra.forms_evaluasi import FormAlasan, FormRealisasi
from renstra.halaman_evaluasi import HalamanEvaluasi, halaman, pilih_masa
from renstra.laporan import e81
from renstra.models import RealisasiKinerja
from renstra.services import penutupan, realisasi
from renstra.susunan import tahun_berencana
from renstra.views import katakan, kirim_pdf, kirim_xlsx, pembaca_saja


def _akun(request: HttpRequest) -> Akun:
    assert isinstance(request.user, Akun)  # noqa: S101 pembaca_saja let nobody else through
    return request.user


def _satu(request: HttpRequest, tahun: int, triwulan: int) -> HalamanEvaluasi:
    """The quarter in the address. Raises Http404 where no plan has it."""
    edisi = request.GET.get("edisi", "")
    satu = halaman(tahun, triwulan, _akun(request), int(edisi) if edisi.isdecimal() and len(edisi) < 4 else 0)
    if satu is None:
        raise Http404
    return satu


@pembaca_saja
@require_safe
def evaluasi(request: HttpRequest) -> HttpResponse:
    """E.81 of a quarter, frozen or as it stands; `tahun`, `triwulan` and `edisi` in the address."""
    masa = pilih_masa(request.GET.get("tahun", ""), request.GET.get("triwulan", ""))
    if masa is None:
        return render(request, "renstra/kosong.html")
    satu = _satu(request, masa.tahun, masa.triwulan)
    konteks = {
        "h": satu,
        "tahun": tahun_berencana(),
        "tindakan": satu.tindakan,
        "form_alasan": FormAlasan(),
        "pdf": satu.alamat_berkas("renstra_evaluasi_pdf"),
        "xlsx": satu.alamat_berkas("renstra_evaluasi_xlsx"),
        "catatan": [(k, v) for k, v in e81.buku(satu.isi, rencana="", tanda="").penutup if v],
    }
    return render(request, "renstra/evaluasi.html", konteks)


def _kembali(tahun: int, triwulan: int) -> HttpResponse:
    return redirect(reverse("renstra_evaluasi", query={"tahun": tahun, "triwulan": triwulan}))


def _laku(kerja: Callable[[HttpRequest, HalamanEvaluasi], str]) -> Callable[..., HttpResponseBase]:
    """An act by POST: does it, says what was done or why not, and goes back to the quarter."""

    @pembaca_saja
    @require_POST
    def view(request: HttpRequest, tahun: int, triwulan: int) -> HttpResponse:
        satu = _satu(request, tahun, triwulan)
        katakan(request, lambda: kerja(request, satu))
        return _kembali(tahun, triwulan)

    return view


def _hitung(request: HttpRequest, satu: HalamanEvaluasi) -> str:
    n = len(realisasi.tarik(satu.rencana, satu.masa, oleh=_akun(request)))
    kata = ngettext("%(n)d indikator dihitung dari transaksi.", "%(n)d indikator dihitung dari transaksi.", n)
    return kata % {"n": n}


def _potret(request: HttpRequest, satu: HalamanEvaluasi) -> str:
    potret = penutupan.susun_potret(satu.rencana, satu.masa, oleh=_akun(request))
    return _("Edisi %(n)d tersusun. Minta Kepala Bidang atau Kepala Badan mengesahkannya.") % {"n": potret.edisi}


def _sahkan(request: HttpRequest, satu: HalamanEvaluasi) -> str:
    akhir = satu.akhir
    if akhir is None or str(akhir.edisi) != request.POST.get("versi", ""):
        raise TransisiDitolak(_("Edisinya sudah berganti. Lihat angkanya lagi sebelum mengesahkan."))
    potret = penutupan.sahkan(akhir.pk, oleh=_akun(request))
    return _("Edisi %(n)d disahkan. Angkanya tidak berubah lagi.") % {"n": potret.edisi}


def _buka(request: HttpRequest, satu: HalamanEvaluasi) -> str:
    form = FormAlasan(request.POST)
    alasan = form.cleaned_data["alasan"] if form.is_valid() else ""
    potret = penutupan.buka_lagi(satu.rencana, satu.masa, alasan, oleh=_akun(request))
    return _("Triwulan dibuka lagi sebagai edisi %(n)d.") % {"n": potret.edisi}


hitung = _laku(_hitung)
potret = _laku(_potret)
sahkan = _laku(_sahkan)
buka = _laku(_buka)


@pembaca_saja
@require_http_methods(["GET", "HEAD", "POST"])
def catat(request: HttpRequest, tahun: int, triwulan: int) -> HttpResponse:
    """All manual outputs and budgets of the quarter in one form. Planners only; not once the quarter is signed."""
    satu = _satu(request, tahun, triwulan)
    if not _akun(request).berperan(*realisasi.PELAPOR):
        raise TidakBerwenang(_("Realisasi dicatat oleh perencana."))
    if satu.terkunci:
        messages.error(request, _("Triwulan ini sudah disahkan. Buka lagi dengan alasan sebelum mengubahnya."))
        return _kembali(tahun, triwulan)
    kiriman = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FormRealisasi(satu.rencana, satu.masa, *kiriman)
    if form.is_bound and form.is_valid() and (n := form.simpan(_akun(request))) is not None:
        messages.success(request, ngettext("%(n)d isian tersimpan.", "%(n)d isian tersimpan.", n) % {"n": n})
        return _kembali(tahun, triwulan)
    konteks = {"h": satu, "form": form}
    return render(request, "renstra/catat.html", konteks, status=400 if form.errors else 200)


@pembaca_saja
@require_safe
def berkas_pdf(request: HttpRequest, tahun: int, triwulan: int) -> HttpResponse:
    """E.81 as a tagged PDF, landscape."""
    satu = _satu(request, tahun, triwulan)
    buku = e81.buku(satu.isi, rencana=satu.rencana.nama, tanda=satu.tanda)
    return kirim_pdf(buku, f"e81-{tahun}-triwulan-{triwulan}.pdf")


@pembaca_saja
@require_safe
def berkas_xlsx(request: HttpRequest, tahun: int, triwulan: int) -> HttpResponse:
    """E.81 as a workbook with the official numbers of its columns."""
    satu = _satu(request, tahun, triwulan)
    buku = e81.buku(satu.isi, rencana=satu.rencana.nama, tanda=satu.tanda)
    return kirim_xlsx(buku, f"e81-{tahun}-triwulan-{triwulan}.xlsx")


@pembaca_saja
@require_safe
def bukti(request: HttpRequest, nama: str) -> HttpResponse:
    """The evidence of a reported number, as an attachment under its random name."""
    satu = RealisasiKinerja.objects.filter(bukti=f"renstra/bukti/{nama}").order_by("pk").first()
    if satu is None:  # editions of a plan share the evidence of a report
        raise Http404
    respons: HttpResponse = sendfile(request, satu.bukti.path, attachment=True, attachment_filename=nama)
    respons["Content-Security-Policy"] = "sandbox; default-src 'none'"
    respons["Cache-Control"] = "no-store, private"
    return respons
