"""A small certificate authority of our own, in VAR_DIR/ca: root, officials' keys, list of revoked ones.

For demo, tests and offices without a national certificate. Every file with a key is 0600 and written whole or
not at all; two processes that make the same one end up with one. ECDSA P-256 throughout: a signature takes
0.03 ms where RSA-2048 takes 0.7 ms, and a key loads without the check that costs RSA 40 ms
(docs/keputusan/0011).
"""

import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID
from django.conf import settings

from core.tanda_tangan.port import SertifikatTidakSah
from core.waktu import sekarang

MASA_PEJABAT = timedelta(days=2 * 365)
RENTANG_OTOMATIS = timedelta(days=5 * 365)  # to both sides: the demo and imports sign with an earlier date as well
MASA_AKAR = timedelta(days=20 * 365)
MUNDUR_AKAR = timedelta(days=15 * 365)  # documents dated before the root was made (imports, demo) stay valid
MASA_DAFTAR_CABUT = timedelta(days=365)
NAMA_AKAR = "Otoritas Sertifikat Portal Perizinan"
MAKS_NAMA_X509 = 64

_KUNCI = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
KunciRahasia = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Sertifikat:
    """An official's key and certificate as they lie on disk."""

    berkas: Path
    kunci: KunciRahasia
    x509: x509.Certificate

    @property
    def berlaku_dari(self) -> datetime:
        return self.x509.not_valid_before_utc

    @property
    def berlaku_sampai(self) -> datetime:
        return self.x509.not_valid_after_utc

    @property
    def sidik_jari(self) -> str:
        """SHA-256 of the certificate, as viewers show it."""
        return self.x509.fingerprint(hashes.SHA256()).hex()


def folder() -> Path:
    return Path(settings.VAR_DIR) / "ca"


def akar() -> Sertifikat:
    """The root of our authority, made on first use."""
    berkas = folder() / "akar.pem"
    if not berkas.exists():
        _buat_akar(berkas)
    return _baca(berkas)


def akar_tepercaya() -> list[bytes]:
    """The roots (PEM) under which a signature counts as ours."""
    return [akar().x509.public_bytes(Encoding.PEM)]


def tulis_akar_umum() -> Path:
    """The root's certificate without its key, to be given to whoever verifies (0600 like its neighbours)."""
    berkas = folder() / "akar.crt"
    _tulis(berkas, akar_tepercaya()[0], ganti=True)
    return berkas


def sertifikat_untuk(kunci: str, nama: str, jabatan: str, pada: datetime | None = None) -> Sertifikat:
    """The certificate of an official in this capacity, made when there is none; never renewed by itself.

    Raises SertifikatTidakSah when it is revoked, expired or not yet valid at `pada` (default now), ValueError
    for a `kunci` that cannot be a file name.
    """
    pada = pada or sekarang()
    berkas = _berkas(kunci, nama, jabatan)
    if not berkas.exists():
        terbitkan(kunci, nama, jabatan, dari=pada - RENTANG_OTOMATIS, sampai=pada + RENTANG_OTOMATIS)
    sertifikat = _baca_pejabat(berkas, nama)
    if sertifikat.x509.serial_number in _dicabut():
        raise SertifikatTidakSah("dicabut", nama)
    if pada >= sertifikat.berlaku_sampai:
        raise SertifikatTidakSah("kedaluwarsa", nama)
    if pada < sertifikat.berlaku_dari:
        raise SertifikatTidakSah("belum_berlaku", nama)
    return sertifikat


def terbitkan(
    kunci: str,
    nama: str,
    jabatan: str,
    *,
    dari: datetime,
    sampai: datetime | None = None,
    ganti: bool = False,
) -> Sertifikat:
    """Issue an official's key and certificate; an existing one is kept unless `ganti`."""
    berkas = _berkas(kunci, nama, jabatan)
    if ganti or not berkas.exists():
        induk = akar()
        rahasia = ec.generate_private_key(ec.SECP256R1())
        pemohon = x509.Name(
            [
                x509.NameAttribute(NameOID.COMMON_NAME, nama[:MAKS_NAMA_X509]),
                x509.NameAttribute(NameOID.TITLE, jabatan[:MAKS_NAMA_X509]),
            ]
        )
        isi = (
            _pembangun(pemohon, induk.x509.subject, rahasia, dari, sampai or dari + MASA_PEJABAT)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(guna_kunci(menandatangani_dokumen=True), critical=True)
            .add_extension(_penerbit(induk.x509), critical=False)
            .sign(induk.kunci, hashes.SHA256())
        )
        _simpan(berkas, rahasia, isi, ganti=ganti)
    return _baca_pejabat(berkas, nama)


