"""Who reads results: anonymous is sent to log in, strangers find nothing, other desks are refused."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from accounts.enums import Peran
from accounts.models import Akun
from core.galat import TidakBerwenang

View = Callable[..., HttpResponseBase]
#: Who reads the office's own pages of results.
PEMBACA: Final = (
    Peran.PERENCANA,
    Peran.KABID,
    Peran.PENANDATANGAN,
    Peran.TIM_PEMBINA,
    Peran.AUDITOR,
    Peran.ADMIN,
)


def akun(request: HttpRequest) -> Akun:
    """The person who is logged in; LoginRequiredMiddleware lets nobody else through."""
    assert isinstance(request.user, Akun)  # noqa: S101 the middleware's promise, for the type checker
    return request.user


def hanya(*peran: Peran) -> Callable[[View], View]:
    """Only these roles. A logged-in person without an office gets 404, another desk TidakBerwenang."""

    def bungkus(view: View) -> View:
        @functools.wraps(view)
        def jaga(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            orang = akun(request)
            if not orang.petugas:
                raise Http404
            if not orang.berperan(*peran):
                raise TidakBerwenang(_("Halaman ini untuk perencana, pimpinan, dan pengawas."))
            return view(request, *args, **kwargs)

        return jaga

    return bungkus
