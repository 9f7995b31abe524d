"""Who used the days of a month: figures from the ledgers, for leaders only, without a file or a person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache

from accounts.enums import Peran
from accounts.models import Akun, Penugasan, Unit
from bpptportal.contoh import alur
from core.waktu import sekarang
from perizinan.enums import StatusPermohonan as S
from perizinan.halaman import waktu_meja
from perizinan.halaman.waktu_meja import persentil
from perizinan.models import Permohonan
from perizinan.muat_buku import buku_banyak, rincian

pytestmark = pytest.mark.django_db
JUNI = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("urut", "median", "p90"),
    [([4], 4, 4), ([1, 3], 1, 3), ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4, 8), ([1, 1, 1, 9], 1, 9)],
)
def test_median_and_ninth_tenth_are_values_that_occur(urut, median, p90):
    assert (persentil(urut, 0.5), persentil(urut, 0.9)) == (median, p90)


@pytest.fixture
def bulan(pemeran: Any, jam: Any) -> list[Permohonan]:
    """Two IMB and a SIUP signed in June; one IMB lay for nine days with its SKPD, whose budget is five."""
    daftar = []
    for kode, hari in (("imb", 0), ("imb", 13), ("siup", 0)):
        p = alur.mulai(pemeran, kode)
        if hari:
            alur.jalankan(p, pemeran, S.KAJIAN_TEKNIS)
            jam.maju(timedelta(days=hari))
        daftar.append(alur.jalankan(p, pemeran, S.TERBIT))
    return daftar


def test_figures_are_those_of_the_ledgers_and_a_kabid_sees_the_own_bidang(bulan, masuk, kabid, kabid_np, kadis):
    dua = waktu_meja.susun(kabid, JUNI)
    assert dua.berkas == 2
    dinas = {b.isi.unit: b.isi for b in dua.baris if b.isi.sejajar}
    hari = {
        u: sorted(
            b.terlama for p in bulan[:2] for b in rincian(p, sekarang()).buku.baris if b.unit == u and b.sejajar
        )
        for u in dinas
    }
    assert {u: (b.median, b.p90) for u, b in dinas.items()} == {u: (h[0], h[1]) for u, h in hari.items()}
    assert {(b.berjatah, b.lewat, b.persen_lewat) for b in dinas.values()} == {(2, 1, 50)}
    assert waktu_meja.susun(kabid_np, JUNI).berkas == 1
    assert waktu_meja.susun(kadis, JUNI).berkas == 3
    teks = masuk(kabid).get("/petugas/waktu/?bulan=2026-06").content.decode()
    assert "2 berkas diputus bulan ini." in teks
    assert "di antaranya BPLH" in teks
    assert "1 dari 2" in teks
    assert not [p for p in bulan if p.nomor in teks]


def test_many_ledgers_are_the_same_as_each_alone(bulan):
    semua = list(buku_banyak(Permohonan.objects.filter(pk__in=[p.pk for p in bulan]), sekarang()))
    assert semua == [rincian(p, sekarang()).buku for p in sorted(bulan, key=lambda p: p.pk)]


def test_the_steering_team_sees_the_figures_of_all_and_officers_none(bulan, masuk, rina, teknisi):
    pembina = Akun.objects.create_user(nama="Tim Pembina", surel="pembina@contoh.invalid", password=None)
    unit = Unit.objects.get(kode="bppt")
    Penugasan.objects.create(akun=pembina, peran=Peran.TIM_PEMBINA, unit=unit, mulai=sekarang() - timedelta(days=1))
    assert "3 berkas diputus bulan ini." in masuk(pembina).get("/petugas/waktu/").content.decode()
    for orang in (rina, teknisi):
        assert masuk(orang).get("/petugas/waktu/").status_code == 403


def test_a_month_without_decisions_says_so(masuk, kabid):
    teks = masuk(kabid).get("/petugas/waktu/?bulan=2026-01").content.decode()
    assert "Belum ada berkas yang diputus bulan ini" in teks


def test_the_page_costs_the_same_queries_for_one_file_and_for_two(bulan, kabid, django_assert_num_queries):
    waktu_meja.susun(kabid, JUNI)
    cache.clear()
    with django_assert_num_queries(8):  # account, roles, calendars x2, log, requests, files, units
        waktu_meja.susun(Akun.objects.get(pk=kabid.pk), JUNI)
