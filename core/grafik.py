"""Small charts as SVG of our own: bars, a line with its target and its breaks, stacked bars.

Every chart is a drawing with a title and a description, and the same figures as a table beside it
(`templates/komponen/grafik.html`). Colours are presentation attributes, dark enough for a photocopy; on a page the
classes of `static/css/grafik.css` take over, so neither a style attribute nor a script is needed (strict CSP), and
the same drawing prints in a PDF. Values are exact numbers; only the pen's place on the paper is rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Angka = Decimal | Fraction | int
#: Width of every drawing in its own units; a phone shows it at nearly this size.
LEBAR: Final = 400
_HURUF: Final = 13
#: Units of width that a letter takes.
_LEBAR_HURUF: Final = Fraction(7)
#: Fill of the series on paper, told apart as greys and by their pattern of lightness.
_ISI: Final = ("#0b6b47", "#7fae99", "#c9a14a", "#8a8f8c", "#3f6b9e", "#b9c6d3")


@dataclass(frozen=True, slots=True)
class Butir:
    """One bar: its label, value, and the value as people read it. `nilai` None is a gap with its words."""

    label: str
    nilai: Angka | None
    teks: str
    kelas: str = ""


@dataclass(frozen=True, slots=True)
class Titik:
    """One point of a line. A change of `ruas` breaks the line and is named at the break."""

    label: str
    nilai: Angka | None
    teks: str = ""
    sasaran: Angka | None = None
    teks_sasaran: str = ""
    ruas: str = ""


@dataclass(frozen=True, slots=True)
class Tumpukan:
    """One stacked bar; `bagian` are counts in the order of the chart's categories."""

    label: str
    bagian: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Grafik:
    """A drawing and its figures: `kolom` = [{judul, kelas?}], `baris` = rows of texts, the first one a row's head."""

    kode: str
    judul: str
    keterangan: str
    svg: SafeString
    kolom: list[dict[str, str]] = field(default_factory=list)
    baris: list[list[str]] = field(default_factory=list)

    @property
    def sel(self) -> list[list[tuple[str, str]]]:
        """The rows with the class of each cell's column."""
        return [[(isi, k.get("kelas", "")) for isi, k in zip(b, self.kolom, strict=True)] for b in self.baris]


def batang(
    kode: str,
    judul: str,
    butir: Sequence[Butir],
    *,
    dari: Angka = 0,
    sampai: Angka = 100,
    keterangan: str = "",
    kolom: tuple[str, str] = ("", ""),
) -> Grafik:
    """Horizontal bars, in the order given, the label above its bar. `dari` and `sampai` are the axis' ends."""
    tinggi_butir, panjang = 40, LEBAR - 64
    bagian: list[SafeString] = []
    for n, b in enumerate(butir):
        y = n * tinggi_butir
        bagian.append(_teks(0, y + 13, b.label, kelas="g-label"))
        bagian.append(_kotak(0, y + 19, panjang, 12, "g-alas", "#e9ede8"))
        if b.nilai is not None:
            lebar = _letak(b.nilai, dari, sampai, 0, panjang)
            bagian.append(_kotak(0, y + 19, lebar, 12, f"g-isi-0 {b.kelas}".strip(), _ISI[0]))
        bagian.append(_teks(LEBAR, y + 29, b.teks, kelas="g-nilai", rata="end"))
    svg = _lukisan(kode, judul, keterangan, max(len(butir), 1) * tinggi_butir, bagian)
    kepala = [{"judul": kolom[0] or judul}, {"judul": kolom[1] or _("Nilai"), "kelas": "angka"}]
    return Grafik(kode, judul, keterangan, svg, kepala, [[b.label, b.teks] for b in butir])


