"""A planner closes a quarter in a real browser: reports, freezes, another one signs; axe finds nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.waktu import hari_ini
from tests.e2e.portal import Portal, _kelola, jalankan_portal, masuk
from tests.e2e.test_ikm import lalu
from tests.ui.peramban import MEJA, PONSEL, Jendela, Peramban, chromium, jalankan

pytestmark = pytest.mark.e2e
ALAMAT = "/petugas/renstra/evaluasi/?tahun=2018&triwulan=4"


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    if chromium() is None:
        pytest.fail("chromium tidak terpasang: sh bin/setup --dev memasangnya", pytrace=False)
    folder = tmp_path_factory.mktemp("portal")
    with jalankan_portal(folder, [("satu", "siup", "terbit"), ("lambat", "siup", "terbit")]) as satu:
        _kelola(folder, "isi_contoh", "--permohonan", "6")
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


def test_perencana_menutup_semester_dan_menelusuri_yang_terlambat(
    portal: Portal, peramban: Peramban, tmp_path: Path
) -> None:
    """Semester of the survey, its quarter, E.81; then from "in time" to the late files. Two people close each."""
    semester = lalu()
    tahun, triwulan = int(semester[:4]), int(semester[-1]) * 2
    alamat = f"/petugas/renstra/evaluasi/?tahun={tahun}&triwulan={triwulan}"
    with peramban.jendela(MEJA) as j:
        masuk(j, "prita")
        halaman = j.buka(f"/petugas/ikm/tutup/?periode={semester}")
        halaman.click("text=Koreksi: buka lagi periode ini")
        halaman.fill("[name=alasan]", "Satu kotak lembar terlewat.")
        halaman.click("text=Buka lagi sebagai edisi berikut")
        halaman.click("text=Susun lagi dengan angka terbaru")
    with peramban.jendela(MEJA) as j:
        masuk(j, "kadis")
        j.buka(f"/petugas/ikm/tutup/?periode={semester}").click("text=Sahkan, terbitkan, dan tutup periode")
    with peramban.jendela(MEJA) as j:
        masuk(j, "prita")
        halaman = j.buka(alamat)
        if halaman.locator("text=Buka lagi triwulan ini").count():  # the demo closed it: a correction
            halaman.fill("[name=alasan]", "IKM semester ini dikoreksi.")
            halaman.click("text=Buka lagi triwulan ini")
        halaman.locator("button:has-text('Susun potret')").first.click()
        edisi = halaman.locator("text=/Edisi \\d+ tersusun/").inner_text().split()[1]
    with peramban.jendela(MEJA) as j:
        masuk(j, "kadis")
        halaman = j.buka(alamat)
        halaman.click(f"text=Sahkan edisi {edisi}")
        assert f"Edisi {edisi}, disahkan" in halaman.inner_text("main")
    with peramban.jendela(MEJA) as j:
        masuk(j, "prita")
        halaman = j.buka(alamat)
        with halaman.expect_download() as unduhan:
            halaman.click("text=Unduh XLSX")
        unduhan.value.save_as(tmp_path / "e81.xlsx")
        baris = load_workbook(tmp_path / "e81.xlsx").worksheets[0].iter_rows(values_only=True)
        ikm = next(b for b in baris if b[3] == "Indeks Kepuasan Masyarakat (indeks)")
        assert any(isinstance(sel, int | float) and 25 <= sel <= 100 for sel in ikm[10:18])
    with peramban.jendela(MEJA) as j:
        masuk(j, "prita")
        _ke_yang_terlambat(j)


def _ke_yang_terlambat(j: Jendela) -> None:
    """Dashboard, the share in time, the files behind it, those that were late: the count of each is the figure."""
    for tahun in (hari_ini().year, hari_ini().year - 1):  # in January the late file is last year's
        halaman = j.buka(f"/petugas/dasbor/?tahun={tahun}")
        kolom = 1 if tahun == hari_ini().year else 0  # the present year has a column for the month
        if halaman.locator("tr", has_text="Melewati batas").first.locator("td").nth(kolom).inner_text() != "0":
            break
    halaman.locator("tr", has_text="Tepat waktu").first.locator("td").nth(kolom).locator("a").click()
    assert halaman.locator("h1").inner_text() == "Terbit tepat waktu"
    lewat = halaman.get_by_role("link", name="Terbit melewati batas SOP")
    jumlah = int(lewat.inner_text().split("(")[1].rstrip(")"))
    lewat.click()
    assert halaman.locator("h1").inner_text() == "Terbit melewati batas SOP"
    assert f"{jumlah} permohonan" in halaman.inner_text("main") and jumlah >= 1
    assert halaman.locator("table.daftar tbody tr").count() == min(jumlah, 25)
    assert j.keluhan() == []


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
            "/petugas/renstra/lkjip/naskah/?tahun=2018",
            "/petugas/renstra/buku/?tahun=2018&triwulan=4",
            "/petugas/renstra/buku/tc-27/?tahun=2018",
            "/petugas/renstra/susun/",
            "/petugas/renstra/susun/renstra_bppt/1/",
            "/petugas/dasbor/",
            "/petugas/dasbor/rencana/?tahun=2018&triwulan=4",
            "/petugas/statistik/tepat/",
            "/data/",
        ):
            j.buka(alamat)
            semua[alamat] = j.keluhan()
    assert {k: v for k, v in semua.items() if v} == {}
