"""Where every view of the desks starts: an officer, and a file of theirs; everything else is not found."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse

from core.galat import GalatPortal, IsianTidakSah, TidakDitemukan
from perizinan.forms.dasar import FormTindakan
from perizinan.forms.tindakan import form_verba
from perizinan.halaman.akibat import akibat
from perizinan.halaman.berkas_petugas import dengan_isi
from perizinan.halaman.kotak import lingkup
from perizinan.halaman.peristiwa import KATA
from perizinan.halaman.sisipan import sisipan
from perizinan.models import Permohonan, Rekomendasi
from perizinan.tindakan import induk, pastikan_boleh, transisi_kini, verba_meja
from perizinan.views._saya import akun, kunci_baru, kunci_kiriman, versi_kiriman

View = Callable[..., HttpResponseBase]


def petugas_saja(view: View) -> View:
    """Only somebody who holds an official role now; anybody else who is logged in gets 404."""

    @functools.wraps(view)
    def jaga(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not akun(request).petugas:
            raise Http404
        return view(request, *args, **kwargs)

    return jaga


def ambil_berkas(request: HttpRequest, nomor: str) -> Permohonan:
    """A file of this officer's sight, with what its page needs. Raises Http404."""
    berkas: Permohonan = get_object_or_404(dengan_isi(lingkup(akun(request)).beracuan(nomor)))
    return berkas


def ambil_rekomendasi(request: HttpRequest, kunci: uuid.UUID) -> Rekomendasi:
    """A recommendation of this officer's sight, tied to its loaded file. Raises Http404."""
    terlihat = Rekomendasi.objects.terlihat_oleh(akun(request)).select_related("skpd")
    r: Rekomendasi = get_object_or_404(terlihat, kunci=kunci)
    r.permohonan = get_object_or_404(dengan_isi(lingkup(akun(request)).filter(pk=r.permohonan_id)))
    return r


def kerjakan(request: HttpRequest, objek: Permohonan | Rekomendasi, verba: str) -> HttpResponse:
    """One act: GET names what it does and asks for what it needs, POST does it through its service."""
    if verba not in verba_meja(type(objek)):
        raise Http404
    try:
        kiriman = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = form_verba(verba)(*kiriman, objek=objek, request=request)
        if request.method == "POST" and _terlaksana(request, form, verba):
            return _sesudah(request, form, verba)
        label = pastikan_boleh(objek, akun(request), verba)
    except GalatPortal as galat:
        return tolakan(request, galat, induk(objek))
    konteks = _konteks(objek, verba, form) | {"label": label}
    return render(request, "perizinan/petugas/tindakan.html", konteks, status=400 if form.errors else 200)


def _terlaksana(request: HttpRequest, form: FormTindakan, verba: str) -> bool:
    """Whether the act was done; else the form holds the sentences and what was typed."""
    if not form.is_valid():
        return False
    try:
        form.jalankan(verba, kunci=kunci_kiriman(request), versi=versi_kiriman(request))
    except IsianTidakSah as galat:
        form.catat_galat(galat)
        return False
    return True


def _sesudah(request: HttpRequest, form: FormTindakan, verba: str) -> HttpResponse:
    """Say what was done and go back to the file; officer data stay on their page, where the fee is shown."""
    berkas = form.berkas
    kata = KATA.get(verba) or pesan_tambahan(verba)
    messages.success(request, f"{kata}. {berkas.jenis_izin.nama}, {berkas.pihak.sebutan} ({berkas.acuan}).")
    if verba == "isi_petugas":
        return redirect("tindakan", berkas.acuan, verba)
    if verba == "serahkan" and form.cleaned_data.get("survei") == "isi_sekarang":
        return redirect(_alamat_survei(berkas))
    terlihat = lingkup(form.akun).filter(pk=berkas.pk).exists()
    return redirect("berkas_petugas", berkas.acuan) if terlihat else redirect("kotak_masuk")


def _alamat_survei(berkas: Permohonan) -> str:
    """The survey's page, where the survey module is installed; else the file."""
    try:
        return reverse("survei_loket", args=[berkas.acuan])
    except NoReverseMatch:
        return reverse("berkas_petugas", args=[berkas.acuan])


def pesan_tambahan(verba: str) -> str:
    """Words after an act that leaves no line in the log."""
    from django.utils.translation import gettext as _

    return {
        "isi_petugas": _("Data petugas tersimpan"),
        "minta_persetujuan": _("Permintaan terkirim ke Kepala Bidang"),
        "putuskan_persetujuan": _("Keputusan tersimpan"),
    }.get(verba, _("Selesai"))


def _konteks(objek: Permohonan | Rekomendasi, verba: str, form: FormTindakan) -> dict[str, Any]:
    t = next((t for t in transisi_kini(objek) if t.name == verba), None)
    return {
        "berkas": form.berkas,
        "objek": objek,
        "rekomendasi": objek if isinstance(objek, Rekomendasi) else None,
        "verba": verba,
        "form": form,
        "akibat": akibat(t, objek) if t else [],
        "kunci": kunci_baru(),
        "versi": objek.versi,
        **sisipan(verba, form.berkas),
    }


def tolakan(request: HttpRequest, galat: GalatPortal, berkas: Permohonan) -> HttpResponse:
    """A refusal with its sentence, its status and the way back to the file."""
    if isinstance(galat, TidakDitemukan):
        raise Http404(galat.pesan)
    konteks = {"galat": galat, "berkas": berkas, "perlu_persetujuan": galat.kode == "perlu_persetujuan"}
    return render(request, "perizinan/petugas/tolakan.html", konteks, status=galat.status)
