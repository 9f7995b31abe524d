"""The tables of a plan, read from a folder of CSV files into typed cells that keep the printed text and the number.

Shape of the folder: `t_2_3_2_anggaran.csv` and its sisters (`BENTUK`), `tercetak.csv` (cells whose printed form is
itself wrong), `judul_kolom.csv` (headings as printed), `narasi.csv` (counts that the text states). Every file may be
missing; at least one table must be there. Columns `catatan*`, `keyakinan*` and `*_hitung` are the transcriber's and
are not read. Raises `GalatTabel` naming file, line and column. Reads files and nothing else: no ORM.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from renstra import angka


class GalatTabel(Exception):
    """The tables cannot be read; the message names file, line and column."""


class Jenis(Enum):
    """What a column holds."""

    TEKS = auto()  # free text
    ANGKA = auto()  # number of the tables: decimal point, no grouping
    CETAK = auto()  # printed number: dots and comma
    PERSEN = auto()  # printed percentage
    LONGGAR = auto()  # printed free text that may start with a number


class Sel(NamedTuple):
    """One cell: the text as it stands, the number that it says (None: none), its decimals, its kind."""

    teks: str
    angka: Decimal | None
    desimal: int
    jenis: Jenis

    @property
    def kosong(self) -> bool:
        return angka.kosong(self.teks)

    @property
    def nilai(self) -> Decimal:
        """The number, an empty cell counting nothing."""
        return self.angka if self.angka is not None else Decimal(0)


@dataclass(frozen=True, slots=True)
class Baris:
    """One row: `nama` is what people call it (printed number or name), `nomor` its line in the file."""

    nama: str
    nomor: int
    sel: Mapping[str, Sel]

    def __getitem__(self, kolom: str) -> Sel:
        return self.sel[kolom]

    def teks(self, kolom: str) -> str:
        return self.sel[kolom].teks if kolom in self.sel else ""

    @property
    def jumlah(self) -> bool:
        """Is this the row of sums?"""
        return self.nama.casefold().startswith(("jumlah", "total")) or self.nama.endswith(" JUMLAH")


@dataclass(frozen=True, slots=True)
class Tabel:
    """One file: `kode` is the printed number of the table."""

    kode: str
    berkas: str
    kolom: tuple[str, ...]
    baris: tuple[Baris, ...]

    def tahun(self, awalan: str, akhiran: str = "") -> list[int]:
        """The years for which columns `<awalan><year><akhiran>` stand here, ascending."""
        pola = re.compile(rf"{re.escape(awalan)}(\d{{4}}){re.escape(akhiran)}")
        return sorted(int(m.group(1)) for k in self.kolom if (m := pola.fullmatch(k)))

    @property
    def isi(self) -> list[Baris]:
        """The rows without the row of sums."""
        return [b for b in self.baris if not b.jumlah]

    @property
    def jumlah(self) -> Baris | None:
        return next((b for b in self.baris if b.jumlah), None)


class Tercetak(NamedTuple):
    """A cell whose printed form is kept because the table holds the number that was read."""

    tabel: str
    baris: str
    kolom: str
    teks: str
    nomor: int


class Judul(NamedTuple):
    """A heading as printed; `kolom` may name a span (`target_2009..target_2013`)."""

    tabel: str
    kolom: str
    teks: str
    nomor: int


class Narasi(NamedTuple):
    """What the text of a chapter states: `butir` names the quantity."""

    bab: str
    butir: str
    angka: Decimal
    kutipan: str


@dataclass(frozen=True, slots=True)
class TabelRencana:
    """The tables of one plan, by the key of their file (`2_3_2_anggaran`)."""

    tabel: Mapping[str, Tabel]
    tercetak: tuple[Tercetak, ...] = ()
    judul: tuple[Judul, ...] = ()
    narasi: tuple[Narasi, ...] = ()

    def __getitem__(self, kunci: str) -> Tabel | None:
        return self.tabel.get(kunci)


@dataclass(frozen=True, slots=True)
class Bentuk:
    """How a file looks: `wajib` columns, `nama` makes a row's name, `jenis` gives kinds by pattern (first hit)."""

    kode: str
    wajib: tuple[str, ...]
    nama: tuple[str, ...]
    jenis: tuple[tuple[str, Jenis], ...] = field(default=())

    def jenis_kolom(self, kolom: str) -> Jenis:
        return next((j for pola, j in self.jenis if re.fullmatch(pola, kolom)), Jenis.TEKS)


