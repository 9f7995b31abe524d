"""The pages and files of the registry of books: the list, each book, its workbook, its PDF; empty plans."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from fractions import Fraction

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from core.bilangan import bulatkan
from renstra.laporan import daftar
from renstra.laporan.daftar import PEMBUAT
from renstra.models import Anggaran, Kegiatan, Keluaran, Program, Rencana, Target
from tests.core.alat import jalankan
from tests.renstra.alat_buku import ALAMAT, DIBUAT, rapat, susun

pytestmark = pytest.mark.django_db


@pytest.fixture
def tercetak(pemeran):
    return Rencana.objects.get(kode__startswith="renstra")


class TestHalaman:
    def test_the_list_names_every_book_its_state_and_its_files(self, masuk, prita, terisi):
        teks = masuk(prita).get(ALAMAT, {"tahun": "2025", "triwulan": "2"}).content.decode()
        assert "15 buku" in teks
        for e in daftar.daftar():
            assert e.judul in teks and e.guna in teks
        assert teks.count(">PDF</a>") == teks.count(">XLSX</a>") == 14  # the month is chosen on its page
        assert "28 Feb 2026" in teks and f"{ALAMAT}evkin/pdf/?tahun=2025&amp;triwulan=2" in teks
        assert "/petugas/renstra/evaluasi/2025/2/pdf/" in teks

    @pytest.mark.parametrize("kode", list(PEMBUAT))
    def test_every_book_is_read_on_a_page_that_holds_its_tables(self, kode, masuk, auditor, terisi):
        orang, query = masuk(auditor), {"tahun": "2025", "triwulan": "4"}
        respons = orang.get(f"{ALAMAT}{kode}/", query)
        if not PEMBUAT[kode].susun:
            assert respons.status_code == 302 and orang.get(respons["Location"]).status_code == 200
            return
        teks = respons.content.decode()
        assert all(t.judul in teks for t in susun(kode, terisi, 2025).tabel)
        (xlsx,) = re.findall(rf'href="({ALAMAT}{kode}/xlsx/[^"]*)"', teks)
        assert "tahun=2025" in xlsx

    @pytest.mark.parametrize("kode", ["tc-27", "lkpj", "tc-30"])
    def test_the_workbook_reopened_is_the_table(self, kode, masuk, prita, terisi):
        orang = masuk(prita)
        isi = orang.get(f"{ALAMAT}{kode}/xlsx/", {"tahun": "2026"}).content
        buku = load_workbook(io.BytesIO(isi))
        tabel = susun(kode, terisi, 2026).tabel
        assert buku.sheetnames == [t.kode for t in tabel]
        for lembar, t in zip(buku.worksheets, tabel, strict=True):
            semua = list(lembar.iter_rows(values_only=True, max_col=len(t.kolom)))
            awal = next(n for n, b in enumerate(semua) if b[0] and str(b[0]).endswith(t.kolom[0].judul)) + 1
            for baris, harap in zip(semua[awal : awal + len(t.baris)], t.baris, strict=True):
                for nilai, s, k in zip(baris, harap, t.kolom, strict=True):
                    if isinstance(s, int | Decimal | Fraction):
                        assert Decimal(str(nilai)) == bulatkan(s, 2)
                    else:
                        assert (nilai or "") == (s if s is not None else k.kosong)

    def test_two_modes_of_the_printed_plan_have_pages_and_files(self, masuk, prita, tercetak):
        orang = masuk(prita)
        cetak = orang.get(f"{ALAMAT}tc-27/", {"tahun": "2018"}).content.decode()
        ulang = orang.get(f"{ALAMAT}tc-27/", {"tahun": "2018", "mode": "hitung-ulang"}).content.decode()
        assert "1000.000.000" in cetak and '<td class="angka">1000.000.000' not in ulang
        assert "mode=hitung-ulang" in re.findall(r'href="([^"]*tc-27/pdf/[^"]*)"', ulang)[0]

    @pytest.mark.parametrize("kode", DIBUAT)
    def test_a_bigger_plan_costs_no_more_queries(self, kode, terisi, django_assert_num_queries):
        with CaptureQueriesContext(connection) as kecil:
            susun(kode, terisi, 2025)
        program = Program.objects.get(rencana=terisi)
        for no in (2, 3):
            satu = Kegiatan.objects.create(program=program, no=no, nama=f"Kegiatan {no}")
            for urutan in (1, 2):
                keluaran = Keluaran.objects.create(kegiatan=satu, urutan=urutan, nama=f"Keluaran {no}.{urutan}")
                Target.objects.create(keluaran=keluaran, tahun=2025, angka=1)
            Anggaran.objects.create(kegiatan=satu, tahun=2025, pagu=1)
        with django_assert_num_queries(len(kecil)):
            susun(kode, terisi, 2025)

    def test_what_is_not_there_is_not_found(self, masuk, prita, terisi):
        orang = masuk(prita)
        for alamat in ("x/", "pk/doc/", "pk/?tahun=1999", "?tahun=2031", "x/pdf/"):
            assert orang.get(f"{ALAMAT}{alamat}").status_code == 404

    @pytest.mark.parametrize("kode", DIBUAT)
    def test_an_empty_plan_gives_books_that_say_so(self, kode, pemeran, masuk, prita):
        Rencana.objects.create(
            kode="kosong", nama="Rencana kosong", tahun_mulai=2026, tahun_akhir=2030, visi="-", status="berlaku"
        )
        teks = masuk(prita).get(f"{ALAMAT}{kode}/", {"tahun": "2026"}).content.decode()
        kata = ("Rencana ini belum memuat", "Tidak ada data", "Portal belum mempunyai angka")
        assert any(k in teks for k in kata)

    @pytest.mark.parametrize("kode", ["tc-29", "tc-30", "rkt", "lkpj", "evkin"])
    def test_a_plan_without_reports_says_so(self, kode, rencana, lewat_semester):
        buku = susun(kode, rencana, 2027)
        kata = [p for b in buku.bagian for p in b.paragraf]
        assert any(k.startswith("Belum ada realisasi yang dicatat") for k in kata)


def test_the_widest_form_is_a_tagged_pdf_that_holds_the_printed_texts(masuk, prita, tercetak, tmp_path):
    isi = masuk(prita).get(f"{ALAMAT}tc-27/pdf/", {"tahun": "2018"}).content
    with pikepdf.open(io.BytesIO(isi)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked) and "/StructTreeRoot" in pdf.Root
        lebar = {round(float(h.MediaBox[2])) for h in pdf.pages}
        assert lebar == {1191}  # A3, the long side across
    satu = tmp_path / "tc27.pdf"
    satu.write_bytes(isi)
    teks = rapat(jalankan("pdftotext", "-layout", satu, "-"))
    assert all(rapat(k) in teks for k in ("1000.000.000", "79.99%", "82,05%", "1 paket", "9.600.000.000", "(20)"))
