"""Tracking without logging in: one answer to every miss, states and dates only (reliability.md B24)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache

from core import pembatas
from core.models import Pencacah
from perizinan.enums import StatusPermohonan as S
from perizinan.nomor import baca_nomor, nomor_baru
from perizinan.views.publik import LACAK_MAKS


def _cari(klien, nomor, hp4):
    return klien.post("/lacak/", {"nomor": nomor, "hp4": hp4})


@pytest.fixture
def berkas(berkas_di):
    return berkas_di(S.VERIFIKASI, "siup")


def _hp4(berkas):
    return berkas.pihak.hp[-4:]


def test_the_number_and_the_end_of_the_phone_show_state_and_dates(warga, berkas):
    isi = _cari(warga, berkas.nomor.lower().replace("-", " "), _hp4(berkas)).content.decode()
    assert "Diproses petugas" in isi
    assert berkas.nomor in isi
    assert "Selesai paling lambat" in isi


def test_no_name_phone_address_or_officer_is_shown(warga, berkas, budi, rina):
    isi = _cari(warga, berkas.nomor, _hp4(berkas)).content.decode()
    for rahasia in (
        berkas.pihak.nama,
        berkas.pihak.hp,
        berkas.pihak.alamat,
        budi.nama,
        rina.nama,
        berkas.nomor_register,
    ):
        assert rahasia not in isi


def _tanpa_isian(jawab, nomor, hp4):
    """The page without what the visitor typed and the token of the form."""
    import re

    isi = jawab.content.decode().replace(nomor, "").replace(f'value="{hp4}"', 'value=""')
    return jawab.status_code, re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", isi)


def test_a_wrong_number_a_wrong_phone_and_a_typing_error_get_the_same_page(warga, berkas):
    lain = nomor_baru()
    salah_ketik = berkas.nomor[:-1] + ("0" if berkas.nomor[-1] != "0" else "1")
    assert baca_nomor(salah_ketik) is None
    jawaban = {
        _tanpa_isian(_cari(warga, nomor, hp4), nomor, hp4)
        for nomor, hp4 in ((lain, "1234"), (berkas.nomor, "9999"), (salah_ketik, "1234"))
    }
    assert len(jawaban) == 1
    assert next(iter(jawaban))[0] == 404


def test_a_typing_error_costs_no_query_for_the_file(berkas, django_assert_num_queries):
    from core.galat import TidakDitemukan
    from perizinan.services.pelacakan import lacak

    with django_assert_num_queries(0), pytest.raises(TidakDitemukan):
        lacak(berkas.nomor[:-1] + "#", "1234")


def test_a_draft_cannot_be_tracked(warga, berkas_di, sari):
    draf = berkas_di(S.DRAF, "siup")
    assert draf.nomor is None
    assert _cari(warga, str(draf.kunci), draf.pihak.hp[-4:]).status_code == 404


def test_more_than_twenty_misses_in_ten_minutes_have_to_wait(warga, berkas, jam):
    for _ in range(LACAK_MAKS):
        assert _cari(warga, nomor_baru(), "1234").status_code == 404
    jawab = _cari(warga, berkas.nomor, _hp4(berkas))
    assert (jawab.status_code, jawab["Retry-After"]) == (429, "600")
    jam.maju(timedelta(minutes=11))
    assert _cari(warga, berkas.nomor, _hp4(berkas)).status_code == 200


def test_a_flushed_cache_forgives_nothing(warga, berkas):
    for _ in range(LACAK_MAKS):
        _cari(warga, nomor_baru(), "1234")
    cache.clear()
    assert _cari(warga, berkas.nomor, _hp4(berkas)).status_code == 429


def test_another_address_is_not_held_up(warga, berkas):
    for _ in range(LACAK_MAKS):
        _cari(warga, nomor_baru(), "1234")
    jawab = warga.post("/lacak/", {"nomor": berkas.nomor, "hp4": _hp4(berkas)}, REMOTE_ADDR="192.0.2.7")
    assert jawab.status_code == 200


def test_a_hit_is_not_counted(warga, berkas):
    for _ in range(LACAK_MAKS + 2):
        assert _cari(warga, berkas.nomor, _hp4(berkas)).status_code == 200


def test_counters_hold_no_address_and_old_ones_go(warga, berkas, jam):
    _cari(warga, nomor_baru(), "1234")
    seri = Pencacah.objects.filter(seri__startswith="batas/lacak/").values_list("seri", flat=True)
    assert len(seri) == 1
    assert "127.0.0.1" not in seri[0]
    jam.maju(timedelta(minutes=30))
    _cari(warga, nomor_baru(), "1234")
    assert Pencacah.objects.filter(seri__startswith="batas/lacak/").count() == 1
    assert pembatas.jumlah("lacak", "127.0.0.1") == 1


def test_the_number_of_an_address_is_filled_in_and_not_looked_up(warga, berkas):
    isi = warga.get(f"/lacak/?nomor={berkas.nomor}").content.decode()
    assert f'value="{berkas.nomor}"' in isi
    assert "Diproses petugas" not in isi


def test_the_answer_costs_a_fixed_number_of_queries(warga, berkas, django_assert_num_queries):
    _cari(warga, berkas.nomor, _hp4(berkas))
    with django_assert_num_queries(3):  # misses counted, the file, its log
        _cari(warga, berkas.nomor, _hp4(berkas))
