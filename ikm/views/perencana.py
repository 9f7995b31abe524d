"""The planner's desk: odd answers, remarks, files of answers. Leaders and the auditor may look."""

from __future__ import annotations

import base64

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.enums import Peran
from core.galat import GalatPortal, IsianTidakSah
from ikm.cakupan import anggota
from ikm.forms.perencana import FormImpor, FormPutusan, FormTanda
from ikm.halaman.dasbor import pilih_periode
from ikm.models import Jawaban, Komentar, Periode
from ikm.services.impor import impor as impor_jawaban
from ikm.services.impor import tinjau
from ikm.services.penandaan import kembar, perlu_dilihat, putuskan, tandai_komentar
from ikm.views._jaga import PEMBACA, akun, hanya

_PER_HALAMAN = 20


def _periode(request: HttpRequest) -> Periode:
    periode = pilih_periode(request.GET.get("periode", "")[:10])
    if periode is None:
        raise Http404
    return periode


@hanya(*PEMBACA)
@require_http_methods(["GET", "HEAD", "POST"])
def jawaban_janggal(request: HttpRequest) -> HttpResponse:
    """Uniform answers and answers alike: one decision each, by the planner, with a reason."""
    periode = _periode(request)
    form = FormPutusan(request.POST or None)
    if request.method == "POST" and _terputus(request, form):
        messages.success(request, _("Putusan tercatat."))
        return redirect(f"{reverse('ikm_janggal')}?periode={periode.kode}")
    bagian = anggota(periode)
    halaman = Paginator(perlu_dilihat(bagian), _PER_HALAMAN).get_page(request.GET.get("halaman"))
    kembaran = kembar(bagian) if halaman.number == 1 else []
    konteks = {
        "periode": periode,
        "halaman": halaman,
        "baris": [_dengan_form(j, form) for j in halaman],
        "kembar": [[_dengan_form(j, form) for j in satu] for satu in kembaran],
        "perencana": akun(request).berperan(Peran.PERENCANA),
        "galat": form.non_field_errors() if form.is_bound else [],
    }
    return render(request, "ikm/petugas/janggal.html", konteks, status=400 if form.errors else 200)


def _dengan_form(jawaban: Jawaban, terkirim: FormPutusan) -> dict[str, object]:
    """An answer and the form for its decision; the one that was sent keeps what was typed."""
    ini = terkirim.is_bound and terkirim.data.get("kunci") == str(jawaban.pk)
    form = terkirim if ini else FormPutusan(initial={"kunci": jawaban.pk}, auto_id=f"id_{jawaban.pk}_%s")
    if ini:
        form.auto_id = f"id_{jawaban.pk}_%s"
    return {"jawaban": jawaban, "form": form}


def _terputus(request: HttpRequest, form: FormPutusan) -> bool:
    if not form.is_valid():
        return False
    data = form.cleaned_data
    try:
        putuskan(data["kunci"], dihitung=data["putusan"] == "hitung", alasan=data["alasan"], oleh=akun(request))
    except IsianTidakSah as galat:
        form.add_error("alasan", galat.pesan)
        return False
    return True


@hanya(*PEMBACA)
@require_http_methods(["GET", "HEAD", "POST"])
def komentar(request: HttpRequest) -> HttpResponse:
    """What people wrote, with the words that staff gave it; filtered by such a word in the address."""
    periode = _periode(request)
    form = FormTanda(request.POST or None)
    if request.method == "POST" and _tertanda(request, form):
        messages.success(request, _("Tanda tersimpan."))
        return redirect(request.get_full_path())
    semua = Komentar.objects.filter(periode__in=anggota(periode)).order_by("kunci")
    tanda = " ".join(request.GET.get("tanda", "")[:30].lower().split())
    halaman = Paginator(_bertanda(semua, tanda), _PER_HALAMAN).get_page(request.GET.get("halaman"))
    konteks = {
        "periode": periode,
        "halaman": halaman,
        "baris": [_dengan_tanda(k, form) for k in halaman],
        "tanda": tanda,
        "semua_tanda": sorted({t for isi in semua.values_list("tanda", flat=True) for t in isi}),
        "perencana": akun(request).berperan(Peran.PERENCANA),
    }
    return render(request, "ikm/petugas/komentar.html", konteks, status=400 if form.errors else 200)


def _bertanda(semua: QuerySet[Komentar], tanda: str) -> QuerySet[Komentar] | list[Komentar]:
    """Those with the word. Compared here: SQLite cannot look into a list."""
    return [k for k in semua if tanda in k.tanda] if tanda else semua


def _dengan_tanda(satu: Komentar, terkirim: FormTanda) -> dict[str, object]:
    ini = terkirim.is_bound and terkirim.data.get("kunci") == str(satu.pk)
    awal = {"kunci": satu.pk, "tanda": ", ".join(satu.tanda), "terbitkan": not satu.disembunyikan}
    form = terkirim if ini else FormTanda(initial=awal)
    form.auto_id = f"id_{satu.pk.hex}_%s"
    return {"komentar": satu, "form": form}


def _tertanda(request: HttpRequest, form: FormTanda) -> bool:
    if not form.is_valid():
        return False
    data = form.cleaned_data
    try:
        tandai_komentar(data["kunci"], tanda=data["tanda"], disembunyikan=not data["terbitkan"], oleh=akun(request))
    except IsianTidakSah as galat:
        form.add_error("tanda", galat.pesan)
        return False
    return True


@hanya(Peran.PERENCANA)
@require_http_methods(["GET", "HEAD", "POST"])
def impor(request: HttpRequest) -> HttpResponse:
    """First what the file would do, with every error; then, on a second press, the import itself."""
    form = FormImpor(request.POST or None, request.FILES or None)
    konteks: dict[str, object] = {"form": form, "pratinjau": None}
    if form.is_valid():
        data = form.cleaned_data
        if data["isi"]:
            try:
                catatan = impor_jawaban(data["periode"], data["bita"], nama=data["nama"], oleh=akun(request))
            except GalatPortal as galat:
                form.add_error(None, galat.pesan)
            else:
                messages.success(request, _("%(n)d jawaban diimpor.") % {"n": catatan.jumlah})
                return redirect(f"{reverse('ikm_dasbor')}?periode={catatan.periode.kode}")
        konteks |= {
            "pratinjau": tinjau(data["periode"], data["bita"]),
            "periode": data["periode"],
            "nama": data["nama"],
            "isi": base64.b64encode(data["bita"]).decode(),
        }
    return render(request, "ikm/petugas/impor.html", konteks, status=400 if form.errors else 200)
