"""The printed plan 2013-2018: every known finding is found, every other one is defended."""

from __future__ import annotations

import csv
import json
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import renstra
from renstra.periksa import ATURAN, periksa, tak_tercakup
from renstra.tabel import baca

NYATA = Path(renstra.__file__).parent / "acuan" / "renstra_2013_2018"
CHECKS = Path(__file__).parent / "data" / "checks.csv"

#: Row of checks.csv -> (rule, table, row, column) of the findings that tell it.
DITEMUKAN: dict[str, list[tuple[str, str, str, str]]] = {
    "R01": [("rasio_sel", "2.3.2", "2", "rasio_2011_tercetak")],
    "R02": [("rasio_sel", "2.3.2", "8", "rasio_2011_tercetak")],
    "R03": [("rasio_total", "2.3.2", "5", "rasio_total_tercetak")],
    "R05": [("total_kolom", "2.3.2", "Jumlah", "anggaran_2011")],
    "R07": [("format_angka", "2.3.2", no, "total_anggaran_tercetak") for no in ("15", "16")],
    "R08": [("metode_rata_rata", "2.3.2", "Jumlah", "rasio_total_tercetak")],
    "R09": [("total_umum", "2.3.2", "Jumlah", f"total_{j}_tercetak") for j in ("anggaran", "realisasi")],
    "R10": [("silang_tabel", "2.3.2", "Jumlah", "realisasi_2013")],
    "R11": [("judul_kolom", "2.3.2", "judul", f"total_{j}_tercetak") for j in ("anggaran", "realisasi")],
    "R12": [("silang_tabel", "2.3.1", no, f"{k}_2011") for no in ("2", "3") for k in ("target", "realisasi")],
    "R13": [("silang_tabel", "2.3.1", "7", "realisasi_2010")],
    "R15": [("judul_kolom", "2.3.1", "judul", "target_2009..target_2013")],
    "R16": [("silang_tabel", "2.3.1", no, "realisasi_2013") for no in ("5", "6", "9", "11", "14", "15")],
    "R17": [("silang_tabel", "2.3.1", "16", "realisasi_2013")],
    "R18": [("judul_kolom", "2.3.1", "judul", "realisasi_2009..realisasi_2013")],
    "R19": [("judul_kolom", "2.4b", "judul", "ikm")],
    "R22": [
        ("kondisi_akhir", "5.1", f"Sosialisasi SOP Terhadap Aparatur ({x})", "kondisi_akhir_angka")
        for x in ("orang", "kecamatan")
    ],
    "R24": [
        ("kondisi_akhir", "5.1", nama, "kondisi_akhir_angka")
        for nama in ("Pembangunan sistem pelaporan realisasi penerbitan izin", "Simyandu")
    ],
    "R25": [("kondisi_akhir", "5.1", "Kios-K dan Web Profile", "kondisi_akhir_tercetak")],
    "R26": [("judul_kolom", "5.1", "judul", "data_awal_tercetak")],
    "R27": [("silang_tabel", "5.1", str(no), "no_daftar_5_1_1") for no in (6, 7, 8, 9)],
    "R28": [("format_angka", "5.1", "10", "rp_2017")],
}
#: Findings that checks.csv does not list, and why they are right.
DIBELA: dict[tuple[str, str, str, str], str] = {
    ("total_kolom", "2.3.2", "Jumlah", "realisasi_2010"): "3.003.641.000 is printed, the cells give 3.003.614.000",
    ("total_baris", "2.3.2", "6", "total_realisasi_tercetak"): "the cells give 850.570.750, 750 more",
    ("silang_tabel", "2.3.1", "9", "realisasi_2012"): "80,65% here, 80,56% in 2.3.2: digits swapped",
    ("kondisi_akhir", "5.1", "Sosialisasi Perizinan Terhadap Masyarakat (orang)", "kondisi_akhir_angka"): "100+100",
    ("kondisi_akhir", "5.1", "Sosialisasi Perizinan Terhadap Masyarakat (kecamatan)", "kondisi_akhir_angka"): "12+12",
    ("format_angka", "2.2.2", "Kursi Putar", "nilai_tercetak"): "a semicolon inside the amount",
}
#: Rows that only the text of the chapters can show: the tables hold one of the two sides, or none.
HANYA_NARASI = {"R29", "R30", "R34", "R35"}


def _kunci(t):
    return (t.aturan, t.tabel, t.lokasi.baris, t.lokasi.kolom)


@pytest.fixture(scope="module")
def temuan():
    return periksa(baca(NYATA))


def _checks() -> list[dict[str, str]]:
    with CHECKS.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def test_every_known_error_and_warning_is_accounted_for():
    diharapkan = {b["id"] for b in _checks() if not b["tingkat"].startswith("benar")}
    assert diharapkan == set(DITEMUKAN) | HANYA_NARASI


