"""How the tests of the desks press a button: open the page, take its key and version, send."""

from __future__ import annotations

from typing import Any

from perizinan.models import Permohonan, Rekomendasi
from tests.klien import KlienTeliti


def alamat_verba(objek: Permohonan | Rekomendasi, verba: str) -> str:
    """The page of an act."""
    if isinstance(objek, Rekomendasi):
        return f"/petugas/rekomendasi/{objek.kunci}/{verba}/"
    return f"/petugas/permohonan/{objek.acuan}/{verba}/"


def tekan(klien: KlienTeliti, objek: Permohonan | Rekomendasi, verba: str, **data: Any) -> Any:
    """GET the act's page, then POST it with what the page held. Returns the answer of the POST."""
    alamat = alamat_verba(objek, verba)
    halaman = klien.get(alamat)
    assert halaman.status_code == 200, (verba, halaman.status_code, halaman.content.decode()[:400])
    jaga = {"kunci": halaman.context["kunci"], "versi": halaman.context["versi"]}
    return klien.post(alamat, jaga | data)


def segarkan(berkas: Permohonan) -> Permohonan:
    """The file as it is now."""
    return Permohonan.objects.get(pk=berkas.pk)
