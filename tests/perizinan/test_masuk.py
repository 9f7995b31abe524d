"""Logging in, registering, logging out: nothing is given away, and the session never survives a login."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import Akun
from accounts.views import DAFTAR_MAKS
from bpptportal.contoh.pemeran import SANDI

MASUK = "/masuk/"
BARU = {"nama": "Wati Lestari", "kontak": "0812 1000 0777", "sandi": "kucing-lompat-pagar"}


@pytest.mark.parametrize("ejaan", ["081210000101", "+62 812-1000-0101", "0812 1000 0101"])
def test_an_applicant_logs_in_by_phone_in_any_spelling(warga, sari, ejaan):
    jawab = warga.post(MASUK, {"username": ejaan, "password": SANDI})
    assert jawab.status_code == 302
    assert jawab.url == reverse("setelah_masuk")
    assert warga.get(jawab.url).url == reverse("permohonan_saya")


def test_an_officer_comes_to_the_inbox(warga, budi):
    warga.post(MASUK, {"username": budi.surel.upper(), "password": SANDI})
    assert warga.get(reverse("setelah_masuk")).url == reverse("kotak_masuk")


def test_a_wrong_password_and_an_unknown_account_get_the_same_answer(warga, sari):
    salah = warga.post(MASUK, {"username": sari.hp, "password": "bukan-sandinya"}).content.decode()
    asing = warga.post(MASUK, {"username": "081299998888", "password": "bukan-sandinya"}).content.decode()
    kalimat = "Email atau nomor HP dan kata sandi itu belum cocok"
    assert kalimat in salah
    assert kalimat in asing


def test_a_disabled_account_is_answered_like_a_wrong_password(warga, sari):
    Akun.objects.filter(pk=sari.pk).update(is_active=False)
    jawab = warga.post(MASUK, {"username": sari.hp, "password": SANDI})
    assert "belum cocok" in jawab.content.decode()


def test_the_session_gets_a_new_id_at_login(warga, sari):
    warga.get("/")
    sesi = warga.session
    sesi["sebelum"] = "ya"
    sesi.save()
    lama = warga.session.session_key
    warga.post(MASUK, {"username": sari.hp, "password": SANDI})
    assert warga.session.session_key != lama


@pytest.mark.parametrize(
    ("lanjut", "tujuan"),
    [
        ("/permohonan/", "/permohonan/"),
        ("https://jahat.example/", "/setelah-masuk/"),
        ("//jahat.example", "/setelah-masuk/"),
    ],
)
def test_the_way_back_stays_on_this_site(warga, sari, lanjut, tujuan):
    jawab = warga.post(MASUK, {"username": sari.hp, "password": SANDI, "next": lanjut})
    assert jawab.url == tujuan


def test_ten_wrong_passwords_lock_the_account_for_that_place(warga, sari):
    for _ in range(9):
        assert warga.post(MASUK, {"username": sari.hp, "password": "salah"}).status_code == 200
    jawab = warga.post(MASUK, {"username": sari.hp, "password": "salah"})
    assert jawab.status_code == 429
    assert "ditahan sementara" in jawab.content.decode()
    assert warga.post(MASUK, {"username": sari.hp, "password": SANDI}).status_code == 429


def test_other_spellings_of_the_phone_count_as_the_same_account(warga, sari):
    for ke in range(9):
        ejaan = ["081210000101", "+6281210000101", "0812-1000-0101"][ke % 3]
        warga.post(MASUK, {"username": ejaan, "password": "salah"})
    assert warga.post(MASUK, {"username": "0812 1000 0101", "password": "salah"}).status_code == 429


def test_logging_out_is_a_post(masuk, sari):
    klien = masuk(sari)
    assert klien.get(reverse("keluar")).status_code == 405
    assert klien.post(reverse("keluar")).url == reverse("beranda")
    assert klien.get("/permohonan/").url.startswith(MASUK)


@pytest.mark.usefixtures("pemeran")
class TestDaftar:
    def test_a_new_account_is_logged_in_and_sent_where_it_wanted_to_go(self, warga):
        jawab = warga.post("/daftar/", BARU | {"next": "/permohonan/baru/siup/"})
        assert jawab.url == "/permohonan/baru/siup/"
        akun = Akun.objects.get(hp="+6281210000777")
        assert warga.session["_auth_user_id"] == str(akun.pk)
        assert akun.daftar_peran == frozenset()

    def test_an_e_mail_is_kept_in_small_letters(self, warga):
        warga.post("/daftar/", BARU | {"kontak": "Wati@Contoh.Invalid"})
        assert Akun.objects.filter(surel="wati@contoh.invalid", hp=None).exists()

    @pytest.mark.parametrize(
        ("ubah", "kalimat"),
        [
            ({"kontak": "12"}, "Nomor telepon ini belum benar"),
            ({"kontak": "wati@"}, "Email ini belum benar"),
            ({"sandi": "pendek"}, "10"),
            ({"nama": ""}, "Nama Anda belum diisi"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(self, warga, ubah, kalimat):
        isi = warga.post("/daftar/", BARU | ubah).content.decode()
        assert kalimat in isi
        assert "Ada yang perlu diperbaiki" in isi
        if "nama" not in ubah:
            assert 'value="Wati Lestari"' in isi

    def test_a_taken_phone_makes_no_second_account(self, warga, sari):
        sebelum = Akun.objects.count()
        isi = warga.post("/daftar/", BARU | {"kontak": sari.hp}).content.decode()
        assert "belum dapat dibuat" in isi
        assert Akun.objects.count() == sebelum
        assert "_auth_user_id" not in warga.session

    def test_nobody_registers_with_a_role(self, warga):
        warga.post("/daftar/", BARU | {"is_staff": "on", "is_superuser": "on", "peran": "admin"})
        akun = Akun.objects.get(hp="+6281210000777")
        assert (akun.is_staff, akun.is_superuser, akun.petugas) == (False, False, False)

    def test_too_many_refused_registrations_have_to_wait(self, warga):
        for _ in range(DAFTAR_MAKS):
            warga.post("/daftar/", BARU | {"nama": ""})
        jawab = warga.post("/daftar/", BARU)
        assert (jawab.status_code, jawab["Retry-After"]) == (429, "600")
        assert not Akun.objects.filter(hp="+6281210000777").exists()
