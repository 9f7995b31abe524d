"""Documents as PDF/A-3b from our own templates, laid out by WeasyPrint inside a fence (R18)."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from core.kandang import GagalKerja, Kandang

BATAS_DETIK = 6.0
_PESAN = {
    "waktu": "Dokumen terlalu besar untuk disusun dalam {detik:g} detik.",
    "memori": "Dokumen terlalu besar untuk disusun.",
    "sumber": "Dokumen menunjuk alamat di luar dirinya; hanya alamat data: yang diizinkan.",
    "isi": "Dokumen tidak dapat disusun ({jenis}).",
    "mati": "Penyusun dokumen berhenti di tengah kerja.",
}
_kandang = Kandang("core.cetak_dalam")


class GagalCetak(Exception):
    """No document was made; `sebab` (a key of _PESAN) says why. The text holds nothing of the document."""

    def __init__(self, sebab: str, *, detik: float, jenis: str) -> None:
        super().__init__(_PESAN[sebab].format(detik=detik, jenis=jenis))
        self.sebab = sebab


def cetak_pdf(
    html: str,
    *,
    judul: str = "",
    lampiran: Mapping[str, bytes] | None = None,
    dibuat: datetime | None = None,
    detik: float = BATAS_DETIK,
) -> bytes:
    """Lay out a finished HTML page as PDF/A-3b with its attachments, or raise GagalCetak within `detik`.

    `html` comes from a template with autoescape, its style inlined (`gaya_dokumen`); every address other than
    `data:` stops the document. `dibuat` is printed into the file as its date; without it the file names none.
    """
    lampiran = lampiran or {}
    kepala = {
        "judul": judul,
        "dibuat": dibuat.isoformat(timespec="seconds") if dibuat else None,
        "nama_lampiran": list(lampiran),
    }
    try:
        _, (pdf,) = _kandang.kerjakan(kepala, [html.encode(), *lampiran.values()], detik)
    except GagalKerja as galat:
        raise GagalCetak(galat.sebab, detik=detik, jenis=galat.jenis) from galat
    return pdf


@lru_cache(maxsize=1)
def gaya_dokumen() -> str:
    """The print style of all documents (`templates/dokumen/_gaya.css`), inlined in each page."""
    return (Path(settings.BASE_DIR) / "templates" / "dokumen" / "_gaya.css").read_text()
