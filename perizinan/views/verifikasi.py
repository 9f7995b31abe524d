"""Is this permit real, and its state now: for anybody, without logging in, in two languages.

The language of these pages stands in the address (`?bahasa=en`), so that the page a QR opens needs no cookie.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views import terlalu_sering
from core import pembatas
from core.formulir import Formulir
from perizinan import verifikasi
from perizinan.halaman.verifikasi import Jawaban, jawab, tidak_cocok, tidak_dikenal

_KODE_MAKS = 40


class FormBerkas(Formulir):
    """The file to compare with ours."""

    berkas = forms.FileField(
        label=_("File PDF surat"),
        help_text=_("File yang Anda terima, bukan hasil pindai. Kami tidak menyimpannya."),
        widget=forms.FileInput(attrs={"accept": "application/pdf", "data-maks": verifikasi.UKURAN_MAKS}),
    )

    def clean_berkas(self) -> Any:
        berkas = self.cleaned_data["berkas"]
        if berkas.size > verifikasi.UKURAN_MAKS:
            maks = verifikasi.UKURAN_MAKS // 1024 // 1024
            raise forms.ValidationError(
                _("File ini lebih dari %(maks)s MB. Surat kami tidak pernah sebesar itu."), params={"maks": maks}
            )
        return berkas


class FormKode(Formulir):
    """The code under the QR, typed by hand."""

    kode = forms.CharField(
        label=_("Kode di bawah QR"),
        help_text=_("12 huruf dan angka, misalnya 7QK4-M2XD-9RTV."),
        max_length=_KODE_MAKS,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


def _bahasa(request: HttpRequest) -> str:
    """The language that the address asks for, else the reader's own."""
    diminta = request.GET.get("bahasa", "")
    return diminta if diminta in dict(settings.LANGUAGES) else translation.get_language() or settings.LANGUAGE_CODE


def _tampil(request: HttpRequest, templat: str, status: int = 200, **konteks: Any) -> HttpResponse:
    respons = render(request, templat, {"situs_penuh": urlsplit(settings.SITUS).netloc, **konteks}, status=status)
    respons["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
    return respons


def _tampil_jawaban(request: HttpRequest, jawaban: Jawaban, status: int = 200) -> HttpResponse:
    return _tampil(request, "perizinan/publik/verifikasi_hasil.html", status, jawaban=jawaban)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cek(request: HttpRequest) -> HttpResponse:
    """Ask by typed code (GET) or by file (POST)."""
    with translation.override(_bahasa(request)):
        if request.method == "POST":
            return _cek_berkas(request)
        kode = request.GET.get("kode", "")[:_KODE_MAKS].strip()
        if not kode:
            return _tampil(request, "perizinan/publik/verifikasi.html", form=FormBerkas(), form_kode=FormKode())
        token = verifikasi.cek_kode(kode)
        if token is None:
            return _tampil_jawaban(request, tidak_dikenal(), 404)
        return redirect("cek_token", token)


def _cek_berkas(request: HttpRequest) -> HttpResponse:
    pelaku = pembatas.pelaku_http(request)
    if pembatas.jumlah("cek_berkas", pelaku) >= verifikasi.BERKAS_MAKS:
        return terlalu_sering(request)
    form = FormBerkas(request.POST, request.FILES)
    if not form.is_valid():
        return _tampil(request, "perizinan/publik/verifikasi.html", 400, form=form, form_kode=FormKode())
    pembatas.catat("cek_berkas", pelaku)
    hasil = verifikasi.cek_berkas(form.cleaned_data["berkas"].read())
    return _tampil_jawaban(request, jawab(hasil.surat) if hasil.surat else tidak_cocok(hasil.alasan))


@login_not_required
@never_cache
@require_safe
def cek_token(request: HttpRequest, token: str) -> HttpResponse:
    """What the QR opens: one word that fills half the screen, then what to compare."""
    with translation.override(_bahasa(request)):
        surat = verifikasi.cek_token(token)
        if surat is None:
            return _tampil_jawaban(request, tidak_dikenal(), 404)
        return _tampil_jawaban(request, jawab(surat))
