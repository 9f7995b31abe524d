"""The forger: ways to alter a signed permit, each with the reasons that may be given for refusing it.

reliability.md section 5.4 and threat 18. Every entry takes the signed bytes and the bytes before signing.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from core.tanda_tangan import SifatTandaTangan
from core.tanda_tangan.lokal import tempel
from core.tanda_tangan.sertifikat import Sertifikat, akar, guna_kunci, terbitkan
from tests.core.alat import jalankan

N = generic.pdf_name


@dataclass(frozen=True)
class Asli:
    """A genuine permit: its signed bytes, the bytes before, another permit, and who signed when."""

    isi: bytes
    sebelum: bytes
    lain: bytes
    sifat: SifatTandaTangan
    nama: str


def balik(isi: bytes, letak: int) -> bytes:
    return isi[:letak] + bytes((isi[letak] ^ 0x01,)) + isi[letak + 1 :]


def _letak_wadah(isi: bytes) -> int:
    temuan = re.search(rb"/Contents\s*<(?=30)", isi)
    assert temuan
    return temuan.end()


def _tambahan(isi: bytes, ubah: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    penulis = IncrementalPdfFileWriter(io.BytesIO(isi), strict=False)
    ubah(penulis)
    keluaran = io.BytesIO()
    penulis.write(keluaran)
    return keluaran.getvalue()


def _tulis_halaman(penulis: IncrementalPdfFileWriter) -> None:
    aliran = generic.StreamObject(stream_data=b"q 1 0 0 rg 100 100 300 80 re f Q")
    penulis.add_stream_to_page(0, penulis.add_object(aliran))


def _tempel_anotasi(penulis: IncrementalPdfFileWriter) -> None:
    halaman = penulis.root["/Pages"]["/Kids"][0]
    anotasi = generic.DictionaryObject(
        {
            N("/Type"): N("/Annot"),
            N("/Subtype"): N("/FreeText"),
            N("/Rect"): generic.ArrayObject(map(generic.NumberObject, (100, 400, 400, 460))),
            N("/Contents"): generic.pdf_string("Berlaku sampai 2099"),
            N("/DA"): generic.pdf_string("/Helv 18 Tf 0 g"),
        }
    )
    halaman.setdefault(N("/Annots"), generic.ArrayObject()).append(penulis.add_object(anotasi))
    penulis.update_container(halaman)


def _ganti_judul(penulis: IncrementalPdfFileWriter) -> None:
    penulis.set_info(generic.DictionaryObject({N("/Title"): generic.pdf_string("Izin lain")}))


def otoritas_tiruan(pada: datetime, *, sendiri: bool) -> tuple[Sertifikat, Sertifikat]:
    """A root and a signer with the very names of ours; with `sendiri` the signer is its own root."""
    asli = akar().x509
    kunci_akar, kunci = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())

    def buat(
        milik: x509.Name, rahasia: ec.EllipticCurvePrivateKey, oleh: ec.EllipticCurvePrivateKey
    ) -> x509.Certificate:
        return (
            x509.CertificateBuilder()
            .subject_name(milik)
            .issuer_name(asli.subject)
            .public_key(rahasia.public_key())
            .serial_number(asli.serial_number + (milik != asli.subject))
            .not_valid_before(pada - timedelta(days=9))
            .not_valid_after(pada + timedelta(days=900))
            .add_extension(x509.BasicConstraints(ca=milik == asli.subject, path_length=None), critical=True)
            .add_extension(guna_kunci(menandatangani_dokumen=milik != asli.subject), critical=True)
            .sign(oleh, hashes.SHA256())
        )

    induk = Sertifikat(Path("tiruan"), kunci_akar, buat(asli.subject, kunci_akar, kunci_akar))
    if sendiri:
        return induk, induk
    pejabat = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Drs. Amit Riyadi, M.Si.")])
    return induk, Sertifikat(Path("tiruan"), kunci, buat(pejabat, kunci, kunci_akar))


def _tanda_tangani_tiruan(asli: Asli, *, sendiri: bool = False) -> bytes:
    induk, pejabat = otoritas_tiruan(asli.sifat.pada, sendiri=sendiri)
    return tempel(asli.sebelum, asli.sifat, asli.nama, pejabat, induk)


def _tanda_tangan_kedua(asli: Asli) -> bytes:
    """A rogue signature in a second field, over the genuine file."""
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
    from pyhanko.sign.signers.pdf_byterange import SignatureObject

    from core.tanda_tangan.cms import Cetakan

    induk, pejabat = otoritas_tiruan(asli.sifat.pada, sendiri=False)
    penulis = IncrementalPdfFileWriter(io.BytesIO(asli.isi))
    langkah = PdfCMSEmbedder(SigFieldSpec("Kedua")).write_cms("Kedua", penulis)
    next(langkah)
    tempat = SignatureObject(timestamp=asli.sifat.pada, subfilter=SigSeedSubFilter.PADES, bytes_reserved=8192)
    langkah.send(SigObjSetup(sig_placeholder=tempat))
    hasil, keluaran = langkah.send(SigIOSetup(md_algorithm="sha256"))
    langkah.send(Cetakan(pejabat.x509, induk.x509).isi(hasil.document_digest, pejabat.kunci))
    return keluaran.getvalue()


def _kedaluwarsa(asli: Asli) -> bytes:
    """Signed by our own official after the certificate had ended."""
    lama = terbitkan(
        "lama",
        asli.nama,
        "Kepala",
        dari=asli.sifat.pada - timedelta(days=800),
        sampai=asli.sifat.pada - timedelta(days=1),
    )
    return tempel(asli.sebelum, asli.sifat, asli.nama, lama, akar())


def _lewat_qpdf(isi: bytes, *pilihan: str) -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        masuk, keluar = Path(folder, "a.pdf"), Path(folder, "b.pdf")
        masuk.write_bytes(isi)
        jalankan("qpdf", *pilihan, masuk, keluar, boleh=(0, 3))
        return keluar.read_bytes()


def _buang_tanda_tangan(isi: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(isi)) as pdf:
        for kunci in ("/AcroForm", "/Perms"):
            del pdf.Root[kunci]
        for halaman in pdf.pages:
            if "/Annots" in halaman:
                del halaman["/Annots"]
        keluaran = io.BytesIO()
        pdf.save(keluaran)
    return keluaran.getvalue()


def _wadah_huruf_kecil(isi: bytes) -> bytes:
    awal = _letak_wadah(isi)
    akhir = isi.index(b">", awal)
    return isi[:awal] + isi[awal:akhir].lower() + isi[akhir:]


def _isi_bantalan(isi: bytes) -> bytes:
    akhir = isi.index(b">", _letak_wadah(isi))
    return isi[: akhir - 8] + b"DEADBEEF" + isi[akhir:]


def _rusak_nilai(isi: bytes) -> bytes:
    """Another digit in the last bytes of the signature value (the structure around it stays sound)."""
    awal = _letak_wadah(isi)
    panjang = 4 + int.from_bytes(bytes.fromhex(isi[awal + 4 : awal + 8].decode()), "big")
    letak = awal + 2 * panjang - 6
    angka = b"1" if isi[letak : letak + 1] != b"1" else b"2"
    return isi[:letak] + angka + isi[letak + 1 :]


def _geser_rentang(isi: bytes) -> bytes:
    temuan = re.search(rb"/ByteRange \[0 (\d+)", isi)
    assert temuan
    return balik(isi, temuan.end() - 1)


DIUBAH, DITAMBAH, ASING = {"diubah"}, {"ditambah"}, {"tanda_tangan_asing"}
MUTASI: dict[str, tuple[Callable[[Asli], bytes], set[str]]] = {
    "satu byte isi halaman": (lambda a: balik(a.isi, a.isi.index(b"stream\n") + 40), DIUBAH),
    "satu byte di tengah": (lambda a: balik(a.isi, len(a.sebelum) // 2), DIUBAH),
    "satu byte akhir revisi pertama": (lambda a: balik(a.isi, len(a.sebelum) - 30), DIUBAH),
    "satu byte versi PDF": (lambda a: balik(a.isi, 7), DIUBAH),
    "satu byte alasan tanda tangan": (lambda a: balik(a.isi, a.isi.rindex(b"/Reason") + 10), DIUBAH),
    "satu byte nilai tanda tangan": (lambda a: _rusak_nilai(a.isi), DIUBAH),
    "rentang byte digeser": (lambda a: _geser_rentang(a.isi), DIUBAH),
    "penulisan wadah diganti": (lambda a: _wadah_huruf_kecil(a.isi), DIUBAH),
    "sisa wadah diisi": (lambda a: _isi_bantalan(a.isi), DIUBAH),
    "halaman ditulisi (revisi baru)": (lambda a: _tambahan(a.isi, _tulis_halaman), DITAMBAH),
    "anotasi menutupi (revisi baru)": (lambda a: _tambahan(a.isi, _tempel_anotasi), DITAMBAH),
    "judul diganti (revisi baru)": (lambda a: _tambahan(a.isi, _ganti_judul), DITAMBAH),
    "byte di belakang": (lambda a: a.isi + b"\n% tambahan\n", DITAMBAH),
    "satu baris baru di belakang": (lambda a: a.isi + b"\n", DITAMBAH),
    "ditulis ulang qpdf": (lambda a: _lewat_qpdf(a.isi), DIUBAH),
    "ditulis ulang qpdf (linear)": (lambda a: _lewat_qpdf(a.isi, "--linearize"), DIUBAH),
    "tanda tangan kedua orang lain": (_tanda_tangan_kedua, ASING),
    "otoritas tiruan bernama sama": (_tanda_tangani_tiruan, ASING),
    "sertifikat buatan sendiri": (lambda a: _tanda_tangani_tiruan(a, sendiri=True), ASING),
    "sertifikat kedaluwarsa": (_kedaluwarsa, ASING),
    "ekor tanda tangan pada dokumen lain": (lambda a: a.lain + a.isi[len(a.sebelum) :], DIUBAH),
    "dipotong separuh": (lambda a: a.isi[: len(a.sebelum) // 2], {"bukan_pdf"}),
    "dipotong di belakang tanda tangan": (lambda a: a.isi[:-40], DIUBAH),
    "dipotong tepat sebelum tanda tangan": (lambda a: a.isi[: len(a.sebelum)], {"tidak_dikenal"}),
    "tanda tangan dibuang": (lambda a: _buang_tanda_tangan(a.isi), {"tidak_dikenal"}),
    "HTML di depan": (lambda a: b"<script>alert(1)</script>\n" + a.isi, {"bukan_pdf"}),
    "izin lain tanpa tanda tangan": (lambda a: a.lain, {"tidak_dikenal"}),
}


def hanya_tanda_tangan_pertama(isi: bytes, akar_pem: bytes) -> bool:
    """The naive check of the negative controls: a good library's verdict on the first signature, and no more."""
    from asn1crypto import pem
    from asn1crypto import x509 as asn1_x509
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    semua = list(PdfFileReader(io.BytesIO(isi)).embedded_signatures)
    konteks = ValidationContext(trust_roots=[asn1_x509.Certificate.load(pem.unarmor(akar_pem)[2])])
    return bool(semua) and validate_pdf_signature(semua[0], konteks).bottom_line
