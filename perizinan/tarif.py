"""What a service costs, from its tariff's parameters and the form's content. Pure; whole rupiah; no float.

Every number that a city would change is in `parameter` (model Tarif); decimals are text with a point, and
names in it are codes of the service's form fields. The shape of each formula stands at its function. A
component is rounded half-up to whole rupiah; the total is the sum of the components. The party's kind (orang,
badan, negara) comes as field `pemohon`, the kind of application as `jenis_permohonan`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from functools import partial
from typing import Any

from perizinan import ekspresi

_TELITI = 60  # digits carried before rounding
_ANGKA_MAKS = 24  # characters of one number

Isian = Mapping[str, Any]
Parameter = Mapping[str, Any]


class GalatTarif(ValueError):
    """A tariff or a form from which no amount follows; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class BarisTagihan:
    """One component in whole rupiah, with its arithmetic in words."""

    uraian: str
    nilai: int


@dataclass(frozen=True, slots=True)
class Tagihan:
    """What is owed: the lines, which sum to `total`. A total of 0 is a SKRD nihil."""

    baris: tuple[BarisTagihan, ...]

    @property
    def total(self) -> int:
        return sum(baris.nilai for baris in self.baris)


def hitung_tarif(rumus: str, parameter: Parameter, isian: Isian) -> Tagihan:
    """The amount owed for a form's content. Raises GalatTarif naming the field or parameter at fault."""
    with localcontext() as konteks:
        konteks.prec = _TELITI
        return Tagihan(tuple(_rumus(rumus).hitung(parameter, isian)))


def periksa_tarif(rumus: str, parameter: Parameter) -> frozenset[str]:
    """A tariff is stored only if its parameters are whole; returns the form fields that it needs.

    Raises GalatTarif: unknown formula, a missing or unknown parameter, a float, weights that do not sum to 1.
    """
    bentuk = _rumus(rumus)
    _tanpa_float(parameter)
    for nama in sorted(bentuk.wajib - parameter.keys()):
        raise GalatTarif(f"Tarif belum memuat parameter {nama!r}.")
    for nama in sorted(parameter.keys() - bentuk.wajib - bentuk.boleh):
        raise GalatTarif(f"Parameter {nama!r} tidak dikenal untuk rumus {rumus!r}.")
    if rumus == "imb" and sum(_angka(b, "bobot") for b in parameter["bobot"].values()) != 1:
        raise GalatTarif("Jumlah bobot harus 1.")
    return frozenset(bentuk.isian(parameter))


# --- formulas -----------------------------------------------------------------------------------------------


def _nihil(parameter: Parameter, isian: Isian) -> Iterator[BarisTagihan]:
    """Nothing is owed: {}."""
    yield BarisTagihan("Tidak dipungut biaya", 0)


def _tetap(parameter: Parameter, isian: Isian) -> Iterator[BarisTagihan]:
    """One fixed amount: {"uraian", "harga"}."""
    yield BarisTagihan(parameter["uraian"], _bulat(_angka(parameter["harga"], "harga")))


def _per_satuan(parameter: Parameter, isian: Isian) -> Iterator[BarisTagihan]:
    """Price times the product of fields: {"uraian", "harga", "kali": [field, ...]}."""
    yield _baris(parameter["uraian"], _semua(parameter["kali"], isian), parameter["harga"])


def _pilihan(parameter: Parameter, isian: Isian) -> Iterator[BarisTagihan]:
    """The first field of `menurut` whose choice has a price decides; the price is times the fields of `kali`.

    {"menurut": [field, ...], "harga": {choice: {"uraian", "harga"}}, "kali"?: [field, ...]}.
    """
    for nama in parameter["menurut"]:
        butir = parameter["harga"].get(str(isian.get(nama, "")))
        if butir is not None:
            yield _baris(butir["uraian"], _semua(parameter.get("kali", ()), isian), butir["harga"])
            return
    raise GalatTarif(f"Tidak ada harga menurut {' atau '.join(map(repr, parameter['menurut']))}.")


def _kendaraan(parameter: Parameter, isian: Isian) -> Iterator[BarisTagihan]:
    """Per class, count x price x multiplier: {"kelas": {field: {"uraian", "harga"}}, "pengali": field}."""
    pengali = _isi(isian, parameter["pengali"])
    ada = [(butir, _isi(isian, nama, "0")) for nama, butir in parameter["kelas"].items()]
    if not any(banyak for _, banyak in ada):
        raise GalatTarif("Jumlah kendaraan belum diisi.")
    for butir, banyak in ada:
        if banyak:
            yield _baris(butir["uraian"], [banyak, pengali], butir["harga"])


def _gangguan(parameter: Parameter, isian: Isian) -> Iterator[BarisTagihan]:
    """R = area x base tariff x indices; a renewal (daftar ulang) pays its part of it.

    {"luas": field, "tarif_dasar", "indeks": {field: {choice: number}}, "bagian"?: {jenis: number}}.
    """
    faktor = [_isi(isian, parameter["luas"])]
    faktor += [_pilih(tabel, isian, nama) for nama, tabel in parameter["indeks"].items()]
    bagian = parameter.get("bagian", {}).get(str(isian.get("jenis_permohonan")))
    if bagian is not None:
        faktor.append(_angka(bagian, "bagian"))
    yield _baris("Izin gangguan", faktor, parameter["tarif_dasar"])


