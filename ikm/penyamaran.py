"""Which groups may be named: none of fewer than five answers, and none from which such a one could be worked out.

Pure. A group is any key with a number of answers. A relation says that one group is the sum of others (a period of
its service groups, a year of its semesters). What is shown may be added and subtracted by anybody, over all relations
together and with what was published earlier; no hidden group may come out of that, nor a sum of hidden ones below
the limit. Bounds (what is not exact) are not looked at. Source: R9; ikm.md section 7; decision 0031.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from ikm.enums import KELOMPOK_MIN

K = TypeVar("K", bound=Hashable)


class TidakTertutup(Exception):
    """What was published before already tells a small group; nothing that is hidden now can take it back."""


@dataclass(frozen=True, slots=True)
class Hubungan(Generic[K]):
    """`induk` is the sum of `anak`; their numbers must agree."""

    induk: K
    anak: tuple[K, ...]


def sembunyikan(
    n: Mapping[K, int],
    hubungan: Iterable[Hubungan[K]],
    *,
    terbit: Collection[K] = (),
    batas: int = KELOMPOK_MIN,
) -> frozenset[K]:
    """The groups that must be withheld. `terbit` were published before and cannot be hidden any more.

    Small groups are hidden first; then, while something can be worked out, the smallest group that takes part in it,
    a part before its sum. Groups without answers hide nobody and stay. Raises ValueError for a sum that does not
    agree, TidakTertutup when what was published is not safe by itself.
    """
    daftar = [h for h in hubungan if h.anak]
    for h in daftar:
        if n[h.induk] != sum(n[a] for a in h.anak):
            raise ValueError(f"{h.induk!r}: {n[h.induk]} bukan jumlah bagiannya")
    sudah = frozenset(terbit)
    gelap = {k for k, banyak in n.items() if 0 < banyak < batas and k not in sudah}
    while bocor := terungkap(n, daftar, gelap, batas):
        gelap.add(_berikut(n, daftar, gelap, sudah, bocor))
    return frozenset(gelap)


def terungkap(n: Mapping[K, int], hubungan: Sequence[Hubungan[K]], gelap: set[K], batas: int) -> frozenset[K]:
    """The hidden groups that one combination of what is shown lays open, by itself or as a sum below the limit."""
    persamaan = [_sisa(n, h, gelap) for h in hubungan]
    for baris in [*persamaan, *_susut(persamaan)]:
        if baris and _membuka(n, baris, batas):
            return frozenset(baris)
    return frozenset()


def _sisa(n: Mapping[K, int], h: Hubungan[K], gelap: set[K]) -> dict[K, Fraction]:
    """The hidden part of a relation as an equation: coefficients of the groups that a reader does not know."""
    baris: dict[K, Fraction] = {}
    for kunci, tanda in ((h.induk, -1), *((a, 1) for a in h.anak)):
        if kunci in gelap and n[kunci]:
            baris[kunci] = baris.get(kunci, Fraction(0)) + tanda
    return {k: v for k, v in baris.items() if v}


def _membuka(n: Mapping[K, int], baris: Mapping[K, Fraction], batas: int) -> bool:
    """Whether an equation tells one hidden group, or the sum of hidden ones that are fewer than the limit."""
    if len(baris) == 1:
        return True
    tanda = {v > 0 for v in baris.values()}
    return len(tanda) == 1 and sum(n[k] for k in baris) < batas


def _susut(persamaan: Sequence[dict[K, Fraction]]) -> list[dict[K, Fraction]]:
    """The reduced echelon form: a group is determined exactly when one of its rows holds it alone."""
    hasil: list[tuple[K, dict[K, Fraction]]] = []
    for asal in persamaan:
        baris = dict(asal)
        for poros, lain in hasil:
            _kurangi(baris, poros, lain)
        if not baris:
            continue
        poros = next(iter(baris))
        baris = {k: v / baris[poros] for k, v in baris.items()}
        for _p, lain in hasil:
            _kurangi(lain, poros, baris)
        hasil.append((poros, baris))
    return [baris for _poros, baris in hasil]


def _kurangi(baris: dict[K, Fraction], poros: K, lain: Mapping[K, Fraction]) -> None:
    """Take the pivot of `lain` out of a row, in place."""
    kali = baris.get(poros)
    if not kali:
        return
    for k, v in lain.items():
        if selisih := baris.get(k, Fraction(0)) - kali * v:
            baris[k] = selisih
        else:
            baris.pop(k, None)


def _berikut(
    n: Mapping[K, int],
    hubungan: Sequence[Hubungan[K]],
    gelap: set[K],
    terbit: frozenset[K],
    bocor: frozenset[K],
) -> K:
    """The next group to hide: a shown part that stands in a relation with what leaks, smallest first, sums last."""
    terkait = [h for h in hubungan if bocor & {h.induk, *h.anak}] or list(hubungan)
    for cari in (terkait, list(hubungan)):
        bagian = {a for h in cari for a in h.anak if n[a] and a not in gelap and a not in terbit}
        if bagian:
            induk = {h.induk for h in hubungan}
            return min(bagian, key=lambda k: (k in induk, n[k], repr(k)))
        atas = {h.induk for h in cari if n[h.induk] and h.induk not in gelap and h.induk not in terbit}
        if atas:
            return min(atas, key=lambda k: (n[k], repr(k)))
    raise TidakTertutup(repr(sorted(map(repr, bocor))))
