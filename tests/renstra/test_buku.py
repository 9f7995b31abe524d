"""The registry of books: every form against an independent count, printed texts, states, pages and files."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pikepdf
import pytest

from core.bilangan import bulatkan
from perizinan import statistik
from perizinan.enums import Ukuran
from perizinan.statistik import Lingkup
from renstra.cetak import Mode
from renstra.laporan import bahan, bulanan, daftar, e81, lampiran, lkjip
from renstra.laporan.bentuk import bersatuan
from renstra.laporan.daftar import DISAHKAN, PEMBUAT, SEMENTARA, Permintaan
from renstra.models import (
    Anggaran,
    CatatanEvaluasi,
    Kegiatan,
    Program,
    RealisasiAnggaran,
    RealisasiKinerja,
    Rencana,
)
from renstra.muat import AKAR
from renstra.services import penutupan
from renstra.sumber import Masa
from tests.renstra.alat_buku import ALAMAT, DIBUAT, berbaris, rapat, sel, susun
from tests.renstra.alat_pdf import tabel_pdf

pytestmark = pytest.mark.django_db
FOLDER = AKAR / "renstra_2013_2018"


@pytest.fixture
def tercetak(pemeran):
    return Rencana.objects.get(kode__startswith="renstra")


def berkas(nama):
    return list(csv.DictReader(io.StringIO((FOLDER / nama).read_text())))


class TestDaftar:
    def test_every_book_has_words_and_a_way_to_be_made_and_no_word_is_missing(self):
        semua = daftar.daftar()
        assert [e.kode for e in semua] == list(dict.fromkeys(e.kode for e in semua))
        assert {e.kode for e in semua} == set(PEMBUAT)
        assert all(e.judul and e.guna.endswith(".") and e.penerima for e in semua)
        assert all(bool(e.tenggat) != bool(e.tenggat_bulan) for e in semua)
        assert all(e.pembuat.susun or e.pembuat.halaman for e in semua)

    def test_the_accountability_report_is_due_two_months_after_the_year(self):
        assert str(daftar.cari("lkjip").jatuh(2027)) == "2028-02-29"
        assert daftar.cari("pk").jatuh(2027) is None and daftar.cari("tidak-ada") is None

    @pytest.mark.parametrize("kode", DIBUAT)
    def test_every_book_ends_with_the_source_of_each_of_its_tables(self, kode, terisi):
        buku = susun(kode, terisi, 2025)
        *isi, sumber = buku.tabel
        assert sumber.judul == "Sumber setiap angka" and buku.bagian[-1].akhir
        assert [b[1] for b in sumber.baris if b[0] == "Tabel"] == [t.judul for t in isi]
        assert all(t.sumber for t in isi)
        assert len({t.kode for t in buku.tabel}) == len(buku.tabel)

    def test_the_form_of_a_quarter_and_the_report_of_a_month_end_so_too(self, terisi):
        isi = bahan.bahan(terisi, 2025).isi
        for buku in (e81.buku(isi, rencana="", tanda=""), bulanan.buku(date(2026, 6, 1), sementara=True)):
            *tabel, sumber = buku.tabel
            assert [b[1] for b in sumber.baris if b[0] == "Tabel"] == [t.judul for t in tabel]
        asal = lampiran.sumber([], lampiran.dari_isi(isi)).baris
        assert [b[1:] for b in asal] == [
            ["Izin tepat waktu", "dihitung portal: Izin terbit tepat waktu"],
            ["Peserta", "dicatat perencana dengan bukti"],
        ]

    def test_a_book_of_reports_is_provisional_until_its_quarters_are_signed(
        self, terisi, prita, kabid, django_assert_num_queries
    ):
        p = Permintaan(terisi, Masa(2025, 4))
        with django_assert_num_queries(1):
            assert [e.keadaan(p) for e in daftar.daftar()]
        keadaan = {k: daftar.cari(k).keadaan(p) for k in PEMBUAT}
        assert keadaan["lkpj"] == keadaan["evkin"] == keadaan["rkt"] == keadaan["lkjip"] == SEMENTARA
        assert keadaan["tc-27"] == keadaan["pk"] == "Dari rencana, edisi 1"
        potret = penutupan.susun_potret(terisi, Masa(2025, 4), oleh=prita)
        p = Permintaan(terisi, Masa(2025, 4))
        assert daftar.cari("lkpj").keadaan(p) == SEMENTARA  # frozen is not signed
        penutupan.sahkan(potret.pk, oleh=kabid)
        p = Permintaan(terisi, Masa(2025, 4))
        assert daftar.cari("lkpj").keadaan(p) == susun("lkpj", terisi, 2025).tanda == DISAHKAN
        assert daftar.cari("evkin").keadaan(Permintaan(terisi, Masa(2025, 2))) == SEMENTARA
        assert daftar.cari("tc-29").keadaan(Permintaan(terisi, Masa(2026, 4))) == DISAHKAN  # 2024: no plan
        assert daftar.cari("tc-29").keadaan(Permintaan(terisi, Masa(2027, 4))) == SEMENTARA  # 2026: not signed
        RealisasiAnggaran.objects.filter(anggaran__kegiatan__program__rencana=terisi).update(rupiah=1)
        penutupan.buka_lagi(terisi, Masa(2025, 4), "Kuitansi menyusul", oleh=prita)
        assert daftar.cari("e81").alamat_berkas(Permintaan(terisi, Masa(2025, 4)), "pdf").endswith("/pdf/?edisi=1")
        tabel = susun("lkpj", terisi, 2025).tabel[0]
        assert sel(tabel, tabel.baris[-1], "Realisasi (Rp)") == 9_000_000

    def test_books_and_the_accountability_report_take_the_same_form_of_a_year(self, terisi, prita, kabid):
        assert bahan.bahan(terisi, 2025).isi == lkjip.bahan_tahun(terisi, 2025)[0].isi
        penutupan.sahkan(penutupan.susun_potret(terisi, Masa(2025, 4), oleh=prita).pk, oleh=kabid)
        RealisasiKinerja.objects.filter(tahun=2025).update(angka=1)
        assert bahan.bahan(terisi, 2025).isi == lkjip.bahan_tahun(terisi, 2025)[0].isi
        assert bahan.bahan(terisi, 2025).sah


class TestPohon:
    def test_the_printed_form_holds_every_text_that_the_plan_prints(self, tercetak):
        tabel = susun("tc-27", tercetak, 2018).tabel[0]
        target = berkas("t_5_1_target.csv")
        assert len(tabel.baris) == len(target) + 1
        for baris, cetak in zip(tabel.baris[:-1], target, strict=True):
            tahunan = [sel(tabel, baris, "K", f"Tahun {t}") for t in range(2014, 2019)]
            assert tahunan == [cetak[f"target_{t}_tercetak"] for t in range(2014, 2019)]
            assert sel(tabel, baris, "K", "Kondisi pada akhir periode") == cetak["kondisi_akhir_tercetak"]
            assert sel(tabel, baris, "Data capaian pada tahun awal perencanaan") == cetak["data_awal_tercetak"]
        assert sel(tabel, berbaris(tabel, "Pengembangan sarana"), "Rp", "Tahun 2017") == "1000.000.000"

    @pytest.mark.parametrize("mode", list(Mode))
    def test_money_of_every_activity_and_the_computed_totals(self, tercetak, mode):
        tabel = susun("tc-27", tercetak, 2018, mode=mode).tabel[0]
        uang = [b for b in berkas("t_5_1_pendanaan.csv") if b["no_tabel"].isdigit()]
        for satu in uang:
            baris = berbaris(tabel, satu["kegiatan"])
            for t in range(2014, 2019):
                nilai = sel(tabel, baris, "Rp", f"Tahun {t}")
                if not isinstance(nilai, str):
                    assert nilai == (int(satu[f"rp_{t}"]) if satu[f"rp_{t}"] else None)
            assert sel(tabel, baris, "Rp", "Kondisi pada akhir periode") == int(satu["total_tercetak"])
        for t in range(2014, 2019):
            jumlah = sum(int(b[f"rp_{t}"] or 0) for b in uang)
            assert sel(tabel, tabel.baris[-1], "Rp", f"Tahun {t}") == jumlah
        assert sel(tabel, tabel.baris[-1], "Rp", "Kondisi pada akhir periode") == 9_600_000_000

    def test_recomputed_cells_are_numbers_and_the_end_is_the_sum_of_the_years(self, tercetak):
        tabel = susun("tc-27", tercetak, 2018, mode=Mode.HITUNG_ULANG).tabel[0]
        leaflet = berbaris(tabel, "Leafleat")
        assert sel(tabel, leaflet, "K", "Tahun 2014") == 2000
        assert sel(tabel, leaflet, "K", "Kondisi pada akhir periode") == 10_000
        media = berbaris(tabel, "Media massa")
        assert sel(tabel, media, "K", "Tahun 2014") == "1 paket"  # a text without a number stays
        assert sel(tabel, berbaris(tabel, "Pengembangan sarana"), "Rp", "Tahun 2017") == 1_000_000_000
        masyarakat = berbaris(tabel, "Sosialisasi Perizinan Terhadap Masyarakat (orang)")
        assert sel(tabel, masyarakat, "K", "Kondisi pada akhir periode") == 200  # the document says 100

    def test_aims_and_main_indicators_as_printed_and_recomputed(self, tercetak):
        teks = ["81%", "82%", "82,05%", "82,10%", "82,50%"]
        angka = [Decimal(n) for n in ("81", "82", "82.05", "82.10", "82.50")]
        for kode, kelompok in (("tc-25", "Target kinerja pada tahun"), ("tc-28", "Target capaian setiap tahun")):
            for mode, harap in ((Mode.TERCETAK, teks), (Mode.HITUNG_ULANG, angka)):
                tabel = susun(kode, tercetak, 2018, mode=mode).tabel[0]
                (baris,) = tabel.baris
                assert [sel(tabel, baris, str(t), kelompok) for t in range(2014, 2019)] == harap
        ujung = [sel(tabel, baris, j, "Kondisi kinerja") for j in ("Awal RPJMD", "Akhir RPJMD")]
        assert ujung == [Decimal("79.99"), Decimal("82.50")]
        cetak = susun("tc-28", tercetak, 2018).tabel[0]
        assert sel(cetak, cetak.baris[0], "Awal RPJMD", "Kondisi kinerja") == "79,99"

    def test_the_columns_have_the_numbers_of_the_form(self, tercetak):
        tabel = susun("tc-27", tercetak, 2018).tabel[0]
        assert tabel.nomor == [f"({n})" for n in range(1, 21)]
        assert ("Tahun 2014", 2) in tabel.kelompok

    def test_a_unit_that_the_name_already_says_is_not_said_twice(self, tercetak):
        assert bersatuan("Peserta", "orang") == bersatuan("Peserta (orang)", "orang") == "Peserta (orang)"
        assert bersatuan("Peserta", "") == "Peserta"
        for kode in ("tc-27", "tc-29", "tc-30", "tc-33", "lkpj"):
            tabel = susun(kode, tercetak, 2018).tabel[0]
            assert not any("(orang) (orang)" in str(s) for b in tabel.baris for s in b)

    def test_a_plan_without_printed_tables_shows_its_numbers_and_sums_its_programmes(self, terisi):
        tabel = susun("tc-27", terisi, 2025).tabel[0]
        program = berbaris(tabel, "Program pelayanan")
        assert program[:2] == ["Warga puas", "Izin lekas terbit"]
        assert [sel(tabel, program, "K", f"Tahun {t}") for t in terisi.tahun] == [80, 90, 95]
        assert [sel(tabel, program, "Rp", f"Tahun {t}") for t in terisi.tahun] == [10**7, 2 * 10**7, 3 * 10**7]
        assert sel(tabel, tabel.baris[-1], "Rp", "Kondisi pada akhir periode") == 6 * 10**7  # counted once
        assert sel(tabel, berbaris(tabel, "Peserta"), "K", "Kondisi pada akhir periode") == 500


class TestRenja:
    def test_the_recap_compares_the_year_before_last_and_the_running_one_with_the_plan(self, terisi):
        tabel = susun("tc-29", terisi, 2027).tabel[0]
        baris = berbaris(tabel, "Peserta")
        # target of the plan; up to 2024; Renja 2025: target, achieved, %; 2026: target; plan so far, %
        assert baris[3:11] == [500, None, 100, 45, 45, 200, 65, 13]
        level = berbaris(tabel, "Izin tepat waktu")
        assert level[3:8] == [95, None, 80, 76, 95]
        luar = susun("tc-29", terisi, 2026).tabel[0]
        assert berbaris(luar, "Peserta")[3:11] == [500, None, None, None, None, 100, 45, 9]
        assert any("2024 di luar" in c for c in luar.catatan)

    def test_service_performance_leaves_to_people_what_only_people_know(self, terisi):
        tabel = susun("tc-30", terisi, 2027).tabel[0]
        baris = berbaris(tabel, "Peserta")
        assert [sel(tabel, baris, str(t), "Target Renstra") for t in range(2025, 2029)] == [100, 200, 200, None]
        assert [sel(tabel, baris, str(t), "Realisasi capaian") for t in (2025, 2026)] == [45, 20]
        kosong = [n for n, k in enumerate(tabel.kolom) if k.judul in {"NSPK", "IKK"} or k.kelompok == "Proyeksi"]
        assert len(kosong) == 4 and all(b[n] == "" for b in tabel.baris for n in kosong)
        assert any("diisi tangan" in c for c in tabel.catatan)

    def test_the_draft_of_a_year_carries_the_next_as_its_forward_estimate(self, terisi):
        Kegiatan.objects.filter(program__rencana=terisi).update(lokasi="Kota Bekasi")
        tabel = susun("tc-33", terisi, 2026).tabel[0]
        baris = berbaris(tabel, "Sosialisasi")
        assert baris[2:] == ["Peserta (orang)", "Kota Bekasi", 200, 2 * 10**7, "", "", 200, 3 * 10**7]
        assert (tabel.baris[-1][5], tabel.baris[-1][9]) == (2 * 10**7, 3 * 10**7)

    def test_money_of_an_activity_without_an_output_is_said_to_be_missing(self, terisi):
        tanpa = Kegiatan.objects.create(program=Program.objects.get(rencana=terisi), no=2, nama="Tanpa keluaran")
        Anggaran.objects.create(kegiatan=tanpa, tahun=2026, pagu=7)
        kata = "1 kegiatan berpagu belum mempunyai keluaran, sehingga tidak tercantum."
        assert kata in susun("tc-33", terisi, 2026).tabel[0].catatan
        assert kata not in susun("tc-33", terisi, 2025).tabel[0].catatan

    def test_the_years_plan_sets_quarters_against_the_year(self, terisi):
        sasaran, kegiatan, triwulan, _sumber = susun("rkt", terisi, 2025).tabel
        assert sasaran.baris == [[1, "Izin lekas terbit", "IKM (indeks)", 80]]
        assert berbaris(kegiatan, "Sosialisasi")[2:5] == ["Peserta (orang)", 100, 10**7]
        assert kegiatan.baris[-1][4] == 10**7
        assert berbaris(triwulan, "Peserta")[2:] == [100, None, 30, None, 15, 45, 45, 90]

    def test_the_pledge_fits_one_page_is_tagged_and_has_its_text(self, masuk, kadis, terisi):
        isi = masuk(kadis).get(f"{ALAMAT}pk/pdf/", {"tahun": "2026"}).content
        with pikepdf.open(io.BytesIO(isi)) as pdf:
            assert len(pdf.pages) == 1
            assert bool(pdf.Root.MarkInfo.Marked) and "/StructTreeRoot" in pdf.Root
            assert "Perjanjian Kinerja 2026" in str(pdf.docinfo["/Title"])
        sasaran, program, sumber = susun("pk", terisi, 2026).tabel
        tercetak = [[rapat(s) for s in b] for t in tabel_pdf(isi) for b in t]
        for t in (sasaran, program, sumber):
            assert [rapat(k.judul) for k in t.kolom] in tercetak
            assert all([rapat(s.teks) for s in b] in tercetak for b in [*t.isi, *t.jumlah])
        assert sasaran.baris[0][2:] == ["IKM (indeks)", 81]
        assert program.baris == [[1, "Program pelayanan", 2 * 10**7], ["", "Jumlah anggaran kegiatan", 2 * 10**7]]


class TestPertanggungjawaban:
    def test_the_tables_of_lkpj_are_the_lines_of_the_year_and_what_people_wrote(self, terisi):
        tabel, masalah, _sumber = susun("lkpj", terisi, 2025).tabel
        assert berbaris(tabel, "Sosialisasi")[3:] == [100, 45, 45, 10**7, 9 * 10**6, 90]
        assert tabel.baris[-1][6:] == [10**7, 9 * 10**6, 90]
        assert masalah.baris == [["II", "Ruang penuh", "Pakai aula", "Tambah ruang"]]

    def test_what_people_wrote_is_printed_as_it_was_signed(self, terisi, prita, kabid):
        penutupan.sahkan(penutupan.susun_potret(terisi, Masa(2025, 2), oleh=prita).pk, oleh=kabid)
        CatatanEvaluasi.objects.filter(rencana=terisi).update(penghambat="Diubah sesudahnya")
        assert susun("lkpj", terisi, 2025).tabel[1].baris[0][1] == "Ruang penuh"
        assert ("Faktor penghambat", "Ruang penuh") in susun("evkin", terisi, 2025, 2).penutup

    def test_a_quarters_evaluation_stops_at_the_quarter(self, terisi):
        buku = susun("evkin", terisi, 2025, 2)
        tabel = buku.tabel[0]
        assert berbaris(tabel, "Sosialisasi")[3:] == [100, 30, 30, 30, "Sangat Rendah", 10**7, 4 * 10**6, 40]
        level = berbaris(tabel, "Izin tepat waktu")
        assert level[3:8] == [80, 72, 72, 90, "Tinggi"]
        assert tabel.baris[-1][6:8] == [60, "Rendah"]  # mean of 90 and 30
        assert ("Faktor penghambat", "Ruang penuh") in buku.penutup
        assert ("Faktor penghambat", "Belum ditulis.") in susun("evkin", terisi, 2025, 4).penutup

    def test_the_service_of_two_years_is_counted_from_the_files_themselves(self, rencana, berkas_di):
        berkas_di("diserahkan", "siup")
        berkas_di("diserahkan", "imb")
        berkas_di("verifikasi", "reklame")
        statistik.segarkan()
        tabel = susun("lppd", rencana, 2026).tabel[0]
        setahun = Masa(2026, 4).sejak_januari
        terbit = list(statistik.daftar(Ukuran.TERBIT, setahun))
        hari = [p.hari_terpakai for p in terbit]
        assert len(terbit) == 2
        nilai = {b[1]: b[5] for b in tabel.baris}
        assert nilai["Permohonan masuk"] == statistik.daftar(Ukuran.DIAJUKAN, setahun).count() == 3
        assert nilai["Izin terbit"] == 2
        assert nilai["Rata-rata waktu penerbitan"] == bulatkan(Fraction(sum(hari), len(hari)))
        tepat = statistik.daftar(Ukuran.TEPAT, Lingkup(setahun.dari, setahun.sampai)).count()
        assert nilai["Izin terbit tepat waktu"] == bulatkan(Fraction(tepat * 100, 2))
        assert all(b[4] is None for b in tabel.baris)  # the portal holds nothing of 2025: not the same as zero
        assert nilai["Pengaduan yang ditindaklanjuti"] is None
        assert all(b[3] and b[6] for b in tabel.baris)
