"""Every verb through the API is the service of the same name, with the same refusals and nothing slipped in."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from accounts.enums import Peran
from accounts.models import Akun
from bpptportal.contoh.alur import nilai_isian
from bpptportal.contoh.berkas import foto_contoh
from bpptportal.contoh.pemeran import SANDI
from core.mesin import transisi_model
from perizinan import dokumen, services
from perizinan.api.verba import PERMOHONAN, REKOMENDASI, TAMBAHAN
from perizinan.models import Izin, Permohonan, Rekomendasi, Riwayat, Skrd
from perizinan.persyaratan import keadaan_syarat
from tests.perizinan.bekal_api import V1, draf, kirim, lihat, masalah

pytestmark = pytest.mark.django_db


def _manusiawi(model: type[Any]) -> set[str]:
    """Verbs that some person may use."""
    return {t.name for t in transisi_model(model) if set(t.custom["peran"]) - {Peran.SISTEM}}


@pytest.mark.parametrize(("model", "tabel"), [(Permohonan, PERMOHONAN), (Rekomendasi, REKOMENDASI)])
def test_every_declared_verb_of_a_person_has_an_address_and_no_other(model, tabel):
    assert set(tabel) == _manusiawi(model)


def test_what_only_the_system_does_has_no_address(masuk, pemeran, berkas_di):
    berkas = berkas_di("diajukan", "siup")
    for verba in ("siapkan", "rangkum_rekomendasi", "gugurkan"):
        for akun in (pemeran.sari, pemeran.budi, pemeran.admin):
            assert kirim(masuk(akun), f"permohonan/{berkas.nomor}/{verba}/").status_code == 404


# --- the whole way ---


class Meja:
    """Who does what through the API on one file; every act must succeed."""

    def __init__(self, masuk: Any, pemeran: Any, acuan: str) -> None:
        self.masuk, self.pemeran, self.acuan = masuk, pemeran, acuan

    @property
    def berkas(self) -> Permohonan:
        return Permohonan.objects.beracuan(self.acuan).get()

    def kerjakan(self, nama: str, verba: str, isi: Any = None, alamat: str = "") -> Any:
        klien = self.masuk(self.pemeran.akun[nama])
        respons = kirim(klien, alamat or f"permohonan/{self.acuan}/{verba}/", isi, kunci=f"{verba}-{nama}")
        assert respons.status_code == 200, (verba, respons.content)
        return respons.json()

    def rekomendasi(self, nama: str, skpd: str, verba: str, isi: Any) -> Any:
        kunci = self.berkas.rekomendasi.get(skpd__kode=skpd).kunci
        return self.kerjakan(nama, verba, isi, f"rekomendasi/{kunci}/{verba}/")

    def isi_petugas(self) -> None:
        daftar = self.berkas.versi_layanan.isian.filter(diisi_oleh="petugas")
        hasil = self.kerjakan("rina", "isi_petugas", {"isian": {i.kode: nilai_isian(i) for i in daftar}})
        assert hasil["perlu_diperbaiki"] == {}


def test_a_file_goes_the_whole_way_through_the_api(masuk, pemeran, berkas_di, jam):
    meja = Meja(masuk, pemeran, str(berkas_di("draf").kunci))
    meja.acuan = meja.kerjakan("sari", "ajukan")["nomor"]
    for keadaan in keadaan_syarat(meja.berkas):
        if keadaan.ada:
            meja.kerjakan("budi", "periksa_syarat", {"syarat": keadaan.syarat.kode, "putusan": "terima"})
    assert meja.kerjakan("budi", "daftarkan")["status"] == "verifikasi"
    assert meja.kerjakan("rina", "minta_rekomendasi")["status"] == "kajian_teknis"
    _nilai(meja, jam)
    meja.isi_petugas()
    skrd = meja.kerjakan("rina", "tetapkan_retribusi")
    assert skrd["status"] == "menunggu_pembayaran"
    jam.maju(timedelta(hours=1))
    setoran = {
        "jumlah": meja.berkas.skrd.get().nilai,
        "dibayar_pada": (jam.sekarang() - timedelta(minutes=5)).isoformat(),
        "bukti": "BJB-0001",
    }
    assert meja.kerjakan("dina", "catat_lunas", setoran)["status"] == "penyusunan_sk"
    assert meja.kerjakan("rina", "ajukan_paraf")["status"] == "paraf_berjenjang"
    assert meja.kerjakan("kabid", "paraf")["status"] == "menunggu_tanda_tangan"
    for pk in meja.berkas.dokumen.filter(status="diminta").values_list("pk", flat=True):
        dokumen.buat(pk)
    assert meja.kerjakan("kadis", "tanda_tangan", {"sandi": SANDI})["status"] == "terbit"
    serah = {"identitas_cocok": True, "asli_lengkap": True}
    assert meja.kerjakan("budi", "serahkan", serah)["status"] == "diserahkan"
    assert lihat(masuk(pemeran.sari), f"permohonan/{meja.acuan}/")["tindakan"] == []
    assert Izin.objects.get(permohonan=meja.berkas).status == "berlaku"


def _nilai(meja: Meja, jam: Any) -> None:
    """Both SKPD advise; the one that visits sends photos as multipart."""
    saat = jam.sekarang() + timedelta(hours=2)
    jadwal = {"tinjau_pada": saat.isoformat(), "tim": ["Tono Prasetyo", "Wawan Setiawan"]}
    assert meja.rekomendasi("teknisi", "distako", "jadwalkan_tinjau", jadwal)["status"] == "dijadwalkan"
    jam.maju(timedelta(hours=3))
    bap = {
        "dilaksanakan_pada": saat.isoformat(),
        "lintang": "-6.234900",
        "bujur": "106.989600",
        "daftar_periksa": json.dumps([{"butir": "Lokasi sesuai", "hasil": "sesuai"}]),
        "foto": [SimpleUploadedFile("foto.jpg", foto_contoh(), "image/jpeg")],
    }
    kunci = meja.berkas.rekomendasi.get(skpd__kode="distako").kunci
    respons = meja.masuk(meja.pemeran.teknisi).post(f"{V1}rekomendasi/{kunci}/catat_bap/", bap)
    assert (respons.status_code, respons.json()["status"]) == (200, "diperiksa"), respons.content
    setuju = {"hasil": "bersyarat", "ketentuan": ["Buat sumur resapan."]}
    assert meja.rekomendasi("teknisi", "distako", "beri_rekomendasi", setuju)["status_permohonan"] == "kajian_teknis"
    akhir = meja.rekomendasi("teknisi_bplh", "bplh", "beri_rekomendasi", {"hasil": "setuju"})
    assert akhir["status_permohonan"] == "penetapan_retribusi"


# --- refusals: the same as the pages' ---


def test_an_incomplete_draft_is_refused_with_everything_that_is_missing(masuk, sari, pemeran):
    berkas = draf(pemeran)
    isi = masalah(kirim(masuk(sari), f"permohonan/{berkas.kunci}/ajukan/"), 400, "isian_tidak_sah")
    assert set(isi["rincian"]) == set(services.pengajuan.periksa_kelengkapan(berkas))


def test_a_role_that_may_not_is_403_a_stranger_404_nobody_401(masuk, warga, pemeran, berkas_di):
    berkas = berkas_di("diajukan", "siup")
    alamat = f"permohonan/{berkas.nomor}/daftarkan/"
    masalah(kirim(masuk(pemeran.rina), alamat), 403, "tidak_berwenang")
    masalah(kirim(masuk(pemeran.sari), alamat), 403, "tidak_berwenang")
    masalah(kirim(masuk(pemeran.asing), alamat), 404, "tidak_ditemukan")
    masalah(kirim(warga, alamat), 401, "belum_masuk")
    assert Permohonan.objects.get().status == "diajukan"


def test_a_state_that_does_not_know_the_verb_and_a_stale_version_are_conflicts(masuk, pemeran, berkas_di):
    berkas = berkas_di("verifikasi", "siup")
    budi, rina = masuk(pemeran.budi), masuk(pemeran.rina)
    isi = masalah(kirim(budi, f"permohonan/{berkas.nomor}/daftarkan/"), 409, "bentrok")
    assert "sistem" in isi["detail"] or "Budi" in isi["detail"]
    masalah(kirim(rina, f"permohonan/{berkas.nomor}/lewati_teknis/", {"versi": berkas.versi - 1}), 409, "bentrok")
    masalah(kirim(rina, f"permohonan/{berkas.nomor}/minta_rekomendasi/"), 409, "transisi_ditolak")
    assert kirim(rina, f"permohonan/{berkas.nomor}/lewati_teknis/", {"versi": berkas.versi}).status_code == 200


def test_the_same_key_answers_the_same_once_and_other_content_is_refused(masuk, pemeran, berkas_di):
    berkas = berkas_di("penyusunan_sk", "siup")
    kabid, alamat = masuk(pemeran.kabid_np), f"permohonan/{berkas.nomor}/usulkan_tolak/"
    isi = {"alasan": "Lokasi tidak sesuai.", "dasar_hukum": "Perda 15/2012 pasal 12"}
    jawaban = [kirim(kabid, alamat, isi, kunci="k-1") for _ in range(2)]
    assert [j.status_code for j in jawaban] == [200, 200]
    assert jawaban[0].json() == jawaban[1].json()
    assert Riwayat.objects.filter(permohonan=berkas, verba="usulkan_tolak").count() == 1
    masalah(kirim(kabid, alamat, isi | {"alasan": "Lain."}, kunci="k-1"), 422, "kunci_dipakai_ulang")
    masalah(kirim(kabid, alamat, isi, kunci="k-2"), 409, "bentrok")


def test_a_key_of_one_person_is_not_a_key_of_another(masuk, pemeran, berkas_di):
    berkas = berkas_di("diajukan", "siup")
    alamat = f"permohonan/{berkas.nomor}/tarik_kembali/"
    assert kirim(masuk(pemeran.sari), alamat, kunci="k").status_code == 200
    masalah(kirim(masuk(pemeran.budi), alamat, kunci="k"), 404, "tidak_ditemukan")


def test_what_a_service_refuses_by_name_is_told_by_name(masuk, pemeran, berkas_di, jam):
    berkas = berkas_di("kajian_teknis", "imb")
    kunci = berkas.rekomendasi.get(skpd__kode="bplh").kunci
    alamat, klien = f"rekomendasi/{kunci}/beri_rekomendasi/", masuk(pemeran.teknisi_bplh)
    isi = masalah(kirim(klien, alamat, {"hasil": "tolak"}), 400, "isian_tidak_sah")
    assert set(isi["rincian"]) == {"alasan", "dasar_hukum"}
    masalah(kirim(klien, alamat, {"hasil": "mungkin"}), 400, "isian_tidak_sah")
    masalah(kirim(masuk(pemeran.teknisi), alamat, {"hasil": "setuju"}), 404, "tidak_ditemukan")
    masalah(kirim(masuk(pemeran.kabid), alamat, {"hasil": "setuju"}), 403, "tidak_berwenang")


def test_acts_beside_the_machine_judge_role_and_state_as_well(masuk, pemeran, berkas_di):
    berkas = berkas_di("verifikasi", "siup")
    dasar = f"permohonan/{berkas.nomor}/"
    sari, rina, kabid = masuk(pemeran.sari), masuk(pemeran.rina), masuk(pemeran.kabid_np)
    masalah(kirim(sari, f"{dasar}isi_petugas/", {"isian": {}}), 403, "tidak_berwenang")
    masalah(kirim(sari, f"{dasar}minta_persetujuan/", {"alasan": "x"}), 403, "tidak_berwenang")
    putusan = {"syarat": "ktp", "putusan": "terima"}
    masalah(kirim(sari, f"{dasar}periksa_syarat/", putusan), 403, "tidak_berwenang")
    masalah(kirim(rina, f"{dasar}periksa_syarat/", putusan | {"syarat": "bukan"}), 400, "isian_tidak_sah")
    masalah(kirim(kabid, f"{dasar}putuskan_persetujuan/", {"disetujui": True}), 409, "transisi_ditolak")
    assert kirim(rina, f"{dasar}minta_persetujuan/", {"alasan": "Ada yang terlewat."}).status_code == 200
    masalah(kirim(rina, f"{dasar}putuskan_persetujuan/", {"disetujui": True}), 403, "tidak_berwenang")
    assert kirim(kabid, f"{dasar}putuskan_persetujuan/", {"disetujui": True}).status_code == 200
    masalah(kirim(sari, f"{dasar}jawab_butir/", {"ke": 1, "jawaban": "x"}), 400, "isian_tidak_sah")
    masalah(kirim(sari, f"{dasar}nyatakan/", {"syarat": "ktp"}), 409, "transisi_ditolak")


def test_an_item_is_answered_in_words_only_when_it_asks_for_words(masuk, pemeran, berkas_di):
    berkas = berkas_di("verifikasi", "siup")
    butir = [{"syarat": "ktp", "uraian": "KTP buram."}, {"uraian": "Jelaskan jam buka."}]
    sari, dasar = masuk(pemeran.sari), f"permohonan/{berkas.nomor}/"
    assert kirim(masuk(pemeran.rina), f"{dasar}minta_perbaikan/", {"butir": butir}).status_code == 200
    masalah(kirim(sari, f"{dasar}jawab_butir/", {"ke": 1, "jawaban": "Sudah"}), 409, "transisi_ditolak")
    assert kirim(sari, f"{dasar}jawab_butir/", {"ke": 2, "jawaban": "Pukul 8 sampai 17"}).status_code == 200
    isi = masalah(kirim(sari, f"{dasar}kirim_perbaikan/"), 400, "isian_tidak_sah")
    assert list(isi["rincian"].values()) == [["KTP buram."]]


def test_loket_that_judges_a_file_has_opened_it(masuk, pemeran, berkas_di):
    berkas = berkas_di("diajukan", "siup")
    kirim(masuk(pemeran.budi), f"permohonan/{berkas.nomor}/periksa_syarat/", {"syarat": "ktp", "putusan": "terima"})
    masalah(kirim(masuk(pemeran.sari), f"permohonan/{berkas.nomor}/tarik_kembali/"), 409, "transisi_ditolak")


# --- who decides proves who they are ---


def test_signing_asks_for_the_password_of_the_one_who_signs(masuk, pemeran, berkas_di):
    berkas = berkas_di("menunggu_tanda_tangan", "siup")
    alamat, kadis = f"permohonan/{berkas.nomor}/tanda_tangan/", masuk(pemeran.kadis)
    for isi in ({}, {"sandi": "bukan sandi"}):
        assert list(masalah(kirim(kadis, alamat, isi), 400, "perlu_penegasan")["rincian"]) == ["sandi"]
    masalah(kirim(masuk(pemeran.rina), alamat, {"sandi": SANDI}), 403, "bukan_pejabat_berwenang")
    assert Permohonan.objects.get().status == "menunggu_tanda_tangan"


def test_a_refusal_is_confirmed_by_password_too(masuk, pemeran, berkas_di):
    berkas = berkas_di("verifikasi", "siup")
    services.usulkan_tolak(berkas.pk, oleh=pemeran.kabid_np, alasan="Tidak sesuai.", dasar_hukum="Perda 15/2012")
    alamat, kadis = f"permohonan/{berkas.nomor}/setujui_tolak/", masuk(pemeran.kadis)
    masalah(kirim(kadis, alamat), 400, "perlu_penegasan")
    assert kirim(kadis, alamat, {"sandi": SANDI}).json()["status"] == "ditolak"


# --- nothing slipped in ---


def _nama_kolom(*model: type[Model]) -> set[str]:
    return {f.attname for m in model for f in m._meta.concrete_fields} | {
        f.name for m in model for f in m._meta.concrete_fields
    }


KOLOM = _nama_kolom(Permohonan, Rekomendasi, Izin, Skrd, Akun)


def _potret(*model: type[Any]) -> list[Any]:
    return [list(m._base_manager.order_by("pk").values()) for m in model]


@pytest.mark.parametrize("verba", sorted({*PERMOHONAN, *TAMBAHAN}))
def test_no_verb_takes_a_column_for_an_argument(masuk, pemeran, verba):
    berkas = draf(pemeran)
    bentuk = PERMOHONAN[verba].bentuk if verba in PERMOHONAN else TAMBAHAN[verba][1]
    selundupan = dict.fromkeys(KOLOM - set(bentuk().fields), "1")
    klien = masuk(pemeran.sari)
    semula = _potret(Permohonan, Akun)
    respons = kirim(klien, f"permohonan/{berkas.kunci}/{verba}/", selundupan)
    assert set(masalah(respons, 400, "isian_tidak_sah")["rincian"]) == set(selundupan)
    assert _potret(Permohonan, Akun) == semula


def test_no_verb_of_a_recommendation_takes_a_column_for_an_argument(masuk, pemeran, berkas_di):
    berkas = berkas_di("kajian_teknis", "imb")
    rekomendasi = berkas.rekomendasi.get(skpd__kode="distako")
    semula = _potret(Permohonan, Rekomendasi)
    for verba, v in REKOMENDASI.items():
        selundupan = dict.fromkeys(KOLOM - set(v.bentuk().fields), "1")
        respons = kirim(masuk(pemeran.teknisi), f"rekomendasi/{rekomendasi.kunci}/{verba}/", selundupan)
        assert set(masalah(respons, 400, "isian_tidak_sah")["rincian"]) == set(selundupan)
    assert _potret(Permohonan, Rekomendasi) == semula


@pytest.mark.control
def test_control_a_shape_that_ignores_strange_names_would_be_seen(masuk, pemeran, monkeypatch):
    from rest_framework import serializers

    from perizinan.api.dasar import Masukan

    monkeypatch.setattr(Masukan, "to_internal_value", serializers.Serializer.to_internal_value)
    berkas = draf(pemeran)
    respons = kirim(masuk(pemeran.sari), f"permohonan/{berkas.kunci}/batalkan/", {"status": "terbit"})
    assert respons.status_code == 200
