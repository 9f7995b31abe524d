"""The CMS structure of a PAdES baseline signature, assembled around one hash.

RFC 5652 and ETSI EN 319 142-1: signed attributes are content type, message digest, signing certificate (v2)
and algorithm protection; the signing time stands in the PDF's dictionary, not here. For one certificate
everything but the digest and the signature is constant, so it is encoded once; what is left per signature is
a copy, a signature and four lengths. Building the same through an ASN.1 object tree took 15 ms of 21
(docs/keputusan/0011).
"""

import hashlib
from functools import lru_cache

from asn1crypto import algos, cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import Encoding

from core.tanda_tangan.sertifikat import KunciRahasia

SEQUENCE, SET, OCTET_STRING, KONTEKS_0 = 0x30, 0x31, 0x04, 0xA0
PENDEK = 0x80
_TEMPAT_DIGEST = hashlib.sha256(b"tempat digest dokumen").digest()


def der(tanda: int, *bagian: bytes) -> bytes:
    """One DER element: tag, definite length, content."""
    isi = b"".join(bagian)
    if len(isi) < PENDEK:
        return bytes((tanda, len(isi))) + isi
    panjang = len(isi).to_bytes((len(isi).bit_length() + 7) // 8, "big")
    return bytes((tanda, PENDEK | len(panjang))) + panjang + isi


class Cetakan:
    """The constant parts of a signature under one certificate."""

    def __init__(self, sertifikat: x509.Certificate, penerbit: x509.Certificate) -> None:
        self.ec = isinstance(sertifikat.public_key(), ec.EllipticCurvePublicKey)
        berkas = asn1_x509.Certificate.load(sertifikat.public_bytes(Encoding.DER))
        algoritma = algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa" if self.ec else "sha256_rsa"})
        self.atribut = _atribut(berkas, algoritma)
        self.letak = self.atribut.index(_TEMPAT_DIGEST)
        digest = algos.DigestAlgorithm({"algorithm": "sha256"}).dump()
        penanda = cms.IssuerAndSerialNumber({"issuer": berkas.issuer, "serial_number": berkas.serial_number})
        versi = b"\x02\x01\x01"
        self.awal_penanda = versi + penanda.dump() + digest
        self.algoritma = algoritma.dump()
        self.awal = b"".join(
            (
                versi,
                der(SET, digest),
                der(SEQUENCE, cms.ContentType("data").dump()),
                der(KONTEKS_0, *(s.public_bytes(Encoding.DER) for s in (sertifikat, penerbit))),
            )
        )
        self.jenis = cms.ContentType("signed_data").dump()

    def isi(self, digest_dokumen: bytes, kunci: KunciRahasia) -> bytes:
        """The finished ContentInfo (DER) over a document's SHA-256."""
        sesudah = self.letak + len(digest_dokumen)
        atribut = self.atribut[: self.letak] + digest_dokumen + self.atribut[sesudah:]
        tanda_tangan = self._tanda_tangan(atribut, kunci)
        # The attributes are signed as a SET and stored under an implicit [0] (RFC 5652, section 5.4).
        penanda = der(
            SEQUENCE,
            self.awal_penanda,
            bytes((KONTEKS_0,)) + atribut[1:],
            self.algoritma,
            der(OCTET_STRING, tanda_tangan),
        )
        return der(SEQUENCE, self.jenis, der(KONTEKS_0, der(SEQUENCE, self.awal, der(SET, penanda))))

    def _tanda_tangan(self, isi: bytes, kunci: KunciRahasia) -> bytes:
        if isinstance(kunci, ec.EllipticCurvePrivateKey):
            return kunci.sign(isi, ec.ECDSA(hashes.SHA256()))
        return kunci.sign(isi, padding.PKCS1v15(), hashes.SHA256())


def _atribut(berkas: asn1_x509.Certificate, algoritma: algos.SignedDigestAlgorithm) -> bytes:
    from pyhanko.sign.general import as_signing_certificate_v2

    perlindungan = cms.CMSAlgorithmProtection(
        {"digest_algorithm": {"algorithm": "sha256"}, "signature_algorithm": algoritma}
    )
    satu_satu = (
        ("content_type", cms.ContentType("data")),
        ("message_digest", cms.OctetString(_TEMPAT_DIGEST)),
        ("signing_certificate_v2", as_signing_certificate_v2(berkas)),
        ("cms_algorithm_protection", perlindungan),
    )
    atribut: bytes = cms.CMSAttributes(
        [cms.CMSAttribute({"type": jenis, "values": (nilai,)}) for jenis, nilai in satu_satu]
    ).dump()
    return atribut


@lru_cache(maxsize=256)
def cetakan(sertifikat: x509.Certificate, penerbit: x509.Certificate) -> Cetakan:
    """The constant parts for a certificate, encoded once in each process."""
    return Cetakan(sertifikat, penerbit)
