"""Log-in codes: an anonymous person is capped, the office is not, and nothing tells who has an account."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import Akun
from notifications import layanan
from notifications.enums import StatusPesan as S
from notifications.models import Pesan
from tests.klien import KlienTeliti

pytestmark = pytest.mark.django_db
MINTA, ISI = "/masuk/kode/", "/masuk/kode/isi/"
HP = "+6281311112222"


@pytest.fixture
def warganya(jam: Any) -> Akun:
    return Akun.objects.create_user(nama="Sri", hp=HP, password="kalimat sandi uji")


def kode_terakhir(hp: str = HP) -> str:
    teks = Pesan.objects.filter(tujuan=hp).latest("pk").teks
    cocok = re.search(r"\b\d{6}\b", teks)
    assert cocok
    return cocok[0]


def test_a_code_logs_in_once(warga, warganya):
    assert warga.post(MINTA, {"hp": "0813 1111 2222"}).url == ISI
    assert warga.get(ISI).status_code == 200
    assert warga.post(ISI, {"kode": kode_terakhir()}).status_code == 302
    assert warga.session["_auth_user_id"] == str(warganya.pk)
    lain = KlienTeliti()
    lain.post(MINTA, {"hp": "0813 9999 8888"})
    assert "_auth_user_id" not in lain.session


def test_a_code_leaves_at_night_and_dies_after_five_minutes(warga, warganya, jam, gerbang):
    jam.maju(timedelta(hours=14))
    warga.post(MINTA, {"hp": HP})
    layanan.sapu()
    assert Pesan.objects.get().status == S.TERKIRIM
    jam.maju(timedelta(minutes=5))
    assert warga.post(ISI, {"kode": kode_terakhir()}).url == MINTA


def test_five_wrong_tries_end_a_code(warga, warganya):
    warga.post(MINTA, {"hp": HP})
    kode = kode_terakhir()
    salah = f"{(int(kode) + 1) % 10**6:06d}"
    for _ in range(4):
        assert "belum cocok" in warga.post(ISI, {"kode": salah}).content.decode()
    assert warga.post(ISI, {"kode": salah}).url == MINTA
    assert warga.post(ISI, {"kode": kode}).url == MINTA


def test_an_unknown_number_and_an_officer_are_answered_alike_and_get_nothing(warga, warganya, budi):
    Akun.objects.filter(pk=budi.pk).update(hp="+6281311113333")
    for hp in ("0813 1111 3333", "0813 7777 6666"):
        assert KlienTeliti().post(MINTA, {"hp": hp}).url == ISI
    assert not Pesan.objects.exists()


@pytest.mark.parametrize("hp", [HP, "+6281377776666"])
def test_the_sixth_code_of_an_hour_is_refused_whether_the_number_is_known_or_not(warga, warganya, jam, hp):
    for n in range(5):
        assert warga.post(MINTA, {"hp": hp}, REMOTE_ADDR=f"198.51.100.{n}").status_code == 302
    respons = warga.post(MINTA, {"hp": hp}, REMOTE_ADDR="198.51.100.99")
    assert respons.status_code == 429
    assert int(respons["Retry-After"]) == 3600
    jam.maju(timedelta(minutes=62))
    assert warga.post(MINTA, {"hp": hp}, REMOTE_ADDR="198.51.100.99").status_code == 302


def test_ten_codes_for_one_address_an_hour_but_sixty_walk_ins_at_the_office_all_get_theirs(settings, jam, gerbang):
    hp = [f"+62813111100{n:02d}" for n in range(60)]
    for n, satu in enumerate(hp):
        Akun.objects.create_user(nama=f"W{n}", hp=satu, password=None)
    luar = [KlienTeliti().post(MINTA, {"hp": h}, REMOTE_ADDR="203.0.113.5").status_code for h in hp[:12]]
    assert luar == [302] * 10 + [429] * 2
    Pesan.objects.all().delete()
    settings.JARINGAN_KANTOR = ["203.0.113.64/28"]
    kantor = [KlienTeliti().post(MINTA, {"hp": h}, REMOTE_ADDR="203.0.113.70").status_code for h in hp]
    assert kantor == [302] * 60
    assert layanan.sapu() == 60
    assert {n for n, *_x in gerbang.diterima} == set(hp)


def test_a_days_budget_protects_the_purse(settings, warganya, warga, jam):
    settings.KODE_SEHARI = 1
    assert warga.post(MINTA, {"hp": HP}).status_code == 302
    assert warga.post(MINTA, {"hp": HP}).status_code == 429


def test_notices_are_never_capped(berkas_di, gerbang, settings):
    settings.KODE_SEHARI = 0
    p = berkas_di("kajian_teknis")
    assert Pesan.objects.filter(perihal=p.nomor).count() >= 2
