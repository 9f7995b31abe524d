"""Import of answers: all or nothing, every error named, the same file once."""

from __future__ import annotations

import pytest

from core.galat import Bentrok, IsianTidakSah, TidakBerwenang, TransisiDitolak
from ikm.enums import StatusPeriode
from ikm.models import Hitungan, ImporJawaban, Jawaban
from ikm.pemeriksaan import periksa_hitungan
from ikm.services.impor import BARIS_MAKS, impor, tinjau
from ikm.statistik import hasil_periode
from tests.ikm.alat import isi_acak, periode

pytestmark = pytest.mark.django_db
KEPALA = ",".join(f"u{n}" for n in range(1, 10))


def berkas(*baris: str) -> bytes:
    return "\n".join([KEPALA, *baris, ""]).encode()


TIGA, EMPAT = ",".join("3" * 9), ",".join("4" * 9)


def test_the_rows_become_answers_and_counts(prita):
    p = periode()
    isi_acak(p, 6)
    impor(p, berkas(*[TIGA] * 5, *[EMPAT] * 3), nama="loket.csv", oleh=prita)
    impor(p, berkas(*[EMPAT] * 2), nama="lagi.csv", oleh=prita)
    assert periksa_hitungan() == (16, [])
    saluran = {s["kunci"]: s["n"] for s in hasil_periode(p)["saluran"]}
    assert saluran == {"tautan": 6, "impor": 10}
    assert Jawaban.objects.filter(saluran="impor", seragam=True, kelompok="", layanan="").count() == 10


def test_a_dry_run_shows_the_index_and_changes_nothing():
    p = periode()
    t = tinjau(p, berkas(TIGA, EMPAT))
    assert (t.bersih, t.banyak, str(t.hasil.resmi.nilai)) == (True, 2, "87.50")
    assert not Jawaban.objects.exists()
    assert not ImporJawaban.objects.exists()


def test_one_bad_cell_stops_the_whole_file_and_every_error_is_named(prita):
    p = periode()
    with pytest.raises(IsianTidakSah) as galat:
        impor(p, berkas(TIGA, TIGA.replace("3", "", 1), TIGA[:-1] + "7"), nama="x.csv", oleh=prita)
    assert galat.value.rincian["berkas"] == [
        "Baris 3, kolom u1: kosong.",
        "Baris 4, kolom u9: '7' bukan 1, 2, 3, atau 4.",
    ]
    assert not Jawaban.objects.exists()
    assert not Hitungan.objects.exists()


def test_a_head_of_another_instrument_is_refused(prita):
    with pytest.raises(IsianTidakSah) as galat:
        impor(periode(instrumen="kep25-2004"), berkas(TIGA), nama="x.csv", oleh=prita)
    assert galat.value.rincian["berkas"] == ["Baris 1, kolom u10: kolom u10 tidak ada. Harus u1 sampai u14."]


def test_the_same_file_is_not_counted_twice_not_even_in_another_period(prita):
    impor(periode(), berkas(TIGA), nama="a.csv", oleh=prita)
    lain = periode("2026-S2")
    assert tinjau(lain, berkas(TIGA)).sudah.nama == "a.csv"
    with pytest.raises(Bentrok) as galat:
        impor(lain, berkas(TIGA), nama="b.csv", oleh=prita)
    assert galat.value.kode == "berkas_sama"
    assert Jawaban.objects.count() == 1


def test_an_empty_file_and_one_without_rows_are_refused(prita):
    for isi in (b"", KEPALA.encode()):
        with pytest.raises(IsianTidakSah):
            impor(periode("2026-S1") if not isi else periode("2026-S2"), isi, nama="x.csv", oleh=prita)


def test_too_many_rows_are_refused():
    assert not tinjau(periode(), berkas(*[TIGA] * (BARIS_MAKS + 1))).bersih


def test_a_closed_period_takes_nothing(prita):
    p = periode()
    p.status = StatusPeriode.DITUTUP
    p.save()
    with pytest.raises(TransisiDitolak):
        impor(p, berkas(TIGA), nama="x.csv", oleh=prita)
    assert not ImporJawaban.objects.exists()


def test_only_the_planner_imports(kabid, admin):
    p = periode()
    for orang in (kabid, admin):
        with pytest.raises(TidakBerwenang):
            impor(p, berkas(TIGA), nama="x.csv", oleh=orang)
