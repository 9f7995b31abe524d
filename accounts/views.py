"""In and out: log in, register, log out, and where each kind of person goes after that."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import FormDaftar, FormMasuk
from accounts.models import Akun
from core import pembatas

#: Refused registrations of one address in ten minutes, before it has to wait.
DAFTAR_MAKS = 20
_LANJUT = "next"


class Masuk(LoginView):
    """Log in; the session gets a new id, and `next` is followed only within the site."""

    template_name = "accounts/masuk.html"
    authentication_form = FormMasuk  # type: ignore[assignment] # the same interface, without its model
    redirect_authenticated_user = True
    http_method_names = ("get", "head", "post", "options")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lanjut=self.get_redirect_url(), **kwargs)


masuk = Masuk.as_view()


@login_not_required
@never_cache
@sensitive_post_parameters("sandi")
@require_http_methods(["GET", "HEAD", "POST"])
def daftar(request: HttpRequest) -> HttpResponse:
    """Register and be logged in at once, back on the page that asked for it."""
    form = FormDaftar(request.POST or None)
    pelaku = pembatas.pelaku_http(request)
    if request.method == "POST" and pembatas.jumlah("daftar", pelaku) >= DAFTAR_MAKS:
        return terlalu_sering(request)
    akun = form.simpan() if form.is_valid() else None
    if akun is None:
        if form.is_bound:
            pembatas.catat("daftar", pelaku)
        return render(request, "accounts/daftar.html", {"form": form, "lanjut": _lanjut(request)})
    login(request, akun, backend="accounts.masuk.SurelAtauHp")
    messages.success(request, _("Akun Anda siap. Selanjutnya kami tanyakan siapa yang mengajukan."))
    return redirect(_lanjut(request) or "setelah_masuk")


@require_safe
def setelah_masuk(request: HttpRequest) -> HttpResponse:
    """Officers go to their inbox, everybody else to their own applications."""
    akun = request.user
    return redirect("kotak_masuk" if isinstance(akun, Akun) and akun.petugas else "permohonan_saya")


def terlalu_sering(request: HttpRequest) -> HttpResponse:
    """429: too many tries from one place, and after how many seconds to come back."""
    tunggu = int(pembatas.JENDELA.total_seconds())
    respons = render(request, "accounts/terlalu_sering.html", {"menit": tunggu // 60}, status=429)
    respons["Retry-After"] = str(tunggu)
    return respons


def _lanjut(request: HttpRequest) -> str:
    """The address to return to, if it is one of this site; else nothing."""
    from django.utils.http import url_has_allowed_host_and_scheme

    tujuan = request.POST.get(_LANJUT) or request.GET.get(_LANJUT) or ""
    aman = url_has_allowed_host_and_scheme(
        tujuan, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return tujuan if aman else ""