@pytest.mark.parametrize("nomor", sorted(DITEMUKAN))
def test_a_known_finding_is_found_with_its_level(temuan, nomor):
    ada = {_kunci(t): t.tingkat for t in temuan}
    tingkat = next(b["tingkat"] for b in _checks() if b["id"] == nomor)
    assert {ada.get(k) for k in DITEMUKAN[nomor]} == {tingkat}


def test_nothing_else_is_found_but_what_is_defended(temuan):
    dikenal = {k for daftar in DITEMUKAN.values() for k in daftar} | set(DIBELA)
    assert {_kunci(t) for t in temuan} == dikenal


def test_the_right_rows_are_silent(temuan):
    """R20, R21, R31, R32, R33, R36: index, money of 5.1, targets of the IKU, staff, sums of assets, permits."""
    assert not [t for t in temuan if t.tabel in {"2.2.1", "2.4a", "4.1", "6.1"}]
    assert not [t for t in temuan if t.tabel == "2.4b" and t.aturan != "judul_kolom"]
    assert not [t for t in temuan if t.tabel == "2.2.2" and t.aturan != "format_angka"]
    assert not [t for t in temuan if t.tabel == "5.1" and t.aturan.startswith(("total", "rasio"))]


def test_recomputed_numbers_are_those_of_the_list(temuan):
    hitung = {_kunci(t): (t.tercetak, t.hitung_ulang) for t in temuan}
    assert hitung["rasio_sel", "2.3.2", "2", "rasio_2011_tercetak"] == ("92,48%", "98,49%")
    assert hitung["rasio_sel", "2.3.2", "8", "rasio_2011_tercetak"] == ("79,89%", "90,15%")
    assert hitung["rasio_total", "2.3.2", "5", "rasio_total_tercetak"] == ("81%", "86%")
    assert hitung["total_kolom", "2.3.2", "Jumlah", "anggaran_2011"] == ("3.618.000.000", "3.568.000.000")
    assert hitung["metode_rata_rata", "2.3.2", "Jumlah", "rasio_total_tercetak"] == ("76%", "76,84%")
    pertumbuhan = hitung["judul_kolom", "2.3.2", "judul", "total_anggaran_tercetak"][1]
    assert pertumbuhan == "-11,21%/th (15,85; 6,89; -27,42; -40,15)"


def test_the_cells_that_no_rule_covers_are_told():
    tak = {(kode, tempat.baris, tempat.kolom) for kode, tempat, _ in tak_tercakup(baca(NYATA))}
    assert ("2.3.1", "5", "realisasi_2013") in tak  # no amount proves it
    assert ("2.3.2", "5", "indikator") in tak  # a name
    assert ("2.3.2", "5", "anggaran_2010") not in tak


def test_the_command_speaks_json_and_exits_with_one(capsys):
    keluaran = StringIO()
    with pytest.raises(SystemExit) as keluar:
        call_command("periksa_renstra", str(NYATA), "--json", stdout=keluaran)
    assert keluar.value.code == 1
    satu = json.loads(keluaran.getvalue())[0]
    kunci = {"aturan", "tabel", "lokasi", "tercetak", "hitung_ulang", "tingkat", "keterangan"}
    assert set(satu) == kunci
    assert set(satu["lokasi"]) == {"baris", "kolom"}
    assert {t["aturan"] for t in json.loads(keluaran.getvalue())} <= {a.__name__ for a in ATURAN}


def test_the_command_exits_with_nought_on_a_table_in_which_all_is_right(tmp_path):
    shutil.copy(NYATA / "t_2_2_1_sdm.csv", tmp_path)
    keluaran = StringIO()
    call_command("periksa_renstra", str(tmp_path), stdout=keluaran)
    assert keluaran.getvalue() == "1 tabel diperiksa: 0 kesalahan, 0 peringatan.\n"


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        ("status,dimensi,kategori\n", r"t_2_2_1_sdm\.csv baris 1: kolom jumlah tidak ada"),
        ("status,dimensi,kategori,jumlah\nPNS,a,S1,banyak\n", r"baris 2, kolom jumlah: 'banyak' bukan angka"),
        ("status,dimensi,kategori,jumlah\nPNS,a,S1\n", r"baris 2: 3 sel, seharusnya 4"),
    ],
)
def test_a_table_that_cannot_be_read_is_named_by_file_line_and_column(tmp_path, isi, pesan):
    (tmp_path / "t_2_2_1_sdm.csv").write_text(isi, encoding="utf-8")
    with pytest.raises(CommandError, match=pesan) as galat:
        call_command("periksa_renstra", str(tmp_path), stdout=StringIO())
    assert galat.value.returncode == 2


@pytest.mark.parametrize("folder", ["tidak_ada", "."])
def test_a_folder_without_tables_is_an_error(tmp_path, folder):
    with pytest.raises(CommandError) as galat:
        call_command("periksa_renstra", str(tmp_path / folder), stdout=StringIO())
    assert galat.value.returncode == 2


