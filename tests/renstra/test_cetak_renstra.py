"""The exports: printed mode equals the tables cell by cell; recomputed mode marks every difference."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from renstra.cetak import Mode, lembaran, pdf, xlsx
from renstra.cetak.isi import SelLembar
from renstra.periksa import periksa
from renstra.tabel import Jenis, baca
from tests.renstra.alat_pdf import tabel_pdf
from tests.renstra.test_periksa_nyata import NYATA

SAAT = datetime(2026, 6, 2, 3, 0, tzinfo=UTC)
KEPALA = 5  # three lines, a gap, the head of the table


@pytest.fixture(scope="module")
def tabel():
    return baca(NYATA)


def _buku(tabel, mode):
    daftar = lembaran(tabel, {}, periksa(tabel), mode)
    isi = xlsx(daftar, rencana="Renstra 2013-2018", mode=mode, dibuat=SAAT)
    return daftar, load_workbook(io.BytesIO(isi))


def test_the_printed_workbook_equals_the_tables_in_every_cell(tabel):
    daftar, buku = _buku(tabel, Mode.TERCETAK)
    salah_cetak = {(t.tabel, t.baris, t.kolom): t.teks for t in tabel.tercetak}
    assert len(buku.worksheets) == len(daftar) == 10
    banyak = diganti = 0
    for satu, kertas in zip(daftar, buku.worksheets, strict=True):
        asal = next(t for t in tabel.tabel.values() if t.berkas == satu.berkas)
        assert kertas.max_row == KEPALA + len(asal.baris)
        for n, b in enumerate(asal.baris, start=KEPALA + 1):
            for k, kolom in enumerate(asal.kolom, start=1):
                nilai = kertas.cell(row=n, column=k).value
                cetak = salah_cetak.get((asal.kode, b.nama, kolom.removesuffix("_tercetak")))
                if cetak is not None:
                    diganti += 1
                    assert nilai == cetak
                elif b[kolom].jenis is Jenis.ANGKA and b[kolom].teks and kolom != "tahun":
                    assert Decimal(str(nilai)) == Decimal(b[kolom].teks)
                else:
                    assert (nilai or "") == b[kolom].teks
                banyak += 1
    assert banyak > 2000
    assert diganti == 4


def test_the_recomputed_workbook_holds_the_right_numbers_and_says_what_was_printed(tabel):
    daftar, buku = _buku(tabel, Mode.HITUNG_ULANG)
    satu = next(x for x in daftar if x.kode == "2.3.2")
    kertas = buku.worksheets[daftar.index(satu)]
    kolom = {k: n for n, k in enumerate(satu.kolom, start=1)}
    nilai = {b[0].teks: n for n, b in enumerate(satu.baris, start=KEPALA + 1)}
    assert kertas.cell(nilai["2"], kolom["rasio_2011_tercetak"]).value == "98,49%"
    assert kertas.cell(nilai["Jumlah"], kolom["anggaran_2011"]).value == 3_568_000_000
    assert kertas.cell(nilai["6"], kolom["total_realisasi_tercetak"]).value == 850_570_750
    assert kertas.cell(nilai["15"], kolom["total_anggaran_tercetak"]).value == 150_000_000
    assert kertas.cell(nilai["1"], kolom["anggaran_2009"]).value == 1_000_000_000
    assert "Rasio 2011 (tercetak): catatan" in kertas.cell(nilai["2"], len(kolom) + 1).value
    catatan = [str(s.value) for (s,) in kertas.iter_rows(min_row=KEPALA + len(satu.baris) + 1, max_col=1) if s.value]
    assert any("tercetak 92,48%; hitung ulang 98,49%" in k for k in catatan)


def test_every_finding_of_a_table_stands_below_it_once(tabel):
    temuan = periksa(tabel)
    daftar = lembaran(tabel, {}, temuan, Mode.HITUNG_ULANG)
    assert sorted(str(t) for satu in daftar for _, t in satu.nota) == sorted(str(t) for t in temuan)
    for satu in daftar:
        assert [n for n, _ in satu.nota] == list(range(1, len(satu.nota) + 1))


def test_printed_mode_has_no_marks(tabel):
    daftar = lembaran(tabel, {}, periksa(tabel), Mode.TERCETAK)
    assert not any(satu.nota for satu in daftar)


#: Poppler reads the structure of a long table slowly (14 s for the longest): those are for the slow tier.
PANJANG = {"t_2_2_1_sdm.csv", "t_2_2_2_aset.csv", "t_2_3_1_kinerja.csv", "t_2_3_2_anggaran.csv", "t_5_1_target.csv"}


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("panjang", [False, pytest.param(True, marks=pytest.mark.lambat)], ids=["pendek", "panjang"])
def test_a_table_becomes_a_tagged_pdf_that_holds_every_cell(tabel, mode, panjang):
    """Read back out of the structure tree, as a screen reader does. Lines may break anywhere; nothing may be lost."""
    banyak = berbeda = 0
    for satu in lembaran(tabel, {}, periksa(tabel), mode):
        if (satu.berkas in PANJANG) != panjang:
            continue
        isi = pdf(satu, rencana="Renstra 2013-2018", mode=mode, dibuat=SAAT)
        kepala, *baris = (b for t in tabel_pdf(isi) for b in t)
        baris = [b for b in baris if b != kepala]  # the head stands again on every page
        assert [_rapat(k) for k in kepala] == [_rapat(k) for k in satu.kepala]
        assert [[_rapat(s) for s in b] for b in baris] == [[_rapat(_dengan_nota(s)) for s in b] for b in satu.baris]
        banyak += sum(len(b) for b in baris)
        berbeda += sum(bool(s.nota) for b in satu.baris for s in b)
    assert banyak == (2143 if panjang else 168)  # 2,311 cells of the ten files
    assert (berbeda > 0) == (mode is Mode.HITUNG_ULANG)


def test_control_a_changed_cell_is_seen_in_the_pdf(tabel):
    satu = lembaran(tabel, {}, [], Mode.TERCETAK)[-1]
    salah = replace(satu, baris=((*satu.baris[0][:-1], SelLembar("99", None, ())), *satu.baris[1:]))
    baris = tabel_pdf(pdf(salah, rencana="x", mode=Mode.TERCETAK, dibuat=SAAT))[0][1:]
    assert [_rapat(s) for s in baris[0]] != [_rapat(s.teks) for s in satu.baris[0]]


def _rapat(teks: str) -> str:
    return "".join(teks.split())


def _dengan_nota(s: SelLembar) -> str:
    return f"{s.teks} ({', '.join(map(str, s.nota))})" if s.nota else s.teks
