"""Numbers are rounded once, half up, from the exact fraction, and written with a decimal comma."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bilangan import bulatkan, tulis
from core.templatetags.tampilan import desimal


@pytest.mark.parametrize(
    ("nilai", "tempat", "hasil"),
    [
        (Fraction(3211, 42), 2, "76.45"),
        (Decimal("81.255"), 2, "81.26"),
        (Decimal("81.2549"), 2, "81.25"),
        (Decimal("-0.125"), 2, "-0.13"),
        (Fraction(1, 3), 0, "0"),
        (Fraction(1, 2), 0, "1"),
        (100, 2, "100.00"),
    ],
)
def test_the_half_goes_up(nilai, tempat, hasil):
    assert str(bulatkan(nilai, tempat)) == hasil


@given(st.decimals(-1000, 1000, places=5), st.integers(0, 4))
def test_it_agrees_with_the_decimal_module_on_every_decimal(nilai, tempat):
    assert bulatkan(nilai, tempat) == nilai.quantize(Decimal(1).scaleb(-tempat), rounding=ROUND_HALF_UP)


def test_numbers_are_written_the_indonesian_way():
    assert [tulis(Decimal("1234.5")), tulis(76, 0), tulis(Fraction(-1, 8), 3), tulis(None)] == [
        "1.234,50",
        "76",
        "-0,125",
        "",
    ]
    assert [desimal("76.45"), desimal(Fraction(233, 75), 3), desimal(None), desimal("")] == ["76,45", "3,107", "", ""]
