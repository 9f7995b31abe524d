"""The parties of an account: made once, found again by their identity, never doubled by a second click."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.enums import JenisPemohon
from accounts.models import Akun, DataPihak, Pemohon
from accounts.pihak import periksa_pihak, simpan_pihak
from core.enkripsi import indeks_buta


@transaction.atomic
def pihak_saya(akun: Akun, jenis: str, data: dict[str, Any]) -> DataPihak:
    """The account's own party with this identity, made or brought up to date.

    A person is known by the identity number, an entity by its NPWP, never by name (ux.md 5.2). The account's
    row is locked, so that two copies of one form make one party. Raises IsianTidakSah.
    """
    bersih = periksa_pihak(jenis, data)
    Akun.objects.select_for_update().get(pk=akun.pk)
    milik = Pemohon.objects.filter(akun=akun, jenis=jenis)
    if jenis == JenisPemohon.BADAN:
        lama = milik.filter(versi_data__indeks_npwp=indeks_buta(bersih["npwp"], "npwp")).first()
    else:
        lama = milik.filter(versi_data__indeks_identitas=indeks_buta(bersih["nomor_identitas"])).first()
    pihak = simpan_pihak(jenis=jenis, data=bersih, pemohon=lama, akun=akun)
    akun.__dict__.pop("pemohon_milik", None)
    return pihak
