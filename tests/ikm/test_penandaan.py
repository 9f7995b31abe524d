"""Answers that look odd are shown to a person, who decides once and with a reason; remarks get words by hand."""

from __future__ import annotations

import pytest

from core.galat import Bentrok, IsianTidakSah, TidakBerwenang, TransisiDitolak
from ikm.enums import StatusPeriode
from ikm.models import Jawaban, Komentar, Pengecualian
from ikm.pemeriksaan import periksa_hitungan
from ikm.services.penandaan import kembar, perlu_dilihat, putuskan, tandai_komentar
from ikm.statistik import hasil_periode
from tests.ikm.alat import isi_acak, jawaban, periode

pytestmark = pytest.mark.django_db
POLA = [3, 4, 3, 2, 3, 4, 3, 3, 4]


def test_uniform_answers_wait_and_still_count(prita):
    p = periode()
    isi_acak(p, 5)
    satu = jawaban(p, [2] * 9)
    assert list(perlu_dilihat([p])) == [satu]
    assert hasil_periode(p)["n"] == 6


def test_what_is_left_out_leaves_the_counts_and_says_why(prita):
    p = periode()
    isi_acak(p, 5)
    satu = jawaban(p, [1] * 9)
    putuskan(satu.pk, dihitung=False, alasan="Diisi percobaan.", oleh=prita)
    assert hasil_periode(p)["n"] == 5
    assert periksa_hitungan() == (5, [])
    assert Pengecualian.objects.get().alasan == "Diisi percobaan."
    assert not perlu_dilihat([p])


def test_what_is_kept_counts_and_does_not_wait_any_more(prita):
    p = periode()
    satu = jawaban(p, [4] * 9)
    putuskan(satu.pk, dihitung=True, alasan="Wajar.", oleh=prita)
    assert not perlu_dilihat([p])
    assert periksa_hitungan() == (1, [])


def test_one_decides_once_with_a_reason_while_the_period_is_open(prita, kabid):
    p = periode()
    satu = jawaban(p, [4] * 9)
    with pytest.raises(IsianTidakSah):
        putuskan(satu.pk, dihitung=False, alasan="  ", oleh=prita)
    with pytest.raises(TidakBerwenang):
        putuskan(satu.pk, dihitung=False, alasan="x", oleh=kabid)
    putuskan(satu.pk, dihitung=True, alasan="x", oleh=prita)
    with pytest.raises(Bentrok):
        putuskan(satu.pk, dihitung=False, alasan="y", oleh=prita)
    dua = jawaban(p, [4] * 9)
    p.status = StatusPeriode.DITUTUP
    p.save()
    with pytest.raises(TransisiDitolak):
        putuskan(dua.pk, dihitung=False, alasan="x", oleh=prita)
    assert not Jawaban.objects.filter(dikecualikan=True).exists()


def test_three_alike_from_one_channel_are_shown_two_are_not(prita):
    p = periode()
    tiga = [jawaban(p, POLA, saluran="kertas") for _ in range(3)]
    for _ in range(2):
        jawaban(p, POLA, saluran="tautan")
        jawaban(p, POLA[::-1], saluran="kertas")
    (kelompok,) = kembar([p])
    assert {j.pk for j in kelompok} == {j.pk for j in tiga}
    for j in tiga:
        putuskan(j.pk, dihitung=True, alasan="Tiga orang berbeda.", oleh=prita)
    assert kembar([p]) == []


def test_uniform_answers_are_not_shown_twice():
    p = periode()
    for _ in range(4):
        jawaban(p, [3] * 9)
    assert kembar([p]) == []
    assert perlu_dilihat([p]).count() == 4


def test_a_remark_gets_words_by_hand_and_is_published_only_when_somebody_says_so(prita, kabid):
    jawaban(periode(), POLA, teks="Antre lama.")
    satu = Komentar.objects.get()
    assert satu.disembunyikan is True
    tandai_komentar(satu.pk, tanda="Antrean,  waktu  tunggu, antrean, ", disembunyikan=False, oleh=prita)
    satu.refresh_from_db()
    assert (satu.tanda, satu.disembunyikan) == (["antrean", "waktu tunggu"], False)
    with pytest.raises(IsianTidakSah):
        tandai_komentar(satu.pk, tanda=",".join("abcdefghi"), disembunyikan=False, oleh=prita)
    with pytest.raises(TidakBerwenang):
        tandai_komentar(satu.pk, tanda="x", disembunyikan=False, oleh=kabid)
