"""A planner closes a quarter in a real browser: reports, freezes, another one signs; axe finds nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.e2e.portal import Portal, jalankan_portal, masuk
from tests.ui.peramban import MEJA, PONSEL, Peramban, chromium, jalankan

pytestmark = pytest.mark.e2e
ALAMAT = "/petugas/renstra/evaluasi/?tahun=2018&triwulan=4"


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    if chromium() is None:
        pytest.fail("chromium tidak terpasang: sh bin/setup --dev memasangnya", pytrace=False)
    with jalankan_portal(tmp_path_factory.mktemp("portal"), [("satu", "siup", "terbit")]) as satu:
        yield satu


@pytest.fixture(scope="module")
def peramban(portal: Portal) -> Iterator[Peramban]:
    with jalankan(portal.asal) as satu:
        yield satu


def test_perencana_menutup_triwulan_dan_mengunduh_e81(portal: Portal, peramban: Peramban, tmp_path: Path) -> None:
    with peramban.jendela(MEJA) as j:
        masuk(j, "prita")
        j.buka(ALAMAT)
        j.halaman.click("text=Catat realisasi")
        j.halaman.get_by_label("Talk show radio (kali)", exact=False).first.fill("6")
        j.halaman.get_by_label("Dasar angka (Talk show radio)", exact=False).fill("Surat keterangan radio.")
        j.halaman.click("text=Simpan realisasi")
        assert "1 isian tersimpan" in j.halaman.inner_text("main")
        j.halaman.click("text=Susun potret")
        assert "Edisi 1 tersusun" in j.halaman.inner_text("main")
    with peramban.jendela(MEJA) as j:
        masuk(j, "kabid")
        j.buka(ALAMAT)
        j.halaman.click("text=Sahkan edisi 1")
        assert "Edisi 1, disahkan" in j.halaman.inner_text("main")
        with j.halaman.expect_download() as unduhan:
            j.halaman.click("text=Unduh XLSX")
        berkas = tmp_path / "e81.xlsx"
        unduhan.value.save_as(berkas)
    baris = load_workbook(io.BytesIO(berkas.read_bytes())).worksheets[0].iter_rows(values_only=True)
    satu = next(b for b in baris if b[3] == "Talk show radio (kali)")
    assert 6 in satu


@pytest.mark.parametrize("ukuran", [PONSEL, MEJA], ids=["ponsel", "meja"])
def test_tidak_ada_keluhan_di_halaman_perencana(portal: Portal, peramban: Peramban, ukuran: tuple[int, int]) -> None:
    semua = {}
    with peramban.jendela(ukuran) as j:
        masuk(j, "prita")
        for alamat in (
            "/petugas/renstra/",
            ALAMAT,
            "/petugas/renstra/evaluasi/2017/4/catat/",
            "/petugas/renstra/laporan/",
            "/petugas/renstra/lkjip/?tahun=2018",
        ):
            j.buka(alamat)
            semua[alamat] = j.keluhan()
    assert {k: v for k, v in semua.items() if v} == {}
