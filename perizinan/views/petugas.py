"""What every desk shares: inbox, everything visible, the file page, its arithmetic, and the acts."""

from __future__ import annotations

import logging
import uuid
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.enums import Peran
from core.galat import TidakBerwenang
from core.mesin import transisi_dari
from core.waktu import sekarang
from notifications.masuk import selesaikan
from perizinan.forms.identitas import FormIdentitas
from perizinan.forms.saringan import SaringanBerkas
from perizinan.halaman import kotak
from perizinan.halaman.berkas_petugas import susun_berkas
from perizinan.halaman.ekspor import baris_csv
from perizinan.halaman.kotak import lingkup
from perizinan.halaman.lain import permohonan_lain
from perizinan.halaman.peringatan import baris_peringatan, peringatan_untuk
from perizinan.models import Berkas
from perizinan.querysets import PermohonanQuerySet
from perizinan.views import _hitungan
from perizinan.views._meja import ambil_berkas, ambil_rekomendasi, kerjakan, petugas_saja
from perizinan.views._saya import akun

#: Kinds of content that are shown as a picture inside the viewer.
GAMBAR = frozenset({"jpeg", "png"})
#: Who looked at a whole identity number, and why; read with the application log.
catatan = logging.getLogger("perizinan.akses")


@petugas_saja
@require_safe
def kotak_masuk(request: HttpRequest) -> HttpResponseBase:
    """What waits for me, most pressing first."""
    konteks = {
        "kosong_judul": _("Tidak ada berkas menunggu Anda"),
        "kosong_keterangan": _("Berkas baru muncul di sini begitu memerlukan Anda."),
        "urutan": _("paling mepet di atas"),
        "kolom": [{"judul": j} for j in (_("Sisa waktu"), _("Permohonan"), _("Yang diminta"), _("Sejak"), _("SOP"))],
        "baris_templat": "perizinan/petugas/_baris_kotak.html",
    }
    return _daftar(request, "kotak_masuk", kotak.isi_kotak(akun(request)), konteks)


@petugas_saja
@require_safe
def semua(request: HttpRequest) -> HttpResponseBase:
    """Everything I may see, whoever has to act."""
    konteks = {
        "kosong_judul": _("Belum ada permohonan"),
        "kosong_keterangan": _("Di sini terlihat semua berkas yang boleh Anda lihat."),
        "urutan": _("terbaru di atas"),
        "kolom": [{"judul": j} for j in (_("Tahap"), _("Permohonan"), _("Diajukan"), _("Sisa waktu"))],
        "baris_templat": "perizinan/petugas/_baris_semua.html",
    }
    return _daftar(request, "semua", kotak.semua_berkas(akun(request)), konteks)


@petugas_saja
@require_safe
def peringatan(request: HttpRequest) -> HttpResponse:
    """What time has told me of: stages and files that run out, lateness, the law's warnings."""
    daftar = peringatan_untuk(akun(request))
    halaman = Paginator(daftar, kotak.PER_HALAMAN).get_page(request.GET.get("halaman"))
    konteks = {
        "halaman": halaman,
        "baris": baris_peringatan(halaman.object_list, akun(request)),
        "jumlah": halaman.paginator.count,
        "urutan": _("terbaru di atas"),
        "kolom": [{"judul": j} for j in (_("Peringatan"), _("Permohonan"), _("Tahap"), _("Sejak"))],
        "baris_templat": "perizinan/petugas/_baris_peringatan.html",
        "kosong_judul": _("Tidak ada peringatan"),
        "kosong_keterangan": _("Di sini muncul berkas yang waktunya hampir atau sudah habis."),
    }
    return render(request, "perizinan/petugas/peringatan.html", konteks)


def _daftar(
    request: HttpRequest, templat: str, asal: PermohonanQuerySet, konteks: dict[str, Any]
) -> HttpResponseBase:
    """One query object for rows, count and pages."""
    saringan = SaringanBerkas(request.GET)
    daftar = saringan.terapkan(asal)
    if request.GET.get("format") == "csv":
        return _csv(daftar, templat)
    halaman = Paginator(daftar, kotak.PER_HALAMAN).get_page(request.GET.get("halaman"))
    konteks |= _kosong_tersaring(saringan.kalimat()) | {
        "halaman": halaman,
        "baris": kotak.baris(halaman.object_list, akun(request), tugas=templat == "kotak_masuk"),
        "jumlah": halaman.paginator.count,
        "saringan": saringan,
        "saringan_kalimat": saringan.kalimat(),
        "ekspor": [{"teks": _("Unduh CSV"), "alamat": f"?{_tanya(request)}"}],
    }
    return render(request, f"perizinan/petugas/{templat}.html", konteks)


