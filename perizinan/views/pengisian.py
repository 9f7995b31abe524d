"""Filling in an application, step by step, with everything saved on the way: pemohon, isian, berkas, tinjau."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.enums import JenisPemohon
from accounts.pihak_saya import pihak_saya
from core.galat import IsianTidakSah
from core.waktu import hari_ini
from perizinan import services
from perizinan.forms.isian import FormIsian, ditanyakan, nilai_awal
from perizinan.forms.mulai import FormMulai, Untuk, pilihan_untuk
from perizinan.forms.pihak import FormPihak, awal_pihak
from perizinan.forms.unggah import FormUnggah
from perizinan.halaman import pengisian
from perizinan.halaman.tindakan import alamat_petugas, mengetikkan
from perizinan.models import JenisIzin, Permohonan, Syarat
from perizinan.views._saya import akun, isian_saya, kunci_baru, kunci_kiriman, masih_draf, milik

GET_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_POST)
def baru(request: HttpRequest, kode: str) -> HttpResponse:
    """What for and for whom; a party that we know starts the draft at once, a new one is described first."""
    jenis = get_object_or_404(JenisIzin, kode=kode, aktif=True)
    versi = jenis.versi_pada(hari_ini())
    if versi is None:
        raise Http404
    awal = {"jenis_permohonan": request.GET["jenis"]} if "jenis" in request.GET else {}
    form = FormMulai(versi, pilihan_untuk(akun(request), kode), request.POST or None, initial=awal)
    if form.is_valid():
        data = form.cleaned_data
        if form.siapa.jenis_baru:
            return redirect("permohonan_baru_pihak", kode, data["jenis_permohonan"], form.siapa.jenis_baru)
        return _mulai(request, jenis, data["jenis_permohonan"], form.siapa)
    serupa = pengisian.serupa(milik(akun(request)), jenis)
    konteks = {"jenis_izin": jenis, "form": form, "kunci": kunci_baru(), "serupa": serupa}
    return render(request, "perizinan/pemohon/baru.html", konteks)


@require_http_methods(GET_POST)
def baru_pihak(request: HttpRequest, kode: str, jenis_permohonan: str, jenis: str) -> HttpResponse:
    """Describe a party that we do not know yet, then start the draft for it."""
    jenis_izin = get_object_or_404(JenisIzin, kode=kode, aktif=True)
    if jenis not in JenisPemohon.values:
        raise Http404
    orang = akun(request)
    awal = {"nama": orang.nama, "hp": orang.hp or "", "surel": orang.surel or ""}
    form = FormPihak(jenis, request.POST or None, initial=awal)
    if form.is_valid():
        _peringatkan(request, form)
        pihak = pihak_saya(orang, jenis, form.cleaned_data)
        return _mulai(request, jenis_izin, jenis_permohonan, Untuk(pemohon=pihak.pemohon), "permohonan_isian")
    konteks = {"jenis_izin": jenis_izin, "form": form, "kunci": request.POST.get("kunci") or kunci_baru()}
    return render(request, "perizinan/pemohon/baru_pihak.html", konteks)


def _mulai(
    request: HttpRequest, jenis: JenisIzin, jenis_permohonan: str, untuk: Untuk, lanjut: str = "permohonan_pemohon"
) -> HttpResponse:
    """Make the draft, once for a form however often it is sent."""
    assert untuk.pemohon is not None  # noqa: S101 a new party was made before
    berkas = services.buat(
        oleh=akun(request),
        jenis_izin=jenis,
        pemohon=untuk.pemohon,
        jenis_permohonan=jenis_permohonan,
        kuasa=untuk.kuasa,
        kunci=kunci_kiriman(request),
    )
    return redirect(lanjut, berkas.acuan)


def _peringatkan(request: HttpRequest, form: FormPihak) -> None:
    if form.peringatan:
        messages.warning(request, form.peringatan)


# --- the four steps ------------------------------------------------------------------------------------------------


@require_http_methods(GET_POST)
def pemohon(request: HttpRequest, acuan: str) -> HttpResponse:
    """Step 1: the data of the party, as the permit will print them."""
    berkas = isian_saya(request, acuan)
    if not masih_draf(berkas):
        return redirect("permohonan", acuan)
    hp_kuasa = berkas.kuasa.hp_penerima if berkas.kuasa else ""
    data = request.POST if request.method == "POST" else None
    form = FormPihak(berkas.pemohon.jenis, data, initial=awal_pihak(berkas.pihak), hp_kuasa=hp_kuasa)
    if form.is_valid():
        _peringatkan(request, form)
        services.ganti_pihak(berkas, form.cleaned_data, oleh=akun(request))
        return _lanjut(request, berkas, "permohonan_isian")
    return render(request, "perizinan/pemohon/pemohon.html", _konteks(berkas, "pemohon", form=form))


@require_http_methods(GET_POST)
def isian(request: HttpRequest, acuan: str) -> HttpResponse:
    """Step 2: the service's own form. What is good is kept, what is not comes back as it was typed."""
    berkas = isian_saya(request, acuan)
    if not masih_draf(berkas):
        return redirect("permohonan", acuan)
    tanya, tidak = ditanyakan(berkas)
    form = FormIsian(tanya, initial=nilai_awal(berkas, tanya))
    if request.method == "POST":
        form = FormIsian(tanya, request.POST)
        if satu := request.POST.get("otomatis"):
            services.simpan_isian(berkas, form.mentah(hanya=satu), oleh=akun(request))
            return HttpResponse(status=204)
        form.terima_galat(services.simpan_isian(berkas, form.mentah(), oleh=akun(request)))
        if not form.errors:
            return _sesudah_isian(request, berkas, {i.kode for i in tanya})
    return render(request, "perizinan/pemohon/isian.html", _konteks(berkas, "isian", form=form, tidak=tidak))


