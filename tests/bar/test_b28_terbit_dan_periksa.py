"""B28, the part of the core: every signed permit is accepted by three programs that are not ours, QR included.

`pdfsig` is judged by its words, never by its exit code, which is 0 for every forgery.
"""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from core.tanda_tangan.sertifikat import akar_tepercaya
from tests.bar.conftest import Catat
from tests.bar.terbitan import izin_bertanda_tangan
from tests.core.alat import baca_qr, gudang_nss, jalankan, pdfsig_menerima

pytestmark = pytest.mark.bar
JUMLAH = 200 if os.environ.get("TINGKAT") == "penuh" else 20


def pyhanko_menerima(isi: bytes, akar_pem: bytes) -> bool:
    semua = list(PdfFileReader(io.BytesIO(isi)).embedded_signatures)
    akar = asn1_x509.Certificate.load(pem.unarmor(akar_pem)[2])
    status = validate_pdf_signature(semua[0], ValidationContext(trust_roots=[akar]))
    return len(semua) == 1 and status.bottom_line and status.coverage == SignatureCoverageLevel.ENTIRE_FILE


def test_b28_program_lain_menerima_setiap_izin(catat: Catat, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    akar = akar_tepercaya()[0]
    gudang, asing = gudang_nss(tmp_path / "nss", akar), tmp_path / "asing"
    asing.mkdir()
    jalankan("certutil", "-N", "-d", f"sql:{asing}", "--empty-password")
    berkas, gambar = tmp_path / "izin.pdf", tmp_path / "izin.png"
    diterima, sidik, kontrol = 0, set(), True
    for alamat, isi, sebelum, _ in izin_bertanda_tangan(JUMLAH):
        berkas.write_bytes(isi)
        sidik.add(hashlib.sha256(isi).hexdigest())
        jalankan("pdftoppm", "-r", "100", "-png", "-singlefile", berkas, gambar.with_suffix(""))
        diterima += all(
            (
                isi.startswith(sebelum),
                pyhanko_menerima(isi, akar),
                pdfsig_menerima(jalankan("pdfsig", "-nssdir", gudang, berkas)),
                "No syntax or stream encoding errors" in jalankan("qpdf", "--check", berkas),
                baca_qr(gambar) == alamat,
            )
        )
        kontrol = kontrol and not pdfsig_menerima(jalankan("pdfsig", "-nssdir", f"sql:{asing}", berkas))
    lulus = diterima == JUMLAH == len(sidik)
    catat("B28", f"{diterima}/{JUMLAH} diterima", f"{JUMLAH}/{JUMLAH}", lulus, kontrol)