def _reklame(parameter: Parameter, isian: Isian) -> Iterator[BarisTagihan]:
    """Tax = tarif x NSR; NSR = value of the road class x area x kali x days, first and last day included.

    {"nilai": {class: number}, "kelas": field, "luas": [field, field], "kali": [field, ...], "mulai": field,
    "selesai": field, "tarif": number, "jenis"?}. Source: Perda Kota Bekasi 14/2012.
    """
    faktor = _semua([*parameter["luas"], *parameter["kali"]], isian)
    faktor.append(_hari(isian, parameter["mulai"], parameter["selesai"]))
    faktor.append(_angka(parameter["tarif"], "tarif"))
    yield _baris("Pajak reklame", faktor, _pilih(parameter["nilai"], isian, parameter["kelas"]))


def _imb(parameter: Parameter, isian: Isian) -> Iterator[BarisTagihan]:
    """R = L x It x Ib x HSbg; each infrastructure volume x Ib x HSpbg; It = If x sum(weight x index) x Iw.

    {"HSbg", "If": {fungsi: n}, "Ib": {jenis_kegiatan: n}, "Iw": {waktu_penggunaan: n}, "bobot": {name: n},
    "indeks": {name: {choice: n}}, "ketinggian": [{"sampai"?, "indeks"}] by storeys, "basement": n,
    "prasarana"?: {field: {"uraian", "satuan", "harga"}}}. L is luas_bangunan; a basement raises It by its
    factor. Source: Permen PU 24/PRT/M/2007; Perda Kab. Sragen 15/2011 as a pattern.
    """
    kegiatan = _pilih(parameter["Ib"], isian, "jenis_kegiatan")
    jumlah = sum(
        (_angka(bobot, "bobot") * _indeks_imb(nama, parameter, isian) for nama, bobot in parameter["bobot"].items()),
        Decimal(0),
    )
    terintegrasi = (
        _pilih(parameter["If"], isian, "fungsi") * jumlah * _pilih(parameter["Iw"], isian, "waktu_penggunaan")
    )
    if ekspresi.nilai("basement", isian):
        terintegrasi *= _angka(parameter["basement"], "basement")
    yield _baris("Bangunan gedung", [_isi(isian, "luas_bangunan"), terintegrasi, kegiatan], parameter["HSbg"])
    for nama, butir in parameter.get("prasarana", {}).items():
        volume = _isi(isian, nama, "0")
        if volume:
            yield _baris(butir["uraian"], [volume, kegiatan], butir["harga"])


def _indeks_imb(nama: str, parameter: Parameter, isian: Isian) -> Decimal:
    """The index of one weighted property: by storeys for ketinggian, by the party for kepemilikan."""
    if nama == "ketinggian":
        lantai = _isi(isian, "lantai")
        for jenjang in parameter["ketinggian"]:
            if "sampai" not in jenjang or lantai <= _angka(jenjang["sampai"], "ketinggian"):
                return _angka(jenjang["indeks"], "ketinggian")
        raise GalatTarif("Tabel ketinggian tidak memuat jumlah lantai itu.")
    dari = "pemohon" if nama == "kepemilikan" and not isian.get(nama) else nama
    return _pilih(parameter["indeks"][nama], isian, dari)


# --- which parameters and fields a formula has --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Bentuk:
    """A formula: how it computes, its obligatory and optional parameters, the form fields it reads."""

    hitung: Callable[[Parameter, Isian], Iterator[BarisTagihan]]
    wajib: frozenset[str] = frozenset()
    boleh: frozenset[str] = frozenset()
    isian: Callable[[Parameter], Iterable[str]] = lambda _: ()


def _nama(kunci: Iterable[str], parameter: Parameter) -> Iterator[str]:
    """Field names held by parameters: a name, a list of names, or the keys of a table."""
    for k in kunci:
        isi = parameter.get(k, ())
        yield from [isi] if isinstance(isi, str) else isi


def _isian_imb(parameter: Parameter) -> Iterator[str]:
    tetap = {"luas_bangunan", "fungsi", "jenis_kegiatan", "waktu_penggunaan", "basement", "lantai"}
    yield from tetap | (parameter["bobot"].keys() - {"ketinggian", "kepemilikan"})
    yield from parameter.get("prasarana", ())


