"""Which groups may be named: none of fewer than five answers, and none from which such a one could be worked out.

Pure. Answers fall into atoms (period, group, service, channel: the finest cells that exist), and every group that a
page could show is a set of atoms. A reader may add and subtract all that is shown, with any weights, together with
what was published earlier. What comes out of that is the row space of the shown sets; withheld is enough when no set
of atoms with one to four answers lies in it. Asking that of each relation by itself is not enough: with semesters of
(0, 1) and (1, 5) the total less the shown five tells of two people in two semesters.

Bounds (what is not exact) are not looked at. Source: R9; ikm.md section 7; decision 0031.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final, Generic, TypeVar

from ikm.enums import KELOMPOK_MIN

K = TypeVar("K", bound=Hashable)
A = TypeVar("A", bound=Hashable)
#: Row spaces are worked out modulo this prime (2**61 - 1): exact but for accidents of one in 10**18.
_PRIMA: Final = (1 << 61) - 1


class TidakTertutup(Exception):
    """What was published before already tells a small group; nothing that is hidden now can take it back."""


def sembunyikan(
    orang: Mapping[A, int],
    kelompok: Mapping[K, Collection[A]],
    *,
    terbit: Collection[K] = (),
    batas: int = KELOMPOK_MIN,
) -> frozenset[K]:
    """The groups that must be withheld, given how many answered in each atom and which atoms each group is made of.

    `terbit` were published before and cannot be hidden any more. Small groups are hidden first; then, while something
    can be worked out, the smallest group that takes part in it. Raises TidakTertutup when what was published is not
    safe by itself.
    """
    sudah = frozenset(terbit)
    atom, besar = _atom(orang, kelompok)
    n = {k: sum(besar[a] for a in isi) for k, isi in atom.items()}
    gelap = {k for k, banyak in n.items() if 0 < banyak < batas and k not in sudah}
    while bocor := _kebocoran(besar, {k: v for k, v in atom.items() if n[k] and k not in gelap}, batas):
        pilihan = bocor - sudah
        if not pilihan:
            raise TidakTertutup(sorted(map(repr, bocor)))
        gelap.add(min(pilihan, key=lambda k: (n[k], repr(k))))
    return frozenset(gelap)


def _atom(
    orang: Mapping[A, int], kelompok: Mapping[K, Collection[A]]
) -> tuple[dict[K, frozenset[int]], dict[int, int]]:
    """Atoms that no group tells apart are one; atoms without answers are known to be empty and left out."""
    pemilik: dict[A, list[int]] = {}
    for nomor, isi in enumerate(kelompok.values()):
        for a in isi:
            if orang.get(a):
                pemilik.setdefault(a, []).append(nomor)
    sidik: dict[tuple[int, ...], int] = {}
    besar: dict[int, int] = {}
    baru: dict[A, int] = {}
    for a, milik in pemilik.items():
        nomor = baru[a] = sidik.setdefault(tuple(milik), len(sidik))
        besar[nomor] = besar.get(nomor, 0) + orang[a]
    return {k: frozenset(baru[a] for a in isi if a in baru) for k, isi in kelompok.items()}, besar


@dataclass(slots=True)
class _Baris(Generic[K]):
    """A row of the elimination: coefficients by atom, and of which groups it is the combination."""

    isi: dict[int, int]
    asal: dict[K, int] = field(default_factory=dict)

    def kurangi(self, lain: _Baris[K], kali: int) -> None:
        _kurangi(self.isi, lain.isi, kali)
        _kurangi(self.asal, lain.asal, kali)


def _kurangi(tujuan: dict[K, int], sumber: Mapping[K, int], kali: int) -> None:
    """Take a multiple of a sparse row out of another, in place."""
    for k, v in sumber.items():
        if sisa := (tujuan.get(k, 0) - kali * v) % _PRIMA:
            tujuan[k] = sisa
        else:
            tujuan.pop(k, None)


def _kebocoran(besar: Mapping[int, int], tampil: Mapping[K, frozenset[int]], batas: int) -> frozenset[K]:
    """The groups that together tell of some set of fewer people than the limit; empty when none do."""
    susut = _susut(tampil)
    temu = _kumpulan_kecil(besar, _tanda(susut, besar), batas)
    if temu is None:
        return frozenset()
    asal: dict[K, int] = {}
    for poros in temu:
        if poros in susut:
            _kurangi(asal, susut[poros].asal, _PRIMA - 1)
    return frozenset(asal)


def _susut(tampil: Mapping[K, frozenset[int]]) -> dict[int, _Baris[K]]:
    """The reduced echelon form of the shown sets, by pivot; larger sets first, so that small ones complete them."""
    hasil: dict[int, _Baris[K]] = {}
    for kunci, atom in sorted(tampil.items(), key=lambda b: -len(b[1])):
        baris: _Baris[K] = _Baris(dict.fromkeys(atom, 1), {kunci: 1})
        for poros in [a for a in baris.isi if a in hasil]:
            if kali := baris.isi.get(poros, 0):
                baris.kurangi(hasil[poros], kali)
        if not baris.isi:
            continue
        poros = next(iter(baris.isi))
        balik = pow(baris.isi[poros], -1, _PRIMA)
        baris.isi = {k: v * balik % _PRIMA for k, v in baris.isi.items()}
        baris.asal = {k: v * balik % _PRIMA for k, v in baris.asal.items()}
        for lain in hasil.values():
            if kali := lain.isi.get(poros, 0):
                lain.kurangi(baris, kali)
        hasil[poros] = baris
    return hasil


def _tanda(susut: Mapping[int, _Baris[K]], besar: Mapping[int, int]) -> dict[int, int]:
    """A number for each atom such that a set lies in the row space when its numbers add up to zero.

    A set is in the row space when it is orthogonal to the null space; the numbers are the atoms' shares in one
    random vector of the null space. A chance hit would hide more than needed, never less.
    """
    acak = random.Random(31)  # noqa: S311 - no secret: the same input must give the same pages
    bebas = {a: acak.randrange(1, _PRIMA) for a in sorted(besar) if a not in susut}
    return bebas | {
        poros: -sum(v * bebas[k] for k, v in baris.isi.items() if k != poros) % _PRIMA
        for poros, baris in susut.items()
    }


def _kumpulan_kecil(besar: Mapping[int, int], tanda: Mapping[int, int], batas: int) -> tuple[int, ...] | None:
    """The first set of atoms with fewer people than the limit whose numbers add up to zero, the smallest sets first.

    Such a set has at most batas - 1 atoms. It is put together of two halves, one of them looked up by its number.
    """
    kecil = [a for a in sorted(besar) if 0 < besar[a] < batas]
    paruh: dict[int, list[tuple[int, ...]]] = {0: [()]}
    for besar_paruh in range(1, batas // 2 + 1):
        for satu in _pilihan(kecil, besar, besar_paruh, batas):
            jumlah = sum(tanda[a] for a in satu) % _PRIMA
            for lain in paruh.get(-jumlah % _PRIMA, ()):
                gabung = satu + lain
                if len(set(gabung)) == len(gabung) and sum(besar[a] for a in gabung) < batas:
                    return gabung
            paruh.setdefault(jumlah, []).append(satu)
    return None


def _pilihan(kecil: Sequence[int], besar: Mapping[int, int], banyak: int, batas: int) -> Iterable[tuple[int, ...]]:
    return (c for c in combinations(kecil, banyak) if sum(besar[a] for a in c) < batas)
