"""A printed code must be read by other people's readers, after other people's copiers."""

import base64
import io
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from core.qr import qr_png, qr_svg
from tests.core.alat import baca_qr

ALAMAT = "https://perizinan.bekasikota.go.id/verifikasi/k3Jq9fXw2LmV7tRbZ1cYdA/"


def gambar(url: str) -> Image.Image:
    awalan, isi = qr_png(url).split(",", 1)
    assert awalan == "data:image/png;base64"
    return Image.open(io.BytesIO(base64.b64decode(isi))).convert("L")


def baca(folder: Path, kode: Image.Image) -> str:
    berkas = folder / "kode.png"
    kode.save(berkas)
    return baca_qr(berkas)


@pytest.mark.parametrize(
    "token", ["k3Jq9fXw2LmV7tRbZ1cYdA", "0000000000000000000000", "zzzzzzzzzzzzzzzzzzzzzz", "-_-_-_-_-_-_"]
)
def test_the_code_holds_exactly_the_address(tmp_path: Path, token: str) -> None:
    alamat = f"https://perizinan.bekasikota.go.id/verifikasi/{token}/"
    assert baca(tmp_path, gambar(alamat)) == alamat


def test_the_code_is_read_after_a_blurred_grey_stained_copy(tmp_path: Path) -> None:
    kode = gambar(ALAMAT).resize((260, 260)).filter(ImageFilter.GaussianBlur(1.6))
    kode = kode.point(lambda p: 60 + p * 130 // 255)
    kode.paste(120, (150, 150, 178, 178))
    assert baca(tmp_path, kode) == ALAMAT


def test_the_svg_is_a_data_address_too() -> None:
    assert qr_svg(ALAMAT).startswith("data:image/svg+xml")
