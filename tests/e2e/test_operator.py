"""The operator's page in a real browser: no complaint at two sizes and two schemes, and a click that tries again."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.portal import Portal, _kelola, jalankan_portal, masuk
from tests.ui.peramban import PONSEL, SKEMA, UKURAN, Peramban, chromium, jalankan

pytestmark = pytest.mark.e2e
ALAMAT = "/petugas/macet/"
_TERPOTONG = "[...document.querySelectorAll('.fakta *')].filter(e => e.scrollWidth > e.clientWidth + 1 && \
getComputedStyle(e).display !== 'inline').map(e => 'terpotong: ' + e.textContent)"
_MACET = """
UPDATE notifications_pesan SET status = 'gagal', galat = 'gerbang menjawab 500', percobaan = 5 WHERE id % 3 = 0;
UPDATE notifications_pesan SET status = 'tidak_pasti', galat = 'pekerja mati saat mengirim' WHERE id % 3 = 1;
UPDATE notifications_pesan SET status = 'menunggu', kirim_sesudah = '2026-06-01 00:00:00' WHERE id % 3 = 2;
UPDATE perizinan_dokumen SET status = 'gagal', galat = 'Tempat penyimpanan penuh.', percobaan = 6, berkas = '',
  sidik = '' WHERE jenis <> 'sk';
"""


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    if chromium() is None:
        pytest.fail("chromium tidak terpasang: sh bin/setup --dev memasangnya", pytrace=False)
    folder = tmp_path_factory.mktemp("portal")
    berkas = [("satu", "siup", "verifikasi"), ("dua", "siup", "terbit")]
    with jalankan_portal(folder, berkas) as satu:
        sambungan = sqlite3.connect(folder / "bppt.sqlite3", timeout=20)
        sambungan.executescript(_MACET)
        sambungan.close()
        _kelola(folder, "segel_riwayat")
        yield satu


@pytest.fixture(scope="module")
def peramban(portal: Portal) -> Iterator[Peramban]:
    with jalankan(portal.asal) as satu:
        yield satu


@pytest.mark.parametrize("siapa", ["admin", "auditor"])
def test_halaman_operator_tanpa_keluhan(portal: Portal, peramban: Peramban, siapa: str) -> None:
    with peramban.jendela(PONSEL) as j:
        masuk(j, siapa)
        halaman = j.buka(ALAMAT)
        assert halaman.locator("tbody tr").count() > 2
        assert "kirim-pesan: terlambat" in halaman.inner_text("main")
        keluhan = {}
        for lebar, tinggi in UKURAN:
            halaman.set_viewport_size({"width": lebar, "height": tinggi})
            for skema in SKEMA:
                halaman.emulate_media(color_scheme=skema)
                keluhan[lebar, skema] = j.keluhan() + halaman.evaluate(_TERPOTONG)
                if folder := os.environ.get("POTRET"):
                    j.potret(Path(folder) / f"macet-{siapa}-{lebar}-{skema}.png")
        assert {k: v for k, v in keluhan.items() if v} == {}


def test_admin_mengulang_tanpa_javascript(portal: Portal, peramban: Peramban) -> None:
    with peramban.jendela(PONSEL, js=False) as j:
        masuk(j, "admin")
        halaman = j.buka(ALAMAT)
        sebelum = halaman.locator("tbody tr").count()
        halaman.get_by_role("button", name="Ulangi SMS_").first.click()
        halaman.wait_for_load_state("networkidle")
        assert "1 pesan akan dicoba lagi." in halaman.locator(".pesan-sistem").inner_text()
        assert halaman.locator("tbody tr").count() == sebelum - 1
