"""Reading applications through the API: one's own, nobody else's, each reader what is theirs to see."""

from __future__ import annotations

from typing import Any

import pytest

from perizinan import services
from perizinan.models import JenisIzin, Permohonan, Riwayat
from tests.perizinan.bekal_api import V1, draf, gandakan, kirim, lihat, masalah

pytestmark = pytest.mark.django_db

RINGKAS = {
    "acuan",
    "nomor",
    "layanan",
    "nama_layanan",
    "jenis_permohonan",
    "status",
    "status_teks",
    "pemohon",
    "diajukan_pada",
    "tenggat",
    "batas_pemohon",
    "versi",
}
RINCI = RINGKAS | {
    "saluran",
    "dibuat_pada",
    "batas_periksa",
    "terdaftar_pada",
    "mulai_hitung",
    "hari_sop",
    "jeda_sejak",
    "terbit_pada",
    "diserahkan_pada",
    "selesai_pada",
    "hari_terpakai",
    "tindakan",
    "rekomendasi",
    "perlu_diperbaiki",
}
REKOMENDASI = {"kunci", "skpd", "nama_skpd", "status", "tenggat", "tinjau_pada", "versi", "tindakan"}
#: Golden: what each reader gets beyond what everybody who sees the file gets (B19).
LEBIH = {
    "sari": (set(), set()),
    **{
        nama: ({"nomor_register", "bidang"}, {"hasil", "ketentuan", "alasan", "dasar_hukum"})
        for nama in ("budi", "rina", "kabid", "teknisi", "teknisi_bplh", "dina", "kadis", "auditor")
    },
}


def test_each_reader_gets_exactly_the_fields_that_are_theirs(masuk, pemeran, berkas_di):
    berkas = berkas_di("penyusunan_sk", "imb")
    for nama, (lebih, lebih_rekomendasi) in LEBIH.items():
        isi = lihat(masuk(pemeran.akun[nama]), f"permohonan/{berkas.nomor}/")
        assert set(isi) == RINCI | lebih, nama
        assert isi["rekomendasi"], nama
        assert all(set(r) == REKOMENDASI | lebih_rekomendasi for r in isi["rekomendasi"]), nama
    _tim_hanya_melihat_bagiannya(masuk, pemeran, berkas)
    _tindakan_hanya_milik_peran(masuk, pemeran, berkas)


def _tim_hanya_melihat_bagiannya(masuk: Any, pemeran: Any, berkas: Permohonan) -> None:
    def skpd(nama: str) -> list[str]:
        isi = lihat(masuk(pemeran.akun[nama]), f"permohonan/{berkas.nomor}/")
        return sorted(r["skpd"] for r in isi["rekomendasi"])

    assert skpd("rina") == ["bplh", "distako"]
    assert skpd("teknisi") == ["distako"]
    assert skpd("teknisi_bplh") == ["bplh"]


def _tindakan_hanya_milik_peran(masuk: Any, pemeran: Any, berkas: Permohonan) -> None:
    def verba(nama: str) -> set[str]:
        isi = lihat(masuk(pemeran.akun[nama]), f"permohonan/{berkas.nomor}/")
        return {t["verba"] for t in isi["tindakan"]}

    assert verba("sari") == {"batalkan"}
    assert verba("rina") == {"ajukan_paraf", "minta_perbaikan"}
    assert verba("auditor") == set()


def test_personal_numbers_are_whole_for_their_owner_and_masked_for_officers(masuk, pemeran, berkas_di):
    berkas = berkas_di("diajukan", "siup")
    isian = berkas.versi_layanan.isian.first()
    berkas.isian_rahasia = {isian.kode: "081210000199"}
    berkas.save(update_fields=["isian_rahasia"])

    def nilai(nama: str) -> str:
        isi = lihat(masuk(pemeran.akun[nama]), f"permohonan/{berkas.nomor}/isian/")["isian"]
        return next(i["nilai"] for i in isi if i["kode"] == isian.kode)

    assert nilai("sari") == "081210000199"
    assert nilai("budi") == "••••••••0199"


def test_only_who_may_see_a_file_finds_it_by_any_of_its_addresses(masuk, pemeran, berkas_di):
    berkas = berkas_di("diajukan", "siup")  # no SKPD is asked, so no team sees it
    bagian = ("", "isian/", "berkas/", "perbaikan/", "hitungan/", "riwayat/")
    for nama in ("sari", "budi", "kabid_np", "auditor"):
        klien = masuk(pemeran.akun[nama])
        assert [klien.get(f"{V1}permohonan/{berkas.nomor}/{b}").status_code for b in bagian] == [200] * 6
        assert klien.get(f"{V1}permohonan/{berkas.kunci}/").status_code == 200
    for nama in ("asing", "teknisi", "teknisi_bplh", "kabid", "prita", "admin"):
        klien = masuk(pemeran.akun[nama])
        for b in bagian:
            masalah(klien.get(f"{V1}permohonan/{berkas.nomor}/{b}"), 404, "tidak_ditemukan")
        assert lihat(klien, "permohonan/")["count"] == 0


