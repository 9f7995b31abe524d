"""The applicant's pages once the file was sent: its page, the list, corrections, acts, and whose it is."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from bpptportal.contoh.berkas import unggahan
from perizinan import services
from perizinan.enums import StatusPermohonan as S
from perizinan.models import JenisIzin, Permohonan
from tests.perizinan.bekal_pemohon import _alamat, _berkas, _isi, _kunci

#: Exact numbers of queries: session, account, then what the page needs.
DAFTAR_KUERI = 10
RINCI_KUERI = [
    (S.DIAJUKAN, "siup", 11),
    (S.KAJIAN_TEKNIS, "imb", 18),
    (S.MENUNGGU_PEMBAYARAN, "imb", 19),
    (S.TERBIT, "siup", 16),
]


class TestKirim:
    def test_the_review_lists_what_is_missing_with_links(self, masuk, sari, pemeran):
        draf = services.buat(
            oleh=sari, jenis_izin=JenisIzin.objects.get(kode="siup"), pemohon=pemeran.pemohon["sari"]
        )
        isi = _isi(masuk(sari), _alamat(draf, "tinjau"))
        assert _alamat(draf, "isian") + "#id_nama_usaha" in isi
        assert _alamat(draf, "berkas") + "#syarat-ktp" in isi
        assert "Kirim permohonan" not in isi

    def test_a_complete_draft_is_sent_and_confirmed(self, masuk, sari, berkas_di):
        draf = berkas_di(S.DRAF, "siup")
        klien = masuk(sari)
        kunci = _kunci(_isi(klien, _alamat(draf, "tinjau")))
        jawab = klien.post(_alamat(draf, "ajukan"), {"kunci": kunci, "versi": draf.versi})
        p = _berkas(draf)
        assert p.status == S.DIAJUKAN
        assert jawab.url == _alamat(p, "terkirim")
        isi = _isi(klien, jawab.url)
        assert p.nomor in isi
        assert "Rabu, 3 Juni 2026 pukul 16.00 WIB" in isi

    def test_a_double_click_sends_once_and_both_get_the_same_answer(self, masuk, sari, berkas_di):
        draf = berkas_di(S.DRAF, "siup")
        klien = masuk(sari)
        alamat, kunci = _alamat(draf, "ajukan"), str(uuid.uuid4())
        jawaban = {klien.post(alamat, {"kunci": kunci, "versi": draf.versi}).url for _ in range(3)}
        p = _berkas(draf)
        assert jawaban == {_alamat(p, "terkirim")}
        assert p.riwayat.filter(verba="ajukan").count() == 1

    def test_an_incomplete_draft_leads_back_to_the_review(self, masuk, sari, pemeran):
        draf = services.buat(
            oleh=sari, jenis_izin=JenisIzin.objects.get(kode="siup"), pemohon=pemeran.pemohon["sari"]
        )
        jawab = masuk(sari).post(_alamat(draf, "ajukan"), follow=True)
        assert jawab.redirect_chain[-1][0] == _alamat(draf, "tinjau")
        assert "Belum dapat dikirim" in jawab.content.decode()
        assert _berkas(draf).status == S.DRAF

    def test_the_steps_of_a_sent_file_lead_to_its_page(self, masuk, sari, berkas_di):
        p = berkas_di(S.DIAJUKAN, "siup")
        for langkah in ("pemohon", "isian", "berkas", "tinjau"):
            assert masuk(sari).get(_alamat(p, langkah)).url == _alamat(p)

    def test_a_sent_file_cannot_be_changed_by_an_old_form(self, masuk, sari, berkas_di):
        p = berkas_di(S.DIAJUKAN, "siup")
        masuk(sari).post(_alamat(p, "isian"), {"nama_usaha": "Lain"})
        assert _berkas(p).isian["nama_usaha"] == "Toko Sari Rasa"


class TestHalaman:
    @pytest.mark.parametrize(
        ("status", "kode", "kata"),
        [
            (S.DIAJUKAN, "siup", "Tidak ada yang perlu Anda lakukan"),
            (S.VERIFIKASI, "siup", "Diproses petugas"),
            (S.KAJIAN_TEKNIS, "imb", "hari ke-1 dari 5"),
            (S.MENUNGGU_PEMBAYARAN, "imb", "Cara bayar"),
            (S.MENUNGGU_TANDA_TANGAN, "siup", "Tinggal tanda tangan"),
            (S.TERBIT, "siup", "Unduh izin"),
            (S.DISERAHKAN, "siup", "Izin sudah Anda terima"),
        ],
    )
    def test_every_state_says_what_matters_now(self, masuk, sari, berkas_di, status, kode, kata):
        p = berkas_di(status, kode)
        isi = _isi(masuk(sari), _alamat(p))
        assert kata in isi
        for asing in (p.status, "terlampir", "gugur", "dijeda"):
            assert f">{asing}<" not in isi

    def test_a_late_file_is_owned_up_to_first(self, masuk, sari, berkas_di, jam):
        p = berkas_di(S.KAJIAN_TEKNIS, "imb")
        jam.maju(dt.timedelta(days=40))
        isi = _isi(masuk(sari), _alamat(p))
        assert "Maaf, kami terlambat" in isi
        assert "Hak Anda" in isi

    def test_the_bill_says_how_much_where_and_until_when(self, masuk, sari, berkas_di):
        p = berkas_di(S.MENUNGGU_PEMBAYARAN, "imb")
        isi = _isi(masuk(sari), _alamat(p))
        skrd = p.skrd.get()
        assert f"Rp{skrd.nilai:,}".replace(",", ".") in isi
        assert skrd.nomor in isi
        assert "Kas BPPT atau Bank BJB" in isi

    def test_a_draft_of_the_permit_is_not_among_the_papers(self, masuk, sari, berkas_di):
        p = berkas_di(S.MENUNGGU_TANDA_TANGAN, "siup")
        sk = p.dokumen.get(jenis="sk")
        assert str(sk.kunci) not in _isi(masuk(sari), _alamat(p))

    def test_the_register_number_is_never_shown(self, masuk, sari, berkas_di):
        p = berkas_di(S.VERIFIKASI, "siup")
        assert p.nomor_register not in _isi(masuk(sari), _alamat(p))

    def test_who_has_the_file_is_named_with_the_role(self, masuk, sari, berkas_di, budi):
        p = berkas_di(S.VERIFIKASI, "siup")
        assert f"{budi.nama} (Petugas loket)" in _isi(masuk(sari), _alamat(p))

    def test_the_arithmetic_of_the_date_is_one_click_away(self, masuk, sari, berkas_di):
        p = berkas_di(S.VERIFIKASI, "siup")
        klien = masuk(sari)
        assert _alamat(p, "hitungan") in _isi(klien, _alamat(p))
        isi = _isi(klien, _alamat(p, "hitungan"))
        assert "Hari kerja ke-1 dari 3" in isi
        assert "Jumat, 5 Juni 2026 pukul 16.00 WIB" in isi

    def test_before_registration_there_is_no_arithmetic(self, masuk, sari, berkas_di):
        p = berkas_di(S.DIAJUKAN, "siup")
        klien = masuk(sari)
        assert klien.get(_alamat(p, "hitungan")).status_code == 404
        assert "Waktu layanan belum dihitung" in _isi(klien, _alamat(p))

    def test_the_first_download_is_the_hand_over(self, masuk, sari, berkas_di):
        p = berkas_di(S.TERBIT, "siup")
        klien = masuk(sari)
        sk = p.dokumen.get(jenis="sk")
        jawab = klien.post(_alamat(p, "serahkan_daring"), {"kunci": str(uuid.uuid4())})
        assert jawab.url == reverse("dokumen", args=[sk.kunci])
        assert _berkas(p).status == S.DISERAHKAN

    @pytest.mark.parametrize(("status", "kode", "banyak"), RINCI_KUERI)
    def test_it_costs_a_fixed_number_of_queries(
        self, masuk, sari, berkas_di, django_assert_num_queries, status, kode, banyak
    ):
        p = berkas_di(status, kode)
        klien = masuk(sari)
        _isi(klien, _alamat(p))
        with django_assert_num_queries(banyak):
            _isi(klien, _alamat(p))


class TestDaftar:
    def test_what_to_do_next_comes_first_the_nearest_limit_on_top(self, masuk, sari, berkas_di, diperbaiki):
        draf = berkas_di(S.DRAF, "siup")
        isi = _isi(masuk(sari), "/permohonan/")
        tugas = isi.split("Semua permohonan")[0]
        assert tugas.index(_alamat(diperbaiki, "perbaikan")) < tugas.index(_alamat(draf, "tinjau"))

    def test_an_empty_list_says_what_to_do(self, masuk, asing):
        assert "Belum ada permohonan" in _isi(masuk(asing), "/permohonan/")

    def test_filters_keep_what_was_asked(self, masuk, sari, berkas_di):
        selesai, draf = berkas_di(S.DISERAHKAN, "siup"), berkas_di(S.DRAF, "siup")
        semua = _isi(masuk(sari), "/permohonan/", tampil="selesai").split("Semua permohonan")[-1]
        assert f'href="{_alamat(selesai)}"' in semua
        assert f'href="{_alamat(draf)}"' not in semua
        assert ">1 permohonan<" in _isi(masuk(sari), "/permohonan/", q=selesai.nomor[:5])

    def test_an_officer_sees_only_own_files_here(self, masuk, budi, berkas_di):
        berkas_di(S.DIAJUKAN, "siup")
        assert "Belum ada permohonan" in _isi(masuk(budi), "/permohonan/")

    def test_the_number_of_files_does_not_change_the_number_of_queries(
        self, masuk, sari, berkas_di, django_assert_num_queries
    ):
        klien = masuk(sari)
        berkas_di(S.DIAJUKAN, "siup")
        berkas_di(S.DRAF, "siup")
        _isi(klien, "/permohonan/")
        with django_assert_num_queries(DAFTAR_KUERI):
            _isi(klien, "/permohonan/")
        for _ in range(2):
            berkas_di(S.DIAJUKAN, "siup")
        with django_assert_num_queries(DAFTAR_KUERI):
            _isi(klien, "/permohonan/")


class TestLoketMengetikkan:
    """An officer types for a walk-in on the same pages, and goes back to the desk from there."""

    @pytest.fixture
    def draf(self, budi, pemeran):
        return services.buat(
            oleh=budi, jenis_izin=JenisIzin.objects.get(kode="siup"), pemohon=pemeran.pemohon["sari"]
        )

    def test_saving_for_later_leads_back_to_the_entry(self, masuk, budi, draf):
        jawab = masuk(budi).post(_alamat(draf, "isian"), {"nama_usaha": "Toko", "nanti": "1"})
        assert jawab.url == reverse("entri_lanjut", args=[draf.acuan])

    def test_sending_leads_to_the_file_at_the_desk(self, masuk, budi, draf):
        from bpptportal.contoh.alur import isi_draf

        isi_draf(draf, budi)
        jawab = masuk(budi).post(_alamat(draf, "ajukan"), {"kunci": str(uuid.uuid4())})
        assert jawab.url == reverse("berkas_petugas", args=[_berkas(draf).nomor])

    def test_another_officers_draft_is_not_found(self, masuk, rina, draf):
        assert masuk(rina).get(_alamat(draf, "isian")).status_code == 404


class TestPerbaikan:
    def test_each_item_stands_with_its_reason_and_answer(self, masuk, sari, diperbaiki):
        isi = _isi(masuk(sari), _alamat(diperbaiki, "perbaikan"))
        for butir in ("NIK di foto KTP tidak terbaca", "Kekayaan bersih berbeda", "Sejak kapan usaha berjalan"):
            assert butir in isi
        assert "Masih 3 hal yang belum dijawab" in isi
        assert 'name="kunci"' not in isi

    def test_answering_everything_sends_the_round_and_the_clock_runs_again(self, masuk, sari, diperbaiki, jam):
        klien = masuk(sari)
        jam.maju(dt.timedelta(days=2))
        for ke, jawaban in ((1, {"berkas": unggahan("ktp", ["jpeg"])}), (2, {"kekayaan_bersih": "90.000.000"})):
            assert klien.post(_alamat(diperbaiki, "perbaikan", ke), jawaban).status_code == 302
        jawab = klien.post(_alamat(diperbaiki, "perbaikan", 3), {"jawaban": "Sejak Januari."})
        assert jawab.url == _alamat(diperbaiki, "perbaikan") + "#butir-3"
        isi = _isi(klien, _alamat(diperbaiki, "perbaikan"))
        jawab = klien.post(_alamat(diperbaiki, "kirim_perbaikan"), {"kunci": _kunci(isi), "versi": diperbaiki.versi})
        assert jawab.url == _alamat(diperbaiki)
        p = _berkas(diperbaiki)
        assert (p.status, p.jeda_sejak, p.isian["kekayaan_bersih"]) == (S.VERIFIKASI, None, 90_000_000)
        assert p.tenggat > diperbaiki.tenggat

    def test_a_wrong_answer_stays_with_its_sentence(self, masuk, sari, diperbaiki):
        jawab = masuk(sari).post(_alamat(diperbaiki, "perbaikan", 2), {"kekayaan_bersih": "banyak"})
        assert jawab.status_code == 400
        assert 'value="banyak"' in jawab.content.decode()
        kosong = masuk(sari).post(_alamat(diperbaiki, "perbaikan", 3), {"jawaban": " "})
        assert "belum diisi" in kosong.content.decode()

    def test_what_was_not_asked_cannot_be_changed(self, masuk, sari, diperbaiki):
        masuk(sari).post(_alamat(diperbaiki, "perbaikan", 2), {"kekayaan_bersih": "5", "nama_usaha": "Lain"})
        assert _berkas(diperbaiki).isian["nama_usaha"] == "Toko Sari Rasa"

    def test_sending_too_early_leads_back_and_changes_nothing(self, masuk, sari, diperbaiki):
        jawab = masuk(sari).post(_alamat(diperbaiki, "kirim_perbaikan"), follow=True)
        assert jawab.redirect_chain[-1][0] == _alamat(diperbaiki, "perbaikan")
        assert "Masih ada 3 hal yang belum Anda jawab" in jawab.content.decode()
        assert _berkas(diperbaiki).status == S.PERBAIKAN

    @pytest.mark.parametrize("ke", [0, 4, 99])
    def test_an_item_that_is_not_there_is_not_found(self, masuk, sari, diperbaiki, ke):
        assert masuk(sari).post(_alamat(diperbaiki, "perbaikan", ke), {"jawaban": "x"}).status_code == 404

    def test_without_a_round_the_page_leads_to_the_file(self, masuk, sari, berkas_di):
        p = berkas_di(S.VERIFIKASI, "siup")
        assert masuk(sari).get(_alamat(p, "perbaikan")).url == _alamat(p)


class TestVerba:
    def test_withdrawing_asks_first_and_names_what_follows(self, masuk, sari, berkas_di):
        p = berkas_di(S.DIAJUKAN, "siup")
        klien = masuk(sari)
        isi = _isi(klien, _alamat(p, "batalkan"))
        assert "tidak dapat diurungkan" in isi
        assert _berkas(p).status == S.DIAJUKAN
        jawab = klien.post(_alamat(p, "batalkan"), {"kunci": _kunci(isi), "versi": p.versi}, follow=True)
        assert "Permohonan sudah dibatalkan" in jawab.content.decode()
        assert _berkas(p).status == S.DIBATALKAN

    def test_taking_back_makes_it_a_draft_under_the_same_number(self, masuk, sari, berkas_di):
        p = berkas_di(S.DIAJUKAN, "siup")
        jawab = masuk(sari).post(_alamat(p, "tarik_kembali"))
        assert jawab.url == _alamat(p, "tinjau")
        assert (_berkas(p).status, _berkas(p).nomor) == (S.DRAF, p.nomor)

    def test_once_an_officer_has_opened_it_there_is_no_button_and_no_act(self, masuk, sari, budi, berkas_di):
        p = berkas_di(S.DIAJUKAN, "siup")
        services.buka_pemeriksaan(p, oleh=budi)
        klien = masuk(sari)
        assert "tarik_kembali" not in _isi(klien, _alamat(p))
        assert klien.get(_alamat(p, "tarik_kembali")).status_code == 302
        assert klien.post(_alamat(p, "tarik_kembali")).status_code == 409
        assert _berkas(p).status == S.DIAJUKAN

    def test_a_stale_form_is_answered_with_who_was_first(self, masuk, sari, berkas_di):
        p = berkas_di(S.VERIFIKASI, "siup")
        jawab = masuk(sari).post(_alamat(p, "batalkan"), {"versi": p.versi - 1})
        assert jawab.status_code == 409
        assert "sudah diproses" in jawab.content.decode()
        assert _berkas(p).status == S.VERIFIKASI

    @pytest.mark.parametrize("verba", ["daftarkan", "tanda_tangan", "tolak", "lewati_teknis", "buat", "apa_saja"])
    def test_an_officers_verb_has_no_address_here(self, masuk, sari, berkas_di, verba):
        p = berkas_di(S.DIAJUKAN, "siup")
        klien = masuk(sari)
        assert klien.get(_alamat(p, verba)).status_code == 404
        assert klien.post(_alamat(p, verba)).status_code == 404


HALAMAN = ["", "pemohon", "isian", "berkas", "tinjau", "terkirim", "hitungan", "perbaikan", "batalkan", "ajukan"]


class TestMilikOrang:
    @pytest.mark.parametrize("halaman", HALAMAN)
    def test_a_stranger_finds_nothing(self, masuk, asing, diperbaiki, halaman):
        alamat = _alamat(diperbaiki, *filter(None, [halaman]))
        assert masuk(asing).get(alamat).status_code == 404

    @pytest.mark.parametrize("halaman", ["pemohon", "isian", "berkas/ktp", "perbaikan/1", "batalkan", "ajukan"])
    def test_a_stranger_changes_nothing(self, masuk, asing, diperbaiki, halaman):
        sebelum = Permohonan.objects.filter(pk=diperbaiki.pk).values().get()
        jawab = masuk(asing).post(_alamat(diperbaiki, halaman), {"jawaban": "x", "aksi": "hapus"})
        assert jawab.status_code == 404
        assert Permohonan.objects.filter(pk=diperbaiki.pk).values().get() == sebelum

    @pytest.mark.parametrize("halaman", HALAMAN)
    def test_an_officer_works_at_the_desk_not_here(self, masuk, budi, diperbaiki, halaman):
        assert masuk(budi).get(_alamat(diperbaiki, *filter(None, [halaman]))).status_code == 404

    @pytest.mark.parametrize("halaman", HALAMAN)
    def test_an_anonymous_visitor_is_asked_to_log_in_and_comes_back(self, warga, diperbaiki, halaman):
        alamat = _alamat(diperbaiki, *filter(None, [halaman]))
        assert warga.get(alamat).url == f"/masuk/?next={alamat}"

    @pytest.mark.parametrize("acuan", ["tidak-ada", "0", "1", "AAAAA-AAAAA", "0b7cf2b6-7f0e-4a2b-9d5c-6a7c1f0e9b11"])
    def test_a_number_that_is_none_is_not_found(self, masuk, sari, acuan):
        assert masuk(sari).get(f"/permohonan/{acuan}/").status_code == 404

    def test_pages_of_a_person_are_not_stored(self, masuk, sari, berkas_di):
        p = berkas_di(S.DIAJUKAN, "siup")
        assert "no-store" in masuk(sari).get(_alamat(p))["Cache-Control"]
