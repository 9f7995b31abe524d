"""The counter: today's piles, the completeness check, assisted entry, answers brought on paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.enums import JenisPemohon, Peran
from accounts.models import Akun, DataPihak, Pemohon
from accounts.pihak import simpan_pihak
from core.galat import GalatPortal, TidakBerwenang
from core.mesin import transisi_dari
from core.waktu import hari_ini, sekarang
from perizinan import services
from perizinan.forms.entri import FormCari, FormFisik, FormJenis, pesan_fisik
from perizinan.forms.loket import form_periksa
from perizinan.forms.pihak import FormPihak
from perizinan.halaman import katalog
from perizinan.halaman import perbaikan as halaman_perbaikan
from perizinan.halaman.berkas_petugas import DIJAWAB, rincian_isian, rincian_pihak
from perizinan.halaman.lain import permohonan_lain
from perizinan.halaman.loket import samar, susun_hari
from perizinan.halaman.periksa import putusan
from perizinan.models import JenisIzin, Permohonan
from perizinan.persyaratan import keadaan_syarat
from perizinan.services.pengajuan import periksa_kelengkapan
from perizinan.tindakan import pastikan_boleh, tindakan
from perizinan.views._meja import ambil_berkas, petugas_saja, tolakan
from perizinan.views._saya import akun, kunci_baru, kunci_kiriman
from perizinan.views.perbaikan import jawab_butir


def _loket(request: HttpRequest) -> Akun:
    """The officer, who must serve at a counter. Raises TidakBerwenang."""
    petugas = akun(request)
    if not petugas.berperan(Peran.LOKET):
        raise TidakBerwenang(_("Halaman ini untuk petugas loket."))
    return petugas


@petugas_saja
@require_safe
def hari(request: HttpRequest) -> HttpResponse:
    """Files to check, permits to hand over, my unfinished entries."""
    return render(request, "perizinan/petugas/loket.html", {"hari": susun_hari(_loket(request))})


# --- completeness check -------------------------------------------------------------------------------------


@petugas_saja
@require_http_methods(["GET", "HEAD", "POST"])
def periksa(request: HttpRequest, nomor: str) -> HttpResponse:
    """Judge every requirement beside its document; the decision follows from the verdicts that were saved."""
    berkas = ambil_berkas(request, nomor)
    try:
        pastikan_boleh(berkas, akun(request), "daftarkan")
        services.buka_pemeriksaan(berkas, oleh=akun(request))
        daftar = form_periksa(berkas, request.POST if request.method == "POST" else None)
        sah = [f.is_valid() for f in daftar]
        if request.method == "POST" and all(sah):
            for f in daftar:
                f.simpan(berkas, akun(request))
            return redirect(reverse("periksa", args=[berkas.acuan]) + "#putusan")
    except GalatPortal as galat:
        return tolakan(request, galat, berkas)
    konteks = _konteks_periksa(berkas, akun(request), daftar)
    salah = any(f.is_bound and f.errors for f in daftar)
    return render(request, "perizinan/petugas/periksa.html", konteks, status=400 if salah else 200)


def _konteks_periksa(berkas: Permohonan, oleh: Akun, daftar: list[Any]) -> dict[str, Any]:
    keadaan = [f.keadaan for f in daftar]
    return {
        "berkas": berkas,
        "daftar": daftar,
        "putusan": putusan(keadaan, berkas, sekarang()),
        "lihat": next((b for k in keadaan for b in k.berkas if b.file), None),
        "pihak": rincian_pihak(berkas),
        "isian": rincian_isian(berkas),
        "lain": permohonan_lain(berkas, oleh),
        "galat_lain": [(f[n].id_for_label, e) for f in daftar for n, es in f.errors.items() for e in es],
        "kunci": kunci_baru(),
    }


# --- assisted entry -----------------------------------------------------------------------------------------


@petugas_saja
@require_safe
def entri(request: HttpRequest) -> HttpResponse:
    """Which service does the person at the counter need?"""
    _loket(request)
    hasil = katalog.cari(request.GET.get("q", ""))
    return render(request, "perizinan/petugas/entri.html", {"hasil": hasil})


@petugas_saja
@sensitive_post_parameters("nomor", "nomor_identitas", "npwp", "hp")
@require_http_methods(["GET", "HEAD", "POST"])
def entri_layanan(request: HttpRequest, kode: str) -> HttpResponse:
    """Who applies: a known party by an exact number, or a new one. The number is posted, never in the address."""
    petugas = _loket(request)
    jenis = get_object_or_404(JenisIzin, kode=kode, aktif=True)
    versi = jenis.versi_pada(hari_ini())
    data = request.POST if request.method == "POST" else None
    cari = FormCari(data if data and "cari" in data else None)
    pakai = FormJenis(versi, data if data and "pakai" in data else None) if versi else None
    if pakai is not None and pakai.is_valid():
        pihak = get_object_or_404(Pemohon, kunci=request.POST["pakai"])
        return _mulai(request, petugas, jenis, pihak, pakai.cleaned_data["jenis_permohonan"])
    ditemukan = [samar(d) for d in cari.temukan()] if cari.is_valid() else None
    konteks = {"jenis": jenis, "versi": versi, "cari": cari, "pakai": pakai, "ditemukan": ditemukan}
    return render(request, "perizinan/petugas/entri_layanan.html", konteks | {"kunci": kunci_baru()})


@petugas_saja
@sensitive_post_parameters("nomor_identitas", "npwp", "hp", "alamat")
@require_http_methods(["GET", "HEAD", "POST"])
def entri_baru(request: HttpRequest, kode: str, jenis_pemohon: str) -> HttpResponse:
    """Note a party that has no data yet, and start its draft."""
    petugas = _loket(request)
    jenis = get_object_or_404(JenisIzin, kode=kode, aktif=True)
    if jenis_pemohon not in JenisPemohon.values:
        raise Http404
    orang = JenisPemohon(jenis_pemohon)
    versi = jenis.versi_pada(hari_ini())
    form = FormPihak(orang, request.POST if request.method == "POST" else None)
    pilih = FormJenis(versi, request.POST if request.method == "POST" else None) if versi else None
    if pilih is not None and request.method == "POST" and form.is_valid() and pilih.is_valid():
        pihak = _pihak_baru(orang, form.cleaned_data)
        return _mulai(request, petugas, jenis, pihak.pemohon, pilih.cleaned_data["jenis_permohonan"])
    konteks = {"jenis": jenis, "form": form, "pilih": pilih, "orang": orang, "kunci": kunci_baru()}
    salah = form.is_bound and bool(form.errors)
    return render(request, "perizinan/petugas/entri_baru.html", konteks, status=400 if salah else 200)


def _pihak_baru(jenis: str, data: dict[str, Any]) -> DataPihak:
    """The party with this identity that has no account, or a new one: a second click makes no twin."""
    cari = FormCari({"nomor": data.get("npwp") if jenis == JenisPemohon.BADAN else data["nomor_identitas"]})
    ada = [d for d in cari.temukan() if d.pemohon.jenis == jenis] if cari.is_valid() else []
    return simpan_pihak(jenis=jenis, data=data, pemohon=ada[0].pemohon if ada else None)


def _mulai(
    request: HttpRequest, petugas: Akun, jenis: JenisIzin, pihak: Pemohon, jenis_permohonan: str
) -> HttpResponse:
    draf = services.buat(
        oleh=petugas,
        jenis_izin=jenis,
        pemohon=pihak,
        jenis_permohonan=jenis_permohonan,
        kunci=kunci_kiriman(request),
    )
    return redirect("entri_lanjut", draf.acuan)


@petugas_saja
@require_http_methods(["GET", "HEAD", "POST"])
def entri_lanjut(request: HttpRequest, acuan: str) -> HttpResponse:
    """The draft at the counter: fields, papers (uploaded, or seen and scanned later), then send."""
    berkas = ambil_berkas(request, acuan)
    petugas = _loket(request)
    if transisi_dari(berkas, "ajukan") is None:
        return redirect("berkas_petugas", berkas.acuan)
    form = FormFisik(berkas, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, pesan_fisik(form.simpan(petugas)))
        return redirect("entri_lanjut", berkas.acuan)
    konteks = {"berkas": berkas, "form": form, "kurang": _kurang(berkas), "kunci": kunci_baru()}
    return render(request, "perizinan/petugas/entri_lanjut.html", konteks | {"pihak": rincian_pihak(berkas)})


def _kurang(berkas: Permohonan) -> dict[str, int]:
    """How many fields and papers are still open."""
    galat = periksa_kelengkapan(berkas)
    syarat = {k.syarat.kode for k in keadaan_syarat(berkas)}
    return {"isian": len(galat.keys() - syarat), "dokumen": len(galat.keys() & syarat), "semua": len(galat)}


# --- answers brought on paper -------------------------------------------------------------------------------


@petugas_saja
@require_http_methods(["GET", "HEAD", "POST"])
def jawab(request: HttpRequest, nomor: str) -> HttpResponse:
    """Answer an open round for somebody at the counter; sending it is an act of its own."""
    berkas = ambil_berkas(request, nomor)
    petugas = _loket(request)
    halaman = halaman_perbaikan.susun(berkas, petugas)
    if halaman is None:
        return redirect("berkas_petugas", berkas.acuan)
    butir = next((b for b in halaman.butir if str(b.ke) == request.POST.get("ke")), None)
    if request.method == "POST" and butir is not None:
        form = jawab_butir(request, berkas, butir)
        if not form.errors:
            return redirect(reverse("jawab", args=[berkas.acuan]) + f"#butir-{butir.ke}")
        halaman = halaman_perbaikan.susun(berkas, petugas, {butir.ke: form}) or halaman
    kirim = [t for t in tindakan(berkas, petugas) if t.verba in DIJAWAB]
    konteks = {"berkas": berkas, "halaman": halaman, "kirim": kirim, "kunci": kunci_baru()}
    return render(request, "perizinan/petugas/jawab.html", konteks)
