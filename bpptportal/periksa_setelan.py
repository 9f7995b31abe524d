"""What settings of messages must hold before anything starts; each refusal names the variable and what is allowed."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from notifications.waktu_tenang import baca_jam_tenang

#: What a gateway cannot do without.
WAJIB_GERBANG = {
    "kannel": ("KANNEL_SANDI",),
    "gammu": ("GAMMU_DATABASE_URL",),
    "http": ("GERBANG_HTTP_URL", "GERBANG_HTTP_KUNCI"),
}


def periksa_pesan(setelan: Mapping[str, Any]) -> None:
    """Check addresses, quiet hours and gateways. Raises ImproperlyConfigured."""
    for nama in ("ALAMAT_SMS", "JARINGAN_KANTOR"):
        _alamat(nama, setelan[nama])
    try:
        baca_jam_tenang(setelan["JAM_TENANG"])
    except ValueError as galat:
        raise ImproperlyConfigured(
            f"JAM_TENANG ditulis seperti 20:00-07:00, bukan {setelan['JAM_TENANG']}"
        ) from galat
    gerbang = [g.strip() for g in setelan["GERBANG_SMS"].split(",")]
    kurang = [nama for g in gerbang for nama in WAJIB_GERBANG.get(g, ()) if not setelan[nama]]
    if kurang:
        raise ImproperlyConfigured("GERBANG_SMS memerlukan isian ini: " + ", ".join(kurang))


def _alamat(nama: str, daftar: Iterable[str]) -> None:
    for satu in daftar:
        try:
            ipaddress.ip_network(satu, strict=False)
        except ValueError as galat:
            raise ImproperlyConfigured(f"{nama} berisi alamat yang tidak dikenal: {satu}") from galat