def garis(
    kode: str,
    judul: str,
    titik: Sequence[Titik],
    *,
    dari: Angka,
    sampai: Angka,
    garis_bantu: Iterable[tuple[Angka, str]] = (),
    keterangan: str = "",
    kolom: tuple[str, str, str] = ("", "", ""),
) -> Grafik:
    """A line of values over a dashed one of targets; a new `ruas` breaks both. `garis_bantu`: levels with words."""
    bidang = _Bidang(len(titik), dari, sampai)
    bersasaran = any(t.sasaran is not None for t in titik)
    bagian = [*_bantu(bidang, garis_bantu), *_putus(bidang, titik)]
    if bersasaran:
        bagian += _jalur(bidang, [(t.sasaran, t.ruas) for t in titik], "g-sasaran", putus=True)
    bagian += _jalur(bidang, [(t.nilai, t.ruas) for t in titik], "g-garis", putus=False)
    bagian += _tulisan(bidang, titik)
    kepala = [{"judul": kolom[0] or _("Periode")}, {"judul": kolom[1] or _("Nilai"), "kelas": "angka"}]
    nama = [kepala[1]["judul"]]
    if bersasaran:
        nama.append(kolom[2] or _("Target"))
        kepala.append({"judul": nama[1], "kelas": "angka"})
    if beruas := len({t.ruas for t in titik}) > 1:
        kepala.append({"judul": _("Dasar")})
    bagian += _keterangan_garis(nama)
    baris = [
        [t.label, t.teks, *([t.teks_sasaran] if bersasaran else []), *([t.ruas] if beruas else [])] for t in titik
    ]
    return Grafik(kode, judul, keterangan, _lukisan(kode, judul, keterangan, bidang.tinggi, bagian), kepala, baris)


def tumpuk(
    kode: str,
    judul: str,
    kategori: Sequence[str],
    tumpukan: Sequence[Tumpukan],
    *,
    keterangan: str = "",
    kolom: str = "",
) -> Grafik:
    """Horizontal bars of one length, parted by share; the counts stand in the table. At most six categories."""
    bagian: list[SafeString] = []
    y = 0
    for n, nama in enumerate(kategori):
        bagian.append(_kotak((n % 2) * 200, y + 2, 12, 12, f"g-isi-{n}", _ISI[n]))
        bagian.append(_teks((n % 2) * 200 + 18, y + 13, nama, kelas="g-label"))
        y += 20 if n % 2 or n == len(kategori) - 1 else 0
    y += 6
    for t in tumpukan:
        bagian.append(_teks(0, y + 13, t.label, kelas="g-label"))
        jumlah, x = sum(t.bagian), Fraction(0)
        bagian.append(_kotak(0, y + 19, LEBAR, 14, "g-alas", "#e9ede8"))
        for n, isi in enumerate(t.bagian):
            lebar = Fraction(LEBAR * isi, jumlah) if jumlah else Fraction(0)
            if isi:
                bagian.append(_kotak(x, y + 19, lebar, 14, f"g-isi-{n} g-tepi", _ISI[n]))
            x += lebar
        y += 44
    kepala = [{"judul": kolom or judul}, *({"judul": k, "kelas": "angka"} for k in kategori)]
    baris = [[t.label, *(str(b) for b in t.bagian)] for t in tumpukan]
    return Grafik(kode, judul, keterangan, _lukisan(kode, judul, keterangan, y, bagian), kepala, baris)


# --- the pen ------------------------------------------------------------------------------------------------------


def _p(nilai: Angka) -> str:
    """A place on the paper, to a tenth of a unit."""
    return f"{float(nilai):.1f}".removesuffix(".0")


def _letak(nilai: Angka, dari: Angka, sampai: Angka, awal: Angka, akhir: Angka) -> Fraction:
    """Where a value lies between two places; a value beyond the axis stops at its end."""
    bagian = (Fraction(nilai) - Fraction(dari)) / (Fraction(sampai) - Fraction(dari))
    return Fraction(awal) + min(max(bagian, Fraction(0)), Fraction(1)) * (Fraction(akhir) - Fraction(awal))


