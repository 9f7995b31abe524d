"""Paper sheets: the list, typing one, deciding where two entries differ."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Akun
from core.galat import GalatPortal, IsianTidakSah
from core.waktu import hari_ini
from ikm.enums import PILIHAN_PROFIL, Dimensi, StatusLembar, StatusPeriode
from ikm.forms.kertas import FormBatalLembar, FormKeputusan, FormLembar
from ikm.models import LembarKertas, Periode, Unsur
from ikm.perms import boleh_entri
from ikm.services import kertas
from ikm.services.periode import periode_berjalan
from perizinan.enums import Kelompok

SEHALAMAN = 50


def _pengentri(request: HttpRequest) -> Akun:
    """Whoever may type sheets; anybody else finds nothing here."""
    orang = request.user
    if not isinstance(orang, Akun) or not boleh_entri(orang):
        raise Http404
    return orang


def _periode_buka() -> QuerySet[Periode]:
    return Periode.objects.filter(mengumpulkan=True, status=StatusPeriode.BUKA).order_by("-mulai")


@require_safe
def daftar(request: HttpRequest) -> HttpResponse:
    """All sheets of the open periods, those that need somebody first."""
    _pengentri(request)
    status = request.GET.get("status", "")
    lembar = LembarKertas.objects.filter(periode__in=_periode_buka()).select_related("periode", "oleh_1", "oleh_2")
    if status in StatusLembar.values:
        lembar = lembar.filter(status=status)
    halaman = Paginator(lembar.order_by("status", "periode", "nomor"), SEHALAMAN).get_page(request.GET.get("hal"))
    konteks = {
        "baris": halaman.object_list,
        "jumlah": halaman.paginator.count,
        "halaman": halaman,
        "status": status,
        "pilihan": StatusLembar.choices,
        "kolom": [
            {"judul": _("Nomor")},
            {"judul": _("Periode")},
            {"judul": _("Keadaan")},
            {"judul": _("Dientri oleh")},
        ],
    }
    return render(request, "ikm/petugas/kertas.html", konteks)


@require_http_methods(["GET", "HEAD", "POST"])
def entri(request: HttpRequest) -> HttpResponse:
    """Type one sheet of an open period; after it the next one, with the same period."""
    orang = _pengentri(request)
    periode = _pilih_periode(request)
    unsur = Unsur.objects.filter(instrumen=periode.instrumen_id).order_by("urutan") if periode else []
    form = FormLembar(unsur, request.POST or None)
    if periode and form.is_valid() and (lembar := _tersimpan(form, periode, orang)):
        messages.success(request, _kata(lembar))
        return redirect(f"{request.path}?periode={periode.kode}")
    konteks = {"form": form, "periode": periode, "daftar_periode": _periode_buka()}
    return render(request, "ikm/petugas/kertas_entri.html", konteks, status=400 if form.errors else 200)


def _pilih_periode(request: HttpRequest) -> Periode | None:
    """The period in the address, or the newest open one; opened by the first sheet that is typed."""
    kode = request.GET.get("periode", "")
    buka = _periode_buka()
    ada = buka.filter(kode=kode).first() if kode else buka.first()
    if ada is None and request.method == "POST":
        return periode_berjalan(hari_ini())
    return ada


def _tersimpan(form: FormLembar, periode: Periode, orang: Akun) -> LembarKertas | None:
    isi = form.cleaned_data
    try:
        return kertas.entri(
            periode, isi["nomor"].strip(), form.isian(), oleh=orang, kelompok=isi["kelompok"], kode=isi["kode"]
        )
    except IsianTidakSah as galat:
        for nama, kalimat in galat.rincian.items():
            form.add_error(nama if nama in form.fields else None, kalimat)
    except GalatPortal as galat:
        form.add_error("nomor", galat.pesan)
    return None


def _kata(lembar: LembarKertas) -> str:
    kalimat = {
        StatusLembar.ENTRI_PERTAMA: _("Lembar %(n)s tersimpan. Menunggu entri kedua oleh orang lain."),
        StatusLembar.BEDA: _("Lembar %(n)s berbeda dengan entri pertama. Putuskan dengan lembarnya di tangan."),
        StatusLembar.SELESAI: _("Lembar %(n)s sama dengan entri pertama dan sudah dihitung."),
        StatusLembar.BATAL: _("Lembar %(n)s tidak dihitung: berkasnya sudah menjawab dengan cara lain."),
    }
    return kalimat[StatusLembar(lembar.status)] % {"n": lembar.nomor}


@require_http_methods(["GET", "HEAD", "POST"])
def putuskan(request: HttpRequest, kode: str, lembar: str) -> HttpResponse:
    """Where two entries differ: which one agrees with the sheet, or leave the sheet out."""
    orang = _pengentri(request)
    berbeda = LembarKertas.objects.filter(status=StatusLembar.BEDA).select_related("periode", "oleh_1", "oleh_2")
    satu = get_object_or_404(berbeda, periode__kode=kode, nomor=lembar)
    membatalkan = "batalkan" in request.POST
    data = request.POST if request.method == "POST" else None
    form = FormKeputusan(_baris_beda(satu), None if membatalkan else data)
    batal = FormBatalLembar(data if membatalkan else None)
    try:
        if membatalkan and batal.is_valid():
            messages.success(request, _kata(kertas.batalkan(satu.pk, batal.cleaned_data["alasan"], oleh=orang)))
            return redirect("kertas")
        if not membatalkan and form.is_valid():
            messages.success(request, _kata(kertas.putuskan(satu.pk, form.pilihan(), oleh=orang)))
            return redirect("kertas")
    except GalatPortal as galat:
        form.add_error(None, galat.pesan)
    salah = form.errors or batal.errors
    konteks = {"lembar": satu, "form": form, "batal": batal}
    return render(request, "ikm/petugas/kertas_beda.html", konteks, status=400 if salah else 200)


def _baris_beda(lembar: LembarKertas) -> list[tuple[str, str, str, str]]:
    """Each difference with its name and both entries in words."""
    unsur = {f"u{u.urutan}": u for u in Unsur.objects.filter(instrumen=lembar.periode.instrumen_id)}
    baris = []
    for nama, (satu, dua) in kertas.beda(lembar).items():
        if nama in unsur:
            kata = dict(unsur[nama].pilihan)
            baris.append((nama, str(unsur[nama]), f"{satu} ({kata[satu]})", f"{dua} ({kata[dua]})"))
        else:
            baris.append((nama, _label(nama), _sebut(nama, satu), _sebut(nama, dua)))
    return baris


def _label(nama: str) -> str:
    return {
        "profil": _("Tentang responden"),
        "teks": _("Saran atau keluhan"),
        "kelompok": _("Kelompok layanan"),
        "kode": _("Kode survei"),
    }[nama]


def _sebut(nama: str, isi: Any) -> str:
    """An entry in words; empty is said."""
    if nama == "profil":
        isi = ", ".join(str(PILIHAN_PROFIL[Dimensi(d)](n).label) for d, n in sorted((isi or {}).items()))
    if nama == "kelompok" and isi:
        isi = Kelompok(isi).label
    return str(isi) or _("(kosong)")
