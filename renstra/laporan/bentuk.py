"""What a book is made of, whatever file it becomes: chapters, paragraphs, tables with their sources. Pure, no ORM."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from core.bilangan import bulatkan
from core.lembar import Kolom as KolomLembar
from core.lembar import Lembar, Sel
from renstra import angka
from renstra.laporan.teks import Narasi


@dataclass(frozen=True, slots=True)
class Kolom:
    """One column. `kelompok` stands above it and is merged with its neighbours; `kosong` is what None prints.

    `desimal` None prints the decimals that a number has.
    """

    judul: str
    kelompok: str = ""
    angka: bool = False
    desimal: int | None = None
    kosong: str = ""
    lebar: int | None = None


#: Rows up to which a table is not broken over two sheets.
_UTUH = 15
#: Rows from which a table scrolls inside its box.
_PANJANG = 25
#: Width of a column of numbers in a sheet.
_LEBAR = 16
#: Columns from which the letters are small, and from which they are the smallest.
_RAPAT, _PADAT = 14, 22


@dataclass(frozen=True, slots=True)
class SelTampil:
    """A cell in words, and whether it is a number."""

    teks: str
    angka: bool


@dataclass(slots=True)
class Tabel:
    """One table. The last `kaki` rows are totals; `sumber` says where its numbers come from.

    `bernomor` prints the numbers of the columns below their heads, as the official forms do; `senyap` leaves out on
    paper a title that the book or the chapter has just said.
    """

    kode: str
    judul: str
    kolom: Sequence[Kolom]
    baris: list[Sequence[Sel]]
    kaki: int = 0
    sumber: str = ""
    catatan: Sequence[str] = ()
    kosong: str = "Tidak ada data untuk masa ini."
    bernomor: bool = False
    senyap: bool = False

    def __post_init__(self) -> None:
        for b in self.baris:
            if len(b) != len(self.kolom):
                raise ValueError(f"{self.judul}: {len(b)} sel, {len(self.kolom)} kolom")

    @property
    def kelompok(self) -> list[tuple[str, int]]:
        """Heads above the columns with how many they span; empty where no column has one."""
        if not any(k.kelompok for k in self.kolom):
            return []
        return [(judul, len(list(isi))) for judul, isi in groupby(self.kolom, key=lambda k: k.kelompok)]

    @property
    def isi(self) -> list[list[SelTampil]]:
        """The rows without totals, in words."""
        return self._tampil(self.baris[: len(self.baris) - self.kaki])

    @property
    def jumlah(self) -> list[list[SelTampil]]:
        """The rows of totals, in words."""
        return self._tampil(self.baris[len(self.baris) - self.kaki :])

    @property
    def rapat(self) -> bool:
        """Too many columns for the usual letters."""
        return len(self.kolom) > _RAPAT

    @property
    def padat(self) -> bool:
        """Too many even for small ones."""
        return len(self.kolom) > _PADAT

    @property
    def nomor(self) -> list[str]:
        """The numbers of its columns as the form prints them; empty where it prints none."""
        return [f"({n})" for n in range(1, len(self.kolom) + 1)] if self.bernomor else []

    @property
    def pendek(self) -> bool:
        """Short enough to stand on one sheet of paper."""
        return len(self.baris) <= _UTUH

    @property
    def gulir(self) -> bool:
        """Too wide or too long to stand on a page at full height: it scrolls inside its box."""
        return self.rapat or len(self.baris) > _PANJANG

    def _tampil(self, baris: Sequence[Sequence[Sel]]) -> list[list[SelTampil]]:
        return [[_tampil(s, k) for s, k in zip(b, self.kolom, strict=True)] for b in baris]


def _tampil(nilai: Sel, kolom: Kolom) -> SelTampil:
    """A cell in words; words in a column of numbers (`12 Kecamatan`) may wrap, numbers never do."""
    kata = isinstance(nilai, str) and any(huruf.isalpha() for huruf in nilai)
    return SelTampil(tulis(nilai, kolom), kolom.angka and not kata)


@dataclass(slots=True)
class Bagian:
    """A chapter (`tingkat` 1) or a section (2): its paragraphs, its points, its tables, and what people wrote.

    `akhir` puts it behind the lines that people sign.
    """

    kode: str
    judul: str
    tingkat: int = 1
    paragraf: Sequence[str] = ()
    butir: Sequence[str] = ()
    tabel: Sequence[Tabel] = ()
    akhir: bool = False
    narasi: Sequence[Narasi] = ()

    @property
    def lebar(self) -> bool:
        """Whether one of its tables needs the paper turned."""
        return any(t.rapat for t in self.tabel)


@dataclass(slots=True)
class Buku:
    """One document. `tanda` says whether it may change ("Sementara") or which edition it is."""

    judul: str
    anak_judul: str
    bagian: list[Bagian]
    tanda: str = ""
    mendatar: bool = False
    kertas: str = "A4"
    daftar_isi: bool = False
    penutup: Sequence[tuple[str, str]] = field(default_factory=tuple)

    @property
    def berputar(self) -> bool:
        """Whether some chapters of an upright book need the paper turned: then every chapter begins a page."""
        return not self.mendatar and any(b.lebar for b in self.bagian)

    @property
    def badan(self) -> list[Bagian]:
        """What stands before the lines that people sign."""
        return [b for b in self.bagian if not b.akhir]

    @property
    def lampiran(self) -> list[Bagian]:
        """What stands behind them."""
        return [b for b in self.bagian if b.akhir]

    @property
    def tabel(self) -> list[Tabel]:
        """All tables in their order."""
        return [t for b in self.bagian for t in b.tabel]

    @property
    def narasi(self) -> list[Narasi]:
        """Every place where people write."""
        return [n for b in self.bagian for n in b.narasi]

    @property
    def ditulis(self) -> int:
        """How many of them have been written."""
        return sum(bool(n.blok) for n in self.narasi)


def tulis(nilai: Sel, kolom: Kolom) -> str:
    """A cell in words: decimal comma, thousands dot, half-up."""
    if nilai is None:
        return kolom.kosong
    if isinstance(nilai, bool):
        return "ya" if nilai else "tidak"
    if isinstance(nilai, int | Decimal | Fraction):
        return angka.tulis(nilai, kolom.desimal)
    if isinstance(nilai, datetime | date):
        return f"{nilai:%d-%m-%Y}"
    return nilai


def bersatuan(nama: str, satuan: str) -> str:
    """`Peserta (orang)`; a name that already ends so, or has no unit, stays as it is."""
    akhir = f"({satuan})"
    return nama if not satuan or nama.endswith(akhir) else f"{nama} {akhir}"


def lembar(tabel: Tabel, kepala: Sequence[str]) -> Lembar:
    """The table as a sheet; numbers and heads above the columns go before their words."""
    kolom = [
        KolomLembar(
            f"{nomor} {k.kelompok}: {k.judul}".strip() if k.kelompok else f"{nomor} {k.judul}".strip(),
            k.desimal,
            k.lebar or _LEBAR if k.angka else k.lebar,
        )
        for k, nomor in zip(tabel.kolom, tabel.nomor or [""] * len(tabel.kolom), strict=True)
    ]
    catatan = [*tabel.catatan, *([f"Sumber: {tabel.sumber}"] if tabel.sumber else [])]
    return Lembar(
        nama=tabel.kode,
        judul=[tabel.judul, *kepala],
        kolom=kolom,
        baris=[[_mentah(s, k) for s, k in zip(b, tabel.kolom, strict=True)] for b in tabel.baris],
        catatan=catatan,
    )


def _mentah(nilai: Sel, kolom: Kolom) -> Sel:
    """Numbers stay numbers; a whole one of a column without fixed decimals shows none."""
    if nilai is None:
        return kolom.kosong or None
    if isinstance(nilai, Decimal | Fraction) and kolom.desimal is None and Fraction(nilai).denominator == 1:
        return int(nilai)
    if isinstance(nilai, Fraction):
        return bulatkan(nilai, 2 if kolom.desimal is None else kolom.desimal)
    return nilai
