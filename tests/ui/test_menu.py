"""Menus show each role its pages; opening hours are grouped into days that are equal."""

from __future__ import annotations

from datetime import date, time
from types import SimpleNamespace

import pytest
from django.http import HttpRequest
from django.urls import NoReverseMatch, path, reverse

from accounts.enums import Peran
from bpptportal import menu
from bpptportal.konteks import susun_jam
from core.hari_kerja import JamKerja, Kalender


def _kosong(request):
    raise NotImplementedError


urlpatterns = [path(f"{n}/", _kosong, name=n) for n in ("layanan", "kotak_masuk", "loket", "pembayaran")]


def _minta(alamat: str) -> HttpRequest:
    minta = HttpRequest()
    minta.path = alamat
    return minta


def _teks(butir) -> list[str]:
    return [str(satu.teks) for satu in butir]


@pytest.mark.urls("tests.ui.test_menu")
def test_each_role_sees_its_own_desk():
    loket = menu.susun(menu.PETUGAS, _minta("/loket/"), frozenset({Peran.LOKET}))
    assert _teks(loket) == ["Kotak masuk", "Loket hari ini"]
    bendahara = menu.susun(menu.PETUGAS, _minta("/"), frozenset({Peran.BENDAHARA}))
    assert _teks(bendahara) == ["Kotak masuk", "Tagihan dan pembayaran"]
    assert menu.susun(menu.PETUGAS, _minta("/"), frozenset({Peran.PEMOHON})) == []


@pytest.mark.urls("tests.ui.test_menu")
def test_only_the_present_page_is_marked():
    butir = menu.susun(menu.PETUGAS, _minta("/loket/antrean/"), frozenset({Peran.LOKET}))
    assert [satu.kini for satu in butir] == [False, True]


def test_a_visitor_has_no_role_and_somebody_without_an_office_applies():
    warga = SimpleNamespace(is_authenticated=False)
    sari = SimpleNamespace(is_authenticated=True, daftar_peran=frozenset())
    budi = SimpleNamespace(is_authenticated=True, daftar_peran=frozenset({Peran.LOKET}))
    assert menu.peran_pembaca(SimpleNamespace(user=warga)) == frozenset()
    assert menu.peran_pembaca(SimpleNamespace()) == frozenset()
    assert menu.peran_pembaca(SimpleNamespace(user=sari)) == {Peran.PEMOHON}
    assert menu.peran_pembaca(SimpleNamespace(user=budi)) == {Peran.LOKET}


@pytest.mark.parametrize("butir", [*menu.PUBLIK, *menu.KAKI, *menu.PETUGAS], ids=lambda b: b.nama)
def test_every_entry_leads_to_a_page(butir):
    try:
        assert reverse(butir.nama)
    except NoReverseMatch:
        pytest.fail(f"menu {butir.teks}: tidak ada alamat bernama {butir.nama!r}")


def test_hours_of_equal_days_stand_together():
    biasa = JamKerja(date(2020, 1, 1), None, None, time(8), time(16), time(15))
    jumat = JamKerja(date(2020, 1, 1), None, frozenset({4}), time(8), time(16, 30), time(14, 30))
    assert susun_jam(Kalender(jam=(biasa, jumat)), date(2026, 6, 3)) == [
        {"hari": "Senin-Kamis", "jam": "08.00-15.00"},
        {"hari": "Jumat", "jam": "08.00-14.30"},
        {"hari": "Sabtu-Minggu", "jam": "tutup"},
    ]
