"""The one way a document gets its electronic signature, whoever holds the key (R17).

`lokal` signs here with a certificate of our own authority. A remote service fits the same port: BSrE (Balai
Sertifikasi Elektronik) takes the whole PDF over HTTPS and gives the signed one back, with the official's NIK
or e-mail as `kunci` and the passphrase or one-time code as `rahasia`. That secret passes through memory only:
it is never stored, logged or put into a task. A remote answer need not begin with the bytes that were sent;
keep both hashes there (sla.md section 4, "Numbering and freezing").
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

Sebab = Literal["kedaluwarsa", "belum_berlaku", "dicabut", "tidak_terbaca"]

Alasan = Literal["diubah", "ditambah", "tanda_tangan_asing", "bukan_pdf", "tidak_dikenal"]

_PESAN: dict[Sebab, str] = {
    "kedaluwarsa": "Sertifikat elektronik {nama} sudah habis masa berlakunya.",
    "belum_berlaku": "Sertifikat elektronik {nama} belum berlaku.",
    "dicabut": "Sertifikat elektronik {nama} sudah dicabut.",
    "tidak_terbaca": "Sertifikat elektronik {nama} tidak terbaca. Hubungi admin.",
}


class SertifikatTidakSah(Exception):
    """The official may not sign with this certificate now. Raised before anything is signed or changed."""

    def __init__(self, sebab: Sebab, nama: str) -> None:
        super().__init__(_PESAN[sebab].format(nama=nama))
        self.sebab: Sebab = sebab


@dataclass(frozen=True)
class SifatTandaTangan:
    """What the signature says of itself: why, where, and at which (database) instant."""

    alasan: str
    lokasi: str
    pada: datetime


@dataclass(frozen=True)
class Kredensial:
    """Who signs. `kunci` names a local key or a remote account; `rahasia` is for remote ones."""

    kunci: str
    nama: str
    jabatan: str
    rahasia: str = field(default="", repr=False)


class Penandatangan(Protocol):
    """Sign a PDF for an official. The visible block is drawn by the document; the field is invisible."""

    def pastikan_sah(self, kredensial: Kredensial, pada: datetime) -> None:
        """Raise SertifikatTidakSah unless the official could sign at this instant. Changes nothing."""

    def tanda_tangani(self, pdf: bytes, sifat: SifatTandaTangan, kredensial: Kredensial) -> bytes:
        """The signed PDF. Raises SertifikatTidakSah before any work where `pastikan_sah` would."""