def test_the_coverage_is_listed_and_counted():
    keluaran = StringIO()
    call_command("periksa_renstra", str(NYATA), "--cakupan", stdout=keluaran)
    *baris, akhir = keluaran.getvalue().splitlines()
    assert akhir == f"{len(baris)} sel tidak dicakup aturan mana pun."


def test_the_plan_put_right_raises_no_alarm(tmp_path):
    """The same tables with every finding mended by hand: what is left of the printed plan is consistent."""
    shutil.copytree(NYATA, tmp_path / "r")
    _ganti(tmp_path / "r" / "judul_kolom.csv", PERBAIKAN_JUDUL)
    (tmp_path / "r" / "tercetak.csv").unlink()
    for berkas, ganti in PERBAIKAN.items():
        _ganti(tmp_path / "r" / berkas, ganti)
    assert [_kunci(t) for t in periksa(baca(tmp_path / "r"))] == []


def _ganti(berkas: Path, ganti: list[tuple[str, str]]) -> None:
    isi = berkas.read_text(encoding="utf-8")
    for dari, ke in ganti:
        assert isi.count(dari) == 1, (berkas.name, dari)
        isi = isi.replace(dari, ke)
    berkas.write_text(isi, encoding="utf-8")


PERBAIKAN_JUDUL = [
    ("2.3.1,target_2009..target_2013,Rasio Capaian", "2.3.1,target_2009..target_2013,Target"),
    ("Pertumbuhan % Anggaran", "Jumlah Anggaran"),
    ("Pertumbuhan % Realisasi", "Jumlah Realisasi"),
    ("2.4b,ikm,", "2.4b,ikm,IKM"),
    ("Data Capaian pada Tahun Awal Perencanaan", "Jumlah Lima Tahun"),
]
PERBAIKAN = {
    "t_2_2_2_aset.csv": [('"12.590.;000,00",', '"12.590.000,00",')],
    "t_2_3_1_kinerja.csv": [
        ("2,Pengadaan Filling Cabinet,100%,-,-,", "2,Pengadaan Filling Cabinet,100%,-,100%,"),
        ('"81,82%",-,-,-,-', '"81,82%",-,"98,49%",-,-'),
        ("3,Penataan Ruang Kantor,100%,100%,100%,100%", "3,Penataan Ruang Kantor,100%,100%,-,100%"),
        ('"92,34%","92,48%","92,48%"', '"92,34%","92,48%",-'),
        ('"93,67%","92,72%"', '"93,67%",-'),
        ('"80,62%","84,30%"', '"80,62%",-'),
        ('-,100%,-,-,-,-,"90,92%"', '-,100%,-,-,-,-,"98,26%"'),
        ('"70,72%","79,89%"', '"70,72%","90,15%"'),
        ('"80,65%","96,20%"', '"80,56%",-'),
        ('"26,55%","27,63%"', '"26,55%",-'),
        ('"97,90%"', "-"),
        ('"18,47%"', "-"),
    ],
    "t_2_3_2_anggaran.csv": [
        ('"81,82%",,"92,48%"', '"81,82%",,"98,49%"'),
        ('-,"70,72%","79,89%"', '-,"70,72%","90,15%"'),
        ("6731850000,5819950000,81%", "6731850000,5819950000,86%"),
        (",850570000,", ",850570750,"),
        (",3618000000,", ",3568000000,"),
        (",3003641000,", ",3003614000,"),
        (",76%,", ",77%,"),
    ],
    "t_5_1_pendanaan.csv": [("\n6,9,", "\n6,6,"), ("\n7,8,", "\n7,7,"), ("\n8,6,", "\n8,8,"), ("\n9,7,", "\n9,9,")],
    "t_5_1_target.csv": [
        ('"217 orang, 36 ( 12 Kec X 3)",67,150,0,150,0,217', '"367 orang, 24",67,150,0,150,0,367'),
        ("36 ( 12 Kec X 3),0,0,12,0,0,36", "12 Kec,0,0,12,0,0,12"),
        (
            '"100 orang, 36 ( 12 Kec X 3) pusat perbelanjaan",0,100,0,100,0,100',
            '"200 orang, 24 pusat perbelanjaan",0,100,0,100,0,200',
        ),
        ("36 ( 12 Kec X 3) pusat perbelanjaan,0,0,12,0,12,36", "24 ( 12 Kec X 2),0,0,12,0,12,24"),
        (",11 unit Kios-K,,,,", ",11 unit Kios-K dan 1 Web Profile,,,,"),
        ("1 Simyandu,1,0,1,0,0,1", "2 Simyandu,1,0,1,0,0,2"),
        ("1 Pembangunan sistem pelaporan realisasi penerbitan izin,0,0,1,0,1,1", "2 sistem,0,0,1,0,1,2"),
    ],
}
