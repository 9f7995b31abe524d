"""Sums: across a row, down a column, and the grand total by both ways. Exact; a sum is right or it is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from renstra import angka
from renstra.periksa.temuan import Hasil
from renstra.tabel import ANGGARAN, ASET, PENDANAAN, SDM, Baris, Tabel, TabelRencana


class Ruas(NamedTuple):
    """Yearly columns and the column that holds their total."""

    tabel: Tabel
    bagian: list[str]
    total: str | None


def ruas(rencana: TabelRencana) -> Iterator[Ruas]:
    """The spans of years that are added up: budget and realisation of 2.3.2, money of 5.1."""
    for kunci, awalan, total in (
        (ANGGARAN, "anggaran_", "total_anggaran_tercetak"),
        (ANGGARAN, "realisasi_", "total_realisasi_tercetak"),
        (PENDANAAN, "rp_", "total_tercetak"),
    ):
        tabel = rencana[kunci]
        if tabel and (tahun := tabel.tahun(awalan)):
            yield Ruas(tabel, [f"{awalan}{t}" for t in tahun], total if total in tabel.kolom else None)


def tambah(baris: Iterable[Baris], kolom: Iterable[str]) -> Decimal:
    """Sum over rows and columns, empty cells counting nothing."""
    semua = list(kolom)
    return sum((b[k].nilai for b in baris for k in semua), Decimal(0))


def _ada(baris: Iterable[Baris], kolom: Iterable[str]) -> bool:
    semua = list(kolom)
    return any(b[k].angka is not None for b in baris for k in semua)


def total_baris(rencana: TabelRencana) -> Hasil:
    """total_baris: a row's printed total is the sum of its years.

    Where exactly one row and one column are wrong by the same difference, the cell in which they meet is told, too:
    with the value that makes both right.
    """
    hasil = Hasil("total_baris")
    for r in ruas(rencana):
        if r.total is None:
            continue
        for b in r.tabel.isi:
            hasil.cakup(r.tabel, b, [*r.bagian, r.total])
            benar = tambah([b], r.bagian)
            if b[r.total].nilai != benar:
                hasil.catat(r.tabel, b, r.total, angka.tulis(benar), _selisih(b[r.total].nilai, benar))
        _sel_bersilang(hasil, r)
    return hasil


def _sel_bersilang(hasil: Hasil, r: Ruas) -> None:
    """The one cell that explains a wrong row and a wrong column at once."""
    j = r.tabel.jumlah
    if j is None or r.total is None:
        return
    per_baris: dict[Decimal, list[Baris]] = {}
    per_kolom: dict[Decimal, list[str]] = {}
    for b in r.tabel.isi:
        per_baris.setdefault(b[r.total].nilai - tambah([b], r.bagian), []).append(b)
    for k in r.bagian:
        per_kolom.setdefault(j[k].nilai - tambah(r.tabel.isi, [k]), []).append(k)
    for beda, baris in per_baris.items():
        kolom = per_kolom.get(beda, [])
        if beda and len(baris) == len(kolom) == 1:
            b, k = baris[0], kolom[0]
            kata = f"Jumlah baris dan jumlah kolom {k} selisih sama ({angka.tulis(beda)}): sel ini diduga salah."
            hasil.catat(r.tabel, b, k, angka.tulis(b[k].nilai + beda), kata)


def _selisih(tercetak: Decimal, benar: Decimal) -> str:
    beda = benar - tercetak
    return f"Selisih {'+' if beda > 0 else ''}{angka.tulis(beda)}."


class _Kelompok(NamedTuple):
    """A printed sum and the rows that it sums, in some columns."""

    tabel: Tabel
    jumlah: Baris
    bagian: list[Baris]
    kolom: list[str]


def _kelompok(rencana: TabelRencana) -> Iterator[_Kelompok]:
    for r in ruas(rencana):
        if r.tabel.jumlah and _ada([r.tabel.jumlah], r.bagian):
            yield _Kelompok(r.tabel, r.tabel.jumlah, r.tabel.isi, r.bagian)
        if r.tabel.jumlah and r.total and not r.tabel.jumlah[r.total].kosong:
            yield _Kelompok(r.tabel, r.tabel.jumlah, r.tabel.isi, [r.total])
    yield from _kelompok_sdm(rencana[SDM])
    yield from _kelompok_aset(rencana[ASET])


def _kelompok_sdm(tabel: Tabel | None) -> Iterator[_Kelompok]:
    """Staff by status and dimension (education, grade), each with its own JUMLAH."""
    for j in tabel.baris if tabel else ():
        if tabel and j.jumlah:
            kunci = (j.teks("status"), j.teks("dimensi"))
            bagian = [b for b in tabel.isi if (b.teks("status"), b.teks("dimensi")) == kunci]
            yield _Kelompok(tabel, j, bagian, ["jumlah"])


def _kelompok_aset(tabel: Tabel | None) -> Iterator[_Kelompok]:
    """Assets: a group is the sum of its items, the first row the sum of all items."""
    if tabel is None:
        return
    barang = [b for b in tabel.baris if b.teks("tipe") == "barang"]
    for b in tabel.baris:
        if b.teks("tipe") == "kelompok":
            bagian = [x for x in barang if x.teks("kelompok") == b.teks("kelompok")]
            yield _Kelompok(tabel, b, bagian, ["jumlah", "nilai_rp"])
        elif b.teks("tipe") == "total":
            yield _Kelompok(tabel, b, barang, ["jumlah", "nilai_rp"])


def total_kolom(rencana: TabelRencana) -> Hasil:
    """total_kolom: a printed sum below (or above) its rows is their sum."""
    hasil = Hasil("total_kolom")
    for k in _kelompok(rencana):
        for kolom in k.kolom:
            hasil.cakup(k.tabel, [k.jumlah, *k.bagian], kolom)
            benar, sel = tambah(k.bagian, [kolom]), k.jumlah[kolom]
            if sel.nilai != benar:
                kata = _selisih(sel.nilai, benar) if not sel.kosong else "Jumlah tidak tercetak."
                hasil.catat(k.tabel, k.jumlah, kolom, angka.tulis(benar), kata)
    for k in _kelompok_aset(rencana[ASET]):
        hasil.cakup(k.tabel, k.bagian, "kelompok")  # an item in the wrong group breaks two sums
    return hasil


def total_umum(rencana: TabelRencana) -> Hasil:
    """total_umum: the grand total by rows is the grand total by columns; the ways of counting one staff agree."""
    hasil = Hasil("total_umum")
    for r in ruas(rencana):
        _dua_arah(hasil, r)
    _dimensi_sdm(hasil, rencana[SDM])
    _kelompok_dan_total(hasil, rencana[ASET])
    return hasil


def _dua_arah(hasil: Hasil, r: Ruas) -> None:
    """Sum of the column totals, sum of the row totals, printed grand total: all the same."""
    j = r.tabel.jumlah
    if j is None or r.total is None:
        return
    arah: dict[str, Decimal] = {}
    lengkap = all(not j[k].kosong or not tambah(r.tabel.isi, [k]) for k in r.bagian)
    if lengkap and _ada([j], r.bagian):
        arah["kolom"] = tambah([j], r.bagian)
    if _ada(r.tabel.isi, [r.total]):
        arah["baris"] = tambah(r.tabel.isi, [r.total])
    if not j[r.total].kosong:
        arah["tercetak"] = j[r.total].nilai
        hasil.cakup(r.tabel, j, r.total)
    if len(set(arah.values())) > 1:
        benar = tambah(r.tabel.isi, r.bagian)
        teks = " / ".join(f"{angka.tulis(n)} ({nama})" for nama, n in arah.items())
        kata = "Total umum menurut jumlah kolom dan menurut jumlah baris tidak sama."
        hasil.catat(r.tabel, j, r.total, angka.tulis(benar), kata, tercetak=teks)


def _dimensi_sdm(hasil: Hasil, tabel: Tabel | None) -> None:
    """The same people counted by education and by grade are the same number."""
    pertama: dict[str, Baris] = {}
    for b in tabel.baris if tabel else ():
        if tabel and b.jumlah:
            acuan = pertama.setdefault(b.teks("status"), b)
            if b["jumlah"].nilai != acuan["jumlah"].nilai:
                kata = (
                    f"Jumlah {b.teks('status')} menurut {b.teks('dimensi')} dan {acuan.teks('dimensi')} tidak sama."
                )
                hasil.catat(tabel, b, "jumlah", angka.tulis(acuan["jumlah"].nilai), kata)


def _kelompok_dan_total(hasil: Hasil, tabel: Tabel | None) -> None:
    """The first row of the assets is the sum of the groups."""
    if tabel is None:
        return
    kelompok = [b for b in tabel.baris if b.teks("tipe") == "kelompok"]
    for b in tabel.baris:
        if b.teks("tipe") != "total" or not kelompok:
            continue
        for kolom in ("jumlah", "nilai_rp"):
            hasil.cakup(tabel, [b, *kelompok], kolom)
            benar = tambah(kelompok, [kolom])
            if b[kolom].nilai != benar:
                hasil.catat(
                    tabel, b, kolom, angka.tulis(benar), f"Jumlah kelompok. {_selisih(b[kolom].nilai, benar)}"
                )
