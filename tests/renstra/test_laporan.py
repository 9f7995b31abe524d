"""The books: the grade trap on the card, the month's report, LKjIP, T-C.23 and T-C.24 with their golden figures."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pikepdf
import pytest
from openpyxl import load_workbook

from bpptportal.contoh import alur
from core.bilangan import bulatkan
from ikm.models import RentangMutu
from perizinan import services, statistik
from perizinan.enums import Ukuran
from perizinan.statistik import Lingkup
from renstra.iku import kartu
from renstra.laporan import bulanan, lkjip, tc
from renstra.laporan.bentuk import Kolom, Tabel
from renstra.models import Anggaran, Keluaran, RealisasiAnggaran, RealisasiKinerja, Rencana
from renstra.services import penutupan, realisasi
from renstra.sumber import Masa

pytestmark = pytest.mark.django_db
ALAMAT = "/petugas/renstra/"


@pytest.fixture
def tercetak(pemeran):
    return Rencana.objects.get(kode__startswith="renstra")


def kolom(tabel, judul, kelompok=""):
    return next(n for n, k in enumerate(tabel.kolom) if (k.judul, k.kelompok) == (judul, kelompok))


class TestKartuIku:
    def test_every_target_has_its_grade_under_each_decree(self, tercetak):
        (satu,) = kartu(tercetak)
        mutu = {nama: "".join(t.mutu[n].mutu for t in satu.target) for n, nama in enumerate(satu.instrumen)}
        assert [t.nilai for t in satu.target] == [Decimal(n) for n in ("81.00", "82.00", "82.05", "82.10", "82.50")]
        assert mutu["KEP/25/M.PAN/2/2004"] == "BAAAA"
        assert next(v for k, v in mutu.items() if "14/2017" in k) == "BBBBB"
        assert satu.tahun_berbeda == [2015, 2016, 2017, 2018]

    def test_the_grades_are_data(self, tercetak):
        RentangMutu.objects.filter(instrumen__kode="kep25-2004", mutu="A").update(batas_bawah="82.10")
        (satu,) = kartu(tercetak)
        n = satu.instrumen.index("KEP/25/M.PAN/2/2004")
        assert "".join(t.mutu[n].mutu for t in satu.target) == "BBBAA"

    def test_the_page_warns(self, masuk, prita, tercetak):
        teks = masuk(prita).get(ALAMAT).content.decode()
        assert "2015, 2016, 2017, 2018" in teks and "Sebut keputusannya bila menyebut mutunya." in teks


class TestBulanan:
    def test_every_total_is_the_figure_whose_list_stands_behind_it(self, berkas_di, pemeran):
        berkas_di("diserahkan", "siup")
        berkas_di("diserahkan", "siup")
        berkas_di("diserahkan", "imb")
        ditolak = berkas_di("verifikasi", "reklame")
        services.usulkan_tolak(
            ditolak.pk,
            oleh=pemeran.kabid_bidang(ditolak.bidang_id),
            alasan="Di luar RTRW.",
            dasar_hukum="Perda",
        )
        alur.jalankan(ditolak, pemeran, "ditolak")
        statistik.segarkan()
        for bulan in (date(2026, 6, 1), date(2026, 7, 1)):
            tabel = bulanan.tabel_penerbitan(bulan, bulan, "x")
            if not tabel.baris:
                continue
            lingkup = Lingkup(bulan, bulan)
            jumlah = tabel.baris[-1]
            for judul, ukuran in (
                ("Permohonan masuk", Ukuran.DIAJUKAN),
                ("Izin terbit", Ukuran.TERBIT),
                ("Terbit tepat waktu", Ukuran.TEPAT),
                ("Tidak disetujui", Ukuran.DITOLAK),
            ):
                n = kolom(tabel, judul)
                assert jumlah[n] == statistik.daftar(ukuran, lingkup).count()
                assert jumlah[n] == sum(b[n] for b in tabel.baris[:-1])
            n = kolom(tabel, "Retribusi dibayar (Rp)")
            bayar = sum(p.jumlah for p in statistik.daftar(Ukuran.RETRIBUSI, lingkup))
            assert jumlah[n] == bayar
            assert bulanan.tabel_retribusi(bulan, bulan, "x").baris[-1][3] == bayar if bayar else True
            assert jumlah[kolom(tabel, "Median hari kerja")] == statistik.persentil(lingkup, 50)[0]
            lama = [p.hari_terpakai for p in statistik.daftar(Ukuran.TERBIT, lingkup)]
            if lama:
                assert jumlah[kolom(tabel, "Rata-rata hari kerja")] == Fraction(sum(lama), len(lama))
        assert statistik.jumlah(Ukuran.TERBIT, Lingkup(date(2026, 6, 1), date(2026, 7, 1))) == 3
        assert statistik.jumlah(Ukuran.RETRIBUSI, Lingkup(date(2026, 6, 1), date(2026, 7, 1))) > 0

    def test_mean_and_median_of_days(self):
        assert bulanan.rata_hari({1: 2, 4: 1}) == 2
        assert bulanan.median_hari({1: 2, 4: 1}) == 1
        assert bulanan.median_hari({1: 1, 4: 1, 9: 1}) == 4
        assert bulanan.median_hari({}) is None and bulanan.rata_hari({}) is None

    def test_an_empty_month_says_so_and_months_to_come_are_not_there(self, masuk, prita):
        orang = masuk(prita)
        teks = orang.get(f"{ALAMAT}laporan/", {"bulan": "2020-01"}).content.decode()
        assert "Tidak ada data untuk masa ini." in teks and "Januari 2020" in teks
        for salah in ("2031-01", "2026-13", "x", "0001-01"):
            assert orang.get(f"{ALAMAT}laporan/", {"bulan": salah}).status_code == 404

    def test_the_files_hold_what_the_page_shows(self, masuk, prita, berkas_di):
        berkas_di("terbit", "siup")
        orang = masuk(prita)
        teks = orang.get(f"{ALAMAT}laporan/", {"bulan": "2026-06"}).content.decode()
        assert "Sementara: bulan belum berakhir" in teks
        (alamat,) = re.findall(r'href="(/petugas/statistik/terbit/[^"]*)"', teks)
        daftar = orang.get(alamat.replace("&amp;", "&")).content.decode()
        assert re.search(r"daftar-jumlah\">1 ", daftar)
        isi = orang.get(f"{ALAMAT}laporan/xlsx/", {"bulan": "2026-06"}).content
        lembar = load_workbook(io.BytesIO(isi)).worksheets
        assert [x.title for x in lembar] == ["Penerbitan", "Retribusi", "Sumber"]
        akhir = next(b for b in lembar[0].iter_rows(values_only=True) if b[1] == "Jumlah")
        assert akhir[2:5] == (1, 1, 1)
        assert orang.get(f"{ALAMAT}laporan/pdf/", {"bulan": "2026-06"}).content.startswith(b"%PDF-")
        assert orang.get(f"{ALAMAT}laporan/doc/").status_code == 404


class TestTabelTc:
    def test_growth_and_ratio_of_the_printed_years_are_the_golden_ones(self, tercetak):
        dua_tiga, dua_empat = tc.tabel_lalu(tercetak)
        jumlah = dua_empat.baris[-1]
        tumbuh = [jumlah[kolom(dua_empat, j, "Rata-rata pertumbuhan (%)")] for j in ("Anggaran", "Realisasi")]
        assert [bulatkan(n) for n in tumbuh] == [Decimal("-11.21"), Decimal("-7.36")]
        rasio = [jumlah[kolom(dua_empat, str(t), "Rasio (%)")] for t in (2009, 2010, 2011, 2012)]
        assert [bulatkan(n) for n in rasio] == [Decimal(n) for n in ("93.63", "89.98", "84.02", "77.30")]
        assert jumlah[kolom(dua_empat, "2013", "Rasio (%)")] is None
        baris = next(b for b in dua_tiga.baris if str(b[1]).startswith("Penataan Ruang Kantor"))
        assert baris[kolom(dua_tiga, "2012", "Rasio capaian (%)")] == Fraction("75.25")
        assert baris[kolom(dua_tiga, "2013", "Rasio capaian (%)")] is None

    def test_the_plans_own_years_come_from_reports(self, rencana, peserta, prita, lewat_semester):
        for tahun, tw, n in ((2025, 2, 40), (2025, 4, 20), (2026, 1, 50)):
            realisasi.catat(peserta, Masa(tahun, tw), Decimal(n), oleh=prita, keterangan="x")
        for tahun, rupiah in ((2025, 8_000_000), (2026, 12_000_000)):
            realisasi.catat_uang(
                Anggaran.objects.get(kegiatan__program__rencana=rencana, tahun=tahun), 1, rupiah, oleh=prita
            )
        dua_tiga, dua_empat = tc.tabel_kini(rencana)
        baris = next(b for b in dua_tiga.baris if b[1] == "Peserta (orang)")
        assert [baris[kolom(dua_tiga, str(t), "Realisasi")] for t in rencana.tahun] == [60, 50, None]
        assert [baris[kolom(dua_tiga, str(t), "Rasio capaian (%)")] for t in rencana.tahun] == [60, 25, None]
        jumlah = dua_empat.baris[-1]
        assert [jumlah[kolom(dua_empat, str(t), "Rasio (%)")] for t in rencana.tahun] == [80, 60, None]
        assert jumlah[kolom(dua_empat, "Anggaran", "Rata-rata pertumbuhan (%)")] == 75  # +100 %, +50 %
        assert jumlah[kolom(dua_empat, "Realisasi", "Rata-rata pertumbuhan (%)")] == 50

    def test_the_files_are_there_for_both_plans(self, masuk, auditor, rencana):
        orang = masuk(auditor)
        buku = load_workbook(io.BytesIO(orang.get(f"{ALAMAT}tc/xlsx/", {"tahun": "2018"}).content))
        assert buku.sheetnames == ["T-C.23", "T-C.24", "T-C.23 (2)", "T-C.24 (2)", "Sumber"]
        buku = load_workbook(io.BytesIO(orang.get(f"{ALAMAT}tc/xlsx/", {"tahun": "2026"}).content))
        assert buku.sheetnames == ["T-C.23", "T-C.24", "Sumber"]


class TestLkjip:
    @pytest.fixture
    def dua_tahun(self, rencana, peserta, prita, lewat_semester):
        hasil = Keluaran.objects.get(sumber="tepat_waktu", program__rencana=rencana)
        for tahun, tepat, banyak, rupiah in ((2025, 72, 90, 9_000_000), (2026, 99, 100, 8_000_000)):
            RealisasiKinerja.objects.create(keluaran=hasil, tahun=tahun, triwulan=2, angka=tepat)
            RealisasiKinerja.objects.create(keluaran=peserta, tahun=tahun, triwulan=2, angka=banyak)
            uang = Anggaran.objects.get(kegiatan__program__rencana=rencana, tahun=tahun)
            RealisasiAnggaran.objects.create(anggaran=uang, triwulan=2, rupiah=rupiah)
        return rencana

    def test_the_stubs_say_what_the_data_say(self, dua_tahun):
        formulir = lkjip.bahan_tahun(dua_tahun, 2026)[1]
        isi, dari = formulir.isi, formulir.dari
        assert dari == "Formulir E.81 triwulan IV 2026, sementara"
        kata = lkjip.temuan(isi)
        assert kata[:3] == [
            "Capaian terendah: Peserta, 50,00%.",
            "Capaian tertinggi: Izin tepat waktu, 110,00%.",
            "1 dari 2 indikator yang terukur belum mencapai target.",
        ]
        narasi = {n.kalimat: n for n in lkjip.buku(dua_tahun, 2026).narasi}
        naik = narasi["Izin tepat waktu naik dari 90,00% menjadi 110,00%. Targetnya terlampaui."]
        turun = narasi["Peserta turun dari 90,00% menjadi 50,00%. Ini capaian terendah tahun ini."]
        assert all(n.blok == () and n.stub.startswith("Sebab: ditulis oleh") for n in (naik, turun))

    def test_a_signed_fourth_quarter_is_what_the_book_prints(self, dua_tahun, peserta, prita, kabid):
        potret = penutupan.susun_potret(dua_tahun, Masa(2025, 4), oleh=prita)
        penutupan.sahkan(potret.pk, oleh=kabid)
        RealisasiKinerja.objects.filter(keluaran=peserta, tahun=2025).update(angka=1)
        formulir = lkjip.bahan_tahun(dua_tahun, 2025)[1]
        isi, dari = formulir.isi, formulir.dari
        assert dari == "Formulir E.81 triwulan IV 2025, edisi 1, disahkan"
        assert next(b for b in isi["baris"] if b["indikator"] == "Peserta")["capaian"]["k"] == "90.00"
        assert lkjip.buku(dua_tahun, 2025).tanda == ""

    def test_the_book_has_its_chapters_a_contents_that_leads_to_them_and_a_source_for_every_number(
        self, masuk, kadis, dua_tahun
    ):
        buku = lkjip.buku(dua_tahun, 2026)
        judul = [b.judul for b in buku.bagian if b.tingkat == 1]
        assert [re.split(r" (?=[A-Z])", j)[0] for j in judul][:2] == ["Ringkasan eksekutif", "Bab"]
        assert [j for j in judul if j.startswith("Bab")] == [
            "Bab I Pendahuluan",
            "Bab II Perencanaan kinerja",
            "Bab III Akuntabilitas kinerja",
            "Bab IV Penutup",
        ]
        assert all(t.sumber for t in buku.tabel)
        assert len({b.kode for b in buku.bagian}) == len(buku.bagian)
        lampiran = buku.tabel[-1]
        assert {b[1] for b in lampiran.baris if b[0] == "Indikator"} == {"Izin tepat waktu", "Peserta"}
        assert {b[1] for b in lampiran.baris if b[0] == "Tabel"} == {t.judul for t in buku.tabel[:-1]}
        isi = masuk(kadis).get(f"{ALAMAT}lkjip/pdf/", {"tahun": "2026"}).content
        with pikepdf.open(io.BytesIO(isi)) as berkas:
            assert bool(berkas.Root.MarkInfo.Marked)
            tautan = [a for a in berkas.pages[0].get("/Annots", []) if a.Subtype == "/Link"]
            assert {str(a.Dest) for a in tautan} == {b.kode for b in buku.bagian}

    def test_the_page_and_the_workbook_hold_the_same_tables(self, masuk, prita, dua_tahun):
        orang = masuk(prita)
        teks = orang.get(f"{ALAMAT}lkjip/", {"tahun": "2026"}).content.decode()
        buku = lkjip.buku(dua_tahun, 2026)
        assert all(t.judul in teks for t in buku.tabel)
        lembar = load_workbook(io.BytesIO(orang.get(f"{ALAMAT}lkjip/xlsx/", {"tahun": "2026"}).content)).sheetnames
        assert len(lembar) == len(buku.tabel)
        assert orang.get(f"{ALAMAT}lkjip/", {"tahun": "1999"}).status_code == 404


def test_a_row_that_does_not_fit_its_columns_is_refused():
    with pytest.raises(ValueError, match="2 sel, 1 kolom"):
        Tabel("x", "x", [Kolom("a")], [[1, 2]])
