"""Filling an application through the API: fields, files, answers."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bpptportal.contoh.berkas import foto_contoh
from perizinan import services
from perizinan.models import Berkas, JenisIzin, Permohonan
from tests.perizinan.bekal_api import V1, draf, kirim, lihat, masalah

pytestmark = pytest.mark.django_db


def test_fields_are_saved_in_part_and_what_does_not_fit_is_named(masuk, sari, pemeran):
    berkas = draf(pemeran)
    alamat = f"permohonan/{berkas.kunci}/isian/"
    isi = {"isian": {"nama_usaha": "Toko Sari Rasa", "kekayaan_bersih": "banyak"}}
    respons = kirim(masuk(sari), alamat, isi, metode="patch").json()
    nilai = {i["kode"]: i["nilai"] for i in respons["isian"]}
    assert (nilai["nama_usaha"], nilai["kekayaan_bersih"]) == ("Toko Sari Rasa", None)
    assert list(respons["perlu_diperbaiki"]) == ["kekayaan_bersih"]
    kirim(masuk(sari), alamat, {"isian": {"kekayaan_bersih": 120_000_000}}, metode="patch")
    assert Permohonan.objects.get().isian == {"nama_usaha": "Toko Sari Rasa", "kekayaan_bersih": 120_000_000}
    asing = masalah(
        kirim(masuk(sari), alamat, {"isian": {"status": "terbit"}}, metode="patch"), 400, "isian_tidak_sah"
    )
    assert list(asing["rincian"]) == ["status"]


def test_a_file_in_process_is_not_changed_and_in_a_round_only_what_was_asked(masuk, sari, rina, berkas_di):
    berkas = berkas_di("verifikasi", "siup")
    alamat, ubah = f"permohonan/{berkas.nomor}/isian/", {"isian": {"nama_usaha": "Toko Lain"}}
    masalah(kirim(masuk(sari), alamat, ubah, metode="patch"), 400, "isian_tidak_sah")
    butir = [{"isian": "nama_usaha", "uraian": "Nama usaha belum sama dengan akta."}]
    services.minta_perbaikan(berkas.pk, oleh=rina, butir=butir)
    lain = {"isian": {"barang": "Apa saja"}}
    ditolak = masalah(kirim(masuk(sari), alamat, lain, metode="patch"), 400, "isian_tidak_sah")
    assert list(ditolak["rincian"]) == ["barang"]
    assert kirim(masuk(sari), alamat, ubah, metode="patch").status_code == 200
    putaran = lihat(masuk(sari), f"permohonan/{berkas.nomor}/perbaikan/")["putaran"]
    assert [(b["ke"], b["isian"], bool(b["dijawab_pada"])) for b in putaran[0]["butir"]] == [(1, "nama_usaha", True)]
    assert kirim(masuk(sari), f"permohonan/{berkas.nomor}/kirim_perbaikan/").json()["status"] == "verifikasi"


def test_files_are_handed_in_checked_and_set_aside(masuk, sari, asing, pemeran):
    berkas = draf(pemeran, "imb")
    alamat = f"{V1}permohonan/{berkas.kunci}/berkas/"
    klien = masuk(sari)

    def foto(nama: str = "ktp.jpg") -> SimpleUploadedFile:
        return SimpleUploadedFile(nama, foto_contoh(), "image/jpeg")

    respons = klien.post(alamat, {"syarat": "ktp", "berkas": [foto(), foto("ktp2.jpg")]})
    assert respons.status_code == 201
    ktp = next(s for s in respons.json()["syarat"] if s["syarat"] == "ktp")
    assert ktp["ada"] and [b["nama"] for b in ktp["berkas"]] == ["ktp.jpg", "ktp2.jpg"]
    kunci = ktp["berkas"][0]["kunci"]
    assert masuk(asing).delete(f"{alamat}{kunci}/").status_code == 404
    assert klien.delete(f"{alamat}{kunci}/").status_code == 204
    assert Berkas.objects.get(kunci=kunci).diganti_pada is not None
    assert klien.delete(f"{alamat}{kunci}/").status_code == 404
    skrip = SimpleUploadedFile("ktp.jpg", b"<script>", "image/jpeg")
    assert list(
        masalah(klien.post(alamat, {"syarat": "ktp", "berkas": skrip}), 400, "isian_tidak_sah")["rincian"]
    ) == ["ktp"]
    masalah(klien.post(alamat, {"syarat": "bukan", "berkas": foto()}), 400, "isian_tidak_sah")
    lebih = klien.post(alamat, {"syarat": "ktp", "berkas": foto(), "sidik": "0", "permohonan": "1"})
    assert set(masalah(lebih, 400, "isian_tidak_sah")["rincian"]) == {"sidik", "permohonan"}


def test_anothers_uploaded_file_is_not_reached_through_ones_own_application(masuk, sari, asing, pemeran):
    berkas = draf(pemeran, "imb")
    foto = SimpleUploadedFile("ktp.jpg", foto_contoh(), "image/jpeg")
    milik_sari = services.unggah(berkas, berkas.versi_layanan.syarat.get(kode="ktp"), [foto], oleh=sari)[0]
    milik_asing = services.buat(
        oleh=asing, jenis_izin=JenisIzin.objects.get(kode="imb"), pemohon=pemeran.pemohon["asing"]
    )
    alamat = f"{V1}permohonan/{milik_asing.kunci}/berkas/{milik_sari.kunci}/"
    masalah(masuk(asing).delete(alamat), 404, "tidak_ditemukan")
    assert Berkas.objects.get().diganti_pada is None