def cabut(sertifikat: Sertifikat, pada: datetime | None = None) -> None:
    """Revoke: the next signature with it is refused, in every process. Revoking twice changes nothing."""
    pada = pada or sekarang()
    induk, lama = akar(), _dicabut()
    daftar = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(induk.x509.subject)
        .last_update(pada)
        .next_update(pada + MASA_DAFTAR_CABUT)
    )
    for nomor, sejak in {sertifikat.x509.serial_number: pada, **lama}.items():
        satu = x509.RevokedCertificateBuilder().serial_number(nomor).revocation_date(sejak).build()
        daftar = daftar.add_revoked_certificate(satu)
    _tulis(
        folder() / "akar.crl",
        daftar.sign(induk.kunci, hashes.SHA256()).public_bytes(Encoding.PEM),
        ganti=True,
    )


def _berkas(kunci: str, nama: str, jabatan: str) -> Path:
    if not _KUNCI.fullmatch(kunci):
        raise ValueError(f"Nama kunci tidak dapat dipakai: {kunci!r}")
    kapasitas = hashlib.sha256(f"{nama}\0{jabatan}".encode()).hexdigest()[:12]
    return folder() / "pejabat" / f"{kunci}-{kapasitas}.pem"


def _buat_akar(berkas: Path) -> None:
    pada, rahasia = sekarang(), ec.generate_private_key(ec.SECP256R1())
    nama = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{NAMA_AKAR} {secrets.token_hex(4)}")])
    isi = (
        _pembangun(nama, nama, rahasia, pada - MUNDUR_AKAR, pada + MASA_AKAR)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(guna_kunci(menandatangani_dokumen=False), critical=True)
        .sign(rahasia, hashes.SHA256())
    )
    _simpan(berkas, rahasia, isi)


def _pembangun(
    pemilik: x509.Name,
    penerbit: x509.Name,
    rahasia: ec.EllipticCurvePrivateKey,
    dari: datetime,
    sampai: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(pemilik)
        .issuer_name(penerbit)
        .public_key(rahasia.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(dari)
        .not_valid_after(sampai)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(rahasia.public_key()), critical=False)
    )


def _penerbit(induk: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    ski = induk.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(ski)


def guna_kunci(*, menandatangani_dokumen: bool) -> x509.KeyUsage:
    """What a certificate may do: sign documents, or certificates and lists."""
    return x509.KeyUsage(
        digital_signature=menandatangani_dokumen,
        content_commitment=menandatangani_dokumen,
        key_cert_sign=not menandatangani_dokumen,
        crl_sign=not menandatangani_dokumen,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _simpan(
    berkas: Path, rahasia: ec.EllipticCurvePrivateKey, sertifikat: x509.Certificate, *, ganti: bool = False
) -> None:
    """Key and certificate in one file, so that no process ever sees a pair that does not fit."""
    kunci = rahasia.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _tulis(berkas, kunci + sertifikat.public_bytes(Encoding.PEM), ganti=ganti)


def _tulis(berkas: Path, isi: bytes, *, ganti: bool) -> None:
    """Write whole, 0600; without `ganti` the first writer wins and the others keep its file."""
    berkas.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    sementara = berkas.with_name(f".{berkas.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(sementara, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as aliran:
        aliran.write(isi)
    try:
        if ganti:
            sementara.replace(berkas)
        else:
            os.link(sementara, berkas)
    except FileExistsError:
        pass
    finally:
        sementara.unlink(missing_ok=True)


_ingatan: dict[Path, tuple[tuple[int, int, int], Sertifikat]] = {}
_ingatan_cabut: dict[Path, tuple[tuple[int, int, int], dict[int, datetime]]] = {}


def _tanda(berkas: Path) -> tuple[int, int, int]:
    """Changes whenever the file does: one `stat` instead of parsing a key for every signature."""
    s = berkas.stat()
    return s.st_ino, s.st_size, s.st_mtime_ns


def _baca(berkas: Path) -> Sertifikat:
    tanda = _tanda(berkas)
    ingat = _ingatan.get(berkas)
    if ingat is None or ingat[0] != tanda:
        isi = berkas.read_bytes()
        kunci = load_pem_private_key(isi, None)
        if not isinstance(kunci, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
            raise ValueError("Kunci bukan EC atau RSA.")
        ingat = _ingatan[berkas] = (tanda, Sertifikat(berkas, kunci, x509.load_pem_x509_certificate(isi)))
    return ingat[1]


def _baca_pejabat(berkas: Path, nama: str) -> Sertifikat:
    try:
        return _baca(berkas)
    except (OSError, ValueError) as galat:
        raise SertifikatTidakSah("tidak_terbaca", nama) from galat


def _dicabut() -> dict[int, datetime]:
    """Serial numbers on our revocation list; an unreadable list raises, it never passes for an empty one."""
    berkas = folder() / "akar.crl"
    if not berkas.exists():
        return {}
    tanda = _tanda(berkas)
    ingat = _ingatan_cabut.get(berkas)
    if ingat is None or ingat[0] != tanda:
        daftar = x509.load_pem_x509_crl(berkas.read_bytes())
        isi = {satu.serial_number: satu.revocation_date_utc for satu in daftar}
        ingat = _ingatan_cabut[berkas] = (tanda, isi)
    return dict(ingat[1])
