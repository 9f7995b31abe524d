"""The desks in a real browser: no complaint on any page, the check by keyboard, signing without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bpptportal.contoh.berkas import foto_contoh
from bpptportal.contoh.pemeran import SANDI
from tests.e2e.portal import Portal, jalankan_portal, masuk
from tests.ui.peramban import MEJA, PONSEL, SKEMA, UKURAN, Peramban, chromium, jalankan

pytestmark = pytest.mark.e2e

BERKAS = [
    ("diajukan", "siup", "diajukan"),
    ("papan_ketik", "siup", "diajukan"),
    ("verifikasi", "imb", "verifikasi"),
    ("tinjau", "imb", "kajian_teknis"),
    ("retribusi", "imb", "penetapan_retribusi"),
    ("bayar", "imb", "menunggu_pembayaran"),
    ("paraf", "imb", "paraf_berjenjang"),
    ("tanda_satu", "siup", "menunggu_tanda_tangan"),
    ("tanda_dua", "toko_obat", "menunggu_tanda_tangan"),
    ("terbit", "siup", "terbit"),
]
#: Who opens what: (account, page, file and rest of its address).
HALAMAN = {
    "budi": [
        "/petugas/",
        "/petugas/loket/",
        "/petugas/loket/entri/",
        "/petugas/loket/entri/siup/",
        "/petugas/loket/entri/siup/badan/",
        "diajukan:",
        "diajukan:periksa/",
        "diajukan:identitas/",
        "terbit:serahkan/",
    ],
    "rina": [
        "/petugas/",
        "verifikasi:",
        "verifikasi:minta_perbaikan/",
        "verifikasi:hitungan/",
        "retribusi:isi_petugas/",
        "terbit:ajukan_paraf/",
    ],
    "teknisi": ["/petugas/", "/petugas/kunjungan/", "tinjau:"],
    "dina": ["/petugas/pembayaran/", "bayar:catat_lunas/"],
    "kabid": ["/petugas/", "/petugas/waktu/", "paraf:paraf/", "verifikasi:usulkan_tolak/"],
    "kadis": ["/petugas/meja/", "tanda_satu:tanda_tangan/"],
    "auditor": ["/petugas/semua/", "bayar:"],
    "prita": [
        "/petugas/dasbor/",
        "/petugas/dasbor/rencana/",
        "/petugas/statistik/terbit/",
        "/petugas/statistik/saran/",
    ],
}


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[Portal]:
    if chromium() is None:
        pytest.fail("chromium tidak terpasang: sh bin/setup --dev memasangnya", pytrace=False)
    with jalankan_portal(tmp_path_factory.mktemp("portal"), BERKAS) as satu:
        yield satu


@pytest.fixture(scope="module")
def peramban(portal) -> Iterator[Peramban]:
    with jalankan(portal.asal) as satu:
        yield satu


def _alamat(portal: Portal, tulisan: str) -> str:
    nama, _pisah, sisa = tulisan.partition(":")
    return tulisan if tulisan.startswith("/") else portal.berkas(nama, sisa)


@pytest.mark.parametrize("siapa", list(HALAMAN))
def test_setiap_halaman_meja_tanpa_keluhan_di_dua_ukuran_dan_dua_skema(portal, peramban, siapa):
    with peramban.jendela(PONSEL) as j:
        masuk(j, siapa)
        keluhan = {}
        for tulisan in HALAMAN[siapa]:
            halaman = j.buka(_alamat(portal, tulisan))
            assert "tidak ditemukan" not in halaman.title(), tulisan
            for lebar, tinggi in UKURAN:
                halaman.set_viewport_size({"width": lebar, "height": tinggi})
                for skema in SKEMA:
                    halaman.emulate_media(color_scheme=skema)
                    keluhan[tulisan, lebar, skema] = j.keluhan()
        assert {k: v for k, v in keluhan.items() if v} == {}


def test_perencana_membuka_daftar_di_balik_angka_dan_kembali(portal, peramban):
    with peramban.jendela(PONSEL, js=False) as j:
        masuk(j, "prita")
        halaman = j.buka("/petugas/dasbor/")
        angka = halaman.get_by_role("row", name="Tepat waktu", exact=False).first.get_by_role("link").first
        assert "%" in angka.inner_text()
        angka.click()
        assert halaman.locator("h1").inner_text() == "Terbit tepat waktu"
        assert halaman.locator(".daftar tbody tr").count() >= 1
        assert portal.nomor["terbit"] not in halaman.content()
        halaman.get_by_role("navigation", name="Letak halaman ini").get_by_role("link", name="Dasbor").click()
        assert halaman.locator("h1").inner_text().startswith("Dasbor")


def test_loket_memeriksa_dan_mendaftarkan_dengan_papan_ketik(portal, peramban):
    with peramban.jendela(MEJA) as j:
        masuk(j, "budi")
        halaman = j.buka(portal.berkas("papan_ketik", "periksa/"))
        jumlah = halaman.locator(".periksa-syarat:has(input[value=terima])").count()
        assert jumlah > 3
        halaman.locator("input[value=terima]").first.focus()
        for _ in range(halaman.locator(".periksa-syarat").count()):
            halaman.keyboard.press("t")
            if not halaman.evaluate(
                "document.activeElement.closest('.periksa-syarat').querySelector('[value=terima]')"
            ):
                halaman.keyboard.press("ArrowDown")
        assert halaman.locator("input[value=terima]:checked").count() == jumlah
        halaman.get_by_role("button", name="Simpan pemeriksaan").press("Enter")
        halaman.wait_for_load_state("networkidle")
        tombol = halaman.get_by_role("button", name="Daftarkan")
        assert "SMS kepada pemohon" in halaman.locator("#putusan").inner_text()
        tombol.press("Enter")
        halaman.wait_for_load_state("networkidle")
        assert "Didaftarkan, hitungan waktu mulai" in halaman.locator(".pesan-sistem").inner_text()


def test_dokumen_dibuka_di_penampil_tanpa_meninggalkan_halaman(portal, peramban):
    with peramban.jendela(MEJA, js=False) as j:
        masuk(j, "budi")
        halaman = j.buka(portal.berkas("diajukan", "periksa/"))
        radio = halaman.locator("input[value=terima]").first
        radio.check()
        halaman.locator("a[target=penampil]").nth(1).click()
        halaman.frame_locator("iframe[name=penampil]").get_by_role("img", name="ktp.jpg").wait_for()
        assert radio.is_checked()


def test_tim_teknis_mencatat_berita_acara_dari_ponsel(portal, peramban, tmp_path: Path):
    foto = tmp_path / "lokasi.jpg"
    foto.write_bytes(foto_contoh(lebar=640, tinggi=480))
    with peramban.jendela(PONSEL) as j:
        masuk(j, "teknisi")
        halaman = j.buka("/petugas/kunjungan/")
        halaman.get_by_role("link", name="Catat berita acara").first.click()
        halaman.wait_for_load_state("networkidle")
        assert j.keluhan() == []
        for grup in halaman.locator(".bap-butir").all():
            grup.get_by_label("Sesuai", exact=True).check()
        halaman.set_input_files("input[type=file]", str(foto))
        halaman.get_by_role("button", name="Catat berita acara").click()
        halaman.wait_for_load_state("networkidle")
        assert "Berita acara dicatat" in halaman.locator(".pesan-sistem").inner_text()
        assert "Beri rekomendasi" in halaman.locator(".tugas").inner_text()


def test_tanda_tangan_beberapa_sekaligus_tanpa_javascript(portal, peramban):
    with peramban.jendela(PONSEL, js=False) as j:
        masuk(j, "kadis")
        halaman = j.buka("/petugas/meja/")
        for kotak in halaman.locator("input[name=pilih]").all():
            if kotak.is_visible():
                kotak.check()
        halaman.fill("[name=sandi]", SANDI)
        halaman.set_default_timeout(60_000)  # two real signatures
        halaman.get_by_role("button", name="Tanda tangani yang dipilih").click()
        halaman.wait_for_load_state("networkidle")
        assert "2 ditandatangani, 0 gagal" in halaman.locator("h1").inner_text()
