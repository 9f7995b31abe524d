"""People find a service by their own words, and are told when a matter belongs to another office."""

from __future__ import annotations

from django.test import TestCase

from accounts.muat import muat_unit
from notifications.muat import muat_templat
from perizinan.models import JenisIzin, Rujukan
from perizinan.muat import muat_katalog
from perizinan.pencarian import cari_layanan, rujukan

#: What people type, and the service that must come first.
UCAPAN = {
    "buka apotek": "apotek",
    "mau buka apotik": "apotek",
    "apotekk": "apotek",
    "bangun rumah": "imb",
    "membangun rumah tinggal": "imb",
    "renovsi rumah": "imb",
    "building permit": "imb",
    "IMB": "imb",
    "pasang spanduk": "reklame",
    "memasang papan nama toko": "reklame",
    "cara pasang baleho": "reklame",
    "buka toko obat": "toko_obat",
    "jualan obat": "toko_obat",
    "buka warung": "siup",
    "izin usaha": "siup",
    "izin dagang": "siup",
    "SIUP": "siup",
    "buka bengkel motor": "izin_gangguan",
    "buka restoran": "tdup",
    "mau bikin cafe": "tdup",
    "konser musik": "izin_hiburan",
    "pasar malam": "izin_hiburan",
    "angkot": "trayek",
    "perpanjang makam": "iptm",
    "kuburan": "iptm",
    "sumur bor": "ip_air_tanah",
    "ngebor sumur": "ip_air_tanah",
    "tukang gigi": "tukang_gigi",
    "klinik kecantikan": "klinik_kecantikan",
    "buka klinik": "klinik_operasional",
    "potong rambut": "salon_kecantikan",
    "toko kacamata": "optikal",
    "minimarket": "iutm",
    "bangun mall": "iupp",
    "kontraktor": "iujk",
    "sewa gudang": "tdg",
    "buka pabrik": "iui",
    "limbah pabrik": "iplc",
    "amdal": "izin_lingkungan",
    "mendirikan sekolah": "rek_sekolah_swasta",
    "rumah sakit": "rek_pendirian_rs",
    "tenaga kerja asing": "imta",
    "investasi asing": "izin_prinsip_pm",
    "tutup usaha": "cabut_siup",
    "menutup siup": "cabut_siup",
    "membubarkan perusahaan": "pembubaran_perusahaan",
    "daftar perusahaan": "tdp",
    "sewa gedung kota": "kekayaan_daerah",
    "bekam": "pengobatan_tradisional",
    "cek darah": "lab_klinik",
    "andalalin": "andal_lalin",
    "site plan": "rencana_tapak",
    "jual miras": "izin_minuman_keras",
    "usaha angkutan barang": "sipa_angkutan",
    "izin lokasi": "izin_lokasi",
    "izin lingkungan": "izin_lingkungan",
}
#: What people type, and a word of the office where it belongs.
BUKAN_DI_SINI = {
    "bikin KTP": "Disdukcapil",
    "KK hilang": "Disdukcapil",
    "akta kelahiran anak": "Disdukcapil",
    "perpanjang SIM C": "Satpas",
    "STNK mati": "Samsat",
    "balik nama motor": "Samsat",
    "pajak kendaraan": "Samsat",
    "buat paspor": "Imigrasi",
    "bpjs kesehatan": "BPJS",
    "NIB": "OSS",
    "bayar PBB": "Pendapatan",
    "sertifikat tanah": "Pertanahan",
    "sertifikat halal": "BPJPH",
    "surat nikah": "KUA",
    "SKCK": "Polsek",
}


class MencariLayanan(TestCase):
    @classmethod
    def setUpTestData(cls):
        muat_unit()
        muat_templat()
        muat_katalog()

    def test_what_people_say_leads_to_the_right_service_first(self):
        for ucapan, kode in UCAPAN.items():
            with self.subTest(ucapan):
                hasil = cari_layanan(ucapan)
                assert hasil, "tidak ditemukan"
                assert hasil[0].kode == kode, [j.kode for j in hasil[:4]]
                assert rujukan(ucapan) is None

    def test_every_service_is_found_first_by_its_own_name(self):
        for jenis in JenisIzin.objects.order_by("urutan"):
            with self.subTest(jenis.nama):
                assert cari_layanan(jenis.nama)[0] == jenis

    def test_every_synonym_leads_to_its_service_among_the_first_three(self):
        for jenis in JenisIzin.objects.order_by("urutan"):
            for sinonim in jenis.sinonim:
                with self.subTest(sinonim):
                    assert jenis in cari_layanan(sinonim)[:3]

    def test_what_belongs_elsewhere_is_sent_there(self):
        for ucapan, kantor in BUKAN_DI_SINI.items():
            with self.subTest(ucapan):
                tujuan = rujukan(ucapan)
                assert tujuan is not None
                assert kantor in tujuan.kantor

    def test_a_longer_phrase_of_ours_is_not_sent_away(self):
        Rujukan.objects.create(kantor="Kantor Lain", keterangan="Siup bukan di sini.", frasa=["siup"])
        assert rujukan("tutup siup") is None
        assert rujukan("siup") is None

    def test_nothing_is_found_for_nonsense(self):
        for ucapan in ("xxxx", "qwerty asdf", "???"):
            assert cari_layanan(ucapan) == []
            assert rujukan(ucapan) is None

    def test_no_words_give_the_whole_catalogue_in_its_order(self):
        assert [j.kode for j in cari_layanan("  ")][:3] == ["ippl", "rencana_tapak", "imb"]
        assert len(cari_layanan("")) == 50

    def test_a_service_out_of_use_is_not_found(self):
        JenisIzin.objects.filter(kode="apotek").update(aktif=False)
        assert "apotek" not in [j.kode for j in cari_layanan("buka apotek")]

    def test_a_very_long_text_is_harmless(self):
        assert cari_layanan("buka apotek " + "a" * 100_000) is not None

    def test_one_search_is_one_query_and_a_referral_two(self):
        with self.assertNumQueries(1):
            cari_layanan("buka apotek")
        with self.assertNumQueries(2):
            rujukan("bikin ktp")
