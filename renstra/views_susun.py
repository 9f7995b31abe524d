"""Making a plan: the list of editions, the draft's outline, a form per line, the comparison with what is in force."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Akun
from core.galat import GalatPortal, IsianTidakSah, TidakBerwenang
from renstra.enums import StatusRencana
from renstra.forms_edisi import FormBaru, FormPokok, FormRevisi, FormTujuan
from renstra.forms_susun import FormInduk
from renstra.halaman_susun import HalamanDraf, keadaan
from renstra.models import Kegiatan, Program, Rencana, Sasaran, Tujuan
from renstra.services import edisi as layanan
from renstra.services import susun
from renstra.services.susun import Induk
from renstra.susunan import rencana_acuan
from renstra.views import pembaca_saja

View = Callable[..., HttpResponseBase]
_GET_POST = ["GET", "HEAD", "POST"]


def akun(request: HttpRequest) -> Akun:
    """Who asks; `pembaca_saja` let nobody else through."""
    assert isinstance(request.user, Akun)  # noqa: S101 see above
    return request.user


def halaman(request: HttpRequest, kode: str, edisi: int) -> HalamanDraf:
    """The edition in the address. Raises Http404."""
    terkait = ("asal", "disusun_oleh", "diajukan_oleh", "diterbitkan_oleh")
    satu = get_object_or_404(Rencana.objects.select_related(*terkait), kode=kode, edisi=edisi)
    return HalamanDraf(satu, akun(request))


def penyusun_saja(view: View) -> View:
    """Planners only. A refusal of a service is told on the page that the edition's outline is."""

    @pembaca_saja
    @functools.wraps(view)
    def jaga(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        layanan.pastikan_penyusun(akun(request))
        try:
            return view(request, *args, **kwargs)
        except TidakBerwenang:
            raise
        except GalatPortal as galat:
            messages.error(request, galat.pesan)
            return redirect("renstra_susun_draf", kwargs["kode"], kwargs["edisi"])

    return jaga


@pembaca_saja
@require_safe
def daftar(request: HttpRequest) -> HttpResponse:
    """Every edition of every plan: where it stands, who made it, when."""
    terkait = ("disusun_oleh", "diajukan_oleh", "diterbitkan_oleh")
    semua = list(Rencana.objects.select_related(*terkait).order_by("-tahun_mulai", "kode", "-edisi"))
    menyusun = akun(request).berperan(*layanan.PENYUSUN)
    draf = {r.kode for r in semua if r.status == StatusRencana.DRAF}
    baris = [
        {
            "r": r,
            "rupa": keadaan(r)[0],
            "kata": keadaan(r)[1],
            "revisi": menyusun and r.status == StatusRencana.BERLAKU and r.kode not in draf,
        }
        for r in semua
    ]
    konteks = {
        "baris": baris,
        "baris_templat": "renstra/susun/_baris_edisi.html",
        "jumlah": len(baris),
        "benda": _("edisi"),
        "urutan": _("rencana terbaru lebih dulu"),
        "nama": _("Edisi rencana"),
        "kolom": [{"judul": j} for j in (_("Rencana"), _("Keadaan"), _("Siapa dan kapan"), _("Tindakan"))],
        "kosong_judul": _("Belum ada rencana"),
        "kosong_keterangan": _("Perencana menyusun rencana pertama dari halaman ini."),
        "menyusun": menyusun,
    }
    return render(request, "renstra/susun/daftar.html", konteks)


def _mulai(request: HttpRequest, form: Any, kerja: Callable[[Any], Rencana], konteks: dict[str, Any]) -> HttpResponse:
    """Begin an edition by a form: goes to its outline, or shows the form again with what was refused."""
    if form.is_bound and form.is_valid():
        try:
            baru = kerja(form.cleaned_data)
        except TidakBerwenang:
            raise
        except GalatPortal as galat:
            rincian = galat.rincian if isinstance(galat, IsianTidakSah) else {}
            if not rincian:
                form.add_error(None, galat.pesan)
            for nama, kalimat in rincian.items():
                form.add_error(nama, kalimat)
        else:
            messages.success(request, _("Draf dibuat. Ubah barisnya, lalu ajukan dari halaman penerbitan."))
            return redirect("renstra_susun_draf", baru.kode, baru.edisi)
    return render(request, "renstra/susun/mulai.html", {"form": form} | konteks, status=400 if form.errors else 200)


@pembaca_saja
@require_http_methods(_GET_POST)
def revisi(request: HttpRequest) -> HttpResponse:
    """Begin the next edition of the plan in the address (`rencana`). Planners only."""
    layanan.pastikan_penyusun(akun(request))
    asal = rencana_acuan(request.GET.get("rencana", ""))
    if asal is None:
        raise Http404
    konteks = {
        "judul": _("Revisi %(nama)s") % {"nama": asal.nama},
        "pengantar": _(
            "Seluruh isi edisi %(n)d disalin ke draf. Edisi yang berlaku tidak berubah sampai draf terbit."
        )
        % {"n": asal.edisi},
        "tombol": _("Buat draf revisi"),
    }

    def kerja(isi: dict[str, Any]) -> Rencana:
        return layanan.buat_revisi(asal.pk, isi["alasan"], oleh=akun(request))

    return _mulai(request, FormRevisi(request.POST or None), kerja, konteks)


@pembaca_saja
@require_http_methods(_GET_POST)
def baru(request: HttpRequest) -> HttpResponse:
    """Begin a plan of another period. Planners only."""
    layanan.pastikan_penyusun(akun(request))
    konteks = {
        "judul": _("Rencana baru"),
        "pengantar": _("Untuk periode lain. Rencana yang berlaku diubah dengan revisi, bukan di sini."),
        "tombol": _("Buat draf rencana"),
    }

    def kerja(isi: dict[str, Any]) -> Rencana:
        contoh = isi.pop("contoh")
        return layanan.buat_baru(**isi, contoh=contoh.pk if contoh else None, oleh=akun(request))

    return _mulai(request, FormBaru(request.POST or None), kerja, konteks)


@pembaca_saja
@require_safe
def draf(request: HttpRequest, kode: str, edisi: int) -> HttpResponse:
    """The outline of an edition, each line with its numbers and findings."""
    return render(request, "renstra/susun/draf.html", {"h": halaman(request, kode, edisi)})


@pembaca_saja
@require_safe
def banding(request: HttpRequest, kode: str, edisi: int) -> HttpResponse:
    """What the edition changes of the one before: lines and cells."""
    satu = halaman(request, kode, edisi)
    konteks = {
        "h": satu,
        "baris": satu.ubahan,
        "baris_templat": "renstra/susun/_baris_ubahan.html",
        "jumlah": len(satu.ubahan),
        "benda": _("perubahan"),
        "urutan": _("menurut urutan rencana"),
        "nama": _("Perubahan dari edisi sebelumnya"),
        "kolom": [{"judul": j} for j in (_("Perubahan"), _("Baris"), _("Kolom"), _("Sebelum"), _("Sesudah"))],
        "kosong_judul": _("Tidak ada perubahan"),
        "kosong_keterangan": _("Setiap baris sama dengan edisi asalnya.")
        if satu.rencana.asal
        else _("Rencana ini tidak berasal dari edisi lain."),
    }
    return render(request, "renstra/susun/banding.html", konteks)


def _terkunci(satu: HalamanDraf, oleh: Akun) -> Rencana:
    """The draft, locked; on reading, only looked at. Raises what `kunci_draf` raises."""
    with transaction.atomic():
        return layanan.kunci_draf(satu.rencana.pk, oleh=oleh)


@penyusun_saja
@require_http_methods(_GET_POST)
def pokok(request: HttpRequest, kode: str, edisi: int) -> HttpResponse:
    """Name, legal base, vision and missions of the draft."""
    satu = halaman(request, kode, edisi)
    r = _terkunci(satu, akun(request))
    awal = {n: getattr(r, n) for n in ("nama", "dasar", "visi")}
    misi = "\n".join(" ".join(m.uraian.split()) for m in r.misi.order_by("no"))
    form = FormPokok(request.POST or None, initial=awal | {"misi": misi})
    if form.is_bound and form.is_valid():
        isi = form.cleaned_data
        susun.ubah_pokok(r.pk, isi, isi["misi"].splitlines(), oleh=akun(request))
        messages.success(request, _("Tersimpan."))
        return redirect(satu.alamat("draf"))
    konteks = {"h": satu, "form": form, "judul": _("Nama, visi, dan misi")}
    return render(request, "renstra/susun/satu.html", konteks, status=400 if form.errors else 200)


@penyusun_saja
@require_http_methods(_GET_POST)
def tujuan(request: HttpRequest, kode: str, edisi: int, no: int) -> HttpResponse:
    """One aim of the draft; number 0 is a new one."""
    satu = halaman(request, kode, edisi)
    r = _terkunci(satu, akun(request))
    baris = get_object_or_404(Tujuan, rencana=r, no=no) if no else Tujuan(rencana=r)
    form = FormTujuan(request.POST or None, initial={"uraian": baris.uraian}, baru=not no)
    if form.is_bound and form.is_valid():
        if form.cleaned_data.get("hapus"):
            susun.hapus(r.pk, baris, oleh=akun(request))
            messages.success(request, _("Dihapus dari draf."))
        else:
            baris.uraian = form.cleaned_data["uraian"]
            susun.ubah_tujuan(r.pk, baris, oleh=akun(request))
            messages.success(request, _("Tersimpan."))
        return redirect(satu.alamat("draf"))
    judul = _("Tujuan %(n)d") % {"n": no} if no else _("Tujuan baru")
    konteks = {"h": satu, "form": form, "judul": judul}
    return render(request, "renstra/susun/satu.html", konteks, status=400 if form.errors else 200)


def _sasaran(r: Rencana, induk: int, no: int) -> Sasaran:
    if no:
        return get_object_or_404(Sasaran.objects.select_related("tujuan"), tujuan__rencana=r, tujuan__no=induk, no=no)
    return Sasaran(tujuan=get_object_or_404(Tujuan, rencana=r, no=induk))


def _kegiatan(r: Rencana, induk: int, no: int) -> Kegiatan:
    if no:
        daftar = Kegiatan.objects.select_related("program")
        return get_object_or_404(daftar, program__rencana=r, program__no=induk, no=no)
    return Kegiatan(program=get_object_or_404(Program, rencana=r, no=induk))


def _program(r: Rencana, _induk: int, no: int) -> Program:
    return get_object_or_404(Program, rencana=r, no=no) if no else Program(rencana=r)


def _baris(nama: str, cari: Callable[[Rencana, int, int], Induk], jenis_ukuran: str, baru: Callable[[], str]) -> View:
    """The form of one line with its measures. A POST holds the draft's lock from reading to writing."""

    @penyusun_saja
    @require_http_methods(_GET_POST)
    def view(request: HttpRequest, kode: str, edisi: int, no: int, induk: int = 0) -> HttpResponse:
        satu = halaman(request, kode, edisi)
        with transaction.atomic():
            r = layanan.kunci_draf(satu.rencana.pk, oleh=akun(request))
            form = FormInduk(r, cari(r, induk, no), request.POST or None)
            tujuan_akhir = _simpan(request, satu, form, nama) if form.is_bound and form.is_valid() else ""
        if tujuan_akhir:
            return redirect(tujuan_akhir)
        temuan = satu.per_baris.get((nama, form.induk.pk or 0), [])
        konteks = {
            "h": satu,
            "form": form,
            "judul": str(form.induk) if form.induk.pk else baru(),
            "kelompok": list(form.kelompok(satu.temuan_ukuran(jenis_ukuran))),
            "temuan": temuan,
        }
        return render(request, "renstra/susun/baris.html", konteks, status=400 if form.errors else 200)

    return view


def _simpan(request: HttpRequest, satu: HalamanDraf, form: FormInduk, nama: str) -> str:
    """Write or delete the line; the address to go on at, empty where a cell was refused."""
    if form.cleaned_data.get("hapus"):
        susun.hapus(satu.rencana.pk, form.induk, oleh=akun(request))
        messages.success(request, _("Dihapus dari draf."))
        return satu.alamat("draf")
    baris = form.simpan(akun(request))
    if baris is None:
        return ""
    messages.success(request, _("Tersimpan. Temuan, bila ada, berdiri di samping barisnya."))
    if isinstance(baris, Program):
        return satu.alamat(nama, baris.no)
    return satu.alamat(nama, (baris.tujuan if isinstance(baris, Sasaran) else baris.program).no, baris.no)


sasaran = _baris("sasaran", _sasaran, "indikator", lambda: _("Sasaran baru"))
program = _baris("program", _program, "keluaran", lambda: _("Program baru"))
kegiatan = _baris("kegiatan", _kegiatan, "keluaran", lambda: _("Kegiatan baru"))
