"""Sign here, with a key of our own authority: PAdES baseline B, certified against any change (DocMDP 1).

The signature is an incremental update: the bytes the signatory previewed stay, byte for byte, at the front of
the file. The field is invisible; what people see is drawn by the document before it is frozen.
"""

import io
from datetime import datetime

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1, ISO32002
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from core.tanda_tangan.cms import cetakan
from core.tanda_tangan.port import Kredensial, SifatTandaTangan
from core.tanda_tangan.sertifikat import Sertifikat, akar, sertifikat_untuk

NAMA_BIDANG = "TandaTangan"
TEMPAT_BYTE = 8192  # hexadecimal characters; a P-256 signature with its two certificates takes about 3,100
ALGORITMA = "sha256"


class PenandatanganLokal:
    """The signer of an installation that holds its own keys; each is read once in a process."""

    def pastikan_sah(self, kredensial: Kredensial, pada: datetime) -> None:
        """Raise SertifikatTidakSah unless the official could sign at this instant."""
        self._sertifikat(kredensial, pada)

    def tanda_tangani(self, pdf: bytes, sifat: SifatTandaTangan, kredensial: Kredensial) -> bytes:
        """The signed PDF; it begins with the bytes of `pdf`. Raises SertifikatTidakSah before any work."""
        sertifikat = self._sertifikat(kredensial, sifat.pada)
        return tempel(pdf, sifat, kredensial.nama, sertifikat, akar())

    def _sertifikat(self, kredensial: Kredensial, pada: datetime) -> Sertifikat:
        return sertifikat_untuk(kredensial.kunci, kredensial.nama, kredensial.jabatan, pada)


def tempel(pdf: bytes, sifat: SifatTandaTangan, nama: str, sertifikat: Sertifikat, penerbit: Sertifikat) -> bytes:
    """Append the signature: reserve its place, hash the rest, fill the place."""
    penulis = IncrementalPdfFileWriter(io.BytesIO(pdf))
    bentuk = cetakan(sertifikat.x509, penerbit.x509)
    penulis.register_extension(ESIC_EXTENSION_1)
    if bentuk.ec:
        penulis.register_extension(ISO32002)
    langkah = PdfCMSEmbedder(SigFieldSpec(NAMA_BIDANG)).write_cms(NAMA_BIDANG, penulis)
    next(langkah)
    langkah.send(
        SigObjSetup(
            sig_placeholder=SignatureObject(
                timestamp=sifat.pada,
                subfilter=SigSeedSubFilter.PADES,
                name=nama,
                location=sifat.lokasi,
                reason=sifat.alasan,
                bytes_reserved=TEMPAT_BYTE,
            ),
            mdp_setup=SigMDPSetup(certify=True, docmdp_perms=MDPPerm.NO_CHANGES, md_algorithm=ALGORITMA),
        )
    )
    hasil, keluaran = langkah.send(SigIOSetup(md_algorithm=ALGORITMA))
    langkah.send(bentuk.isi(hasil.document_digest, sertifikat.kunci))
    isi: bytes = keluaran.getvalue()
    return isi
