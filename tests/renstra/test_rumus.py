"""Golden numbers of renstra_rules.md, and what holds for any numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renstra import rumus
from renstra.angka import bulat, tulis
from renstra.rumus import Arah, BentukNegatif, Tipe, capaian, predikat, tampil

KINI = date(2026, 6, 2)
positif = st.decimals(min_value="0.01", max_value=10**9, places=2)
bilangan = st.decimals(min_value=0, max_value=10**9, places=2)


@pytest.mark.parametrize(
    ("target", "realisasi", "persen"),
    [
        ("75", "78.00", "104.00"),
        ("76", "79.14", "104.13"),
        ("77", "79.48", "103.22"),
        ("78", "79.75", "102.24"),
        ("79", "79.99", "101.25"),
    ],
)
def test_the_index_2009_to_2013_passed_its_targets(target, realisasi, persen):
    nilai = capaian(Decimal(realisasi), Decimal(target))
    assert tampil(nilai) == Decimal(persen)
    assert predikat(nilai, KINI) == ("Sangat Tinggi", True)


@pytest.mark.parametrize(
    ("anggaran", "realisasi", "persen", "kriteria"),
    [
        (2_881_250_000, 2_697_615_500, "93.63", "Sangat Tinggi"),
        (3_338_000_000, 3_003_614_000, "89.98", "Tinggi"),
        (3_568_000_000, 2_997_880_800, "84.02", "Tinggi"),
        (2_589_700_000, 2_001_831_250, "77.30", "Tinggi"),
        (268_850_000, 71_375_000, "26.55", "Sangat Rendah"),
    ],
)
def test_the_absorption_2009_to_2012(anggaran, realisasi, persen, kriteria):
    nilai = rumus.serapan(realisasi, anggaran)
    assert tampil(nilai) == Decimal(persen)
    assert predikat(nilai, KINI) == (kriteria, False)


def test_fewer_days_are_better_and_both_forms_are_there():
    selisih = capaian(16, 14, Arah.NEGATIF)
    assert (tampil(selisih), predikat(selisih, KINI)) == (Decimal("85.71"), ("Tinggi", False))
    assert capaian(16, 14, Arah.NEGATIF, bentuk=BentukNegatif.BALIKAN) == Fraction(175, 2)
    assert capaian(40, 14, Arah.NEGATIF) == 0
    assert capaian(0, 14, Arah.NEGATIF) == 200
    assert capaian(0, 14, Arah.NEGATIF, bentuk=BentukNegatif.BALIKAN) is None


@pytest.mark.parametrize(
    ("realisasi", "persen"),
    [("7", 100), ("7.5", 100), ("8", 100), ("6", Fraction(600, 7)), ("10", 125)],
)
def test_a_range_counts_by_the_bound_that_was_missed(realisasi, persen):
    assert capaian(Decimal(realisasi), "7-8") == persen


@pytest.mark.parametrize("target", [0, "0", "-", "", "banyak", "8-7"])
def test_a_target_of_nothing_has_no_achievement(target):
    assert capaian(5, target) is None
    assert capaian(5, target, Arah.NEGATIF) is None
    assert predikat(None, KINI) is None


@pytest.mark.parametrize(
    ("nilai", "kriteria"),
    [
        ("90.49", "Tinggi"),
        ("90.50", "Sangat Tinggi"),
        ("75.5", "Tinggi"),
        ("75.49", "Sedang"),
        ("65.49", "Rendah"),
        ("65.5", "Sedang"),
        ("50.5", "Rendah"),
        ("50.49", "Sangat Rendah"),
        ("0", "Sangat Rendah"),
        ("100", "Sangat Tinggi"),
    ],
)
def test_the_printed_gaps_are_closed_by_rounding_first(nilai, kriteria):
    assert predikat(Decimal(nilai), KINI) == (kriteria, False)


def test_above_a_hundred_the_target_is_to_be_looked_at():
    assert predikat(Decimal("100.01"), KINI) == ("Sangat Tinggi", True)


def test_no_grade_before_the_decree():
    assert predikat(90, date(2010, 1, 1)) is None


def test_growth_of_the_recomputed_totals():
    anggaran = [2_881_250_000, 3_338_000_000, 3_568_000_000, 2_589_700_000, 1_550_000_000]
    realisasi = [2_697_615_500, 3_003_614_000, 2_997_880_800, 2_001_831_250]
    assert [str(tampil(x)) for x in rumus.pertumbuhan(anggaran)] == ["15.85", "6.89", "-27.42", "-40.15"]
    assert [str(tampil(x)) for x in rumus.pertumbuhan(realisasi)] == ["11.34", "-0.19", "-33.23"]
    assert tampil(rumus.rata_pertumbuhan(anggaran)) == Decimal("-11.21")
    assert tampil(rumus.rata_pertumbuhan(realisasi)) == Decimal("-7.36")
    assert rumus.pertumbuhan([0, 5, None, 3]) == [None, None, None]


def test_the_mean_of_ratios_is_not_the_ratio_of_sums():
    rasio = [83, 88, 81, 100, 81, 65, 98, 80, 44, 79, 15, 94, 80]
    assert rumus.rata_rata(rasio) == 76
    assert tampil(rumus.rasio_jumlah([(10_700_941_550, 13_926_950_000)])) == Decimal("76.84")


def test_efficiency_names_both_variants():
    hasil = rumus.efisiensi(90, 72)
    assert (hasil.selisih, hasil.nisbah) == (18, 20)
    assert rumus.efisiensi(None, 72) is None
    assert rumus.efisiensi(0, 50).nisbah is None


def test_five_years_of_a_level_and_of_a_count():
    ikm = [Decimal("81.5"), Decimal(82), None]
    assert capaian_level(ikm) == capaian(82, Decimal("82.5"))
    assert rumus.capaian_periode([10, 20, None], [10, 10, 40], Tipe.KUMULATIF) == 50
    assert rumus.capaian_periode([10, 20], [10, 10], Tipe.KUMULATIF, target_akhir=120) == 25
    assert rumus.capaian_periode([None], [3], Tipe.KUMULATIF) is None


def capaian_level(ikm):
    return rumus.capaian_periode(ikm, [81, 82, Decimal("82.5")], Tipe.LEVEL)


@pytest.mark.parametrize(("nilai", "teks"), [("0.5", "1"), ("1.5", "2"), ("-0.5", "-1"), ("2.49", "2")])
def test_halves_are_rounded_up(nilai, teks):
    assert tulis(Decimal(nilai), 0) == teks


@given(bilangan, positif)
def test_achievement_is_never_negative_and_meets_100_at_the_target(realisasi, target):
    for arah in Arah:
        assert capaian(realisasi, target, arah) >= 0
        assert capaian(target, target, arah) == 100


@given(st.lists(bilangan, min_size=2, max_size=6, unique=True), positif)
def test_more_is_better_for_a_positive_and_worse_for_a_negative_indicator(nilai, target):
    for sedikit, banyak in pairwise(sorted(nilai)):
        assert capaian(sedikit, target) < capaian(banyak, target)
        assert capaian(sedikit, target, Arah.NEGATIF) >= capaian(banyak, target, Arah.NEGATIF)


@given(st.fractions(min_value=0, max_value=200))
def test_every_achievement_has_a_grade_and_a_higher_one_no_lower_grade(nilai):
    urutan = ["Sangat Rendah", "Rendah", "Sedang", "Tinggi", "Sangat Tinggi"]
    satu, dua = predikat(nilai, KINI), predikat(nilai + 1, KINI)
    assert urutan.index(satu.kriteria) <= urutan.index(dua.kriteria)
    assert satu.melampaui is (nilai > 100)


@given(st.fractions(min_value=-(10**6), max_value=10**6), st.integers(0, 4))
def test_rounding_is_at_most_half_a_step_away(nilai, desimal):
    assert abs(Fraction(bulat(nilai, desimal)) - nilai) <= Fraction(1, 2 * 10**desimal)
