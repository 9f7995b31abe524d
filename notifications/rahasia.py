"""The secret that stands in a gateway's callback address, one per gateway (contracts.md).

RAHASIA_SMS is either one secret, which is that of the first gateway, or `kannel:...,gammu:...`.
"""

from __future__ import annotations

import hmac

from django.conf import settings

from notifications.gateway import daftar_gerbang


def semua_rahasia() -> dict[str, str]:
    """Secret by gateway."""
    hasil: dict[str, str] = {}
    for satu in str(settings.RAHASIA_SMS).split(","):
        nama, titik, rahasia = satu.strip().partition(":")
        if titik:
            hasil[nama] = rahasia
        elif nama:
            hasil[daftar_gerbang()[0].nama] = nama
    return {nama: rahasia for nama, rahasia in hasil.items() if rahasia}


def rahasia_gerbang(nama: str) -> str:
    """The secret of one gateway; empty when it has none, and then nothing is accepted from it."""
    return semua_rahasia().get(nama, "")


def pemilik_rahasia(rahasia: str) -> str | None:
    """Whose secret this is, compared in constant time; None for nobody's."""
    pemilik = None
    for nama, milik in semua_rahasia().items():
        if hmac.compare_digest(milik.encode(), rahasia.encode()):
            pemilik = nama
    return pemilik