def _kosong_tersaring(kalimat: str) -> dict[str, str]:
    """What an empty list says when it is the filter that emptied it."""
    if not kalimat:
        return {}
    return {"kosong_judul": _("Tidak ada yang cocok dengan saringan ini"), "kosong_keterangan": kalimat}


def _tanya(request: HttpRequest) -> str:
    """The address of the same list as CSV."""
    tanya = request.GET.copy()
    tanya.pop("halaman", None)
    tanya["format"] = "csv"
    return tanya.urlencode()


def _csv(daftar: PermohonanQuerySet, nama: str) -> StreamingHttpResponse:
    respons = StreamingHttpResponse(baris_csv(daftar), content_type="text/csv; charset=utf-8")
    respons["Content-Disposition"] = f'attachment; filename="{nama}.csv"'
    return respons


@petugas_saja
@require_safe
def berkas(request: HttpRequest, nomor: str) -> HttpResponse:
    """The file page; a draft that loket is typing opens at its own page."""
    satu = ambil_berkas(request, nomor)
    if transisi_dari(satu, "ajukan") is not None:
        return redirect("entri_lanjut", satu.acuan)
    halaman = susun_berkas(satu, akun(request), sekarang())
    konteks = {"halaman": halaman, "berkas": satu, "lain": permohonan_lain(satu, akun(request))}
    return render(request, "perizinan/petugas/berkas.html", konteks)


@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
@petugas_saja
@require_safe
def lihat(request: HttpRequest, kunci: uuid.UUID) -> HttpResponse:
    """What an applicant handed in, for the viewer: a picture fitted into it, anything else as the file itself."""
    terlihat = Berkas.objects.filter(permohonan__in=lingkup(akun(request))).exclude(file="")
    satu = get_object_or_404(terlihat, kunci=kunci)
    alamat = reverse("berkas", args=[satu.kunci]) + "?lihat=1"
    if satu.jenis_isi not in GAMBAR:
        return redirect(alamat)
    return render(request, "perizinan/petugas/lihat.html", {"satu": satu, "alamat": alamat})


@petugas_saja
@require_http_methods(["GET", "HEAD", "POST"])
def hitungan(request: HttpRequest, nomor: str) -> HttpResponse:
    """How the due date is counted and who used the days, the same as the applicant sees it; POST orders the PDF."""
    satu = ambil_berkas(request, nomor)
    if satu.terdaftar_pada is None:
        return redirect("berkas_petugas", satu.acuan)
    if request.method == "POST":
        return _hitungan.pesan_pdf(request, satu, redirect("hitungan_petugas", satu.acuan))
    konteks = {"berkas": satu, **_hitungan.konteks(satu, "dokumen_petugas")}
    return render(request, "perizinan/petugas/hitungan.html", konteks)


@petugas_saja
@require_http_methods(["GET", "HEAD", "POST"])
def identitas(request: HttpRequest, nomor: str) -> HttpResponse:
    """Show the whole identity number, for a reason that is written down with the officer's name."""
    satu = ambil_berkas(request, nomor)
    form = FormIdentitas(request.POST or None)
    tampil = request.method == "POST" and form.is_valid()
    if tampil:
        jejak = {"akun": akun(request).pk, "permohonan": satu.nomor, "alasan": form.cleaned_data["alasan"]}
        catatan.warning("nomor identitas ditampilkan", extra=jejak)
    konteks = {"berkas": satu, "form": form, "tampil": tampil}
    return render(request, "perizinan/petugas/identitas.html", konteks)


@petugas_saja
@require_POST
def sms_selesai(request: HttpRequest, nomor: str) -> HttpResponse:
    """What the applicant wrote by SMS (LAPOR, UBAH, TOLAK, BUKAN SAYA) is settled; who looks on settles nothing."""
    satu = ambil_berkas(request, nomor)
    pelaku = akun(request)
    if pelaku.daftar_peran <= {Peran.AUDITOR}:
        raise TidakBerwenang(_("Anda tidak memproses berkas ini."))
    selesaikan(satu.nomor or "", pelaku, sekarang())
    return redirect("berkas_petugas", satu.acuan)


@petugas_saja
@require_http_methods(["GET", "HEAD", "POST"])
def tindakan(request: HttpRequest, nomor: str, verba: str) -> HttpResponse:
    """One act on a file."""
    return kerjakan(request, ambil_berkas(request, nomor), verba)


@petugas_saja
@require_http_methods(["GET", "HEAD", "POST"])
def tindakan_rekomendasi(request: HttpRequest, kunci: uuid.UUID, verba: str) -> HttpResponse:
    """One act on a recommendation."""
    return kerjakan(request, ambil_rekomendasi(request, kunci), verba)
