"""Closing a period: what is still open, a recap beside ours, the edition, its signature; and the book."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.cetak import GagalCetak
from core.galat import GalatPortal, IsianTidakSah
from ikm import buku, rekap_luar
from ikm.forms.penutupan import FormAlasan, FormRekap
from ikm.halaman.dasbor import pilih_periode
from ikm.models import Edisi, Periode
from ikm.services import penutupan
from ikm.statistik import hasil_periode
from ikm.views._jaga import PEMBACA, akun, hanya


def _periode(request: HttpRequest) -> Periode:
    """The period in the address, else the running one. Raises Http404."""
    periode = pilih_periode(request.GET.get("periode", "")[:10])
    if periode is None:
        raise Http404
    return periode


@hanya(*PEMBACA)
@require_http_methods(["GET", "HEAD", "POST"])
def tutup(request: HttpRequest) -> HttpResponse:
    """The whole closing on one page; each act is its own button."""
    periode = _periode(request)
    rekap, alasan = FormRekap(), FormAlasan()
    selisih: list[rekap_luar.Selisih] | None = None
    if request.method == "POST":
        laku = request.POST.get("laku", "")
        if laku == "rekap":
            rekap = FormRekap(request.POST, request.FILES)
            selisih = _bandingkan(rekap, periode)
        elif laku == "buka":
            alasan = FormAlasan(request.POST)
            if alasan.is_valid() and _laksanakan(request, _buka(alasan), periode):
                return redirect(_alamat(periode))
        elif laku in _LAKU and _laksanakan(request, _LAKU[laku], periode):
            return redirect(_alamat(periode))
    return _tampilkan(request, periode, rekap, alasan, selisih)


def _alamat(periode: Periode) -> str:
    return reverse("ikm_tutup", query={"periode": periode.kode})


def _laksanakan(request: HttpRequest, laku: Callable[[HttpRequest, Periode], str], periode: Periode) -> bool:
    try:
        messages.success(request, laku(request, periode))
    except GalatPortal as galat:
        messages.error(request, galat.pesan)
        return False
    return True


def _susun(request: HttpRequest, periode: Periode) -> str:
    edisi = penutupan.susun_edisi(periode, oleh=akun(request))
    return _("Edisi %(n)d tersusun. Orang lain perlu mengesahkannya.") % {"n": edisi.nomor}


def _sahkan(request: HttpRequest, periode: Periode) -> str:
    edisi = Edisi.objects.filter(periode=periode, disahkan_pada__isnull=True).order_by("-nomor").first()
    if edisi is None:
        raise Http404
    penutupan.sahkan(edisi, oleh=akun(request))
    return _("Edisi %(n)d disahkan dan diterbitkan. Periode ditutup.") % {"n": edisi.nomor}


_LAKU = {"susun": _susun, "sahkan": _sahkan}


def _buka(form: FormAlasan) -> Callable[[HttpRequest, Periode], str]:
    def laku(request: HttpRequest, periode: Periode) -> str:
        edisi = penutupan.buka_lagi(periode, form.cleaned_data["alasan"], oleh=akun(request))
        return _("Periode dibuka lagi. Susun edisi %(n)d setelah koreksinya selesai.") % {"n": edisi.nomor}

    return laku


def _bandingkan(form: FormRekap, periode: Periode) -> list[rekap_luar.Selisih] | None:
    if not form.is_valid():
        return None
    berkas = form.cleaned_data["berkas"]
    try:
        return rekap_luar.bandingkan(hasil_periode(periode), rekap_luar.baca(berkas.name, berkas.read()))
    except IsianTidakSah as galat:
        for kalimat in galat.rincian.get("berkas", [galat.pesan]):
            form.add_error("berkas", kalimat)
    return None


def _tampilkan(
    request: HttpRequest,
    periode: Periode,
    rekap: FormRekap,
    alasan: FormAlasan,
    selisih: list[rekap_luar.Selisih] | None,
) -> HttpResponse:
    orang = akun(request)
    edisi = list(
        Edisi.objects.filter(periode=periode).select_related("disusun_oleh", "disahkan_oleh").order_by("nomor")
    )
    akhir = edisi[-1] if edisi else None
    sah = akhir is not None and akhir.disahkan_pada is not None
    konteks = {
        "periode": periode,
        "butir": penutupan.daftar_periksa(periode),
        "edisi": [
            {"edisi": e, "beda": penutupan.beda_edisi(edisi[ke - 1].hasil, e.hasil) if ke else []}
            for ke, e in enumerate(edisi)
        ],
        "tahap": "tertutup" if sah else "tersusun" if akhir and akhir.disahkan_pada is None else "terbuka",
        "boleh_susun": not sah and orang.berperan(*penutupan.PENYUSUN),
        "boleh_sahkan": akhir is not None
        and not sah
        and orang.berperan(*penutupan.PENGESAH)
        and akhir.disusun_oleh_id != orang.pk,
        "boleh_buka": sah and orang.berperan(*penutupan.PENYUSUN),
        "rekap": rekap,
        "alasan": alasan,
        "selisih": selisih,
    }
    salah = rekap.errors or alasan.errors
    return render(request, "ikm/petugas/tutup.html", konteks, status=400 if salah else 200)


@hanya(*PEMBACA)
@require_safe
def unduh_buku(request: HttpRequest, bentuk: str) -> HttpResponse:
    """The book of the newest edition, or of what is counted so far, marked KONSEP."""
    periode = _periode(request)
    if bentuk not in buku.BENTUK:
        raise Http404
    isi = buku.susun(periode)
    if isi is None:
        raise Http404
    try:
        data, jenis = buku.BENTUK[bentuk](isi)
    except GagalCetak as galat:
        return HttpResponse(str(galat), status=503, content_type="text/plain; charset=utf-8")
    respons = HttpResponse(data, content_type=jenis)
    respons["Content-Disposition"] = f'attachment; filename="buku-ikm-{periode.kode}-{isi.cap}.{bentuk}"'
    respons["Cache-Control"] = "no-store, private"
    return respons
