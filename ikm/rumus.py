"""The index of a set of answers, exactly: integers and fractions, rounded once, graded on the rounded value.

No ORM, no settings, no clock. A count is, for each unsur in the instrument's order, how many gave 1, 2, 3 and 4.
Source: KEP/25/M.PAN/2/2004, Permenpan RB 14/2017; ikm.md sections 2-7. Decision: docs/keputusan/0031-hitung-ikm.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Final

from core.bilangan import bulatkan

#: How many gave 1, 2, 3, 4.
Cacah = tuple[int, int, int, int]
#: Index points per point of perception: 1 becomes 25, 4 becomes 100.
KALI: Final = 25
#: Chi square of one degree of freedom at 95 %, as Krejcie and Morgan print it; also the square of z = 1.96.
CHI_KUADRAT: Final = Decimal("3.841")
EKSAK: Final = "eksak"


@dataclass(frozen=True, slots=True)
class Rentang:
    """A row of the grade table: from `batas_bawah` (a rounded index, inclusive) up to the next row."""

    mutu: str
    kinerja: str
    persepsi: int
    batas_bawah: Decimal


@dataclass(frozen=True, slots=True)
class Aturan:
    """What an instrument prescribes. `bobot` maps a mode to the weight of one unsur."""

    kode: str
    unsur: tuple[str, ...]
    bobot: Mapping[str, Fraction]
    rentang: tuple[Rentang, ...]
    sampel_tetap: int | None = None
    tabel_sampel: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class HasilUnsur:
    """One unsur: answers, their sum, the mean (NRR) and the weighted mean, exact; None where nobody answered."""

    kode: str
    cacah: Cacah
    n: int
    jumlah: int
    nrr: Fraction | None
    tertimbang: Fraction | None


@dataclass(frozen=True, slots=True)
class Indeks:
    """The index in one weight mode: exact, rounded, and what the rounded value is called."""

    mode: str
    bobot: Fraction
    tepat: Fraction
    nilai: Decimal
    mutu: str
    kinerja: str
    di_bawah_tabel: bool


@dataclass(frozen=True, slots=True)
class Peringatan:
    """What a reader must know before using the index: a stable code and its figures."""

    kode: str
    rinci: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Hasil:
    """Everything about one set of answers. `indeks` holds every mode of the instrument; empty without answers."""

    aturan: Aturan
    mode: str
    n: int
    unsur: tuple[HasilUnsur, ...]
    indeks: Mapping[str, Indeks]
    margin: Decimal | None
    minimum: int | None
    peringatan: tuple[Peringatan, ...]

    @property
    def resmi(self) -> Indeks | None:
        """The index in the mode that the period names."""
        return self.indeks.get(self.mode)

    @property
    def terendah(self) -> tuple[HasilUnsur, ...]:
        """The unsur from the lowest mean up; equal means by the instrument's order."""
        berisi = [u for u in self.unsur if u.nrr is not None]
        return tuple(sorted(berisi, key=lambda u: u.nrr or 0))


def bobot(teks: str) -> Fraction:
    """`1/14` or `0.071` as a fraction. Raises ValueError for anything else or for a weight outside (0, 1]."""
    try:
        nilai = Fraction(teks)
    except ZeroDivisionError as galat:
        raise ValueError(teks) from galat
    if not 0 < nilai <= 1:
        raise ValueError(teks)
    return nilai


def kosong(banyak: int) -> list[list[int]]:
    """A count of nothing, to add answers to."""
    return [[0, 0, 0, 0] for _ in range(banyak)]


def cacah(jawaban: Iterable[Sequence[int | None]], banyak: int) -> list[Cacah]:
    """The count of answers, each in the instrument's order; None is left out. Raises ValueError for other values."""
    hasil = kosong(banyak)
    for satu in jawaban:
        if len(satu) != banyak:
            raise ValueError(f"{len(satu)} nilai, seharusnya {banyak}")
        for n, nilai in enumerate(satu):
            if nilai is None:
                continue
            if nilai not in {1, 2, 3, 4}:
                raise ValueError(f"nilai {nilai!r}")
            hasil[n][nilai - 1] += 1
    return [(a, b, c, d) for a, b, c, d in hasil]


def gabung(*bagian: Sequence[Cacah]) -> list[Cacah]:
    """Counts of the same instrument added up: the pooled answers. Raises ValueError for different lengths."""
    return [
        (sum(c[0] for c in u), sum(c[1] for c in u), sum(c[2] for c in u), sum(c[3] for c in u))
        for u in zip(*bagian, strict=True)
    ]


