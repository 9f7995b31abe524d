"""Where is my file, without logging in: states and dates only (reliability.md R14, B24)."""

from __future__ import annotations

import hmac

from django.utils.translation import gettext as _

from core.galat import TidakDitemukan
from perizinan.models import Permohonan
from perizinan.nomor import baca_nomor

#: Misses of one address in ten minutes, page and API together (reliability.md B24).
LACAK_MAKS = 20
_KOSONG = "____"


def lacak(nomor: str, hp4: str) -> Permohonan:
    """The file of a public number, if the last four digits of the party's phone fit.

    Raises TidakDitemukan with one and the same sentence for a wrong number and a wrong phone. A mistyped number
    is refused by its check character, without a query.
    """
    baku = baca_nomor(nomor)
    berkas = (
        Permohonan.objects.filter(nomor=baku, diajukan_pada__isnull=False)
        .select_related("jenis_izin", "pihak", "bidang")
        .first()
        if baku
        else None
    )
    hp = berkas.pihak.hp[-4:] if berkas else ""
    cocok = hmac.compare_digest((hp or _KOSONG).encode(), hp4.strip().encode())
    if berkas is None or not cocok:
        raise TidakDitemukan(kalimat_tidak_ada())
    return berkas


def kalimat_tidak_ada() -> str:
    """The one answer to every miss."""
    return _(
        "Nomor permohonan dan 4 angka nomor HP itu belum cocok. Periksa lagi keduanya di bukti pengajuan atau SMS."
    )