def _kotak(x: Angka, y: Angka, lebar: Angka, tinggi: Angka, kelas: str, isi: str) -> SafeString:
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" class="{}" fill="{}"/>',
        _p(x), _p(y), _p(lebar), _p(tinggi), kelas, isi,
    )  # fmt: skip


def _teks(x: Angka, y: Angka, isi: str, *, kelas: str, rata: str = "start") -> SafeString:
    return format_html(
        '<text x="{}" y="{}" class="{}" text-anchor="{}" fill="#15201a">{}</text>', _p(x), _p(y), kelas, rata, isi
    )


def _ruas(x1: Angka, y1: Angka, x2: Angka, y2: Angka, kelas: str, gores: str = "") -> SafeString:
    return format_html(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" class="{}" stroke="#76837b" stroke-width="1"{}/>',
        _p(x1), _p(y1), _p(x2), _p(y2), kelas, format_html(' stroke-dasharray="{}"', gores) if gores else "",
    )  # fmt: skip


def _lukisan(kode: str, judul: str, keterangan: str, tinggi: int, bagian: Iterable[SafeString]) -> SafeString:
    """The drawing around its parts. Title and description are its name for who cannot see it."""
    return format_html(
        '<svg class="grafik-gambar" viewBox="0 0 {} {}" width="{}" height="{}" role="img" '
        'aria-labelledby="{}-j {}-k" font-size="{}" font-family="DejaVu Sans, sans-serif" focusable="false">'
        '<title id="{}-j">{}</title><desc id="{}-k">{}</desc>{}</svg>',
        LEBAR, tinggi, LEBAR, tinggi, kode, kode, _HURUF, kode, judul, kode, keterangan or judul,
        format_html_join("", "{}", ((b,) for b in bagian)),
    )  # fmt: skip


# --- the line -----------------------------------------------------------------------------------------------------


class _Bidang:
    """The plot of a line: where a point's number and a value lie."""

    kiri, kanan, atas, bawah, tinggi = 50, 372, 44, 210, 236  # a text of seven letters fits at either end

    def __init__(self, banyak: int, dari: Angka, sampai: Angka) -> None:
        self.banyak, self.dari, self.sampai = banyak, dari, sampai

    def x(self, n: Angka) -> Fraction:
        if self.banyak < 2:
            return Fraction(self.kiri + self.kanan, 2)
        return self.kiri + Fraction(n) * (self.kanan - self.kiri) / (self.banyak - 1)

    def y(self, nilai: Angka) -> Fraction:
        return _letak(nilai, self.dari, self.sampai, self.bawah, self.atas)


def _bantu(bidang: _Bidang, tingkat: Iterable[tuple[Angka, str]]) -> list[SafeString]:
    bagian = [_ruas(bidang.kiri - 24, bidang.bawah, LEBAR, bidang.bawah, "g-sumbu")]
    for nilai, kata in tingkat:
        bagian.append(_ruas(bidang.kiri - 24, bidang.y(nilai), LEBAR, bidang.y(nilai), "g-bantu", "1 3"))
        bagian.append(_teks(0, bidang.y(nilai) + 4, kata, kelas="g-sumbu-teks"))
    return bagian


def _putus(bidang: _Bidang, titik: Sequence[Titik]) -> list[SafeString]:
    """A line and a name where the measure changes, so that nobody reads the two sides as one series."""
    bagian = []
    for n in range(1, len(titik)):
        if titik[n].ruas != titik[n - 1].ruas:
            x = bidang.x(Fraction(2 * n - 1, 2))
            kanan = x > LEBAR // 2
            bagian.append(_ruas(x, bidang.atas - 16, x, bidang.bawah, "g-putus", "4 3"))
            bagian.append(
                _teks(
                    x + (-4 if kanan else 4),
                    bidang.atas - 8,
                    titik[n].ruas,
                    kelas="g-putus-teks",
                    rata="end" if kanan else "start",
                )
            )
    return bagian


