"""Which answers a period is made of, and which of its groups must be withheld.

A gathering period holds its own answers; any other pools the gathering ones inside its days, as far as they were
asked by the same instrument. What to withhold is decided together with every signed edition that shares answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Sum

from ikm.models import Edisi, Hitungan, Periode
from ikm.penyamaran import TidakTertutup, sembunyikan
from ikm.rumus import Cacah, kosong

#: The ways in which a result is parted. Each is a column of the counts.
DIMENSI: Final = ("kelompok", "layanan", "saluran")
#: (period's code, dimension, key); the whole of a period has an empty dimension.
Kunci = tuple[str, str, str]
#: (gathering period, group, service, channel): the finest cell of the counts.
Atom = tuple[int, str, str, str]


@dataclass(slots=True)
class Isi:
    """The counts of a period: as a whole, and by each dimension's keys."""

    banyak: int
    semua: list[list[int]] = field(init=False)
    bagian: dict[tuple[str, str], list[list[int]]] = field(init=False)

    def __post_init__(self) -> None:
        self.semua = kosong(self.banyak)
        self.bagian = defaultdict(lambda: kosong(self.banyak))

    def tambah(self, kunci: dict[str, str], urutan: int, nilai: int, jumlah: int) -> None:
        """Add one cell. An unsur beyond the instrument is not counted."""
        if urutan > self.banyak:
            return
        for tujuan in (self.semua, *(self.bagian[d, kunci[d]] for d in DIMENSI)):
            tujuan[urutan - 1][nilai - 1] += jumlah


def cacah_tetap(isi: list[list[int]]) -> list[Cacah]:
    """The count as the rules take it."""
    return [(a, b, c, d) for a, b, c, d in isi]


def anggota(periode: Periode) -> list[Periode]:
    """The gathering periods whose answers this one holds, whatever their instrument, oldest first."""
    if periode.mengumpulkan:
        return [periode]
    dalam = Periode.objects.filter(mengumpulkan=True, mulai__gte=periode.mulai, selesai__lte=periode.selesai)
    return list(dalam.select_related("instrumen").order_by("mulai"))


def isi_periode(bagian: Iterable[Periode], banyak: int) -> Isi:
    """The counts of these gathering periods added up, in one query."""
    isi = Isi(banyak)
    sel = Hitungan.objects.filter(periode__in=list(bagian), jumlah__gt=0)
    for baris in sel.values(*DIMENSI, "urutan", "nilai").annotate(n=Sum("jumlah")).order_by():
        isi.tambah(baris, baris["urutan"], baris["nilai"], baris["n"])
    return isi


def ditahan(periode: Periode, bagian: list[Periode]) -> frozenset[tuple[str, str]]:
    """(dimension, key) of this period that must be withheld, ("", "") for the whole of it.

    When earlier editions are not safe by themselves any more, no part of this period is shown beside them.
    """
    edisi = _edisi_terkait(periode, bagian)
    anggota_edisi = {e.periode_id: anggota(e.periode) for e in edisi}
    semua = {p.pk for daftar in anggota_edisi.values() for p in daftar} | {p.pk for p in bagian}
    atom = _atom(semua)
    kelompok = _kelompok(periode.kode, {p.pk for p in bagian}, atom)
    terbit: set[Kunci] = set()
    for e in edisi:
        milik = _kelompok(e.periode.kode, {p.pk for p in anggota_edisi[e.periode_id]}, atom)
        tampil = {(e.periode.kode, d, k) for d, k in tertampil(e.hasil)}
        terbit |= tampil & milik.keys()
        kelompok |= {k: v for k, v in milik.items() if k in tampil}
    try:
        gelap = sembunyikan(atom, kelompok, terbit=terbit)
    except TidakTertutup:  # an answer was left out after it had been published: add as little as possible
        gelap = frozenset(k for k in kelompok if k[1]) | _hanya_utuh(atom, kelompok, terbit)
    return frozenset((d, k) for kode, d, k in gelap if kode == periode.kode)


def _hanya_utuh(
    atom: dict[Atom, int], kelompok: dict[Kunci, frozenset[Atom]], terbit: set[Kunci]
) -> frozenset[Kunci]:
    """Which periods as a whole must be withheld, the parts left aside."""
    utuh = {k: v for k, v in kelompok.items() if not k[1]}
    try:
        return sembunyikan(atom, utuh, terbit=terbit & utuh.keys())
    except TidakTertutup:
        return frozenset(utuh)


def tertampil(hasil: dict[str, Any]) -> set[tuple[str, str]]:
    """(dimension, key) of the groups that a frozen result shows."""
    tampil = {(d, g["kunci"]) for d in DIMENSI for g in hasil.get(d, []) if not g.get("ditahan")}
    return tampil | (set() if hasil.get("ditahan") else {("", "")})


def _edisi_terkait(periode: Periode, bagian: list[Periode]) -> list[Edisi]:
    """Signed editions of other periods that share days with these answers."""
    if not bagian:
        return []
    sah = Edisi.objects.filter(disahkan_pada__isnull=False).exclude(periode=periode)
    terkait = sah.filter(periode__mulai__lte=bagian[-1].selesai, periode__selesai__gte=bagian[0].mulai)
    return list(terkait.select_related("periode", "periode__instrumen").order_by("pk"))


def _atom(periode: set[int]) -> dict[Atom, int]:
    """How many answered in each cell: an answer has a value for every unsur, so the first one counts them."""
    sel = Hitungan.objects.filter(periode__in=periode, urutan=1, jumlah__gt=0)
    baris = sel.values_list("periode_id", *DIMENSI).annotate(n=Sum("jumlah")).order_by()
    return {(p, k, ly, s): n for p, k, ly, s, n in baris}


def _kelompok(kode: str, periode: set[int], atom: dict[Atom, int]) -> dict[Kunci, frozenset[Atom]]:
    """Every group that a result of this period could show, as its cells."""
    hasil: dict[Kunci, set[Atom]] = defaultdict(set)
    for a in atom:
        if a[0] in periode:
            hasil[kode, "", ""].add(a)
            for dimensi, kunci in zip(DIMENSI, a[1:], strict=True):
                hasil[kode, dimensi, kunci].add(a)
    return {k: frozenset(v) for k, v in hasil.items()}
