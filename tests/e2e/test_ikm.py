"""Results in a real browser: the planner's pages and the public one, without complaint; a period closed by two."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.portal import Portal, _kelola, jalankan_portal, masuk
from tests.ui.peramban import MEJA, PONSEL, SKEMA, UKURAN, Jendela, Peramban, chromium, jalankan

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    if chromium() is None:
        pytest.fail("chromium tidak terpasang: sh bin/setup --dev memasangnya", pytrace=False)
    folder = tmp_path_factory.mktemp("portal")
    with jalankan_portal(folder, [("satu", "siup", "terbit")]) as satu:
        _kelola(folder, "isi_contoh", "--permohonan", "6")
        yield satu


@pytest.fixture(scope="module")
def peramban(portal: Portal) -> Iterator[Peramban]:
    with jalankan(portal.asal) as satu:
        yield satu


def lalu() -> str:
    """The half year before this one, as the demo closes it."""
    from core.waktu import hari_ini

    hari = hari_ini()
    return f"{hari.year}-S1" if hari.month > 6 else f"{hari.year - 1}-S2"


def keluhan(j: Jendela, nama: str) -> list[str]:
    semua = []
    for lebar, tinggi in UKURAN:
        j.halaman.set_viewport_size({"width": lebar, "height": tinggi})
        for skema in SKEMA:
            j.halaman.emulate_media(color_scheme=skema)
            semua += [f"{lebar} {skema}: {k}" for k in j.keluhan()]
            if folder := os.environ.get("POTRET"):
                j.potret(Path(folder) / f"{nama}-{lebar}-{skema}.png")
    return semua


def test_halaman_hasil_tanpa_keluhan(peramban: Peramban) -> None:
    semua = {}
    with peramban.jendela(MEJA) as j:
        masuk(j, "prita")
        for nama in ("", "tutup/", "tindak-lanjut/", "janggal/", "komentar/", "impor/"):
            j.buka(f"/petugas/ikm/{nama}?periode={lalu()}")
            semua[nama] = keluhan(j, f"ikm-{nama.strip('/')}")
    with peramban.jendela(PONSEL) as j:
        j.buka("/ikm/")
        semua["publik"] = keluhan(j, "ikm-publik")
    assert {k: v for k, v in semua.items() if v} == {}


def test_koreksi_dibuka_perencana_dan_disahkan_kepala_badan(peramban: Peramban) -> None:
    """Without JavaScript: reopen with a reason, freeze again, signed by another; the book is downloaded."""
    alamat = f"/petugas/ikm/tutup/?periode={lalu()}"
    with peramban.jendela(MEJA, js=False) as j:
        masuk(j, "prita")
        halaman = j.buka(alamat)
        halaman.click("text=Koreksi: buka lagi periode ini")
        halaman.fill("[name=alasan]", "Satu kotak lembar terlewat.")
        halaman.click("text=Buka lagi sebagai edisi berikut")
        halaman.click("text=Susun lagi dengan angka terbaru")
        assert "Edisi 2" in halaman.inner_text("main")
        assert halaman.locator("text=Sahkan, terbitkan").count() == 0
        with halaman.expect_download() as unduh:
            halaman.click("text=Buku (PDF)")
        assert Path(unduh.value.path()).read_bytes().startswith(b"%PDF-")
    with peramban.jendela(MEJA, js=False) as j:
        masuk(j, "kadis")
        halaman = j.buka(alamat)
        halaman.click("text=Sahkan, terbitkan, dan tutup periode")
        assert "Sudah disahkan" in halaman.inner_text("main")
