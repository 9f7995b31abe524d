"""A new application through the API: who may, once per key, and nothing slipped in."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from rest_framework.authtoken.models import Token

from accounts.enums import JenisPemohon
from accounts.models import Kuasa
from accounts.pihak import simpan_pihak
from bpptportal.contoh.pemeran import data_badan
from core.waktu import sekarang
from perizinan import services
from perizinan.models import Permohonan
from tests.klien import KlienTeliti
from tests.perizinan.bekal_api import V1, kirim, lihat, masalah

pytestmark = pytest.mark.django_db

# --- who ---


def test_nobody_is_asked_to_log_in_and_the_login_is_a_401(warga, jam):
    respons = warga.get(f"{V1}permohonan/")
    masalah(respons, 401, "belum_masuk")
    assert respons["WWW-Authenticate"].startswith("Token")
    masalah(kirim(warga, "permohonan/", {"layanan": "siup"}), 401, "belum_masuk")


def test_a_token_stands_for_its_account_and_needs_no_csrf(sari, pemeran):
    klien = KlienTeliti(enforce_csrf_checks=True, headers={"Authorization": f"Token {_token(sari)}"})
    respons = kirim(klien, "permohonan/", {"layanan": "siup"})
    assert respons.status_code == 201
    assert respons["Cache-Control"] == "no-store, private"
    assert [b["acuan"] for b in lihat(klien, "permohonan/")["results"]] == [respons.json()["acuan"]]


def _token(akun: Any) -> str:
    return str(Token.objects.get_or_create(user=akun)[0].key)


def test_a_wrong_token_and_a_closed_account_are_nobody(sari, jam):
    kunci = _token(sari)
    sari.is_active = False
    sari.save(update_fields=["is_active"])
    for satu in (kunci, "x" * 40):
        klien = KlienTeliti(headers={"Authorization": f"Token {satu}"})
        masalah(klien.get(f"{V1}permohonan/"), 401, "belum_masuk")


def test_a_session_needs_csrf_to_write(sari, pemeran):
    klien = KlienTeliti(enforce_csrf_checks=True)
    klien.force_login(sari, backend="accounts.masuk.SurelAtauHp")
    masalah(kirim(klien, "permohonan/", {"layanan": "siup"}), 403, "tidak_berwenang")
    assert not Permohonan.objects.exists()


# --- a new draft ---


def test_a_new_draft_is_the_services_own(masuk, sari, pemeran):
    respons = kirim(masuk(sari), "permohonan/", {"layanan": "siup", "isian": {"nama_usaha": "Toko Sari Rasa"}})
    assert respons.status_code == 201
    isi = respons.json()
    berkas = Permohonan.objects.get(kunci=isi["acuan"])
    assert respons["Location"] == f"http://testserver{V1}permohonan/{berkas.kunci}/"
    assert (berkas.status, berkas.dibuat_oleh, berkas.saluran) == ("draf", sari, "daring")
    assert berkas.isian["nama_usaha"] == "Toko Sari Rasa"
    assert [t["verba"] for t in isi["tindakan"]] == ["ajukan", "batalkan"]
    assert isi["perlu_diperbaiki"] == {}


def test_a_value_that_does_not_fit_is_named_and_the_others_are_kept(masuk, sari, pemeran):
    isian = {"nama_usaha": "Toko Sari Rasa", "kekayaan_bersih": "banyak"}
    isi = kirim(masuk(sari), "permohonan/", {"layanan": "siup", "isian": isian}).json()
    assert list(isi["perlu_diperbaiki"]) == ["kekayaan_bersih"]
    assert Permohonan.objects.get().isian == {"nama_usaha": "Toko Sari Rasa"}


def test_the_same_key_makes_one_draft_and_does_not_undo_what_was_typed_since(masuk, sari, pemeran):
    klien, isi = masuk(sari), {"layanan": "siup", "isian": {"nama_usaha": "Toko Sari Rasa"}}
    pertama = kirim(klien, "permohonan/", isi, kunci="k-1")
    services.simpan_isian(Permohonan.objects.get(), {"nama_usaha": "Toko Sari Jaya"}, oleh=sari)
    kedua = kirim(klien, "permohonan/", isi, kunci="k-1")
    assert (kedua.status_code, kedua.json()["acuan"]) == (201, pertama.json()["acuan"])
    assert Permohonan.objects.get().isian["nama_usaha"] == "Toko Sari Jaya"
    masalah(kirim(klien, "permohonan/", {"layanan": "imb"}, kunci="k-1"), 422, "kunci_dipakai_ulang")
    lain = {"layanan": "siup", "isian": {"nama_usaha": "Lain"}}
    masalah(kirim(klien, "permohonan/", lain, kunci="k-1"), 422, "kunci_dipakai_ulang")
    assert kirim(klien, "permohonan/", isi, kunci="k-2").json()["acuan"] != pertama.json()["acuan"]


@pytest.mark.parametrize("kunci", [" ", "a b", "x" * 81, "é"])
def test_a_key_that_could_not_be_kept_as_it_is_is_refused(masuk, sari, pemeran, kunci):
    masalah(kirim(masuk(sari), "permohonan/", {"layanan": "siup"}, kunci=kunci), 400, "kunci_tidak_sah")


@pytest.mark.parametrize(
    ("isi", "salah"),
    [
        ({}, ["layanan"]),
        ({"layanan": "tidak_ada"}, ["layanan"]),
        ({"layanan": "siup", "jenis_permohonan": "lain"}, ["jenis_permohonan"]),
        ({"layanan": "siup", "status": "terbit"}, ["status"]),
        ({"layanan": "siup", "isian": {"nomor_izin": "1"}}, ["nomor_izin"]),
        ({"layanan": "siup", "isian": ["x"]}, ["isian"]),
        ({"layanan": "siup", "pemohon": "bukan-kunci"}, ["pemohon"]),
        ({"layanan": "siup", "pemohon": str(uuid.UUID(int=1))}, ["pemohon"]),
    ],
)
def test_what_does_not_fit_is_refused_by_name_and_leaves_no_draft(masuk, sari, pemeran, isi, salah):
    respons = masalah(kirim(masuk(sari), "permohonan/", isi), 400, "isian_tidak_sah")
    assert list(respons["rincian"]) == salah
    assert not Permohonan.objects.exists()


def test_a_body_that_is_no_json_object_is_refused(masuk, sari, pemeran):
    klien = masuk(sari)
    for badan in ("[]", "1", "{", '{"layanan": NaN}'):
        assert klien.post(f"{V1}permohonan/", badan, content_type="application/json").status_code == 400
    assert klien.post(f"{V1}permohonan/", "<a/>", content_type="text/xml").status_code == 415


def test_a_body_that_is_too_long_is_not_read(masuk, sari, pemeran, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    isi = {"layanan": "siup", "isian": {"nama_usaha": "x" * 200}}
    masalah(kirim(masuk(sari), "permohonan/", isi), 400, "terlalu_besar")


def test_anothers_party_is_as_unknown_as_one_that_does_not_exist(masuk, sari, pemeran):
    milik_asing = {"layanan": "siup", "pemohon": str(pemeran.pemohon["asing"].kunci)}
    tak_ada = {"layanan": "siup", "pemohon": str(uuid.UUID(int=1))}
    jawaban = [kirim(masuk(sari), "permohonan/", isi) for isi in (milik_asing, tak_ada)]
    assert jawaban[0].content == jawaban[1].content


def test_who_has_several_parties_says_which(masuk, sari, pemeran):
    badan = simpan_pihak(jenis=JenisPemohon.BADAN, data=data_badan("CV Sari Rasa", 7), akun=sari).pemohon
    isi = masalah(kirim(masuk(sari), "permohonan/", {"layanan": "siup"}), 400, "isian_tidak_sah")
    assert str(badan.kunci) in isi["rincian"]["pemohon"][0]
    respons = kirim(masuk(sari), "permohonan/", {"layanan": "siup", "pemohon": str(badan.kunci)})
    assert respons.json()["pemohon"] == "CV Sari Rasa"


def test_an_agent_files_by_a_power_of_attorney_in_force_and_not_after_it(masuk, sari, asing, pemeran, jam):
    kuasa = Kuasa.objects.create(
        pemohon=pemeran.pemohon["sari"],
        penerima=asing,
        nama_penerima=asing.nama,
        hp_penerima="+6281210000102",
        lingkup=["siup"],
        mulai=sekarang() - timedelta(days=1),
    )
    isi = {"layanan": "siup", "pemohon": str(pemeran.pemohon["sari"].kunci)}
    acuan = kirim(masuk(asing), "permohonan/", isi).json()["acuan"]
    assert Permohonan.objects.get(kunci=acuan).kuasa == kuasa
    masalah(kirim(masuk(asing), "permohonan/", isi | {"layanan": "imb"}), 403, "tidak_berwenang")
    Kuasa.objects.update(dicabut_pada=sekarang())
    jam.maju(timedelta(seconds=1))
    masalah(kirim(masuk(asing), "permohonan/", isi), 400, "isian_tidak_sah")


def test_loket_files_for_somebody_who_came(masuk, budi, pemeran):
    isi = {"layanan": "siup", "pemohon": str(pemeran.pemohon["sari"].kunci)}
    assert kirim(masuk(budi), "permohonan/", isi).json()["saluran"] == "loket"