def _sesudah_isian(request: HttpRequest, berkas: Permohonan, sudah: set[str]) -> HttpResponse:
    """On to the files, or back when the answers opened further questions."""
    tambahan = [i for i in ditanyakan(berkas)[0] if i.kode not in sudah]
    if tambahan:
        teks = ngettext(
            "Dari jawaban Anda ada %(n)d pertanyaan tambahan.",
            "Dari jawaban Anda ada %(n)d pertanyaan tambahan.",
            len(tambahan),
        )
        messages.info(request, teks % {"n": len(tambahan)})
        return _lanjut(request, berkas, "permohonan_isian")
    return _lanjut(request, berkas, "permohonan_berkas")


def _lanjut(request: HttpRequest, berkas: Permohonan, tujuan: str) -> HttpResponse:
    """The next step, or the list when the person wants to go on later."""
    if "nanti" in request.POST and mengetikkan(berkas, akun(request)):
        return redirect(alamat_petugas(berkas))
    if "nanti" in request.POST:
        messages.success(request, _("Tersimpan. Lanjutkan kapan saja dari daftar ini."))
        return redirect("permohonan_saya")
    return redirect(tujuan, berkas.acuan)


@require_safe
def berkas(request: HttpRequest, acuan: str) -> HttpResponse:
    """Step 3: one card per requirement, the next missing one open."""
    permohonan = isian_saya(request, acuan)
    if not masih_draf(permohonan):
        return redirect("permohonan", acuan)
    konteks = _konteks(permohonan, "berkas", kartu=pengisian.kartu_syarat(permohonan))
    return render(request, "perizinan/pemohon/berkas.html", konteks)


@require_POST
def berkas_kirim(request: HttpRequest, acuan: str, syarat: str) -> HttpResponse:
    """Hand in, add, take back or state one document of a draft."""
    permohonan = isian_saya(request, acuan)
    yang = get_object_or_404(Syarat, versi=permohonan.versi_layanan, kode=syarat)
    form = terima_berkas(request, permohonan, yang)
    if form.errors:
        kartu = pengisian.kartu_syarat(permohonan, form_salah={yang.pk: form})
        konteks = _konteks(permohonan, "berkas", kartu=kartu)
        return render(request, "perizinan/pemohon/berkas.html", konteks, status=400)
    return redirect(pengisian.alamat_berkas(permohonan, sesudah=yang))


def terima_berkas(request: HttpRequest, permohonan: Permohonan, syarat: Syarat) -> FormUnggah:
    """Do what the pressed button says with one document; the form carries the sentence when it could not be done."""
    form = FormUnggah(syarat, request)
    aksi = request.POST.get("aksi", "kirim")
    if aksi == "nyatakan":
        services.nyatakan(permohonan, syarat, oleh=akun(request))
        return FormUnggah(syarat)
    if aksi == "hapus":
        for satu in permohonan.berkas.filter(syarat=syarat, diganti_pada__isnull=True):
            services.hapus_berkas(satu, oleh=akun(request))
        return FormUnggah(syarat)
    if form.is_valid():
        try:
            daftar: list[Any] = form.cleaned_data["berkas"]
            services.unggah(permohonan, syarat, daftar, oleh=akun(request), ganti=aksi != "tambah")
        except IsianTidakSah as galat:
            form.add_error("berkas", galat.rincian.get(syarat.kode, [galat.pesan]))
    return form


@require_safe
def tinjau(request: HttpRequest, acuan: str) -> HttpResponse:
    """Step 4: everything on one page, what is missing with its link, and the button that sends."""
    permohonan = isian_saya(request, acuan)
    if not masih_draf(permohonan):
        return redirect("permohonan", acuan)
    konteks = _konteks(
        permohonan,
        "tinjau",
        tinjauan=pengisian.tinjauan(permohonan),
        kunci=kunci_baru(),
        sepaket=services.layanan_sepaket(permohonan),
        saudara=services.saudara_sepaket(permohonan),
    )
    return render(request, "perizinan/pemohon/tinjau.html", konteks)


def _konteks(permohonan: Permohonan, langkah: str, **lain: Any) -> dict[str, Any]:
    return {"permohonan": permohonan, "langkah_isian": pengisian.langkah(permohonan, langkah), **lain}
