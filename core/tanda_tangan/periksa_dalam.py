"""The judging of signed files, run inside the fence (`core.kandang`) when the file came from a stranger.

reliability.md section 5.4: a signature's own verdict accepts files with bytes appended or a second, foreign
signature. So coverage of the whole file, the number of signatures and each one's issuer are judged
separately.
"""

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from core.tanda_tangan.port import Alasan

Keadaan = Literal["utuh", "asing", "diubah", "ditambah"]
_WADAH = re.compile(rb"/Contents\s*<((?:[0-9A-Fa-f]{2}){100,})")


def siapkan() -> None:
    """Nothing to warm beyond this module's imports."""


def kerjakan(kepala: dict[str, Any], isi: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """One file, after it the roots (PEM)."""
    return {"alasan": jelaskan(isi[0], isi[1:])}, []


def jelaskan(isi: bytes, akar: Sequence[bytes]) -> Alasan:
    """The reason for a file whose hash we do not know; see `core.tanda_tangan.periksa`."""
    if not isi.startswith(b"%PDF-"):
        return "bukan_pdf"
    induk = [x509.load_pem_x509_certificate(pem) for pem in akar]
    try:
        semua = list(PdfFileReader(io.BytesIO(isi)).embedded_signatures)
    except Exception:  # noqa: BLE001  a hostile file may trip any layer of the parser
        return "diubah" if _ada_tanda_tangan_kita(isi, induk) else "bukan_pdf"
    return _nilai(semua, isi, induk)


def sah(isi: bytes, akar: Sequence[bytes]) -> bool:
    """One signature, ours, sound, over the whole file."""
    induk = [x509.load_pem_x509_certificate(pem) for pem in akar]
    try:
        semua = list(PdfFileReader(io.BytesIO(isi)).embedded_signatures)
    except Exception:  # noqa: BLE001  unreadable is not sound, whatever the parser calls it
        return False
    return len(semua) == 1 and _keadaan(semua[0], isi, induk) == "utuh"


def _nilai(semua: list[Any], isi: bytes, induk: list[x509.Certificate]) -> Alasan:
    if not semua:
        return "diubah" if _ada_tanda_tangan_kita(isi, induk) else "tidak_dikenal"
    keadaan = [_keadaan(satu, isi, induk) for satu in semua]
    if "asing" in keadaan:
        return "tanda_tangan_asing"
    if "diubah" in keadaan:
        return "diubah"
    return "tidak_dikenal" if keadaan == ["utuh"] else "ditambah"


def _keadaan(tanda: Any, isi: bytes, induk: list[x509.Certificate]) -> Keadaan:
    """What one signature is worth on its own."""
    try:
        pada = tanda.self_reported_timestamp
        if not _milik_kita(tanda.signer_cert, induk, pada):
            return "asing"
        sah = _utuh_dan_sah(tanda, induk, pada) and _wadah_rapi(tanda, isi)
    except Exception:  # noqa: BLE001  as above; a signature that cannot be judged is somebody's, or ours broken
        return "diubah" if _milik_induk(tanda.pkcs7_content, induk) else "asing"
    if sah and tanda.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return "utuh"
    return "ditambah" if sah and tanda.coverage == SignatureCoverageLevel.ENTIRE_REVISION else "diubah"


def _utuh_dan_sah(tanda: Any, induk: list[x509.Certificate], pada: datetime) -> bool:
    konteks = ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(s.public_bytes(Encoding.DER)) for s in induk],
        moment=pada,
        allow_fetching=False,
    )
    status = validate_pdf_signature(tanda, konteks, skip_diff=True)
    return bool(status.intact and status.valid and status.trusted)


def _milik_kita(sertifikat: asn1_x509.Certificate, induk: list[x509.Certificate], pada: datetime) -> bool:
    """Issued by one of our roots (by key, not by name) and in force at the time the signature names."""
    ini = x509.load_der_x509_certificate(sertifikat.dump())
    if not ini.not_valid_before_utc <= pada < ini.not_valid_after_utc:
        return False
    return any(_diterbitkan(ini, satu) for satu in induk)


def _diterbitkan(sertifikat: x509.Certificate, induk: x509.Certificate) -> bool:
    try:
        sertifikat.verify_directly_issued_by(induk)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _wadah_rapi(tanda: Any, isi: bytes) -> bool:
    """The one place no hash covers holds the signature and zeros, spelled our way: nothing hides."""
    awal, panjang, lanjut, _ = (int(n) for n in tanda.byte_range)
    wadah: bytes = tanda.pkcs7_content
    rapi = isi[awal + panjang : lanjut] == b"<" + wadah.hex().upper().encode() + b">"
    return rapi and not wadah[len(cms.ContentInfo.load(wadah).dump()) :].strip(b"\0")


def _ada_tanda_tangan_kita(isi: bytes, induk: list[x509.Certificate]) -> bool:
    """Does a file that no longer reads as a signed PDF carry the remains of a signature under our root?"""
    return any(_milik_induk(bytes.fromhex(t.group(1).decode()), induk) for t in _WADAH.finditer(isi))


def _milik_induk(wadah: bytes, induk: list[x509.Certificate]) -> bool:
    try:
        sertifikat = [
            x509.load_der_x509_certificate(satu.chosen.dump())
            for satu in cms.ContentInfo.load(wadah)["content"]["certificates"]
        ]
    except (ValueError, KeyError, TypeError):
        return False
    return any(_diterbitkan(satu, akar) for satu in sertifikat for akar in induk)
