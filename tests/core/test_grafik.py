"""Charts: every figure stands in the drawing and in its table, a break is a break, and nothing carries a style."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from xml.etree import ElementTree as ET

from django.template.loader import render_to_string

from core.cetak import cetak_pdf
from core.grafik import LEBAR, Butir, Titik, Tumpukan, batang, garis, tumpuk

SVG = "{http://www.w3.org/2000/svg}"


def lukisan(grafik) -> ET.Element:
    return ET.fromstring(str(grafik.svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def lebar(grafik, kelas: str) -> list[Decimal]:
    return [Decimal(r.get("width", "")) for r in lukisan(grafik).iter(f"{SVG}rect") if kelas in r.get("class", "")]


def test_a_bar_is_as_long_as_its_share_of_the_axis():
    g = batang("b", "Unsur", [Butir("Satu", Fraction(5, 2), "2,500"), Butir("Dua", 4, "4,000")], dari=1, sampai=4)
    assert lebar(g, "g-isi-0") == [(LEBAR - 64) / Decimal(2), LEBAR - 64]


def test_a_value_that_is_withheld_has_words_and_no_bar():
    g = batang("b", "Unsur", [Butir("Satu", None, "ditahan")])
    assert lebar(g, "g-isi-0") == []
    assert g.baris == [["Satu", "ditahan"]]
    assert "ditahan" in g.svg


def test_a_value_beyond_the_axis_stops_at_its_end():
    assert lebar(batang("b", "Unsur", [Butir("Satu", 140, "140"), Butir("Dua", -3, "-3")]), "g-isi-0") == [
        LEBAR - 64,
        0,
    ]


def garis_dua_ruas(ruas: str):
    titik = [Titik(str(n), 70 + n, str(70 + n), 75, "75", "lama" if n < 3 else ruas) for n in range(6)]
    return garis("g", "Indeks", titik, dari=60, sampai=90)


def test_a_change_of_measure_breaks_both_lines_and_is_named():
    putus, utuh = lukisan(garis_dua_ruas("baru")), lukisan(garis_dua_ruas("lama"))
    assert len(list(putus.iter(f"{SVG}polyline"))) == 4
    assert len(list(utuh.iter(f"{SVG}polyline"))) == 2
    assert [t.text for t in putus.iter(f"{SVG}text") if t.get("class") == "g-putus-teks"] == ["baru"]
    assert not [t for t in utuh.iter(f"{SVG}text") if t.get("class") == "g-putus-teks"]


def test_a_missing_value_breaks_the_line_and_stands_in_the_table():
    g = garis(
        "g", "Indeks", [Titik("1", 70, "70"), Titik("2", None, "belum ada"), Titik("3", 80, "80")], dari=60, sampai=90
    )
    assert list(lukisan(g).iter(f"{SVG}polyline")) == []
    assert len(list(lukisan(g).iter(f"{SVG}circle"))) == 2 + 1  # the third is the legend's
    assert ["2", "belum ada"] in g.baris


def test_an_empty_line_and_a_single_point_are_drawn():
    assert garis("g", "Indeks", [], dari=0, sampai=1).baris == []
    assert len(garis("g", "Indeks", [Titik("1", 1, "1")], dari=0, sampai=2).baris) == 1


def test_stacked_parts_fill_the_whole_bar():
    g = tumpuk("t", "Sebaran", ("a", "b", "c"), [Tumpukan("U1", (1, 0, 3)), Tumpukan("U2", (0, 0, 0))])
    assert lebar(g, "g-tepi") == [100, 300]
    assert g.baris == [["U1", "1", "0", "3"], ["U2", "0", "0", "0"]]


def test_what_people_typed_is_escaped_and_nothing_carries_a_style_or_a_script():
    g = batang("b", '<script>x("1")</script>', [Butir("<b onload=1>", 1, "<i>")], keterangan="</svg>")
    html = render_to_string("komponen/grafik.html", {"grafik": g, "terbuka": False})
    assert not re.search(r"<script|<b |<i>|style=| on[a-z]+=\"", html)
    assert html.count("</svg>") == 1


def test_the_drawing_is_named_for_those_who_do_not_see_it():
    akar = lukisan(batang("b", "Unsur", [Butir("Satu", 1, "1")], keterangan="Satu unsur saja."))
    assert akar.get("role") == "img"
    nama = {e.get("id"): e.text for e in akar if e.tag in {f"{SVG}title", f"{SVG}desc"}}
    assert [nama[i] for i in akar.get("aria-labelledby", "").split()] == ["Unsur", "Satu unsur saja."]


def test_every_cell_has_the_class_of_its_column():
    g = garis_dua_ruas("baru")
    assert g.sel[0] == [("0", ""), ("70", "angka"), ("75", "angka"), ("lama", "")]
    html = render_to_string("komponen/grafik.html", {"grafik": g, "terbuka": True})
    assert html.count("<td") == html.count("<tr") * 3 - 3


def test_the_same_drawing_prints_in_a_pdf():
    g = garis_dua_ruas("baru")
    html = render_to_string("komponen/grafik.html", {"grafik": g, "cetak": True})
    assert "<details" not in html
    assert "visually-hidden" not in html
    assert cetak_pdf(f"<!doctype html><html lang=id><body>{html}</body></html>").startswith(b"%PDF")
