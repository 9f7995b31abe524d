"""Follow-up plans: the lowest unsur become promises, and the next period shows what came of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_sendfile import sendfile

from accounts.enums import Peran
from core.galat import GalatPortal, IsianTidakSah
from ikm.forms.penutupan import FormKemajuan, FormTindakLanjut
from ikm.halaman.dasbor import pilih_periode
from ikm.models import Periode, TindakLanjut, Unsur
from ikm.services import tindak_lanjut
from ikm.statistik import hasil_periode
from ikm.views._jaga import PEMBACA, akun, hanya


@hanya(*PEMBACA)
@require_http_methods(["GET", "HEAD", "POST"])
def daftar(request: HttpRequest) -> HttpResponse:
    """The period's plans with their effect; planners add one and say how far they are."""
    periode = pilih_periode(request.GET.get("periode", "")[:10])
    if periode is None:
        raise Http404
    hasil = hasil_periode(periode)
    unsur = Unsur.objects.filter(instrumen=periode.instrumen_id)
    terendah = hasil.get("terendah", [])
    laku = request.POST.get("laku", "")
    form = FormTindakLanjut(unsur, terendah, request.POST if laku == "rencana" else None)
    kemajuan = FormKemajuan(request.POST, request.FILES) if laku == "kemajuan" else None
    if _tersimpan(request, periode, form, kemajuan):
        return redirect(reverse("ikm_tindak_lanjut", query={"periode": periode.kode}))
    konteks = {
        "periode": periode,
        "terendah": [u for u in hasil.get("unsur", []) if u["kode"] in terendah],
        "baris": [_baris(d, request, kemajuan) for d in tindak_lanjut.dampak(periode)],
        "form": form,
        "perencana": akun(request).berperan(Peran.PERENCANA),
    }
    salah = form.errors or (kemajuan is not None and kemajuan.errors)
    return render(request, "ikm/petugas/tindak_lanjut.html", konteks, status=400 if salah else 200)


def _baris(d: tindak_lanjut.Dampak, request: HttpRequest, terkirim: FormKemajuan | None) -> dict[str, object]:
    """A plan and the form for its progress; the one that was sent keeps what was typed."""
    ini = terkirim is not None and request.POST.get("rencana_ke") == str(d.rencana.pk)
    form = (
        terkirim
        if ini and terkirim
        else FormKemajuan(initial={"status": d.rencana.status, "catatan": d.rencana.catatan})
    )
    form.auto_id = f"id_{d.rencana.pk}_%s"
    return {"dampak": d, "form": form, "bukti": str(d.rencana.bukti).rpartition("/")[2]}


def _tersimpan(request: HttpRequest, periode: Periode, form: FormTindakLanjut, kemajuan: FormKemajuan | None) -> bool:
    try:
        if form.is_bound and form.is_valid():
            isi = form.cleaned_data
            tindak_lanjut.rencanakan(
                periode,
                isi["unsur"],
                rencana=isi["rencana"],
                penanggung_jawab=isi["penanggung_jawab"],
                batas=isi["batas"],
                oleh=akun(request),
            )
            messages.success(request, _("Tindak lanjut tersimpan."))
            return True
        if kemajuan is not None and kemajuan.is_valid():
            rencana = get_object_or_404(TindakLanjut, periode=periode, pk=_nomor(request))
            isi = kemajuan.cleaned_data
            tindak_lanjut.perbarui(
                rencana.pk, status=isi["status"], catatan=isi["catatan"], bukti=isi["bukti"], oleh=akun(request)
            )
            messages.success(request, _("Kemajuan tercatat."))
            return True
    except IsianTidakSah as galat:
        sasaran = form if form.is_bound else kemajuan
        assert sasaran is not None  # noqa: S101 one of the two was sent
        for nama, kalimat in (galat.rincian or {"": [galat.pesan]}).items():
            sasaran.add_error(nama if nama in sasaran.fields else None, kalimat)
    except GalatPortal as galat:
        messages.error(request, galat.pesan)
    return False


def _nomor(request: HttpRequest) -> int:
    teks = request.POST.get("rencana_ke", "")
    return int(teks) if teks.isdigit() and len(teks) < 10 else 0


@hanya(*PEMBACA)
@require_safe
def bukti(request: HttpRequest, nama: str) -> HttpResponse:
    """The evidence of a plan, as an attachment under its random name."""
    satu = get_object_or_404(TindakLanjut, bukti=f"ikm/bukti/{nama}")
    respons: HttpResponse = sendfile(request, satu.bukti.path, attachment=True, attachment_filename=nama)
    respons["Content-Security-Policy"] = "sandbox; default-src 'none'"
    respons["Cache-Control"] = "no-store, private"
    return respons
