"""The public pages: find a service, read what it asks and promises, see what was issued."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from bpptportal.views import loket_kini
from core.models import HariLibur
from perizinan.enums import StatusPermohonan as S
from perizinan.halaman import kinerja
from perizinan.models import HariCadangan, JenisIzin

pytestmark = pytest.mark.django_db


def _isi(klien, alamat, **kueri):
    jawab = klien.get(alamat, kueri)
    assert jawab.status_code == 200
    return jawab.content.decode()


class TestBeranda:
    def test_the_search_comes_first_and_leads_to_the_catalogue(self, warga):
        isi = _isi(warga, "/")
        assert "Mau mengurus izin apa?" in isi
        assert f'action="{reverse("layanan")}"' in isi

    def test_on_a_working_day_it_says_until_when_the_loket_is_open(self, warga, jam):
        assert "Loket buka hari ini sampai pukul 15.00" in _isi(warga, "/")

    def test_after_the_cut_off_it_says_when_it_opens_again(self, jam):
        jam.maju(dt.timedelta(hours=8))
        kalimat = loket_kini(jam.hari_ini())
        assert "sudah tutup" in kalimat
        assert "Rabu, 3 Juni 2026 pukul 07.30" in kalimat

    def test_on_a_holiday_it_says_why_and_when_next(self, jam):
        HariLibur.objects.create(tanggal=dt.date(2026, 6, 2), jenis="libur_setempat", keterangan="Hari uji")
        kalimat = loket_kini(dt.date(2026, 6, 2))
        assert "Hari uji" in kalimat
        assert "Rabu, 3 Juni 2026" in kalimat

    def test_on_a_weekend_it_says_so(self, jam):
        assert "akhir pekan" in loket_kini(dt.date(2026, 6, 6))

    def test_figures_lead_to_the_list_behind_them(self, warga, berkas_di):
        berkas_di(S.TERBIT, "siup")
        isi = _isi(warga, "/")
        assert reverse("terbit") in isi
        assert "<strong>1</strong><span>izin terbit</span>" in isi
        assert "<strong>100%</strong><span>tepat waktu</span>" in isi

    def test_an_applicant_is_told_first_what_waits(self, masuk, sari, berkas_di):
        berkas_di(S.DRAF, "siup")
        assert "1 permohonan menunggu Anda" in _isi(masuk(sari), "/")

    def test_nothing_waits_for_a_stranger(self, masuk, asing, berkas_di):
        berkas_di(S.DRAF, "siup")
        assert "menunggu Anda" not in _isi(masuk(asing), "/")

    def test_it_costs_a_fixed_number_of_queries(self, jam, warga, django_assert_num_queries):
        _isi(warga, "/")
        with django_assert_num_queries(5):  # services, calendar, issued, in work, index
            _isi(warga, "/")


class TestKatalog:
    def test_a_phrase_finds_the_service_best_first(self, warga):
        isi = _isi(warga, "/layanan/", q="buka toko obat")
        assert isi.index("/layanan/toko_obat/") < isi.index("/layanan/apotek/")

    def test_what_belongs_elsewhere_is_sent_there(self, warga):
        assert "bukan di sini" in _isi(warga, "/layanan/", q="bikin ktp")

    def test_a_miss_says_what_to_do(self, warga):
        isi = _isi(warga, "/layanan/", q="zzzz")
        assert "Kami belum menemukan" in isi
        assert "kebutuhan=Kesehatan" in isi

    def test_a_phrase_is_never_html(self, warga):
        assert "<script>alert" not in _isi(warga, "/layanan/", q="<script>alert(1)</script>")

    def test_without_a_phrase_all_active_services_stand_under_their_need(self, warga):
        isi = _isi(warga, "/layanan/")
        for kode in JenisIzin.objects.filter(aktif=True).values_list("kode", flat=True):
            assert f'href="/layanan/{kode}/"' in isi
        for kata in ("non perizinan", "jasa usaha"):
            assert kata not in isi.lower()

    def test_a_need_shows_only_its_services(self, warga):
        isi = _isi(warga, "/layanan/", kebutuhan="Reklame")
        assert "/layanan/reklame/" in isi
        assert "/layanan/siup/" not in isi

    @pytest.mark.parametrize(("kueri", "banyak"), [({}, 1), ({"q": "apotek"}, 3), ({"kebutuhan": "Reklame"}, 1)])
    def test_it_costs_a_fixed_number_of_queries(self, jam, warga, django_assert_num_queries, kueri, banyak):
        _isi(warga, "/layanan/")
        with django_assert_num_queries(banyak):
            _isi(warga, "/layanan/", **kueri)


class TestLayanan:
    def test_every_service_has_a_page(self, warga):
        for kode in JenisIzin.objects.filter(aktif=True).values_list("kode", flat=True):
            isi = _isi(warga, f"/layanan/{kode}/")
            assert "Ajukan permohonan" in isi
            assert "Dasar hukum" in isi

    def test_the_four_facts_come_before_anything_else(self, warga, jam):
        isi = _isi(warga, "/layanan/toko_obat/")
        assert isi.index("14 hari kerja") < isi.index("Yang Anda siapkan")
        for fakta in ("Gratis (Rp0)", "5 tahun", "Petugas meninjau lokasi"):
            assert fakta in isi

    def test_the_two_questions_cut_the_list(self, warga):
        orang = _isi(warga, "/layanan/toko_obat/", pemohon="orang")
        badan = _isi(warga, "/layanan/toko_obat/", pemohon="badan")
        ralat = _isi(warga, "/layanan/toko_obat/", jenis="ralat")
        assert "akta pendirian" not in orang
        assert "akta pendirian" in badan
        assert "Pas foto" not in ralat
        assert "1 hari kerja" in ralat

    def test_what_hangs_on_the_form_is_listed_apart(self, warga):
        isi = _isi(warga, "/layanan/reklame/")
        assert isi.index("Mungkin diminta") < isi.index("Jaminan bongkar atau polis asuransi")

    def test_unknown_answers_are_ignored(self, warga):
        aneh = _isi(warga, "/layanan/siup/", jenis="'; drop", pemohon="x")
        assert "drop" not in aneh.split("<main")[1].split("Lima langkah")[0]
        assert aneh.count('class="unggah"') == _isi(warga, "/layanan/siup/").count('class="unggah"')

    def test_a_limit_that_no_sop_sets_is_said_with_its_law(self, warga, jam):
        jenis = next(j for j in JenisIzin.objects.filter(aktif=True) if j.versi_layanan.get().hari_kerja is None)
        isi = _isi(warga, f"/layanan/{jenis.kode}/")
        assert "belum ditetapkan SOP" in isi
        dasar = HariCadangan.objects.filter(berlaku_mulai__lte=jam.hari_ini()).latest("berlaku_mulai").dasar
        assert dasar in isi

    def test_a_usual_time_is_said_only_when_files_stand_behind_it(self, warga, berkas_di):
        berkas_di(S.TERBIT, "siup")
        assert "biasanya" not in _isi(warga, "/layanan/siup/")

    def test_a_closed_service_has_no_button(self, warga):
        JenisIzin.objects.filter(kode="siup").update(aktif=False)
        isi = _isi(warga, "/layanan/siup/")
        assert "sedang tidak menerima permohonan" in isi
        assert "Ajukan permohonan" not in isi

    def test_an_unknown_service_is_not_found(self, warga):
        assert warga.get("/layanan/tidak-ada/").status_code == 404

    def test_it_costs_a_fixed_number_of_queries(self, jam, warga, django_assert_num_queries):
        _isi(warga, "/layanan/imb/")
        with django_assert_num_queries(8):
            _isi(warga, "/layanan/imb/")


class TestTerbit:
    def test_the_month_counts_by_the_offices_calendar(self, warga, berkas_di):
        berkas_di(S.TERBIT, "siup")
        assert "Surat Izin Usaha Perdagangan" in _isi(warga, "/terbit/", bulan="2026-06")
        assert "Belum ada izin terbit" in _isi(warga, "/terbit/", bulan="2026-05")

    @pytest.mark.parametrize("teks", ["", "abc", "2026-13", "9999-01", "0000-00", "2026-06-01"])
    def test_a_month_that_is_none_or_to_come_is_this_month(self, teks):
        assert kinerja.baca_bulan(teks, dt.date(2026, 6, 15)) == dt.date(2026, 6, 1)

    def test_it_costs_one_query(self, jam, warga, django_assert_num_queries):
        _isi(warga, "/terbit/")
        with django_assert_num_queries(1):
            _isi(warga, "/terbit/", bulan="2026-06")


@pytest.mark.parametrize("alamat", ["/", "/layanan/", "/layanan/siup/", "/lacak/", "/masuk/", "/daftar/", "/terbit/"])
def test_public_pages_answer_without_logging_in_and_refuse_other_methods(warga, alamat):
    assert warga.get(alamat).status_code == 200
    assert warga.put(alamat).status_code in {400, 405}


@pytest.mark.parametrize("alamat", ["/", "/layanan/", "/layanan/toko_obat/", "/lacak/"])
def test_public_pages_are_small(warga, alamat):
    assert len(warga.get(alamat).content) < 100_000
