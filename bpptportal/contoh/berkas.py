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


@functools.lru_cache(maxsize=8)
def foto_contoh(lebar: int = 320, tinggi: int = 240) -> bytes:
    """A small JPEG with a gradient, as a phone would send."""
    from PIL import Image

    gambar = Image.linear_gradient("L").resize((lebar, tinggi)).convert("RGB")
    keluaran = io.BytesIO()
    gambar.save(keluaran, "JPEG", quality=70)
    return keluaran.getvalue()


def unggahan(kode: str, format_boleh: list[str]) -> SimpleUploadedFile:
    """An upload that fits the formats a requirement accepts."""
    if "jpeg" in format_boleh:
        return SimpleUploadedFile(f"{kode}.jpg", foto_contoh(), content_type="image/jpeg")
    return SimpleUploadedFile(f"{kode}.pdf", pdf_contoh(), content_type="application/pdf")