SDM, ASET, KINERJA, ANGGARAN = "2_2_1_sdm", "2_2_2_aset", "2_3_1_kinerja", "2_3_2_anggaran"
IZIN, IKM, TUJUAN = "2_4a_izin_terbit", "2_4b_ikm", "4_1_tujuan_sasaran"
PENDANAAN, TARGET, IKU = "5_1_pendanaan", "5_1_target", "6_1_iku"
_TAHUN = r"\d{4}"
BENTUK: dict[str, Bentuk] = {
    SDM: Bentuk(
        "2.2.1",
        ("status", "dimensi", "kategori", "jumlah"),
        ("status", "dimensi", "kategori"),
        (("jumlah", Jenis.ANGKA), ("jumlah_tercetak", Jenis.CETAK)),
    ),
    ASET: Bentuk(
        "2.2.2",
        ("tipe", "kelompok", "nama_tercetak", "jumlah", "nilai_rp"),
        ("nama_tercetak",),
        (("jumlah|nilai_rp", Jenis.ANGKA), ("nilai_tercetak", Jenis.CETAK)),
    ),
    KINERJA: Bentuk("2.3.1", ("no", "indikator"), ("no",), ((rf"(target|realisasi)_{_TAHUN}", Jenis.LONGGAR),)),
    ANGGARAN: Bentuk(
        "2.3.2",
        ("no", "indikator"),
        ("no",),
        (
            (rf"(anggaran|realisasi)_{_TAHUN}|total_(anggaran|realisasi)_tercetak", Jenis.ANGKA),
            (rf"rasio_({_TAHUN}|total)_tercetak", Jenis.PERSEN),
        ),
    ),
    IZIN: Bentuk(
        "2.4a",
        ("tahun", "jumlah_izin"),
        ("tahun",),
        (("tahun|jumlah_izin", Jenis.ANGKA), ("jumlah_izin_tercetak", Jenis.CETAK)),
    ),
    IKM: Bentuk(
        "2.4b",
        ("tahun", "ikm", "target"),
        ("tahun",),
        (("tahun|ikm|target", Jenis.ANGKA), ("(ikm|target)_tercetak", Jenis.CETAK)),
    ),
    TUJUAN: Bentuk("4.1", ("no", "indikator", "satuan"), ("no",), ((_TAHUN, Jenis.ANGKA),)),
    PENDANAAN: Bentuk(
        "5.1",
        ("no_tabel", "kegiatan"),
        ("no_tabel",),
        (("no_daftar_5_1_1", Jenis.ANGKA), (rf"rp_{_TAHUN}|total_tercetak", Jenis.ANGKA)),
    ),
    TARGET: Bentuk(
        "5.1",
        ("no_tabel", "indikator_output", "satuan"),
        ("indikator_output",),
        (
            (rf"target_{_TAHUN}_angka|kondisi_akhir_angka", Jenis.ANGKA),
            (rf"target_{_TAHUN}_tercetak|(data_awal|kondisi_akhir)_tercetak", Jenis.LONGGAR),
        ),
    ),
    IKU: Bentuk("6.1", ("no", "indikator", "satuan"), ("no",), ((rf"{_TAHUN}|(awal|akhir)_{_TAHUN}", Jenis.ANGKA),)),
}
_BUKAN_MASUKAN = re.compile(r"catatan.*|keyakinan.*|.*_hitung")
_PENDAMPING = {
    "tercetak.csv": ("tabel", "baris", "kolom", "tercetak"),
    "judul_kolom.csv": ("tabel", "kolom", "judul_tercetak"),
    "narasi.csv": ("bab", "butir", "angka", "kutipan"),
}


def baca(folder: Path) -> TabelRencana:
    """Read the folder; `GalatTabel` when it is none, holds no table, or a file cannot be read."""
    if not folder.is_dir():
        raise GalatTabel(f"{folder}: bukan folder")
    isi: dict[str, str] = {}
    for nama in [*(f"t_{k}.csv" for k in BENTUK), *_PENDAMPING]:
        berkas = folder / nama
        if berkas.is_file():
            try:
                isi[nama] = berkas.read_bytes().decode("utf-8-sig")
            except UnicodeDecodeError as galat:
                raise GalatTabel(f"{nama}: bukan teks UTF-8 (bita ke-{galat.start + 1})") from galat
    if not any(nama.startswith("t_") for nama in isi):
        raise GalatTabel(f"{folder}: tidak ada satu pun tabel t_*.csv yang dikenal")
    return susun(isi)


