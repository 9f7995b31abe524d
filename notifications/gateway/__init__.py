"""The port to SMS and e-mail providers, one folder per gateway.

A gateway declares what it can do about a repeated reference (reliability.md R3) and tells by its error what to
do next: never again (`permanen`), whether the provider may have taken the message all the same (`pasti`),
whether the gateway and not the message is at fault (`salah_gerbang`), and how long to wait (`tunggu`).
"""

from __future__ import annotations

import importlib
from typing import Protocol

from django.conf import settings

from notifications.enums import Kanal, Kemampuan


class GalatGerbang(Exception):
    """The provider did not take the message, or we do not know.

    `permanen`: the same message will never be taken. `pasti` False: it may have been taken. `salah_gerbang`:
    the gateway is away or asks for a pause, so that this try is not counted against the message. `tunggu`:
    seconds that it asked us to wait.
    """

    def __init__(
        self,
        pesan: str,
        *,
        permanen: bool = False,
        pasti: bool = True,
        salah_gerbang: bool = False,
        tunggu: float = 0,
    ) -> None:
        super().__init__(pesan)
        self.permanen = permanen
        self.pasti = pasti
        self.salah_gerbang = salah_gerbang
        self.tunggu = tunggu


class Gerbang(Protocol):
    """What every gateway offers. One with Kemampuan.STATUS also has `dikenal(acuan)` (see `Penjawab`)."""

    nama: str

    @property
    def kemampuan(self) -> Kemampuan: ...

    def kirim(self, *, tujuan: str, teks: str, acuan: str) -> None:
        """Hand one message over. `acuan` is our reference. Raises GalatGerbang."""


class Penjawab(Gerbang, Protocol):
    """A gateway that can say whether it has a reference."""

    def dikenal(self, acuan: str) -> bool:
        """Whether the provider took this reference before. Raises GalatGerbang."""


def gerbang(nama: str) -> Gerbang:
    """A gateway by its folder's name."""
    hasil: Gerbang = importlib.import_module(f"notifications.gateway.{nama}.transport").gerbang
    return hasil


def daftar_gerbang(kanal: str = Kanal.SMS) -> list[Gerbang]:
    """The gateways of a channel in the order in which they are used; the later ones stand in for the first."""
    nama = settings.GERBANG_SUREL if kanal == Kanal.SUREL else settings.GERBANG_SMS
    return [gerbang(n.strip()) for n in (nama.split(",") if isinstance(nama, str) else nama) if n.strip()]


def gerbang_aktif() -> Gerbang:
    """The first SMS gateway that the installation names in GERBANG_SMS."""
    return daftar_gerbang()[0]
