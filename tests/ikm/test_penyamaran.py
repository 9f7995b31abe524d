"""Withholding, against an attacker who adds and subtracts everything that is shown in every possible way."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ikm.enums import KELOMPOK_MIN
from ikm.penyamaran import Hubungan, TidakTertutup, sembunyikan

Sel = tuple[str, ...]


def peretas(n: dict[Sel, int], atom: dict[Sel, frozenset[str]], gelap: frozenset[Sel]) -> set[frozenset[str]]:
    """Every set of people that comes out of adding and subtracting up to four of the shown groups: the oracle.

    It knows nothing of the algorithm: it works on sets of atoms, and an outcome counts when each atom is in it
    either once or not at all.
    """
    tampil = [k for k in n if k not in gelap and n[k]]
    semua = sorted({a for s in atom.values() for a in s})
    letak = [[int(a in atom[k]) for a in semua] for k in tampil]
    hasil = set()
    for banyak in range(1, min(5, len(tampil)) + 1):
        for pilih in itertools.combinations(letak, banyak):
            for tanda in itertools.product((1, -1), repeat=banyak):
                jumlah = [sum(t * v for t, v in zip(tanda, kolom, strict=True)) for kolom in zip(*pilih, strict=True)]
                if set(jumlah) == {0, 1} or set(jumlah) == {1}:
                    hasil.add(frozenset(a for a, v in zip(semua, jumlah, strict=True) if v))
    return hasil


def aman(n, atom, orang: dict[str, int], gelap) -> bool:
    return not any(0 < sum(orang[a] for a in s) < KELOMPOK_MIN for s in peretas(n, atom, gelap))


def tabel(sel: list[list[int]]):
    """A two-way table (semester x group) with both margins and the total: numbers, atoms, relations."""
    baris, kolom = len(sel), len(sel[0])
    orang = {f"{i}{j}": sel[i][j] for i in range(baris) for j in range(kolom)}
    atom: dict[Sel, frozenset[str]] = {("semua",): frozenset(orang)}
    atom |= {("s", str(i)): frozenset(f"{i}{j}" for j in range(kolom)) for i in range(baris)}
    atom |= {("k", str(j)): frozenset(f"{i}{j}" for i in range(baris)) for j in range(kolom)}
    atom |= {("sk", str(i), str(j)): frozenset({f"{i}{j}"}) for i in range(baris) for j in range(kolom)}
    n = {k: sum(orang[a] for a in s) for k, s in atom.items()}
    h = [Hubungan(("semua",), tuple(("s", str(i)) for i in range(baris)))]
    h.append(Hubungan(("semua",), tuple(("k", str(j)) for j in range(kolom))))
    h += [Hubungan(("s", str(i)), tuple(("sk", str(i), str(j)) for j in range(kolom))) for i in range(baris)]
    h += [Hubungan(("k", str(j)), tuple(("sk", str(i), str(j)) for i in range(baris))) for j in range(kolom)]
    return n, atom, orang, h


def satu_tingkat(*banyak: int):
    n: dict[Sel, int] = {("x", str(i)): b for i, b in enumerate(banyak)}
    h = [Hubungan(("semua",), tuple(n))]
    return n | {("semua",): sum(banyak)}, h


def test_the_oracle_finds_a_leak_where_there_is_one():
    """Negative control: hiding only the small group leaves it to a subtraction."""
    n, atom, orang, _h = tabel([[3, 20, 30]])
    assert not aman(n, atom, orang, frozenset({("sk", "0", "0"), ("k", "0")}))


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
    n, h = satu_tingkat(*banyak)
    assert {k[-1] for k in sembunyikan(n, h)} == gelap


def test_a_year_does_not_tell_what_a_shown_semester_left_out():
    """S1 showed 30 of a group; the year would show 33; the three of S2 come out by subtraction."""
    n: dict[Sel, int] = {("t",): 33, ("s1",): 30, ("s2",): 3}
    assert sembunyikan(n, [Hubungan(("t",), (("s1",), ("s2",)))], terbit=[("s1",)]) == {("s2",), ("t",)}


def test_what_is_published_and_not_safe_by_itself_is_said():
    n: dict[Sel, int] = {("t",): 33, ("s1",): 30, ("s2",): 3}
    with pytest.raises(TidakTertutup):
        sembunyikan(n, [Hubungan(("t",), (("s1",), ("s2",)))], terbit=[("s1",), ("t",)])


def test_numbers_that_do_not_add_up_are_refused():
    with pytest.raises(ValueError, match="bukan jumlah"):
        sembunyikan({"a": 3, "b": 1}, [Hubungan("a", ("b",))])


def test_a_bridge_between_two_closed_patterns_is_found():
    """Each row and column hides two or more cells, and yet one cell follows from all of them together."""
    sel = [[3, 4, 50, 60], [4, 3, 50, 60], [50, 3, 60, 50], [60, 50, 3, 4], [50, 60, 4, 3]]
    n, atom, orang, h = tabel(sel)
    gelap = sembunyikan(n, h)
    assert aman(n, atom, orang, gelap)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(1, 3).flatmap(
        lambda k: st.lists(st.lists(st.integers(0, 12), min_size=k, max_size=k), min_size=1, max_size=2)
    )
)
def test_no_addition_or_subtraction_of_what_is_shown_tells_of_a_small_group(sel):
    n, atom, orang, h = tabel(sel)
    assert aman(n, atom, orang, sembunyikan(n, h))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=2, max_size=2))
def test_what_one_period_published_stays_safe_when_the_next_one_comes(sel):
    """Semester one alone decides what it shows; the year, with semester two, must live with it."""
    n, atom, orang, h = tabel(sel)
    dulu = {k for k in n if k in {("s", "0")} or k[:2] == ("sk", "0")}
    pertama = sembunyikan({k: n[k] for k in dulu}, [x for x in h if x.induk == ("s", "0")])
    terbit = dulu - pertama
    gelap = sembunyikan(n, h, terbit=terbit)
    assert not gelap & terbit
    assert aman(n, atom, orang, gelap)


@given(st.lists(st.integers(5, 40), min_size=1, max_size=6))
def test_nothing_is_hidden_without_need(banyak):
    n, h = satu_tingkat(*banyak)
    assert sembunyikan(n, h) == frozenset()
