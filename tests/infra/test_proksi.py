"""Whose address counts: our own proxy's word, or the connection's, never a list that a visitor wrote."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from bpptportal.middleware import AlamatTamu
from core.pembatas import pelaku_http


@pytest.mark.parametrize(
    ("proksi", "kepala", "alamat"),
    [
        (True, {"X-Real-IP": "203.0.113.9"}, "203.0.113.9"),
        (True, {"X-Real-IP": "2001:db8::1"}, "2001:db8::1"),
        (True, {"X-Forwarded-For": "203.0.113.9"}, "172.18.0.5"),
        (True, {"X-Real-IP": "203.0.113.9, 203.0.113.10"}, "172.18.0.5"),
        (True, {"X-Real-IP": "bukan-alamat"}, "172.18.0.5"),
        (True, {}, "172.18.0.5"),
        (False, {"X-Real-IP": "203.0.113.9", "X-Forwarded-For": "203.0.113.9"}, "172.18.0.5"),
    ],
)
def test_the_visitors_address(settings: Any, proksi: bool, kepala: dict[str, str], alamat: str) -> None:
    settings.PROKSI = proksi
    dilihat = []

    def jawab(request: HttpRequest) -> HttpResponse:
        dilihat.append(pelaku_http(request))
        return HttpResponse()

    AlamatTamu(jawab)(RequestFactory().get("/", headers=kepala, REMOTE_ADDR="172.18.0.5"))
    assert dilihat == [alamat]


def test_the_address_is_known_before_anything_counts_it(settings: Any) -> None:
    assert settings.MIDDLEWARE[0] == "bpptportal.middleware.AlamatTamu"
