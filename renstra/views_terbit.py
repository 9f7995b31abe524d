"""Publishing an edition: its checklist, its findings with their reasons, and the acts of two people."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from renstra.forms_edisi import FormAlasanTemuan, FormKembali
from renstra.halaman_susun import HalamanDraf, kalimat_temuan
from renstra.services import edisi as layanan
from renstra.views import katakan, pembaca_saja
from renstra.views_susun import akun, halaman


def _form_alasan(satu: HalamanDraf, *data: object) -> FormAlasanTemuan:
    kalimat = [(t, f"{t.isi.lokasi.baris}. {kalimat_temuan(t.isi)}") for t in satu.temuan]
    return FormAlasanTemuan(kalimat, *data)


@pembaca_saja
@require_safe
def terbit(request: HttpRequest, kode: str, edisi: int) -> HttpResponse:
    """What holds the draft back, what was explained, and what this person may do now."""
    satu = halaman(request, kode, edisi)
    konteks = {
        "h": satu,
        "temuan": [(t, f"{t.isi.lokasi.baris}. {kalimat_temuan(t.isi)}") for t in satu.temuan],
        "form": _form_alasan(satu),
        "form_kembali": FormKembali(),
        "akibat": _akibat(satu),
        "menahan_kata": ngettext(
            "%(n)d kesalahan belum dibetulkan dan belum beralasan.",
            "%(n)d kesalahan belum dibetulkan dan belum beralasan.",
            satu.menahan,
        )
        % {"n": satu.menahan},
    }
    return render(request, "renstra/susun/terbit.html", konteks)


def _akibat(satu: HalamanDraf) -> list[str]:
    """What publishing does, in sentences."""
    akibat = [_("Edisi ini berlaku sejak sekarang dan tidak dapat diubah lagi; perubahan berikutnya adalah revisi.")]
    if satu.rencana.asal:
        akibat += [
            _("Edisi %(n)d menjadi riwayat dan tetap dapat dibaca.") % {"n": satu.rencana.asal.edisi},
            _("Realisasi yang sudah dicatat ikut ke edisi ini; triwulan yang sudah disahkan tetap sah."),
        ]
    return akibat


def _laku(kerja: Callable[[HttpRequest, HalamanDraf], str]) -> Callable[..., HttpResponseBase]:
    """An act by POST: does it, says what was done or why not, and goes back to the publishing page."""

    @pembaca_saja
    @require_POST
    def view(request: HttpRequest, kode: str, edisi: int) -> HttpResponse:
        satu = halaman(request, kode, edisi)
        katakan(request, lambda: kerja(request, satu))
        return redirect(satu.alamat("terbit"))

    return view


def _alasan(request: HttpRequest, satu: HalamanDraf) -> str:
    layanan.pastikan_penyusun(akun(request))
    form = _form_alasan(satu, request.POST)
    form.is_valid()
    dikirim = {k: v for k, v in form.cleaned_data.items() if k in request.POST}  # a newer finding was not answered
    n = layanan.beri_alasan(satu.rencana.pk, dikirim, oleh=akun(request))
    return ngettext("%(n)d alasan tersimpan.", "%(n)d alasan tersimpan.", n) % {"n": n}


def _ajukan(request: HttpRequest, satu: HalamanDraf) -> str:
    layanan.ajukan(satu.rencana.pk, oleh=akun(request))
    return _("Draf diajukan. Minta Kepala Badan menerbitkannya.")


def _kembalikan(request: HttpRequest, satu: HalamanDraf) -> str:
    form = FormKembali(request.POST)
    catatan = form.cleaned_data["catatan"] if form.is_valid() else ""
    layanan.kembalikan(satu.rencana.pk, catatan, oleh=akun(request))
    return _("Draf dapat diubah lagi oleh perencana.")


def _terbitkan(request: HttpRequest, satu: HalamanDraf) -> str:
    layanan.terbitkan(satu.rencana.pk, request.POST.get("versi", ""), oleh=akun(request))
    return _("Edisi %(n)d terbit dan berlaku.") % {"n": satu.rencana.edisi}


alasan = _laku(_alasan)
ajukan = _laku(_ajukan)
kembalikan = _laku(_kembalikan)
terbitkan = _laku(_terbitkan)
