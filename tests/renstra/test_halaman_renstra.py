"""The planner's pages and the public API of the plan."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from accounts.muat import muat_unit
from renstra.models import Indikator, RealisasiKinerja, Rencana
from renstra.muat import muat_renstra

pytestmark = pytest.mark.django_db
ALAMAT = "/petugas/renstra/"


@pytest.fixture
def rencana():
    muat_unit()
    muat_renstra()
    return Rencana.objects.get()


def test_without_a_plan_in_force_the_page_says_so(masuk, prita):
    Rencana.objects.update(status="draf")
    assert "Belum ada rencana yang berlaku" in masuk(prita).get(ALAMAT).content.decode()


def test_the_planner_sees_the_tables_and_every_finding(masuk, prita, rencana):
    teks = masuk(prita).get(ALAMAT).content.decode()
    assert "Renstra BPPT Kota Bekasi 2013-2018" in teks
    assert "44 temuan" in teks
    assert "2.3.2 Anggaran dan realisasi pendanaan pelayanan" in teks


def test_findings_are_filtered_by_the_address(masuk, prita, rencana):
    orang = masuk(prita)
    teks = orang.get(ALAMAT, {"tabel": "2.3.2", "aturan": "rasio_sel"}).content.decode()
    assert "2 temuan" in teks
    assert "98,49%" in teks
    teks = orang.get(ALAMAT, {"tabel": "6.1"}).content.decode()
    assert "Tidak ada temuan yang cocok" in teks
    assert "44 temuan" in orang.get(ALAMAT, {"tabel": "tidak ada"}).content.decode()


def test_a_table_is_shown_as_printed_and_recomputed(masuk, kadis, rencana):
    orang = masuk(kadis)
    cetak = orang.get(f"{ALAMAT}tabel/2_3_2_anggaran/").content.decode()
    assert "92,48%" in cetak
    assert "98,49%" not in cetak
    assert "Rp. 1.50.000.000" in cetak
    hitung = orang.get(f"{ALAMAT}tabel/2_3_2_anggaran/", {"mode": "hitung-ulang"}).content.decode()
    assert "98,49%" in hitung
    assert "tercetak 92,48%; hitung ulang 98,49%" in hitung
    assert orang.get(f"{ALAMAT}tabel/9_9/").status_code == 404


def test_the_downloads_are_a_workbook_and_a_pdf(masuk, auditor, rencana):
    orang = masuk(auditor)
    respons = orang.get(f"{ALAMAT}xlsx/", {"mode": "hitung-ulang"})
    assert respons["Content-Disposition"] == 'attachment; filename="renstra-hitung-ulang.xlsx"'
    assert len(load_workbook(io.BytesIO(respons.content)).worksheets) == 10
    respons = orang.get(f"{ALAMAT}tabel/6_1_iku/pdf/")
    assert respons.content.startswith(b"%PDF-")


def test_a_desk_that_does_not_plan_is_refused_and_a_stranger_finds_nothing(masuk, rina, sari, rencana):
    assert masuk(rina).get(ALAMAT).status_code == 403
    assert masuk(sari).get(ALAMAT).status_code == 404


def test_the_page_asks_the_database_the_same_however_many_findings(
    masuk, prita, rencana, django_assert_max_num_queries
):
    orang = masuk(prita)
    orang.get(ALAMAT)
    with django_assert_max_num_queries(21):
        orang.get(ALAMAT)


def test_the_api_gives_indicators_with_target_and_realisation(client, rencana, django_assert_num_queries):
    ikm = Indikator.objects.get()
    RealisasiKinerja.objects.create(indikator=ikm, tahun=2014, triwulan=2, angka="80.5")
    with django_assert_num_queries(4):
        isi = client.get("/api/v1/renstra/").json()
    (satu,) = isi["results"]
    assert (isi["count"], isi["next"]) == (1, None)
    assert (satu["nama"], satu["tipe"], satu["iku"]) == ("Indeks Kepuasan Masyarakat", "level", True)
    assert satu["target"][4] == {"tahun": 2018, "teks": "82,50%", "nilai": "82.5000"}
    assert satu["realisasi"] == [{"tahun": 2014, "triwulan": 2, "nilai": "80.5000"}]


def test_the_api_tells_nothing_of_a_plan_that_is_not_in_force(client, rencana):
    Rencana.objects.update(status="draf")
    assert client.get("/api/v1/renstra/").json()["count"] == 0
