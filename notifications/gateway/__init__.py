"""The port to SMS and e-mail providers, one folder per gateway. Kannel takes the same port.

A gateway declares what it can do about a repeated reference (reliability.md R3) and tells by its error
whether trying again is of use.
"""

from __future__ import annotations

import importlib
from typing import Protocol

from django.conf import settings

from notifications.enums import Kemampuan


class GalatGerbang(Exception):
    """The provider did not take the message. `permanen`: the same message will never be taken."""

    def __init__(self, pesan: str, *, permanen: bool = False) -> None:
        super().__init__(pesan)
        self.permanen = permanen


class Gerbang(Protocol):
    """What every gateway offers."""

    nama: str
    kemampuan: Kemampuan

    def kirim(self, *, tujuan: str, teks: str, acuan: str) -> None:
        """Hand one message over. `acuan` is our reference. Raises GalatGerbang."""


def gerbang_aktif() -> Gerbang:
    """The gateway that the installation names in GERBANG_SMS."""
    modul = importlib.import_module(f"notifications.gateway.{settings.GERBANG_SMS}.transport")
    gerbang: Gerbang = modul.gerbang
    return gerbang
