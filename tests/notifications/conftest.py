"""Gateways of our own in the place of the installation's."""

from __future__ import annotations

from typing import Any

import pytest

from notifications import gateway
from notifications.enums import Kemampuan
from tests.notifications.bekal import GerbangUji


@pytest.fixture
def pasang(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """`pasang(gerbang, ...)` makes these the SMS gateways, the preferred one first."""

    def pakai(*daftar: GerbangUji) -> None:
        bernama = {g.nama: g for g in daftar}
        asli = gateway.gerbang
        monkeypatch.setattr(gateway, "gerbang", lambda n: bernama[n] if n in bernama else asli(n))
        settings.GERBANG_SMS = ",".join(bernama)

    return pakai


@pytest.fixture
def gerbang(pasang: Any) -> GerbangUji:
    satu = GerbangUji()
    pasang(satu)
    return satu


@pytest.fixture
def bisu(pasang: Any) -> GerbangUji:
    """A gateway that neither de-duplicates nor tells."""
    satu = GerbangUji("bisu", Kemampuan.TIDAK)
    pasang(satu)
    return satu
