"""Withholding, against an attacker who adds and subtracts everything that is shown in every possible way."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ikm.enums import KELOMPOK_MIN
from ikm.penyamaran import TidakTertutup, sembunyikan

Sel = tuple[str, ...]


def peretas(orang: dict[str, int], atom: dict[Sel, frozenset[str]], gelap: frozenset[Sel]) -> set[frozenset[str]]:
    """Every set of people that comes out of adding and subtracting up to five of the shown groups: the oracle.

    It knows nothing of the algorithm: an outcome counts when each atom that has people is in it once or not at all.
    """
    semua = sorted(a for a, n in orang.items() if n)
    letak = [v for k, s in atom.items() if k not in gelap and any(v := [int(a in s) for a in semua])]
    hasil = set()
    for banyak in range(1, min(5, len(letak)) + 1):
        for pilih in itertools.combinations(letak, banyak):
            for tanda in itertools.product((1, -1), repeat=banyak):
                jumlah = [sum(t * v for t, v in zip(tanda, kolom, strict=True)) for kolom in zip(*pilih, strict=True)]
                if set(jumlah) == {0, 1} or set(jumlah) == {1}:
                    hasil.add(frozenset(a for a, v in zip(semua, jumlah, strict=True) if v))
    return hasil


def aman(orang: dict[str, int], atom: dict[Sel, frozenset[str]], gelap: frozenset[Sel]) -> bool:
    return not any(0 < sum(orang[a] for a in s) < KELOMPOK_MIN for s in peretas(orang, atom, gelap))


def tabel(sel: list[list[int]], *, isi: bool = True):
    """A two-way table (semester x group) with both margins and the total, with or without its cells."""
    baris, kolom = range(len(sel)), range(len(sel[0]))
    orang = {f"{i}{j}": sel[i][j] for i in baris for j in kolom}
    atom: dict[Sel, frozenset[str]] = {("semua",): frozenset(orang)}
    atom |= {("s", str(i)): frozenset(f"{i}{j}" for j in kolom) for i in baris}
    atom |= {("k", str(j)): frozenset(f"{i}{j}" for i in baris) for j in kolom}
    if isi:
        atom |= {("sk", str(i), str(j)): frozenset({f"{i}{j}"}) for i in baris for j in kolom}
    return orang, atom


def satu_tingkat(*banyak: int):
    orang = {str(i): b for i, b in enumerate(banyak)}
    return orang, {("x", i): frozenset({i}) for i in orang} | {("semua",): frozenset(orang)}


def test_the_oracle_finds_a_leak_where_there_is_one():
    """Negative control: hiding only the small group leaves it to a subtraction."""
    orang, atom = satu_tingkat(3, 20, 30)
    assert not aman(orang, atom, frozenset({("x", "0")}))
    assert aman(orang, atom, frozenset({("x", "0"), ("x", "1")}))


@pytest.mark.parametrize(
    ("banyak", "gelap"),
    [
        ((20, 30, 40), set()),
        ((3, 20, 30), {"0", "1"}),  # alone, the small one is the total less the others
        ((2, 2, 30), {"0", "1", "2"}),  # the two together are four, so the third goes too; the total stays
        ((3, 2, 30), {"0", "1"}),  # together they are five
        ((0, 20, 30), set()),  # nobody is found in an empty group
        ((4, 0), {"0", "semua"}),
        ((5, 5), set()),
    ],
)
def test_one_level(banyak, gelap):
    assert {k[-1] for k in sembunyikan(*satu_tingkat(*banyak))} == gelap


def test_a_year_does_not_tell_what_a_shown_semester_left_out():
    """S1 showed 30 of a group; the year would show 33; the three of S2 come out by subtraction."""
    orang, atom = {"s1": 30, "s2": 3}, {"t": ["s1", "s2"], "s1": ["s1"], "s2": ["s2"]}
    assert sembunyikan(orang, atom, terbit=["s1"]) == {"s2", "t"}


def test_what_is_published_and_not_safe_by_itself_is_said():
    orang, atom = {"s1": 30, "s2": 3}, {"t": ["s1", "s2"], "s1": ["s1"], "s2": ["s2"]}
    with pytest.raises(TidakTertutup):
        sembunyikan(orang, atom, terbit=["s1", "t"])


def test_two_hidden_ones_of_different_periods_do_not_come_out_of_the_total():
    """Each relation by itself is closed here; the total less the shown five tells of two people."""
    orang, atom = tabel([[0, 1], [1, 5]])
    tiap_hubungan = frozenset({("s", "0"), ("s", "1"), ("k", "0"), ("k", "1"), ("sk", "0", "1"), ("sk", "1", "0")})
    assert not aman(orang, atom, tiap_hubungan)
    assert aman(orang, atom, sembunyikan(orang, atom))


def test_a_bridge_between_two_closed_patterns_is_found():
    """Each row and column hides two cells or more, and yet a cell follows from all of them together."""
    orang, atom = tabel([[3, 4, 50, 60], [4, 3, 50, 60], [50, 3, 60, 50], [60, 50, 3, 4], [50, 60, 4, 3]])
    assert aman(orang, {k: v for k, v in atom.items() if k[0] != "sk"}, sembunyikan(orang, atom))
    gelap = sembunyikan(orang, atom)
    kecil = [k for k in atom if 0 < sum(orang[a] for a in atom[k]) < KELOMPOK_MIN]
    assert gelap.issuperset(kecil)


TABEL = st.integers(1, 3).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 12), min_size=k, max_size=k), min_size=1, max_size=2)
)


@settings(max_examples=150, deadline=None)
@given(TABEL, st.booleans())
def test_no_addition_or_subtraction_of_what_is_shown_tells_of_a_small_group(sel, isi):
    orang, atom = tabel(sel, isi=isi)
    assert aman(orang, atom, sembunyikan(orang, atom))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=2, max_size=2))
def test_what_one_period_published_stays_safe_when_the_next_one_comes(sel):
    """Semester one alone decides what it shows; the year, with semester two, must live with it."""
    orang, atom = tabel(sel)
    dulu = {k: v for k, v in atom.items() if k == ("s", "0") or k[:2] == ("sk", "0")}
    terbit = dulu.keys() - sembunyikan(orang, dulu)
    gelap = sembunyikan(orang, atom, terbit=terbit)
    assert not gelap & terbit
    assert aman(orang, atom, gelap)


@given(st.lists(st.integers(5, 40), min_size=1, max_size=6))
def test_nothing_is_hidden_without_need(banyak):
    assert sembunyikan(*satu_tingkat(*banyak)) == frozenset()


def test_a_year_of_a_big_office_still_shows_most_of_its_groups():
    """Two semesters, 10 groups, 40 services, 4 channels: what an edition asks for."""
    acak = random.Random(4)
    orang = {
        (s, f"k{ly % 10}", f"l{ly}", c): acak.choice((0, 0, 1, 2, 4, 9, 30))
        for s in ("S1", "S2") for ly in range(40) for c in "abcd"
    }  # fmt: skip
    kelompok: dict[tuple[str, str, str], set[tuple[str, str, str, str]]] = {}
    for a in orang:
        for periode in (a[0], "tahun"):
            for dimensi, nilai in (("", ""), ("kelompok", a[1]), ("layanan", a[2]), ("saluran", a[3])):
                kelompok.setdefault((periode, dimensi, nilai), set()).add(a)
    gelap = sembunyikan(orang, kelompok)
    tampil = {k: frozenset(v) for k, v in kelompok.items() if k not in gelap}
    assert len(tampil) > len(kelompok) // 2
    assert all(sum(orang[a] for a in v) >= KELOMPOK_MIN or not any(orang[a] for a in v) for v in tampil.values())
