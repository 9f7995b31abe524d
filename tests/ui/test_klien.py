"""The strict client: each rule is shown a page that breaks it, and a good page breaks none."""

from __future__ import annotations

import pytest

from tests.klien import periksa

BAIK = """<!doctype html><html lang="id"><head><title>Kotak masuk - Perizinan</title>
<link rel="stylesheet" href="/a.css"><script src="/a.js" defer></script></head><body>
<a href="#isi">Langsung ke isi</a><main id="isi"><h1>Kotak masuk</h1><h2>Hari ini</h2>
<form><label for="a">Nama</label><input id="a" aria-describedby="b"><p id="b">Seperti di KTP.</p>
<label>Setuju <input type="checkbox"></label><input type="hidden" name="k"><button>Kirim</button>
<fieldset><legend>Jenis</legend><label><input type="radio">Satu</label></fieldset></form>
<img src="/x.png" alt=""><a href="/y"><svg role="img" aria-label="Unduh"><title>x</title></svg></a>
<table><thead><tr><th>Nomor</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>
<script type="application/json" id="data">{}</script></main></body></html>"""


def test_a_good_page_has_no_complaint():
    assert periksa(BAIK) == []


@pytest.mark.control
@pytest.mark.parametrize(
    ("lama", "baru", "keluhan"),
    [
        ('lang="id"', "", "tanpa lang"),
        ("<title>Kotak masuk - Perizinan", "<title> - Perizinan", "judul (<title>)"),
        ("<h1>Kotak masuk</h1>", "", "h1 harus satu"),
        ("<h1>Kotak masuk</h1>", "<h1>A</h1><h1>B</h1>", "h1 harus satu"),
        ("<h1>Kotak masuk</h1>", "<h1> </h1>", "h1 harus satu"),
        ('<main id="isi">', '<main id="isi"></main><main id="isi2">', "<main> harus satu"),
        ("<h2>Hari ini</h2>", "<h3>Hari ini</h3>", "melompat"),
        ('<label for="a">Nama</label>', "", "tanpa label"),
        ('<label for="a">Nama</label>', '<label for="a"> </label>', "tanpa label"),
        ("<label>Setuju", "<p>Setuju", "tanpa label"),
        ('alt=""', "", "tanpa alt"),
        ("<button>Kirim</button>", "<button></button>", "<button> tanpa kata"),
        ("<legend>Jenis</legend>", "", "tanpa legend"),
        ("<th>Nomor</th>", "<td>Nomor</td>", "tanpa kepala kolom"),
        ("<button>", '<button onclick="x()">', "penangan sebaris"),
        ('src="/a.js"', "", "skrip sebaris"),
        ("<h2>", '<h2 style="color:red">', "gaya sebaris"),
        ("<form>", "<style>a{}</style><form>", "gaya sebaris"),
        ('href="/y"', 'href="javascript:x()"', "javascript:"),
        ('<p id="b">', '<p id="a">', "dipakai 2 kali"),
        ('<p id="b">', "<p>", "menunjuk id"),
        ('href="#isi"', 'href="#tiada"', "tidak menunjuk apa pun"),
        ("</form>", "", "<form> tidak ditutup"),
        ("</form>", "</form></div>", "tanpa pembuka"),
        ("<img ", '<img alt="a" ', "dua kali"),
    ],
)
def test_each_rule_sees_its_mistake(lama, baru, keluhan):
    assert lama in BAIK
    rusak = BAIK.replace(lama, baru, 1)
    assert any(keluhan in satu for satu in periksa(rusak)), periksa(rusak)


def test_a_fragment_is_not_asked_for_a_frame():
    assert periksa("<p>Tersimpan.</p>") == []
