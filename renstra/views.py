"""The planner's pages: the plan in force, its findings, its tables, and their files."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Akun
from core.cetak import GagalCetak
from core.galat import GalatPortal, TidakBerwenang
from core.konfigurasi import kantor
from core.waktu import sekarang
from renstra.cetak import Lembaran, Mode, pdf, xlsx
from renstra.forms import SaringanTemuan
from renstra.halaman import HalamanRencana, kalimat
from renstra.iku import kartu
from renstra.laporan import cetak
from renstra.laporan.bentuk import Buku
from renstra.models import Rencana
from renstra.perms import boleh_lihat
from renstra.susunan import rencana_acuan, rencana_bertabel, rencana_semua

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
View = Callable[..., HttpResponseBase]


def katakan(request: HttpRequest, kerja: Callable[[], str]) -> None:
    """Do an act and say what was done, or why not. TidakBerwenang has a page of its own and goes on."""
    try:
        messages.success(request, kerja())
    except TidakBerwenang:
        raise
    except GalatPortal as galat:
        messages.error(request, galat.pesan)


def pembaca_saja(view: View) -> View:
    """Readers of the plan only. Somebody without an office gets 404, another desk TidakBerwenang."""

    @functools.wraps(view)
    def jaga(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        orang = request.user
        if not isinstance(orang, Akun) or not orang.petugas:
            raise Http404
        if not boleh_lihat(orang):
            raise TidakBerwenang(_("Halaman ini untuk perencana, pimpinan, dan pengawas."))
        return view(request, *args, **kwargs)

    return jaga


def _edisi(request: HttpRequest) -> Rencana | None:
    """The edition in the address (`rencana=<kode>-<edisi>`), else the plan in force; None where there is none."""
    acuan = request.GET.get("rencana", "")
    return rencana_acuan(acuan) if acuan else rencana_bertabel()


def _halaman(request: HttpRequest) -> HalamanRencana:
    """That edition. Raises Http404 where there is none."""
    rencana = _edisi(request)
    if rencana is None:
        raise Http404
    return HalamanRencana(rencana)


def _mode(request: HttpRequest) -> Mode:
    return Mode.HITUNG_ULANG if request.GET.get("mode") == Mode.HITUNG_ULANG else Mode.TERCETAK


def _satu(request: HttpRequest, kunci: str, mode: Mode) -> tuple[HalamanRencana, Lembaran]:
    halaman = _halaman(request)
    satu = halaman.satu(kunci, mode)
    if satu is None:
        raise Http404
    return halaman, satu


@pembaca_saja
@require_safe
def rencana(request: HttpRequest) -> HttpResponse:
    """The plan: its words, its tables, its findings by filter."""
    berlaku = _edisi(request)
    if berlaku is None:
        if "rencana" in request.GET:
            raise Http404
        return render(request, "renstra/kosong.html")
    halaman = HalamanRencana(berlaku)
    saringan = SaringanTemuan(request.GET or None, tabel=halaman.pilihan_tabel())
    temuan = saringan.terapkan(halaman.temuan)
    konteks = {
        "halaman_rencana": halaman,
        "rencana": berlaku,
        "misi": berlaku.misi.order_by("no"),
        "iku": kartu(berlaku),
        "lain": [r for r in rencana_semua() if r != berlaku],
        "tabel": halaman.tabel(),
        "baris": halaman.baris_temuan(temuan),
        "jumlah": len(temuan),
        "benda": _("temuan"),
        "urutan": _("menurut aturan"),
        "nama": _("Temuan pada tabel rencana"),
        "kolom": [
            {"judul": _("Tingkat")},
            {"judul": _("Tempat")},
            {"judul": _("Tercetak"), "kelas": "angka"},
            {"judul": _("Hitung ulang"), "kelas": "angka"},
            {"judul": _("Keterangan")},
        ],
        "baris_templat": "renstra/_baris_temuan.html",
        "saringan": saringan,
        "saringan_kalimat": saringan.kalimat(),
        "saringan_hapus": f"{request.path}?rencana={berlaku.acuan}" if "rencana" in request.GET else request.path,
        "alasan": berlaku.alasan_temuan.select_related("oleh").order_by("pk"),
        "kosong_judul": _("Tidak ada temuan yang cocok"),
        "kosong_keterangan": saringan.kalimat() or _("Semua angka yang dapat dihitung ulang sudah sesuai."),
    }
    return render(request, "renstra/rencana.html", konteks)


@pembaca_saja
@require_safe
def tabel(request: HttpRequest, kunci: str) -> HttpResponse:
    """One table, as printed or recomputed. Raises Http404 for a table that the plan does not have."""
    mode = _mode(request)
    halaman, satu = _satu(request, kunci, mode)
    konteks = {
        "rencana": halaman.rencana,
        "acuan": halaman.rencana.acuan,
        "kunci": kunci,
        "lembar": satu,
        "hitung_ulang": mode is Mode.HITUNG_ULANG,
        "mode": mode.value,
        "nota": kalimat(satu),
    }
    return render(request, "renstra/tabel.html", konteks)


@pembaca_saja
@require_safe
def tabel_pdf(request: HttpRequest, kunci: str) -> HttpResponse:
    """One table as a tagged PDF."""
    mode = _mode(request)
    halaman, satu = _satu(request, kunci, mode)
    try:
        isi = pdf(satu, rencana=halaman.rencana.nama, mode=mode, dibuat=sekarang())
    except GagalCetak as galat:
        return HttpResponse(str(galat), status=503, content_type="text/plain; charset=utf-8")
    return _unduhan(isi, "application/pdf", f"renstra-tabel-{satu.kode}-{mode}.pdf")


@pembaca_saja
@require_safe
def buku(request: HttpRequest) -> HttpResponse:
    """All tables as one workbook."""
    mode = _mode(request)
    halaman = _halaman(request)
    isi = xlsx(halaman.lembaran(mode), rencana=halaman.rencana.nama, mode=mode, dibuat=sekarang())
    return _unduhan(isi, _XLSX, f"renstra-{mode}.xlsx")


def kirim_pdf(buku: Buku, nama: str) -> HttpResponse:
    """A book as PDF; 503 in words when it cannot be laid out."""
    try:
        isi = cetak.pdf(buku, kantor=kantor().nama, dibuat=sekarang())
    except GagalCetak as galat:
        return HttpResponse(str(galat), status=503, content_type="text/plain; charset=utf-8")
    return _unduhan(isi, "application/pdf", nama)


def kirim_xlsx(buku: Buku, nama: str) -> HttpResponse:
    """A book's tables as a workbook."""
    isi = cetak.xlsx(buku, kantor=kantor().nama, dibuat=sekarang())
    return _unduhan(isi, _XLSX, nama)


def _unduhan(isi: bytes, jenis: str, nama: str) -> HttpResponse:
    respons = HttpResponse(isi, content_type=jenis)
    respons["Content-Disposition"] = f'attachment; filename="{nama}"'
    respons["X-Content-Type-Options"] = "nosniff"
    respons["Cache-Control"] = "no-store, private"
    return respons
