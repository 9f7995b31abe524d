"""A plane with two limits: points with numbers, four named fields, no number over another.

Points that lie on one another share one label (`1-3, 7`). A label looks for a free place around its point, nearest
first; from the second ring on a thin line leads to it. Values beyond the axis stop at its end; the table has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.grafik import LEBAR, Angka, Grafik, _kotak, _letak, _lukisan, _p, _ruas, _teks

#: The plot in the drawing's own units.
KIRI, KANAN, ATAS, BAWAH = 44, 392, 22, 300
_JARI: Final = 4
_TINGGI_HURUF: Final = 14
_LEBAR_HURUF: Final = 8
#: The fields: both high, only y, only x, neither.
HURUF: Final = "ABCD"
#: Steps around a point in which a label looks for its place.
_ARAH: Final = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
_LINGKARAN: Final = 12


@dataclass(frozen=True, slots=True)
class TitikKuadran:
    """One point, its number in the table, and both values in percent."""

    no: int
    x: Angka
    y: Angka


class Kotak(NamedTuple):
    """A rectangle of the drawing."""

    kiri: Fraction
    atas: Fraction
    kanan: Fraction
    bawah: Fraction

    def kena(self, lain: Kotak) -> bool:
        """Whether two rectangles share more than an edge."""
        return self.kiri < lain.kanan and lain.kiri < self.kanan and self.atas < lain.bawah and lain.atas < self.bawah


class Label(NamedTuple):
    """A text at its place; `jauh` when a line has to lead to it from (x, y)."""

    teks: str
    kotak: Kotak
    x: Fraction
    y: Fraction
    jauh: bool


def kuadran(
    kode: str,
    judul: str,
    titik: Sequence[TitikKuadran],
    *,
    batas: Angka,
    kata_batas: str,
    sumbu: tuple[str, str],
    nama: tuple[str, str, str, str],
    keterangan: str = "",
) -> Grafik:
    """The drawing, without a table. `nama`: high-high (A), high y only (B), high x only (C), neither (D)."""
    sampai = max([Fraction(100), *(min(Fraction(120), max(Fraction(t.x), Fraction(t.y))) for t in titik)])
    tengah_x, tengah_y = _x(batas, sampai), _y(batas, sampai)
    bagian: list[SafeString] = [_kotak(KIRI, ATAS, KANAN - KIRI, BAWAH - ATAS, "g-alas", "#f3f5f4")]
    bagian.append(_ruas(KIRI, BAWAH, KANAN, BAWAH, "g-sumbu"))
    bagian.append(_ruas(KIRI, ATAS, KIRI, BAWAH, "g-sumbu"))
    for n in (0, 50, 100):
        x = _x(n, sampai)
        rata = "end" if x >= KANAN else "middle"  # the drawing ends there, and paper cuts what stands out
        bagian.append(_teks(x, BAWAH + 16, f"{n}%", kelas="g-sumbu-teks", rata=rata))
        bagian.append(_teks(KIRI - 4, _y(n, sampai) + 4, f"{n}%", kelas="g-sumbu-teks", rata="end"))
    bagian.append(_ruas(tengah_x, ATAS, tengah_x, BAWAH, "g-putus", "4 3"))
    bagian.append(_ruas(KIRI, tengah_y, KANAN, tengah_y, "g-putus", "4 3"))
    bagian.append(_teks(tengah_x, BAWAH + 32, kata_batas, kelas="g-sumbu-teks", rata="middle"))
    bagian.append(_teks(0, 12, sumbu[1], kelas="g-label"))
    bagian.append(_teks(KANAN, BAWAH + 48, sumbu[0], kelas="g-label", rata="end"))
    huruf, terhalang = _huruf()
    bagian += huruf
    bagian += [
        format_html(
            '<circle cx="{}" cy="{}" r="{}" class="g-garis-tanda" fill="#0b6b47"/>',
            _p(_x(t.x, sampai)), _p(_y(t.y, sampai)), _JARI,
        )
        for t in titik
    ]  # fmt: skip
    for satu in label([(t.no, _x(t.x, sampai), _y(t.y, sampai)) for t in titik], terhalang):
        bagian += _tulis(satu)
    y = BAWAH + 70
    for n, kata in enumerate(nama):
        bagian.append(_teks(0, y + n * 20, f"{HURUF[n]}  {kata}", kelas="g-label"))
    return Grafik(kode, judul, keterangan, _lukisan(kode, judul, keterangan, y + 66, bagian))


def _x(nilai: Angka, sampai: Fraction) -> Fraction:
    return _letak(nilai, 0, sampai, KIRI, KANAN)


def _y(nilai: Angka, sampai: Fraction) -> Fraction:
    return _letak(nilai, 0, sampai, BAWAH, ATAS)


def _huruf() -> tuple[list[SafeString], list[Kotak]]:
    """The letters of the fields in the corners of the plot, and the places that they take."""
    sudut = {
        "A": (KANAN - 12, ATAS + 16),
        "B": (KIRI + 12, ATAS + 16),
        "C": (KANAN - 12, BAWAH - 6),
        "D": (KIRI + 12, BAWAH - 6),
    }
    tulisan = [_teks(x, y, h, kelas="g-putus-teks", rata="middle") for h, (x, y) in sudut.items()]
    return tulisan, [_di(Fraction(x), Fraction(y - 5), 1) for x, y in sudut.values()]


def label(titik: Sequence[tuple[int, Fraction, Fraction]], terhalang: Sequence[Kotak] = ()) -> list[Label]:
    """Where the numbers of points (number, x, y) stand: over no point, no other label, and inside the plot."""
    gugus: list[tuple[list[int], Fraction, Fraction]] = []
    for no, x, y in sorted(titik):
        dekat = next((g for g in gugus if abs(g[1] - x) <= 2 * _JARI and abs(g[2] - y) <= 2 * _JARI), None)
        if dekat is None:
            gugus.append(([no], x, y))
        else:
            dekat[0].append(no)
    penuh = [*terhalang, *(Kotak(x - _JARI, y - _JARI, x + _JARI, y + _JARI) for _n, x, y in titik)]
    hasil = []
    for nomor, x, y in gugus:
        satu = _cari(_rentang(nomor), x, y, penuh)
        penuh.append(satu.kotak)
        hasil.append(satu)
    return hasil


def _cari(teks: str, x: Fraction, y: Fraction, penuh: Sequence[Kotak]) -> Label:
    """The nearest free place; the first one of all where the plot is full."""
    lebar = Fraction(len(teks) * _LEBAR_HURUF)
    for lingkar in range(1, _LINGKARAN + 1):
        for dx, dy in _ARAH:
            cx = x + dx * (lebar / 2 + _JARI * (2 * lingkar - 1) + 1)
            cy = y + dy * (Fraction(_TINGGI_HURUF, 2) + _JARI * (2 * lingkar - 1) + 1)
            kotak = _di(cx, cy, len(teks))
            if _di_dalam(kotak) and not any(kotak.kena(k) for k in penuh):
                return Label(teks, kotak, x, y, lingkar > 1)
    return Label(teks, _di(x + lebar / 2 + _JARI + 1, y, len(teks)), x, y, jauh=False)


def _di(cx: Fraction, cy: Fraction, huruf: int) -> Kotak:
    lebar, tinggi = Fraction(huruf * _LEBAR_HURUF, 2), Fraction(_TINGGI_HURUF, 2)
    return Kotak(cx - lebar, cy - tinggi, cx + lebar, cy + tinggi)


def _di_dalam(k: Kotak) -> bool:
    return k.kiri >= KIRI and k.kanan <= LEBAR and k.atas >= ATAS - _TINGGI_HURUF and k.bawah <= BAWAH


def _rentang(nomor: Sequence[int]) -> str:
    """`1-3, 7` from 1, 2, 3, 7."""
    lari: list[list[int]] = []
    for n in sorted(nomor):
        if lari and n == lari[-1][-1] + 1:
            lari[-1].append(n)
        else:
            lari.append([n])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}-{r[-1]}" for r in lari)


def _tulis(satu: Label) -> list[SafeString]:
    k = satu.kotak
    tengah = (k.kiri + k.kanan) / 2, (k.atas + k.bawah) / 2
    garis = [_ruas(satu.x, satu.y, *tengah, "g-bantu")] if satu.jauh else []
    alas = [_kotak(k.kiri, k.atas, k.kanan - k.kiri, k.bawah - k.atas, "g-alas", "#f3f5f4")] if satu.jauh else []
    return [*garis, *alas, _teks(tengah[0], k.bawah - 3, satu.teks, kelas="g-nilai", rata="middle")]
