"""Log in with a code by SMS, for applicants (SMS_KODE). Here, because `accounts` lies below `notifications`.

The pages never tell whether a number has an account. A code lives five minutes, in the visitor's session as a digest,
for five tries. Officers log in with their password: a phone alone must not open a desk.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.models import Akun
from core import pembatas
from core.formulir import Formulir
from core.identitas import bisa_sms, telepon_sah
from core.konfigurasi import kantor
from core.waktu import sekarang
from notifications.batas import TerlaluSering, tulis_kode

UMUR = timedelta(minutes=5)
COBA_MAKS = 5
_SESI = "kode_masuk"


class FormMintaKode(Formulir):
    """To which number the code goes."""

    hp = forms.CharField(
        label=gettext_lazy("Nomor HP"),
        help_text=gettext_lazy("Nomor yang Anda daftarkan. Contoh: 0812 3456 7890."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_hp(self) -> str:
        return telepon_sah(self.cleaned_data["hp"])


class FormIsiKode(Formulir):
    """What stood in the SMS."""

    kode = forms.CharField(
        label=gettext_lazy("Kode dari SMS"),
        help_text=gettext_lazy("Enam angka, berlaku 5 menit."),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def clean_kode(self) -> str:
        return str(self.cleaned_data["kode"]).replace(" ", "")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def minta_kode(request: HttpRequest) -> HttpResponse:
    """Ask for a code; 429 with Retry-After when a cap is reached."""
    if request.user.is_authenticated:
        return redirect("setelah_masuk")
    form = FormMintaKode(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/minta_kode.html", {"form": form})
    hp = form.cleaned_data["hp"]
    kode = f"{secrets.randbelow(10**6):06d}"
    akun = _akun(hp)
    try:
        tulis_kode(
            kode,
            tujuan=hp,
            dari=pembatas.pelaku_http(request),
            nilai={"kantor": kantor().nama_pendek},
            ada=akun is not None,
        )
    except TerlaluSering as galat:
        respons = render(request, "accounts/terlalu_sering.html", {"menit": galat.tunggu // 60}, status=429)
        respons["Retry-After"] = str(galat.tunggu)
        return respons
    tanda = secrets.token_hex(8)
    request.session[_SESI] = {
        "tanda": tanda,
        "sidik": _sidik(kode, tanda),
        "akun": akun.pk if akun else None,
        "sampai": (sekarang() + UMUR).isoformat(),
    }
    return redirect("isi_kode")


@login_not_required
@never_cache
@sensitive_post_parameters("kode")
@require_http_methods(["GET", "HEAD", "POST"])
def isi_kode(request: HttpRequest) -> HttpResponse:
    """Enter the code; five tries, then another one must be asked for."""
    sesi: dict[str, Any] | None = request.session.get(_SESI)
    if request.user.is_authenticated or sesi is None:
        return redirect("setelah_masuk" if request.user.is_authenticated else "minta_kode")
    form = FormIsiKode(request.POST or None)
    if form.is_valid():
        akun = _cocok(sesi, form.cleaned_data["kode"])
        if akun is not None:
            request.session.pop(_SESI, None)
            login(request, akun, backend="accounts.masuk.SurelAtauHp")
            return redirect("setelah_masuk")
        if _habis(sesi):
            request.session.pop(_SESI, None)
            messages.warning(request, _("Kode itu tidak berlaku lagi. Minta kode baru."))
            return redirect("minta_kode")
        form.add_error("kode", _("Kode itu belum cocok. Periksa lagi SMS yang terakhir."))
    return render(request, "accounts/isi_kode.html", {"form": form})


def _akun(hp: str) -> Akun | None:
    """Whose code it is: an active account that holds no office."""
    akun = Akun.objects.filter(hp=hp, is_active=True, is_staff=False).first()
    return akun if akun and not akun.petugas and bisa_sms(hp) else None


def _sidik(kode: str, tanda: str) -> str:
    return salted_hmac("bpptportal.masuk_kode", f"{tanda}:{kode}").hexdigest()


def _habis(sesi: dict[str, Any]) -> bool:
    lewat = sekarang() >= datetime.fromisoformat(sesi["sampai"])
    return lewat or pembatas.jumlah("kode_coba", sesi["tanda"]) >= COBA_MAKS


def _cocok(sesi: dict[str, Any], kode: str) -> Akun | None:
    """The account, if the code is the one that was sent. Each try is counted before it is judged."""
    if _habis(sesi):
        return None
    pembatas.catat("kode_coba", sesi["tanda"])
    if pembatas.jumlah("kode_coba", sesi["tanda"]) > COBA_MAKS:
        return None
    sama = constant_time_compare(_sidik(kode, sesi["tanda"]), sesi["sidik"])
    return Akun.objects.filter(pk=sesi["akun"], is_active=True).first() if sama and sesi["akun"] else None