def _jalur(bidang: _Bidang, isi: Sequence[tuple[Angka | None, str]], kelas: str, *, putus: bool) -> list[SafeString]:
    """One polyline per unbroken run, and a mark at each value: round for results, square for targets."""
    lari: list[list[tuple[Fraction, Fraction]]] = [[]]
    ruas_lalu = isi[0][1] if isi else ""
    for n, (nilai, ruas) in enumerate(isi):
        if nilai is None or ruas != ruas_lalu:
            lari.append([])
        ruas_lalu = ruas
        if nilai is not None:
            lari[-1].append((bidang.x(n), bidang.y(nilai)))
    warna = "#59655e" if putus else _ISI[0]
    bagian = []
    for satu in lari:
        if len(satu) > 1:
            bagian.append(
                format_html(
                    '<polyline points="{}" class="{}" fill="none" stroke="{}" stroke-width="{}"{}/>',
                    " ".join(f"{_p(x)},{_p(y)}" for x, y in satu),
                    kelas,
                    warna,
                    "1.5" if putus else "2.5",
                    format_html(' stroke-dasharray="{}"', "5 3") if putus else "",
                )
            )
        bagian += [_tanda(x, y, kelas, warna, kotak=putus) for x, y in satu]
    return bagian


def _tanda(x: Angka, y: Angka, kelas: str, warna: str, *, kotak: bool) -> SafeString:
    if kotak:
        return _kotak(x - 3, y - 3, 6, 6, f"{kelas}-tanda", warna)
    return format_html('<circle cx="{}" cy="{}" r="4" class="{}-tanda" fill="{}"/>', _p(x), _p(y), kelas, warna)


def _tulisan(bidang: _Bidang, titik: Sequence[Titik]) -> list[SafeString]:
    """Labels under the axis and values beside the points, from the last back; those that would touch are left out."""
    bagian = [
        _teks(bidang.x(n), bidang.bawah + 18, titik[n].label, kelas="g-sumbu-teks", rata="middle")
        for n in _terpilih(bidang, [t.label for t in titik])
    ]
    for n in _terpilih(bidang, [t.teks if t.nilai is not None else None for t in titik]):
        t = titik[n]
        if t.nilai is not None:
            di_bawah = t.sasaran is not None and t.sasaran >= t.nilai  # else the target's line crosses the figure
            di_bawah = di_bawah and bidang.y(t.nilai) + 19 < bidang.bawah  # else it stands on the axis' words
            y = bidang.y(t.nilai) + (19 if di_bawah else -9)
            bagian.append(_teks(bidang.x(n), y, t.teks, kelas="g-nilai", rata="middle"))
    return bagian


def _terpilih(bidang: _Bidang, kata: Sequence[str | None]) -> list[int]:
    """Which of the texts fit beside each other, the last one always."""
    ada = [n for n, satu in enumerate(kata) if satu]
    if not ada:
        return []
    jarak = Fraction(bidang.kanan - bidang.kiri) / max(bidang.banyak - 1, 1)
    terpanjang = max(len(kata[n] or "") for n in ada)
    tiap = max(1, -int(-(terpanjang + 1) * _LEBAR_HURUF // jarak))
    return [n for n in ada if (ada[-1] - n) % tiap == 0]


def _keterangan_garis(nama: Sequence[str]) -> list[SafeString]:
    """Which line is which, by shape and word."""
    bagian = [_tanda(6, 8, "g-garis", _ISI[0], kotak=False), _teks(16, 12, nama[0], kelas="g-label")]
    for satu in nama[1:]:
        x = 40 + len(nama[0]) * _LEBAR_HURUF
        bagian += [_tanda(x, 8, "g-sasaran", "#59655e", kotak=True), _teks(x + 10, 12, satu, kelas="g-label")]
    return bagian
