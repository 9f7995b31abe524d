"""Step-up: whoever signs proves again who they are, once per quarter of an hour (interface.md, penandatangan).

A phone that lies open on a desk, or in the hand of an aide, is logged in but not confirmed.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.http import HttpRequest

from core.waktu import sekarang

UMUR = timedelta(minutes=15)
_SESI = "ditegaskan_pada"


def sudah_ditegaskan(request: HttpRequest) -> bool:
    """Whether the password was confirmed in this session within the last 15 minutes."""
    pada = request.session.get(_SESI)
    return pada is not None and timedelta(0) <= sekarang() - datetime.fromisoformat(pada) < UMUR


def tegaskan(request: HttpRequest, sandi: str) -> bool:
    """Confirm by password and remember it; wrong tries count towards the lock of the account."""
    assert request.user.is_authenticated  # noqa: S101 every desk page asks for a login
    akun = authenticate(request, username=request.user.surel or request.user.hp, password=sandi)
    if akun is None or akun.pk != request.user.pk:
        return False
    request.session[_SESI] = sekarang().isoformat()
    return True