def test_a_file_that_is_not_yours_answers_like_one_that_does_not_exist(masuk, asing, berkas_di):
    berkas = berkas_di("diajukan", "siup")
    klien = masuk(asing)
    for acuan in (berkas.nomor, str(berkas.kunci)):
        ada, tiada = (klien.get(f"{V1}permohonan/{a}/") for a in (acuan, "7QK4M-2XD9R"))
        assert ada.content == tiada.content


def test_sight_ends_with_the_routing(masuk, pemeran, berkas_di):
    berkas = berkas_di("kajian_teknis", "imb")
    klien = masuk(pemeran.teknisi)
    assert klien.get(f"{V1}permohonan/{berkas.nomor}/").status_code == 200
    r = berkas.rekomendasi.get(skpd__kode="distako")
    services.tarik(r.pk, oleh=pemeran.kabid, alasan="Tidak diperlukan.")
    masalah(klien.get(f"{V1}permohonan/{berkas.nomor}/"), 404, "tidak_ditemukan")
    jadwal = {"tinjau_pada": "2026-06-03T10:00", "tim": ["Tono"]}
    masalah(kirim(klien, f"rekomendasi/{r.kunci}/jadwalkan_tinjau/", jadwal), 404, "tidak_ditemukan")


def test_an_officers_draft_is_seen_by_its_typist_alone(masuk, pemeran):
    milik = services.buat(
        oleh=pemeran.budi, jenis_izin=JenisIzin.objects.get(kode="siup"), pemohon=pemeran.pemohon["asing"]
    )
    assert masuk(pemeran.budi).get(f"{V1}permohonan/{milik.kunci}/").status_code == 200
    for nama in ("rina", "kabid_np", "kadis", "sari"):
        assert masuk(pemeran.akun[nama]).get(f"{V1}permohonan/{milik.kunci}/").status_code == 404


def test_the_list_is_filtered_and_costs_the_same_however_long_it_is(
    masuk, pemeran, sari, budi, django_assert_num_queries
):
    satu = draf(pemeran)
    for _ in range(7):
        gandakan(satu, nomor=None, riwayat_urut=0)
    klien = masuk(sari)
    klien.get(f"{V1}permohonan/")
    with django_assert_num_queries(8):  # session x4 (read, savepoint, write, release), account, roles, count, page
        isi = lihat(klien, "permohonan/")
    assert isi["count"] == 8
    assert all(set(b) == RINGKAS for b in isi["results"])
    assert lihat(klien, "permohonan/?layanan=imb")["count"] == 0
    assert lihat(klien, "permohonan/?status=draf")["count"] == 8
    assert lihat(klien, "permohonan/?menunggu_saya=true")["count"] == 8
    assert lihat(masuk(budi), "permohonan/?menunggu_saya=true")["count"] == 0
    masalah(klien.get(f"{V1}permohonan/?status=lain"), 400, "isian_tidak_sah")


def test_one_file_costs_the_same_queries_whatever_it_holds(masuk, sari, berkas_di, django_assert_num_queries):
    berkas = berkas_di("kajian_teknis", "imb")
    klien = masuk(sari)
    klien.get(f"{V1}permohonan/{berkas.nomor}/")
    with django_assert_num_queries(10):  # session x4, account, roles, file, fields of the version, advice, parties
        lihat(klien, f"permohonan/{berkas.nomor}/")


def test_the_clock_is_told_day_by_day_and_empty_before_registration(masuk, sari, berkas_di):
    klien = masuk(sari)
    isi = lihat(klien, f"permohonan/{berkas_di('diajukan', 'siup').nomor}/hitungan/")
    buku = isi.pop("buku")
    assert isi.pop("pada")
    assert isi == dict.fromkeys(("mulai", "tenggat", "hari", "hari_terpakai", "tepat_waktu")) | {"baris": []}
    assert {b["tahap"] for b in buku["baris"]} <= {"diajukan"}
    berkas = berkas_di("penyusunan_sk", "siup")
    isi = lihat(klien, f"permohonan/{berkas.nomor}/hitungan/")
    assert isi["tenggat"] == lihat(klien, f"permohonan/{berkas.nomor}/")["tenggat"]
    assert isi["hari"] == berkas.hari_sop
    assert all(set(b) == {"tanggal", "dihitung", "alasan"} for b in isi["baris"])


def test_the_log_is_whole_for_officers_and_a_story_for_the_applicant(masuk, pemeran, berkas_di):
    berkas = berkas_di("penyusunan_sk", "siup")
    petugas = lihat(masuk(pemeran.rina), f"permohonan/{berkas.nomor}/riwayat/")
    assert petugas["count"] == Riwayat.objects.filter(permohonan=berkas).count()
    pemohon = lihat(masuk(pemeran.sari), f"permohonan/{berkas.nomor}/riwayat/")["results"]
    assert {b["oleh"] for b in pemohon} >= {"Anda", "Budi Santosa, Petugas loket"}
    assert all(set(b) == {"verba", "teks", "pada", "oleh", "catatan"} for b in pemohon)
