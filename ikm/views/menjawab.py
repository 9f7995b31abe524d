"""Answering: by a personal link, at the office's own screen, always by the person served (R9, docs/keputusan/0030).

None of these pages needs a log-in, and none of them tells who a code belongs to.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.enums import Peran
from accounts.models import Akun
from accounts.views import terlalu_sering
from core import pembatas
from core.galat import IsianTidakSah, TidakDitemukan
from core.qr import qr_svg
from core.waktu import hari_ini
from ikm.enums import SaluranJawaban
from ikm.forms.survei import FormKode, FormSurvei
from ikm.models import Unsur
from ikm.services.menjawab import jawab
from ikm.services.periode import instrumen_kini
from perizinan.models import Permohonan
from perizinan.services import survei

#: Wrong codes from one address in ten minutes, before it has to wait.
SALAH_MAKS = 30
#: The office's screen goes back to its start after so many seconds.
KIOS_DETIK = 20


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def minta_kode(request: HttpRequest, *, kios: bool = False) -> HttpResponse:
    """Ask for the survey code. At the kiosk the page shows keys to tap."""
    form = FormKode(request.POST or None)
    if form.is_valid():
        return _dengan_kode(request, form, kios=kios)
    return render(request, "ikm/kode.html", {"form": form, "kios": kios, "salah": ""})


def _dengan_kode(request: HttpRequest, form: FormKode, *, kios: bool) -> HttpResponse:
    """Go to the questionnaire; a wrong code is counted against the address that tried it."""
    pelaku = pembatas.pelaku_http(request)
    if pembatas.jumlah("survei", pelaku) >= SALAH_MAKS:
        return terlalu_sering(request)
    try:
        kode = survei.berkode(form.cleaned_data["kode"]).kode
    except TidakDitemukan as galat:
        pembatas.catat("survei", pelaku)
        form.add_error("kode", galat.pesan)
        return render(request, "ikm/kode.html", {"form": form, "kios": kios, "salah": ""}, status=404)
    return redirect("kios_survei_isi" if kios else "survei", kode)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def isi(request: HttpRequest, kode: str, *, kios: bool = False) -> HttpResponse:
    """The questionnaire on one page. What was chosen stays when something is missing."""
    try:
        undangan = survei.berkode(kode)
    except TidakDitemukan as galat:
        form_kode = FormKode(initial={"kode": kode[:40]})
        konteks = {"form": form_kode, "kios": kios, "salah": galat.pesan}
        return render(request, "ikm/kode.html", konteks, status=404)
    unsur = Unsur.objects.filter(instrumen=instrumen_kini(hari_ini())).order_by("urutan")
    form = FormSurvei(unsur, request.POST or None)
    if form.is_valid() and _tersimpan(form, kode, kios=kios):
        return redirect(_sesudah(request, kios=kios))
    konteks = {"form": form, "kode": undangan.kode, "kios": kios, "kembali": _kembali(request)}
    return render(request, "ikm/isi.html", konteks, status=400 if form.errors else 200)


def _tersimpan(form: FormSurvei, kode: str, *, kios: bool) -> bool:
    try:
        jawab(kode, form.isian(), saluran=SaluranJawaban.KIOS if kios else SaluranJawaban.TAUTAN)
    except IsianTidakSah as galat:
        for nama, kalimat in galat.rincian.items():
            form.add_error(nama if nama in form.fields else None, kalimat)
        return False
    return True


def _kembali(request: HttpRequest) -> str:
    """Where an applicant came from: a path of this portal, or empty."""
    alamat = request.GET.get("kembali", "")[:200]
    return alamat if url_has_allowed_host_and_scheme(alamat, allowed_hosts=None) and alamat.startswith("/") else ""


def _sesudah(request: HttpRequest, *, kios: bool) -> str:
    if kios:
        return reverse("kios_survei_selesai")
    kembali = _kembali(request)
    return reverse("survei_selesai", query={"kembali": kembali} if kembali else None)


@login_not_required
@require_safe
def pendek(_request: HttpRequest, kode: str) -> HttpResponse:
    """The address that an SMS and a printed QR carry."""
    return redirect("survei", kode)


@login_not_required
@require_POST
def lain_kali(request: HttpRequest, kode: str) -> HttpResponse:
    """Put it off: counted, and the way goes on to where the person wanted to go."""
    survei.tunda(survei.berkode(kode).permohonan_id)
    return redirect(_kembali(request) or "beranda")


@login_not_required
@require_POST
def tidak_bersedia(request: HttpRequest, kode: str) -> HttpResponse:
    """Decline: the code ends, no reminder follows."""
    survei.kesampingkan(kode)
    return render(request, "ikm/selesai.html", {"kios": False, "kembali": _kembali(request), "menolak": True})


@login_not_required
@never_cache
@require_safe
def selesai(request: HttpRequest, *, kios: bool = False) -> HttpResponse:
    """Thanks, and what happens with the answers. The office's screen starts over by itself."""
    respons = render(request, "ikm/selesai.html", {"kios": kios, "kembali": _kembali(request), "menolak": False})
    if kios:
        respons["Refresh"] = f"{KIOS_DETIK}; url={reverse('kios_survei')}"
    return respons


@never_cache
@require_safe
def kode_loket(request: HttpRequest, acuan: str) -> HttpResponse:
    """For the counter: the code and its QR to show to the person served. The officer never answers for them."""
    orang = request.user
    if not isinstance(orang, Akun) or not orang.berperan(Peran.LOKET):
        raise Http404
    berkas: Permohonan = get_object_or_404(Permohonan.objects.terlihat_oleh(orang).beracuan(acuan))
    kode = survei.kode_terbuka(berkas)
    konteks = {
        "berkas": berkas,
        "kode": kode,
        "qr": qr_svg(request.build_absolute_uri(reverse("survei_pendek", args=[kode]))) if kode else "",
        "keadaan": berkas.get_survei_display(),
    }
    return render(request, "ikm/petugas/kode_loket.html", konteks)
