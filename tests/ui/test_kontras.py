"""Every pair of ink and ground that the style sheets use is readable in both schemes (WCAG 2.2: 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

PORTAL_CSS = Path(settings.BASE_DIR) / "static" / "css" / "portal.css"
TEKS, BENDA = 4.5, 3.0
PASANGAN = [
    # ink, ground, least contrast
    *[(tinta, kertas, TEKS) for tinta in ("tinta", "tinta-2") for kertas in ("kertas", "kertas-2", "kertas-3")],
    ("kepala-tinta", "kepala", TEKS),
    ("kepala-tinta-2", "kepala", TEKS),
    ("hijau-tinta", "hijau", TEKS),
    ("hijau-tinta", "hijau-tekan", TEKS),
    *[("hijau-teks", k, TEKS) for k in ("kertas", "kertas-2", "kertas-3", "hijau-muda")],
    *[("tinta", k, TEKS) for k in ("hijau-muda", "aksen-muda", "merah-muda", "abu-biru-muda", "biru-muda")],
    ("aksen-tinta", "aksen", TEKS),
    ("aksen-teks", "kertas", TEKS),
    ("aksen-teks", "aksen-muda", TEKS),
    ("biru", "kertas", TEKS),
    ("biru", "kertas-2", TEKS),
    ("biru", "biru-muda", TEKS),
    ("abu-biru", "abu-biru-muda", TEKS),
    ("merah", "kertas", TEKS),
    ("merah", "merah-muda", TEKS),
    ("merah-isi-tinta", "merah-isi", TEKS),
    ("abu", "kertas", TEKS),
    ("garis-kuat", "kertas", BENDA),
    ("garis-kuat", "kertas-2", BENDA),
    ("hijau", "kertas", BENDA),
    ("fokus-tinta", "fokus", BENDA),
]


def _token(teks: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", teks))


def _skema() -> dict[str, dict[str, str]]:
    teks = PORTAL_CSS.read_text(encoding="utf-8")
    terang, gelap = teks.split("@media (prefers-color-scheme: dark)", maxsplit=1)
    gelap = gelap.split("@media", maxsplit=1)[0]
    return {"terang": _token(terang), "gelap": _token(terang) | _token(gelap)}


def kontras(satu: str, dua: str) -> float:
    """Contrast ratio of two colours as WCAG defines it."""

    def terang(warna: str) -> float:
        kanal = [int(warna[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        lurus = [k / 12.92 if k <= 0.04045 else ((k + 0.055) / 1.055) ** 2.4 for k in kanal]
        return 0.2126 * lurus[0] + 0.7152 * lurus[1] + 0.0722 * lurus[2]

    tinggi, rendah = sorted((terang(satu), terang(dua)), reverse=True)
    return (tinggi + 0.05) / (rendah + 0.05)


@pytest.mark.parametrize("skema", ["terang", "gelap"])
@pytest.mark.parametrize(("tinta", "kertas", "batas"), PASANGAN)
def test_ink_stands_out_from_its_ground(skema, tinta, kertas, batas):
    token = _skema()[skema]
    assert kontras(token[tinta], token[kertas]) >= batas


def test_dark_has_its_own_value_for_what_changes():
    skema = _skema()
    assert skema["gelap"]["kertas"] != skema["terang"]["kertas"]
    assert len(skema["terang"]) > 20


@pytest.mark.control
def test_the_measure_knows_black_on_white_and_grey_on_white():
    assert round(kontras("#000000", "#ffffff"), 1) == 21.0
    assert kontras("#999999", "#ffffff") < TEKS


def test_colours_are_named_in_one_file_only():
    for berkas in ("komponen.css", "daftar.css", "petugas.css"):
        teks = (PORTAL_CSS.parent / berkas).read_text(encoding="utf-8")
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", teks), berkas
