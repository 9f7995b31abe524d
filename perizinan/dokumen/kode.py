"""The short code under the QR: what somebody types whose copy is a photocopy of a photocopy (ux.md section 8).

Twelve Crockford base-32 characters carry the first 60 bits of the document's 128-bit token, so no column is
needed and a guess meets a document once in about 10^12 tries for a million documents.
"""

from __future__ import annotations

from django.conf import settings

ABJAD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PANJANG = 12
HEKSA = PANJANG * 5 // 4
_LIPAT = str.maketrans("OIL", "011")


def kode_cek(token: str) -> str:
    """The code of a token, in three groups: `7QK4-M2XD-9RTV`."""
    nilai = int(token[:HEKSA], 16)
    huruf = "".join(ABJAD[nilai >> 5 * geser & 31] for geser in reversed(range(PANJANG)))
    return "-".join(huruf[i : i + 4] for i in range(0, PANJANG, 4))


def awalan_token(kode: str) -> str | None:
    """The beginning of the token that a typed code names, or None when it cannot be a code.

    Case, spaces and hyphens do not matter; O reads as 0, I and L as 1.
    """
    huruf = "".join(h for h in kode.upper() if h.isalnum()).translate(_LIPAT)
    if len(huruf) != PANJANG or any(h not in ABJAD for h in huruf):
        return None
    nilai = 0
    for h in huruf:
        nilai = nilai << 5 | ABJAD.index(h)
    return f"{nilai:0{HEKSA}x}"


def alamat_cek(token: str) -> str:
    """The address in the QR code: our own site and the token, nothing else (threat 19)."""
    return f"{settings.SITUS}/verifikasi/{token}/"
