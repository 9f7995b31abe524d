"""Small real files that stand for what an applicant hands in."""

from __future__ import annotations

import functools
import io

from django.core.files.uploadedfile import SimpleUploadedFile


@functools.lru_cache(maxsize=8)
def pdf_contoh(halaman: int = 1) -> bytes:
    """A valid one-page PDF without content."""
    import pikepdf

    keluaran = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(halaman):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.save(keluaran, deterministic_id=True)
    return keluaran.getvalue()


@functools.lru_cache(maxsize=64)
def foto_contoh(judul: str = "CONTOH", lebar: int = 640, tinggi: int = 420) -> bytes:
    """A small JPEG that looks like a photographed paper and says that it is an example."""
    from PIL import Image, ImageDraw, ImageFont

    gambar = Image.new("RGB", (lebar, tinggi), "#d7ddd9")
    pena = ImageDraw.Draw(gambar)
    pena.rectangle((28, 24, lebar - 28, tinggi - 24), fill="#fdfdfb", outline="#9aa59f", width=2)
    pena.text((52, 48), judul.replace("_", " ").upper(), fill="#0b3d2a", font=ImageFont.load_default(28))
    pena.text((52, 90), "Dokumen contoh untuk peragaan", fill="#55605a", font=ImageFont.load_default(18))
    for y in range(140, tinggi - 60, 28):
        pena.line((52, y, lebar - 52 - (y * 7) % 160, y), fill="#c3cac6", width=6)
    keluaran = io.BytesIO()
    gambar.save(keluaran, "JPEG", quality=72)
    return keluaran.getvalue()


def unggahan(kode: str, format_boleh: list[str]) -> SimpleUploadedFile:
    """An upload that fits the formats a requirement accepts."""
    if "jpeg" in format_boleh:
        return SimpleUploadedFile(f"{kode}.jpg", foto_contoh(kode), content_type="image/jpeg")
    return SimpleUploadedFile(f"{kode}.pdf", pdf_contoh(), content_type="application/pdf")
