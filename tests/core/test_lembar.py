"""Spreadsheets: numbers stay numbers, text never becomes a formula, heads stay in sight."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from core.lembar import Kolom, Lembar, nama_lembar, xlsx

DIBUAT = dt.datetime(2026, 6, 2, 8, 0, tzinfo=dt.UTC)


def buku(*lembar: Lembar):
    return load_workbook(io.BytesIO(xlsx(lembar, dibuat=DIBUAT, judul="Buku")))


def satu(*sel, kolom: tuple[Kolom, ...] = ()):
    kolom = kolom or tuple(Kolom(f"K{n}") for n in range(len(sel)))
    kertas = buku(Lembar("Data", ["Judul"], kolom, [sel])).worksheets[0]
    return next(iter(kertas.iter_rows(min_row=4, max_row=4)))


def test_values_keep_their_type():
    sel = satu("teks", 1234, Decimal("76.45"), Fraction(1, 3), dt.date(2026, 6, 2), None, True)
    assert [c.value for c in sel] == ["teks", 1234, 76.45, 0.33, dt.datetime(2026, 6, 2), None, "ya"]
    assert [c.data_type for c in sel][:4] == ["s", "n", "n", "n"]


def test_a_column_says_how_many_decimals_its_numbers_have():
    (sel,) = satu(Fraction(233, 75), kolom=(Kolom("NRR", desimal=3),))
    assert (sel.value, sel.number_format) == (3.107, "#,##0.000")


@pytest.mark.parametrize("jahat", ["=1+1", "+62811", "-3", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "\r=1"])
def test_what_looks_like_a_formula_stays_text(jahat):
    (sel,) = satu(jahat)
    assert sel.data_type == "s"
    assert sel.quotePrefix


def test_an_honest_text_has_no_mark():
    (sel,) = satu("Pelayanan baik")
    assert not sel.quotePrefix


def test_a_title_or_head_is_no_formula_either():
    kertas = buku(Lembar("Data", ["=1+1"], [Kolom("=2+2")], [], catatan=["=3+3"])).worksheets[0]
    assert {c.data_type for r in kertas.iter_rows() for c in r if c.value} == {"s"}


def test_control_characters_do_not_stop_the_book():
    assert satu("a\x00b\x0bc")[0].value == "abc"


def test_the_head_is_frozen_and_printed_on_every_page():
    kertas = buku(Lembar("Data", ["Judul", "Anak judul"], [Kolom("A"), Kolom("B", lebar=30)], [["x", 1]])).worksheets[
        0
    ]
    assert kertas.freeze_panes == "A5"
    assert kertas.print_title_rows == "$4:$4"
    assert kertas.column_dimensions["B"].width == 30


def test_a_row_that_does_not_fit_its_columns_is_refused():
    with pytest.raises(ValueError, match="zip"):
        buku(Lembar("Data", [], [Kolom("A")], [["x", "y"]]))


def test_tabs_have_names_that_spreadsheets_accept():
    terpakai: set[str] = set()
    assert nama_lembar("Unsur: a/b [2026]", terpakai) == "Unsur  a b  2026"
    assert nama_lembar("x" * 40, terpakai) == "x" * 31
    assert nama_lembar("X" * 40, terpakai) == "X" * 29 + " 2"
    assert nama_lembar("'", terpakai) == "Lembar"


def test_a_book_without_sheets_is_refused():
    with pytest.raises(ValueError, match="tanpa lembar"):
        xlsx([], dibuat=DIBUAT)