_RUMUS: dict[str, _Bentuk] = {
    "nihil": _Bentuk(_nihil),
    "tetap": _Bentuk(_tetap, frozenset({"uraian", "harga"})),
    "per_satuan": _Bentuk(_per_satuan, frozenset({"uraian", "harga", "kali"}), isian=partial(_nama, ("kali",))),
    "pilihan": _Bentuk(
        _pilihan, frozenset({"menurut", "harga"}), frozenset({"kali"}), partial(_nama, ("menurut", "kali"))
    ),
    "kendaraan": _Bentuk(_kendaraan, frozenset({"kelas", "pengali"}), isian=partial(_nama, ("kelas", "pengali"))),
    "gangguan": _Bentuk(
        _gangguan,
        frozenset({"luas", "tarif_dasar", "indeks"}),
        frozenset({"bagian"}),
        partial(_nama, ("luas", "indeks")),
    ),
    "reklame": _Bentuk(
        _reklame,
        frozenset({"nilai", "kelas", "luas", "kali", "mulai", "selesai", "tarif"}),
        frozenset({"jenis"}),
        partial(_nama, ("kelas", "luas", "kali", "mulai", "selesai")),
    ),
    "imb": _Bentuk(
        _imb,
        frozenset({"HSbg", "If", "Ib", "Iw", "bobot", "indeks", "ketinggian", "basement"}),
        frozenset({"prasarana"}),
        _isian_imb,
    ),
}


def _rumus(nama: str) -> _Bentuk:
    if nama not in _RUMUS:
        raise GalatTarif(f"Rumus tarif {nama!r} tidak dikenal. Yang ada: {', '.join(_RUMUS)}.")
    return _RUMUS[nama]


# --- numbers ------------------------------------------------------------------------------------------------


def _baris(uraian: str, faktor: list[Decimal], harga: Any) -> BarisTagihan:
    """A line: the product of its factors and the price, rounded, with the arithmetic written out."""
    satuan = _angka(harga, "harga")
    hasil = satuan
    for angka in faktor:
        hasil *= angka
    urai = " × ".join([*(_tulis(angka) for angka in faktor), f"Rp{_tulis(satuan)}"])
    return BarisTagihan(f"{uraian}: {urai}", _bulat(hasil))


def _semua(nama: Iterable[str], isian: Isian) -> list[Decimal]:
    return [_isi(isian, n) for n in nama]


def _isi(isian: Isian, nama: str, bawaan: str | None = None) -> Decimal:
    """A number from the form. Raises GalatTarif when it is empty and has no default."""
    isi = isian.get(nama)
    if isi is None or isi == "":
        isi = bawaan
    if isi is None:
        raise GalatTarif(f"Isian {nama!r} belum diisi, padahal diperlukan untuk menghitung biaya.")
    return _angka(isi, nama)


def _pilih(tabel: Mapping[str, Any], isian: Isian, nama: str) -> Decimal:
    """A table's number for the choice made in a field."""
    isi = isian.get(nama)
    if isi is None or isi == "":
        raise GalatTarif(f"Isian {nama!r} belum diisi, padahal diperlukan untuk menghitung biaya.")
    if str(isi) not in tabel:
        raise GalatTarif(f"Isian {nama!r} bernilai {str(isi)!r}, yang tidak ada pada tabel tarif.")
    return _angka(tabel[str(isi)], nama)


def _hari(isian: Isian, mulai: str, selesai: str) -> Decimal:
    """Calendar days between two date fields, both included."""
    try:
        awal, akhir = (date.fromisoformat(str(isian.get(nama))) for nama in (mulai, selesai))
    except ValueError:
        raise GalatTarif(f"Isian {mulai!r} dan {selesai!r} harus tanggal.") from None
    if akhir < awal:
        raise GalatTarif(f"Isian {selesai!r} lebih awal daripada {mulai!r}.")
    return Decimal((akhir - awal).days + 1)


def _angka(isi: Any, nama: str) -> Decimal:
    """An exact number of 0 or more: int, Decimal or text with a point; never a float or not-a-number."""
    if isinstance(isi, (bool, float)) or not isinstance(isi, (int, Decimal, str)):
        raise GalatTarif(f"{nama!r} harus angka tepat (bilangan bulat atau teks seperti '0.45'), bukan {isi!r}.")
    teks = str(isi).strip()
    try:
        angka = Decimal(teks) if len(teks) <= _ANGKA_MAKS else Decimal("NaN")
    except InvalidOperation:
        angka = Decimal("NaN")
    if not angka.is_finite() or angka < 0 or abs(angka.adjusted()) > _ANGKA_MAKS:
        raise GalatTarif(f"{nama!r} bernilai {teks[:_ANGKA_MAKS]!r}, bukan angka yang dapat dihitung.")
    return angka


def _tanpa_float(isi: Any) -> None:
    if isinstance(isi, float):
        raise GalatTarif(f"Tulis {isi!r} sebagai teks, misalnya '{isi}'; pecahan biner tidak tepat.")
    anak = isi.values() if isinstance(isi, Mapping) else isi if isinstance(isi, (list, tuple)) else ()
    for butir in anak:
        _tanpa_float(butir)


def _bulat(angka: Decimal) -> int:
    """Whole rupiah, half-up."""
    return int(angka.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _tulis(angka: Decimal) -> str:
    """A number as Indonesian readers write it: 1.234,5."""
    bulat, _, pecahan = format(angka, "f").partition(".")
    ribuan = f"{int(bulat):,}".replace(",", ".")
    pecahan = pecahan.rstrip("0")
    return f"{ribuan},{pecahan}" if pecahan else ribuan
