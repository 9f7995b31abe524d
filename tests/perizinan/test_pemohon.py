"""The applicant's pages: start, fill in, hand in, send, follow, put right, withdraw. Nobody else's file is there."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pytest

from accounts.models import Kuasa, Pemohon
from bpptportal.contoh.berkas import unggahan
from perizinan import services
from perizinan.enums import StatusPermohonan as S
from perizinan.models import JenisIzin, Permohonan
from tests.perizinan.bekal_pemohon import _alamat, _berkas, _isi, _kunci

ORANG = {
    "nama": "Sari Wulandari",
    "jenis_identitas": "ktp",
    "nomor_identitas": "3275014101800001",
    "tanggal_lahir": "1980-01-01",
    "alamat": "Jl. Melati Contoh No. 1",
    "hp": "081210000101",
}
BADAN = ORANG | {"nama_badan": "PT Contoh Jaya", "bentuk_badan": "pt", "npwp": "01.234.567.8-407.000"}


#: Exact number of queries: session, account, then what the page needs.
BERKAS_KUERI = 11


class TestMulai:
    def test_a_known_party_starts_a_draft_at_once(self, masuk, sari, pemeran):
        klien = masuk(sari)
        isi = _isi(klien, "/permohonan/baru/siup/?jenis=perpanjangan")
        assert re.search(r'value="perpanjangan"[^>]*checked', isi)
        untuk = f"pihak-{pemeran.pemohon['sari'].kunci}"
        kiriman = {"jenis_permohonan": "perpanjangan", "untuk": untuk, "kunci": _kunci(isi)}
        jawab = klien.post("/permohonan/baru/siup/", kiriman)
        draf = Permohonan.objects.get(jenis_izin__kode="siup")
        assert (draf.status, draf.jenis_permohonan, draf.pemohon.akun) == (S.DRAF, "perpanjangan", sari)
        assert jawab.url == _alamat(draf, "pemohon")

    def test_the_same_form_sent_twice_makes_one_draft(self, masuk, sari, pemeran):
        klien = masuk(sari)
        untuk = f"pihak-{pemeran.pemohon['sari'].kunci}"
        kiriman = {"jenis_permohonan": "baru", "untuk": untuk, "kunci": str(uuid.uuid4())}
        jawaban = [klien.post("/permohonan/baru/siup/", kiriman).url for _ in range(3)]
        assert len(set(jawaban)) == 1
        assert Permohonan.objects.count() == 1

    def test_the_same_key_with_other_content_is_refused(self, masuk, sari, pemeran):
        klien = masuk(sari)
        kiriman = {"untuk": f"pihak-{pemeran.pemohon['sari'].kunci}", "kunci": "k"}
        klien.post("/permohonan/baru/siup/", kiriman | {"jenis_permohonan": "baru"})
        jawab = klien.post("/permohonan/baru/siup/", kiriman | {"jenis_permohonan": "perpanjangan"})
        assert jawab.status_code == 422
        assert Permohonan.objects.count() == 1

    def test_a_new_entity_is_described_first_and_made_once(self, masuk, sari):
        klien = masuk(sari)
        jawab = klien.post("/permohonan/baru/siup/", {"jenis_permohonan": "baru", "untuk": "badan"})
        assert jawab.url == "/permohonan/baru/siup/baru/badan/"
        kunci = _kunci(_isi(klien, jawab.url))
        hasil = [klien.post(jawab.url, BADAN | {"kunci": kunci}).url for _ in range(2)]
        assert hasil[0] == hasil[1]
        assert Pemohon.objects.filter(akun=sari, jenis="badan").count() == 1
        assert Permohonan.objects.get().pihak.npwp == "012345678407000"

    def test_a_known_npwp_is_the_same_entity_under_a_new_name(self, masuk, sari):
        klien = masuk(sari)
        alamat = "/permohonan/baru/siup/baru/badan/"
        klien.post(alamat, BADAN)
        klien.post(alamat, BADAN | {"nama_badan": "PT Contoh Jaya Abadi"})
        badan = Pemohon.objects.get(akun=sari, jenis="badan")
        assert [d.nama_badan for d in badan.versi_data.order_by("pk")] == ["PT Contoh Jaya", "PT Contoh Jaya Abadi"]

    def test_somebody_elses_party_is_no_choice(self, masuk, sari, pemeran):
        klien = masuk(sari)
        kiriman = {"jenis_permohonan": "baru", "untuk": f"pihak-{pemeran.pemohon['asing'].kunci}"}
        assert "Pilih salah satu" in klien.post("/permohonan/baru/siup/", kiriman).content.decode()
        assert not Permohonan.objects.exists()

    def test_a_similar_open_file_is_told_but_blocks_nothing(self, masuk, sari, asing, berkas_di):
        p = berkas_di(S.DIAJUKAN, "siup")
        isi = _isi(masuk(sari), "/permohonan/baru/siup/")
        assert "Anda sudah punya permohonan serupa" in isi
        assert p.nomor in isi
        assert p.nomor not in _isi(masuk(asing), "/permohonan/baru/siup/")

    @pytest.mark.parametrize("alamat", ["tidak-ada/", "siup/baru/lain/"])
    def test_what_does_not_exist_is_not_found(self, masuk, sari, alamat):
        assert masuk(sari).get(f"/permohonan/baru/{alamat}").status_code == 404

    def test_a_kind_that_the_service_does_not_offer_is_refused(self, masuk, sari):
        jawab = masuk(sari).post("/permohonan/baru/siup/penutupan/orang/", ORANG)
        assert jawab.status_code == 409
        assert not Permohonan.objects.exists()


class TestKuasa:
    @pytest.fixture
    def kuasa(self, pemeran, asing, jam):
        """asing acts for sari, for SIUP only, until the end of June."""
        return Kuasa.objects.create(
            pemohon=pemeran.pemohon["sari"],
            penerima=asing,
            nama_penerima=asing.nama,
            hp_penerima=asing.hp,
            lingkup=["siup"],
            mulai=jam.sekarang(),
            sampai=jam.sekarang() + dt.timedelta(days=20),
        )

    def test_an_agent_in_force_files_for_the_client(self, masuk, asing, kuasa):
        klien = masuk(asing)
        untuk = f"kuasa-{kuasa.pemohon.kunci}"
        assert untuk in _isi(klien, "/permohonan/baru/siup/")
        klien.post("/permohonan/baru/siup/", {"jenis_permohonan": "baru", "untuk": untuk})
        draf = Permohonan.objects.get()
        assert (draf.kuasa, draf.pemohon) == (kuasa, kuasa.pemohon)
        assert draf.jenis_izin.nama in _isi(klien, "/permohonan/")

    def test_the_scope_of_the_letter_is_the_limit(self, masuk, asing, kuasa):
        assert "kuasa-" not in _isi(masuk(asing), "/permohonan/baru/imb/")

    def test_when_it_ends_the_agent_finds_nothing_and_the_client_everything(self, masuk, sari, asing, kuasa, jam):
        klien = masuk(asing)
        klien.post("/permohonan/baru/siup/", {"jenis_permohonan": "baru", "untuk": f"kuasa-{kuasa.pemohon.kunci}"})
        draf = Permohonan.objects.get()
        Kuasa.objects.filter(pk=kuasa.pk).update(dicabut_pada=jam.sekarang())
        assert klien.get(_alamat(draf, "isian")).status_code == 404
        assert _isi(masuk(sari), _alamat(draf, "isian"))

    def test_the_agents_own_phone_never_replaces_the_clients(self, masuk, asing, kuasa):
        klien = masuk(asing)
        klien.post("/permohonan/baru/siup/", {"jenis_permohonan": "baru", "untuk": f"kuasa-{kuasa.pemohon.kunci}"})
        draf = Permohonan.objects.get()
        isi = klien.post(_alamat(draf, "pemohon"), ORANG | {"hp": asing.hp}).content.decode()
        assert "bukan nomor penerima kuasa" in isi
        assert _berkas(draf).pihak.hp != asing.hp


class TestPemohon:
    def test_a_wrong_nik_is_said_at_its_field_and_what_was_typed_stays(self, masuk, sari, berkas_di):
        draf = berkas_di(S.DRAF, "siup")
        isi = masuk(sari).post(_alamat(draf, "pemohon"), ORANG | {"nomor_identitas": "327501"}).content.decode()
        assert "yang Anda isi 6 angka" in isi
        assert 'value="327501"' in isi

    def test_a_doubtful_nik_warns_and_never_blocks(self, masuk, sari, berkas_di):
        draf = berkas_di(S.DRAF, "siup")
        klien = masuk(sari)
        jawab = klien.post(_alamat(draf, "pemohon"), ORANG | {"tanggal_lahir": "1990-05-05"}, follow=True)
        assert jawab.redirect_chain[-1][0] == _alamat(draf, "isian")
        assert "NIK tidak cocok dengan tanggal lahir" in jawab.content.decode()
        assert str(_berkas(draf).pihak.tanggal_lahir) == "1990-05-05"

    def test_a_change_is_a_new_version_of_the_party(self, masuk, sari, berkas_di):
        draf = berkas_di(S.DRAF, "siup")
        masuk(sari).post(_alamat(draf, "pemohon"), ORANG | {"alamat": "Jl. Baru 2"})
        assert _berkas(draf).pihak.alamat == "Jl. Baru 2"
        assert draf.pemohon.versi_data.count() == 2

    def test_save_and_go_on_later_leads_to_the_list(self, masuk, sari, berkas_di):
        draf = berkas_di(S.DRAF, "siup")
        jawab = masuk(sari).post(_alamat(draf, "pemohon"), ORANG | {"nanti": "1"})
        assert jawab.url == "/permohonan/"


class TestIsian:
    @pytest.fixture
    def draf(self, sari, pemeran):
        return services.buat(
            oleh=sari, jenis_izin=JenisIzin.objects.get(kode="siup"), pemohon=pemeran.pemohon["sari"]
        )

    def test_good_answers_are_kept_and_bad_ones_come_back_as_typed(self, masuk, sari, draf):
        isi = (
            masuk(sari)
            .post(
                _alamat(draf, "isian"), {"nama_usaha": "Toko Sari", "kekayaan_bersih": "banyak", "titik": "di sana"}
            )
            .content.decode()
        )
        assert _berkas(draf).isian == {"nama_usaha": "Toko Sari"}
        assert 'value="banyak"' in isi
        assert 'value="di sana"' in isi
        assert "Tulis titik sebagai lintang, bujur" in isi

    def test_a_half_filled_form_is_saved_and_shown_again(self, masuk, sari, draf):
        klien = masuk(sari)
        jawab = klien.post(_alamat(draf, "isian"), {"kekayaan_bersih": "1.250.000", "skala": "kecil"})
        assert jawab.url == _alamat(draf, "berkas")
        isi = _isi(klien, _alamat(draf, "isian"))
        assert 'value="1.250.000"' in isi
        assert re.search(r'value="kecil"[^>]*checked', isi)

    def test_an_answer_can_be_taken_back(self, masuk, sari, draf):
        klien = masuk(sari)
        klien.post(_alamat(draf, "isian"), {"nama_usaha": "Toko Sari"})
        klien.post(_alamat(draf, "isian"), {"nama_usaha": ""})
        assert _berkas(draf).isian == {}

    def test_what_does_not_apply_is_not_asked_and_listed_as_such(self, masuk, sari, draf):
        isi = _isi(masuk(sari), _alamat(draf, "isian"))
        assert 'name="yang_salah"' not in isi
        assert "Tidak ditanyakan untuk permohonan ini" in isi
        assert "Apa yang salah tulis" in isi

    def test_answers_that_open_a_question_lead_back_to_it(self, masuk, sari, pemeran):
        imb = services.buat(oleh=sari, jenis_izin=JenisIzin.objects.get(kode="imb"), pemohon=pemeran.pemohon["sari"])
        klien = masuk(sari)
        sebelum = set(re.findall(r' name="(\w+)"', _isi(klien, _alamat(imb, "isian"))))
        bila = next(i for i in imb.versi_layanan.isian.all() if "==" in i.bila and i.kode not in sebelum)
        nama, nilai = re.match(r"(\w+) == '(\w+)'", bila.bila).groups()
        jawab = klien.post(_alamat(imb, "isian"), {nama: nilai}, follow=True)
        assert jawab.redirect_chain[-1][0] == _alamat(imb, "isian")
        assert f'name="{bila.kode}"' in jawab.content.decode()

    def test_an_automatic_save_keeps_one_answer_and_touches_no_other(self, masuk, sari, draf):
        klien = masuk(sari)
        klien.post(_alamat(draf, "isian"), {"barang": "Beras"})
        jawab = klien.post(_alamat(draf, "isian"), {"nama_usaha": "Toko Sari", "otomatis": "nama_usaha"})
        assert (jawab.status_code, jawab.content) == (204, b"")
        assert _berkas(draf).isian == {"nama_usaha": "Toko Sari", "barang": "Beras"}
        klien.post(_alamat(draf, "isian"), {"otomatis": "barang"})
        assert _berkas(draf).isian == {"nama_usaha": "Toko Sari"}
        assert klien.post(_alamat(draf, "isian"), {"otomatis": "status", "status": "x"}).status_code == 204

    def test_only_the_fields_of_the_form_are_taken(self, masuk, sari, draf):
        kiriman = {"nama_usaha": "Toko", "status": "terbit", "nomor": "X", "hari_sop": "0", "versi": "9"}
        masuk(sari).post(_alamat(draf, "isian"), kiriman)
        p = _berkas(draf)
        assert (p.status, p.nomor, p.hari_sop, p.isian) == (S.DRAF, None, None, {"nama_usaha": "Toko"})


class TestBerkas:
    @pytest.fixture
    def draf(self, sari, pemeran):
        return services.buat(
            oleh=sari, jenis_izin=JenisIzin.objects.get(kode="toko_obat"), pemohon=pemeran.pemohon["sari"]
        )

    def _kirim(self, klien, draf, kode, *file, **lain):
        return klien.post(_alamat(draf, "berkas", kode), {"berkas": list(file), **lain})

    def test_several_photos_make_one_document(self, masuk, sari, draf):
        klien = masuk(sari)
        foto = [unggahan("ktp", ["jpeg"]), unggahan("ktp2", ["jpeg"])]
        jawab = self._kirim(klien, draf, "ktp", *foto)
        assert jawab.url == _alamat(draf, "berkas") + "#syarat-ktp"
        assert draf.berkas.filter(syarat__kode="ktp", diganti_pada=None).count() == 2
        assert "1 dari 9 siap" in _isi(klien, _alamat(draf, "berkas"))

    def test_a_page_can_be_added_replaced_and_removed(self, masuk, sari, draf):
        klien = masuk(sari)
        aktif = draf.berkas.filter(syarat__kode="ktp", diganti_pada=None)
        self._kirim(klien, draf, "ktp", unggahan("a", ["jpeg"]))
        self._kirim(klien, draf, "ktp", unggahan("b", ["jpeg"]), aksi="tambah")
        assert [b.urutan for b in aktif.order_by("urutan")] == [0, 1]
        self._kirim(klien, draf, "ktp", unggahan("c", ["jpeg"]))
        assert aktif.count() == 1
        self._kirim(klien, draf, "ktp", aksi="hapus")
        assert aktif.count() == 0
        assert draf.berkas.count() == 3

    def test_a_letter_is_written_by_us(self, masuk, sari, draf):
        klien = masuk(sari)
        klien.post(_alamat(draf, "berkas", "pernyataan_ttk"), {"aksi": "nyatakan"})
        isi = _isi(klien, _alamat(draf, "berkas"))
        assert "Kami buatkan suratnya dari isian Anda" in isi

    def test_a_file_that_is_none_of_ours_is_said_in_words_and_nothing_changes(self, masuk, sari, draf):
        from django.core.files.uploadedfile import SimpleUploadedFile

        surat = SimpleUploadedFile("surat.docx", b"PK\x03\x04" + b"0" * 200)
        jawab = self._kirim(masuk(sari), draf, "ktp", surat)
        assert jawab.status_code == 400
        assert "Kami hanya" in jawab.content.decode()
        assert not draf.berkas.exists()

    def test_nothing_chosen_is_said_at_the_field(self, masuk, sari, draf):
        jawab = self._kirim(masuk(sari), draf, "ktp")
        assert jawab.status_code == 400
        assert "belum dipilih" in jawab.content.decode()

    def test_a_requirement_of_another_kind_is_not_found(self, masuk, sari, draf):
        assert self._kirim(masuk(sari), draf, "laporan_kehilangan", unggahan("x", ["jpeg"])).status_code == 404
        assert self._kirim(masuk(sari), draf, "tidak_ada", unggahan("x", ["jpeg"])).status_code == 404

    def test_a_chosen_file_can_say_its_size(self, masuk, sari, draf):
        isi = _isi(masuk(sari), _alamat(draf, "berkas"))
        assert 'id="id_ktp_berkas_ukuran"' in isi
        assert 'data-perkecil="1"' in isi

    def test_the_next_missing_document_is_open(self, masuk, sari, draf):
        isi = _isi(masuk(sari), _alamat(draf, "berkas"))
        assert len(re.findall(r'<details class="unggah [^>]+ open>', isi)) == 1

    def test_it_costs_a_fixed_number_of_queries(self, masuk, sari, draf, django_assert_num_queries):
        klien = masuk(sari)
        _isi(klien, _alamat(draf, "berkas"))
        with django_assert_num_queries(BERKAS_KUERI):
            _isi(klien, _alamat(draf, "berkas"))