def susun(isi: Mapping[str, str]) -> TabelRencana:
    """The same from texts by file name; unknown names are passed over."""
    tabel = {k: _tabel(f"t_{k}.csv", isi[f"t_{k}.csv"], b) for k, b in BENTUK.items() if f"t_{k}.csv" in isi}
    tercetak = [
        Tercetak(b["tabel"], b["baris"], b["kolom"], b["tercetak"], n) for n, b in _pendamping(isi, "tercetak.csv")
    ]
    judul = [Judul(b["tabel"], b["kolom"], b["judul_tercetak"], n) for n, b in _pendamping(isi, "judul_kolom.csv")]
    narasi = [
        Narasi(b["bab"], b["butir"], _wajib_angka("narasi.csv", n, "angka", b["angka"]), b["kutipan"])
        for n, b in _pendamping(isi, "narasi.csv")
    ]
    return TabelRencana(tabel, tuple(tercetak), tuple(judul), tuple(narasi))


def _pendamping(isi: Mapping[str, str], nama: str) -> list[tuple[int, dict[str, str]]]:
    return _baris_csv(nama, isi[nama], _PENDAMPING[nama])[1] if nama in isi else []


def _baris_csv(
    berkas: str, teks: str, wajib: Iterable[str]
) -> tuple[tuple[str, ...], list[tuple[int, dict[str, str]]]]:
    """Columns, and (line, row) pairs; every row has exactly the columns of the head."""
    pembaca = csv.reader(io.StringIO(teks), strict=True)
    try:
        kolom = tuple(k.strip() for k in next(pembaca, []))
        if ganda := sorted({k for k in kolom if kolom.count(k) > 1}):
            raise GalatTabel(f"{berkas} baris 1: kolom ganda {', '.join(ganda)}")
        if kurang := [k for k in wajib if k not in kolom]:
            raise GalatTabel(f"{berkas} baris 1: kolom {', '.join(kurang)} tidak ada")
        baris = []
        for nilai in pembaca:
            if not nilai:
                continue
            if len(nilai) != len(kolom):
                raise GalatTabel(f"{berkas} baris {pembaca.line_num}: {len(nilai)} sel, seharusnya {len(kolom)}")
            baris.append((pembaca.line_num, dict(zip(kolom, nilai, strict=True))))
    except csv.Error as galat:
        raise GalatTabel(f"{berkas} baris {pembaca.line_num}: {galat}") from galat
    return kolom, baris


def _tabel(berkas: str, teks: str, bentuk: Bentuk) -> Tabel:
    semua, isi = _baris_csv(berkas, teks, bentuk.wajib)
    kolom = tuple(k for k in semua if not _BUKAN_MASUKAN.fullmatch(k))
    baris = []
    for nomor, nilai in isi:
        nama = " ".join(nilai[k].strip() for k in bentuk.nama)
        if not nama.strip():
            raise GalatTabel(f"{berkas} baris {nomor}, kolom {bentuk.nama[0]}: kosong")
        sel = {k: _sel(berkas, nomor, k, nilai[k], bentuk.jenis_kolom(k)) for k in kolom}
        baris.append(Baris(nama.strip(), nomor, sel))
    return Tabel(bentuk.kode, berkas, kolom, tuple(baris))


def _sel(berkas: str, nomor: int, kolom: str, teks: str, jenis: Jenis) -> Sel:
    """A number column that holds no digit at all is an error of reading; a badly grouped one is a finding."""
    if jenis is Jenis.ANGKA:
        nilai = angka.baca_mesin(teks)
    elif jenis in {Jenis.CETAK, Jenis.PERSEN}:
        nilai = _baca_desimal(teks)
    elif jenis is Jenis.LONGGAR:
        nilai = _baca_awal(teks)
    else:
        return Sel(teks, None, 0, jenis)
    if nilai is None and jenis is not Jenis.LONGGAR and not angka.kosong(teks) and not re.search(r"\d", teks):
        raise GalatTabel(f"{berkas} baris {nomor}, kolom {kolom}: '{teks}' bukan angka")
    return Sel(teks, nilai, angka.desimal(teks), jenis)


def _baca_desimal(teks: str) -> Decimal | None:
    """`92.48%` was meant as 92,48%: read so, and reported by format_angka."""
    inti = teks.strip().removesuffix("%").strip()
    if re.fullmatch(r"\d+\.\d{1,2}", inti):
        return Decimal(inti)
    return angka.baca_cetak(teks)


def _baca_awal(teks: str) -> Decimal | None:
    """The number with which a printed text starts: `10.000 leaflet` is 10000, `82,05%` is 82.05."""
    cocok = re.match(r"\d[\d.]*(,\d+)?", teks.strip())
    if not cocok:
        return None
    inti = cocok.group().rstrip(".")
    return _baca_desimal(inti)


def _wajib_angka(berkas: str, nomor: int, kolom: str, teks: str) -> Decimal:
    nilai = angka.baca_mesin(teks)
    if nilai is None:
        raise GalatTabel(f"{berkas} baris {nomor}, kolom {kolom}: '{teks}' bukan angka")
    return nilai