def hitung(aturan: Aturan, isi: Sequence[Cacah], mode: str, *, populasi: int | None = None) -> Hasil:
    """The result of a count. `populasi` is how many could have answered, where that is known.

    An unsur is averaged over those who answered it. Raises ValueError for a count of another length, KeyError for a
    mode that the instrument has no weight for.
    """
    if len(isi) != len(aturan.unsur):
        raise ValueError(f"{len(isi)} unsur, {aturan.kode} punya {len(aturan.unsur)}")
    w = aturan.bobot[mode]
    unsur = tuple(_unsur(kode, c, w) for kode, c in zip(aturan.unsur, isi, strict=True))
    n = max(u.n for u in unsur)
    lengkap = all(u.n for u in unsur)
    indeks = {m: _indeks(aturan, m, unsur) for m in aturan.bobot} if lengkap else {}
    minimum = sampel_minimum(aturan, populasi)
    return Hasil(
        aturan, mode, n, unsur, indeks, _margin(unsur, w, n, populasi) if lengkap else None, minimum,
        tuple(_peringatan(n, minimum, indeks, mode, populasi)),
    )  # fmt: skip


def _unsur(kode: str, c: Cacah, w: Fraction) -> HasilUnsur:
    n, jumlah = sum(c), sum(nilai * banyak for nilai, banyak in enumerate(c, start=1))
    nrr = Fraction(jumlah, n) if n else None
    return HasilUnsur(kode, c, n, jumlah, nrr, nrr * w if nrr is not None else None)


def _indeks(aturan: Aturan, mode: str, unsur: Sequence[HasilUnsur]) -> Indeks:
    w = aturan.bobot[mode]
    tepat = sum((u.nrr or Fraction(0)) * w for u in unsur) * KALI
    nilai = bulatkan(tepat)
    rentang = nilai_mutu(aturan.rentang, nilai)
    return Indeks(mode, w, Fraction(tepat), nilai, rentang.mutu, rentang.kinerja, nilai < rentang.batas_bawah)


def nilai_mutu(rentang: Iterable[Rentang], nilai: Decimal) -> Rentang:
    """The row that a rounded index falls in; below the whole table it is the lowest (all-1 with 0.071 is 24.85)."""
    urut = sorted(rentang, key=lambda r: r.batas_bawah, reverse=True)
    return next((r for r in urut if nilai >= r.batas_bawah), urut[-1])


def sampel_minimum(aturan: Aturan, populasi: int | None = None) -> int | None:
    """How many must answer: the fixed number, or the table's row for the next higher population.

    An unknown population is taken as a large one, which asks for the most. None where the instrument sets none.
    """
    if aturan.sampel_tetap is not None:
        return aturan.sampel_tetap
    if not aturan.tabel_sampel:
        return None
    tabel = sorted(aturan.tabel_sampel)
    if populasi is None:
        return tabel[-1][1]
    baris = next((s for batas, s in tabel if batas >= populasi), tabel[-1][1])
    return min(baris, populasi)


def _margin(unsur: Sequence[HasilUnsur], w: Fraction, n: int, populasi: int | None) -> Decimal | None:
    """Half the width of a 95 % interval of the index, at most: 25 x sum of w x sqrt(3.841 x s2 / n x fpc).

    s2 is the sample variance of an unsur. The sum of standard deviations bounds the deviation of the sum whatever
    the unsur have to do with each other, which counts cannot tell. fpc = (N - n) / (N - 1) where the population N
    is known. None below two answers.
    """
    if n < 2 or any(u.n < 2 for u in unsur):
        return None
    with localcontext() as konteks:
        konteks.prec = 40
        jumlah = sum((_simpangan(u, populasi) for u in unsur), Decimal(0))
        setengah = jumlah * Decimal(w.numerator) / Decimal(w.denominator) * KALI
        return setengah.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _simpangan(u: HasilUnsur, populasi: int | None) -> Decimal:
    kuadrat = sum(nilai * nilai * banyak for nilai, banyak in enumerate(u.cacah, start=1))
    ragam = Fraction(kuadrat * u.n - u.jumlah**2, u.n * (u.n - 1))
    if populasi is not None and populasi > 1:
        ragam *= Fraction(max(populasi - u.n, 0), populasi - 1)
    return (CHI_KUADRAT * Decimal(ragam.numerator) / Decimal(ragam.denominator * u.n)).sqrt()


def _peringatan(
    n: int, minimum: int | None, indeks: Mapping[str, Indeks], mode: str, populasi: int | None
) -> Iterable[Peringatan]:
    if not indeks:
        yield Peringatan("kosong", {})
        return
    if minimum is not None and n < minimum:
        kode = "sampel_kurang"
        yield Peringatan(kode, {"n": n, "minimum": minimum, "populasi": -1 if populasi is None else populasi})
    resmi = indeks[mode]
    if resmi.di_bawah_tabel:
        yield Peringatan("di_bawah_tabel", {"nilai": str(resmi.nilai)})
    lain = next((i for i in indeks.values() if i.mutu != resmi.mutu), None)
    if lain is not None:
        rinci = {"mode": mode, "mutu": resmi.mutu, "mode_lain": lain.mode, "mutu_lain": lain.mutu}
        yield Peringatan("bobot_mengubah_mutu", rinci)
