"""Why a PDF is not ours. A file is genuine iff its SHA-256 is ours; this module never says "genuine".

reliability.md section 5.4: a signature's own verdict accepts files with bytes appended or a second, foreign
signature. So coverage of the whole file, the number of signatures and each one's issuer are judged
separately.
"""

import contextlib
import io
import re
from collections.abc import Iterable, Sequence
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

from core.waktu import sekarang

Alasan = Literal["diubah", "ditambah", "tanda_tangan_asing", "bukan_pdf", "tidak_dikenal"]
_WADAH = re.compile(rb"/Contents\s*<([0-9A-Fa-f\s]{200,})")


def jelaskan_pdf(isi: bytes, akar: Sequence[bytes]) -> Alasan:
    """The reason for a file whose hash we do not know, given the roots (PEM) of our signers.

    `bukan_pdf` unreadable; `tanda_tangan_asing` signed by somebody else, alone or after us; `diubah` ours,
    but signed bytes were altered; `ditambah` ours, with something appended; `tidak_dikenal` none of these:
    unsigned, or a sound signature of ours on a document we did not issue.
    """
    if not isi.startswith(b"%PDF-"):
        return "bukan_pdf"
    induk = [x509.load_pem_x509_certificate(pem) for pem in akar]
    try:
        return _nilai(list(PdfFileReader(io.BytesIO(isi)).embedded_signatures), isi, induk)
    except Exception:  # noqa: BLE001  a hostile file may trip any layer of the parser
        return "diubah" if _ada_tanda_tangan_kita(isi, induk) else "bukan_pdf"


def tanda_tangan_sah(isi: bytes, akar: Sequence[bytes]) -> bool:
    """One signature, ours, sound, over the whole file: what a freshly signed document must be."""
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


def _keadaan(
    tanda: Any, isi: bytes, induk: list[x509.Certificate]
) -> Literal["utuh", "asing", "diubah", "ditambah"]:
    pada = tanda.self_reported_timestamp or sekarang()
    if not _milik_kita(tanda.signer_cert, induk, pada):
        return "asing"
    konteks = ValidationContext(
        trust_roots=[asn1_x509.Certificate.load(s.public_bytes(Encoding.DER)) for s in induk],
        moment=pada,
        allow_fetching=False,
    )
    status = validate_pdf_signature(tanda, konteks, skip_diff=True)
    if not (status.intact and status.valid and status.trusted) or not _wadah_rapi(tanda, isi):
        return "diubah"
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return "utuh"
    return "ditambah" if status.coverage == SignatureCoverageLevel.ENTIRE_REVISION else "diubah"


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
    return any(
        _diterbitkan(x509.load_der_x509_certificate(satu.chosen.dump()), akar)
        for tersisa in _sisa_wadah(isi)
        for satu in tersisa["certificates"]
        for akar in induk
    )


def _sisa_wadah(isi: bytes) -> Iterable[Any]:
    for temuan in _WADAH.finditer(isi):
        with contextlib.suppress(ValueError, KeyError, TypeError):
            mentah = bytes.fromhex(temuan.group(1).decode())
            yield cms.ContentInfo.load(mentah)["content"]
