"""The QR code on a document: only our own address and a token in it, never a personal datum (threat 19)."""

import segno

# Level Q survives the photocopy of a photocopy (a quarter of the modules may be lost). The mask is fixed:
# weighing all eight takes five of the seven milliseconds of a code, and every reader takes any
# (docs/keputusan/0010-cetak.md).
TINGKAT_KOREKSI = "q"
MASKER = 4
TEPI = 4


def _kode(url: str) -> segno.QRCode:
    return segno.make_qr(url, error=TINGKAT_KOREKSI, mask=MASKER, boost_error=False)


def qr_png(url: str, skala: int = 4) -> str:
    """A data URI (PNG) for printed documents: one image, cheaper to lay out than the paths of an SVG."""
    return _kode(url).png_data_uri(scale=skala, border=TEPI)


def qr_svg(url: str) -> str:
    """A data URI (SVG) for pages: sharp at every size."""
    return _kode(url).svg_data_uri(border=TEPI)
