"""The layout of a document, run inside the fence (`core.kandang`): no network, no files but fonts."""

from datetime import datetime
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def _huruf_bersama() -> Any:
    """One font map for all jobs: a sixth of a page's time, and without it each job leaves memory behind."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def siapkan() -> None:
    """Load the engine, its own style and the fonts before the first document needs them."""
    susun({"judul": "", "dibuat": None, "nama_lampiran": []}, "<p>siap</p>", [])


def kerjakan(kepala: dict[str, Any], isi: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """One document: `isi` is the HTML and the attachments named in the head."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        return {}, [susun(kepala, isi[0].decode(), isi[1:])]
    except FatalURLFetchingError:  # a BaseException: `except Exception` would let it end the process
        return {"galat": "sumber"}, []


def susun(kepala: dict[str, Any], html: str, lampiran: list[bytes]) -> bytes:
    """HTML to PDF/A-3b, tagged, fonts embedded; the only addresses that resolve are `data:` (R18)."""
    from weasyprint import HTML, Attachment, URLFetcher

    pengambil = URLFetcher(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
    huruf = None if "@font-face" in html else _huruf_bersama()  # a page's own fonts stay in that page
    dokumen = HTML(string=html, url_fetcher=pengambil, base_url="data:,").render(font_config=huruf)
    dokumen.metadata.generator = None
    if kepala["judul"]:
        dokumen.metadata.title = kepala["judul"]
    dibuat = kepala["dibuat"]
    dokumen.metadata.created = dokumen.metadata.modified = dibuat
    pada = datetime.fromisoformat(dibuat) if dibuat else None
    pdf: bytes = dokumen.write_pdf(
        pdf_variant="pdf/a-3b",
        pdf_tags=True,
        attachments=[
            Attachment(string=isi, name=nama, relationship="Data", created=pada, modified=pada)
            for nama, isi in zip(kepala["nama_lampiran"], lampiran, strict=True)
        ],
    )
    return pdf
