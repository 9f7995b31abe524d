"""A database that is away is 503 with Retry-After, on pages and in the API, wherever it was noticed; a bug is 500."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError

from tests.klien import KlienTeliti

pytestmark = pytest.mark.django_db


def tanya(alamat: str) -> Any:
    klien = KlienTeliti(raise_request_exception=False)
    klien.cookies["sessionid"] = "x" * 32  # read by the middleware, before any view
    return klien.get(alamat)


@pytest.mark.parametrize("galat", [OperationalError, InterfaceError, DatabaseError])
@pytest.mark.parametrize("alamat", ["/layanan/", "/permohonan/", "/api/v1/layanan/"])
def test_a_database_that_is_away_is_503(monkeypatch: pytest.MonkeyPatch, galat: Any, alamat: str) -> None:
    def putus(*_a: Any, **_k: Any) -> None:
        raise galat("server closed the connection unexpectedly")

    monkeypatch.setattr("django.db.models.sql.compiler.SQLCompiler.execute_sql", putus)
    respons = tanya(alamat)
    assert respons.status_code == 503
    assert respons["Retry-After"] == "5"
    if alamat.startswith("/api/"):
        assert respons["Content-Type"] == "application/problem+json"
        assert respons.json()["type"] == "/api/masalah/gangguan_sementara/"


@pytest.mark.parametrize("alamat", ["/layanan/", "/api/v1/layanan/"])
def test_a_bug_is_500_and_says_nothing_about_itself(monkeypatch: pytest.MonkeyPatch, alamat: str) -> None:
    def rusak(*_a: Any, **_k: Any) -> None:
        raise ZeroDivisionError("rahasia dalam")

    monkeypatch.setattr("django.db.models.sql.compiler.SQLCompiler.execute_sql", rusak)
    respons = tanya(alamat)
    assert respons.status_code == 500
    assert "Retry-After" not in respons
    assert "rahasia dalam" not in respons.content.decode()
