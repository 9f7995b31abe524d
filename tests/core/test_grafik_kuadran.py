"""The plane of four fields: no number stands over another, over a point or outside; what is drawn is named."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from core.grafik_kuadran import ATAS, BAWAH, KANAN, KIRI, Kotak, TitikKuadran, kuadran, label

_TITIK = st.tuples(st.integers(KIRI, KANAN).map(Fraction), st.integers(ATAS, BAWAH).map(Fraction))


@given(st.lists(_TITIK, max_size=15))
@settings(max_examples=60, deadline=None)
def test_labels_touch_neither_each_other_nor_a_point_and_stay_inside(tempat):
    titik = [(n, x, y) for n, (x, y) in enumerate(tempat, start=1)]
    semua = label(titik)
    bulat = [Kotak(x - 4, y - 4, x + 4, y + 4) for _n, x, y in titik]
    for n, satu in enumerate(semua):
        assert not any(satu.kotak.kena(lain.kotak) for lain in semua[n + 1 :])
        assert not any(satu.kotak.kena(b) for b in bulat)
        assert satu.kotak.kiri >= KIRI and satu.kotak.bawah <= BAWAH
    disebut = [n for satu in semua for bagian in satu.teks.split(", ") for n in _urai(bagian)]
    assert sorted(disebut) == [n for n, _x, _y in titik]  # each number once


def _urai(bagian):
    awal, _, akhir = bagian.partition("-")
    return range(int(awal), int(akhir or awal) + 1)


def test_control_two_boxes_that_overlap_are_seen():
    assert Kotak(*map(Fraction, (0, 0, 2, 2))).kena(Kotak(*map(Fraction, (1, 1, 3, 3))))
    assert not Kotak(*map(Fraction, (0, 0, 2, 2))).kena(Kotak(*map(Fraction, (2, 0, 4, 2))))


def test_points_on_one_another_share_a_label():
    x, y = Fraction(100), Fraction(100)
    assert [s.teks for s in label([(1, x, y), (2, x, y), (3, x + 1, y), (7, x, y), (9, x + 100, y)])] == [
        "1-3, 7",
        "9",
    ]


def test_the_drawing_names_its_fields_and_says_itself_in_words():
    nama = ("atas kanan", "atas kiri", "bawah kanan", "bawah <kiri>")
    titik = [TitikKuadran(1, 90, 130), TitikKuadran(2, 10, 20)]
    g = kuadran("k", "Judul", titik, batas=76, kata_batas="76%", sumbu=("X", "Y"), nama=nama, keterangan="Kalimat")
    assert all(k in g.svg for k in ("atas kanan", "bawah &lt;kiri&gt;", "<title", "Kalimat", "76%", 'role="img"'))
    assert g.svg.count("<circle") == 2 and "style=" not in g.svg
