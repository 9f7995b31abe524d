"""Errors that a person will read: what happened, what was kept, what to do (ux.md section 7).

Every error carries a stable `kode`; pages and the API map the class to a status and the code to a
problem type (RFC 9457), so that a client never has to parse the sentence.
"""

from __future__ import annotations


class GalatPortal(Exception):
    """Base of all refusals. `status` is the HTTP status that pages and the API answer with."""

    status = 400
    kode = "galat"

    def __init__(self, pesan: str, *, kode: str | None = None) -> None:
        super().__init__(pesan)
        self.pesan = pesan
        self.kode = kode or type(self).kode


class IsianTidakSah(GalatPortal):
    """The content does not fit. `rincian` maps a field or requirement code to its sentences."""

    status = 400
    kode = "isian_tidak_sah"

    def __init__(self, pesan: str, rincian: dict[str, list[str]] | None = None, *, kode: str | None = None) -> None:
        super().__init__(pesan, kode=kode)
        self.rincian = rincian or {}


class TidakBerwenang(GalatPortal):
    """The person may see the file but not do this to it."""

    status = 403
    kode = "tidak_berwenang"


class TidakDitemukan(GalatPortal):
    """It does not exist, or it is not yours: the two are never told apart."""

    status = 404
    kode = "tidak_ditemukan"


class Bentrok(GalatPortal):
    """Somebody else was first. Nothing was changed by this attempt."""

    status = 409
    kode = "bentrok"


class TransisiDitolak(GalatPortal):
    """The file's state or one of the guards does not allow the verb."""

    status = 409
    kode = "transisi_ditolak"


class KunciDipakaiUlang(GalatPortal):
    """The same idempotency key came with other content (rule R7)."""

    status = 422
    kode = "kunci_dipakai_ulang"
