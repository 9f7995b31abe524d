"""Headings against what stands under them."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from renstra import angka
from renstra.periksa.kondisi import bertingkat
from renstra.periksa.temuan import Hasil, Lokasi, Temuan, Tingkat
from renstra.tabel import ANGGARAN, BENTUK, KINERJA, TARGET, Judul, Tabel, TabelRencana


class _Isi(NamedTuple):
    """What a column holds, and the words of which a heading must have one."""

    nama: str
    kata: tuple[str, ...]


#: By beginning of the column's name; the first hit counts.
_ISI = (
    ("total_anggaran", _Isi("total anggaran (rupiah)", ("total", "jumlah", "anggaran"))),
    ("total_realisasi", _Isi("total realisasi (rupiah)", ("total", "jumlah", "realisasi"))),
    ("total", _Isi("total (rupiah)", ("total", "jumlah"))),
    ("rasio_total", _Isi("rasio total", ("rasio", "serapan", "penyerapan", "persen", "%"))),
    ("rasio", _Isi("rasio", ("rasio", "serapan", "penyerapan", "persen", "%"))),
    ("target", _Isi("target", ("target",))),
    ("realisasi", _Isi("realisasi", ("realisasi",))),
    ("anggaran", _Isi("anggaran (rupiah)", ("anggaran", "pagu", "dana"))),
    ("rp_", _Isi("anggaran (rupiah)", ("anggaran", "pagu", "dana", "rp", "rupiah"))),
    ("ikm", _Isi("nilai IKM", ("ikm", "indeks", "nilai", "realisasi"))),
    ("data_awal", _Isi("kondisi awal", ("awal", "total", "jumlah"))),
    ("kondisi_awal", _Isi("kondisi awal", ("awal",))),
    ("awal", _Isi("kondisi awal", ("awal",))),
    ("kondisi_akhir", _Isi("kondisi akhir", ("akhir", "total", "jumlah"))),
    ("akhir", _Isi("kondisi akhir", ("akhir",))),
    ("jumlah", _Isi("jumlah", ("jumlah", "total", "banyak"))),
    ("nilai", _Isi("nilai (rupiah)", ("nilai", "harga", "rupiah"))),
)
#: Words that promise one kind of content and nothing else.
_JANJI = {"pertumbuhan": "pertumbuhan", "rasio": "rasio"}
_SEMUA_KATA = frozenset(k for _, isi in _ISI for k in isi.kata) | set(_JANJI)


def judul_kolom(rencana: TabelRencana) -> Hasil:
    """judul_kolom: a heading says what its column holds; a column without heading is a warning."""
    hasil = Hasil("judul_kolom")
    for j in rencana.judul:
        _periksa(hasil, rencana, j)
    _awal_berisi_total(hasil, rencana)
    _realisasi_berisi_serapan(hasil, rencana)
    return hasil


def _lokasi(rencana: TabelRencana, j: Judul) -> Lokasi:
    """The column's name in the table; a span keeps the name that the list of headings gives it."""
    nama = {k for kunci, t in rencana.tabel.items() if BENTUK[kunci].kode == j.tabel for k in t.kolom}
    return Lokasi("judul", next((k for k in (j.kolom, f"{j.kolom}_tercetak") if k in nama), j.kolom))


def _catat(hasil: Hasil, rencana: TabelRencana, j: Judul, benar: str, kata: str, tingkat: Tingkat) -> None:
    hasil.temuan.append(Temuan(hasil.aturan, j.tabel, _lokasi(rencana, j), j.teks, benar, tingkat, kata))


def _periksa(hasil: Hasil, rencana: TabelRencana, j: Judul) -> None:
    isi = next((isi for awalan, isi in _ISI if j.kolom.startswith(awalan)), None)
    if isi is None:
        return
    if not j.teks.strip():
        kata = f"Judul kolom tidak tercetak; isinya {isi.nama}."
        _catat(hasil, rencana, j, isi.nama, kata, Tingkat.PERINGATAN)
        return
    kata_judul = set(re.findall(r"[a-z]+|%", j.teks.casefold()))
    janji = next((n for k, n in _JANJI.items() if k in kata_judul and k not in isi.kata), None)
    if janji or (not kata_judul & set(isi.kata) and kata_judul & _SEMUA_KATA):
        kata = f"Isi kolom adalah {isi.nama}."
        benar = isi.nama
        if janji == "pertumbuhan" and (tumbuh := _pertumbuhan(rencana, j)):
            benar = tumbuh
            kata += f" Rata-rata pertumbuhan menurut hitung ulang: {tumbuh}."
        _catat(hasil, rencana, j, benar, kata, Tingkat.KESALAHAN)


def _pertumbuhan(rencana: TabelRencana, j: Judul) -> str:
    """Mean yearly growth of the recomputed column totals, while there are amounts."""
    tabel = rencana[ANGGARAN]
    if tabel is None or j.tabel != tabel.kode:
        return ""
    awalan = "realisasi_" if "realisasi" in j.kolom else "anggaran_"
    nilai = [sum((b[f"{awalan}{t}"].nilai for b in tabel.isi), Decimal(0)) for t in tabel.tahun(awalan)]
    while nilai and not nilai[-1]:
        nilai.pop()
    if len(nilai) < 2 or not all(nilai):
        return ""
    laju = [Fraction(b - a) / Fraction(a) * 100 for a, b in pairwise(nilai)]
    rinci = "; ".join(angka.tulis(x, 2) for x in laju)
    return f"{angka.tulis_persen(sum(laju, Fraction(0)) / len(laju))}/th ({rinci})"


def _awal_berisi_total(hasil: Hasil, rencana: TabelRencana) -> None:
    """A column headed as the condition at the start does not hold the sums of the coming years."""
    tabel = rencana[TARGET]
    judul = next((j for j in rencana.judul if j.tabel == "5.1" and j.kolom.startswith("data_awal")), None)
    if (
        tabel is None
        or judul is None
        or "awal" not in judul.teks.casefold()
        or "data_awal_tercetak" not in tabel.kolom
    ):
        return
    kolom = [f"target_{t}_angka" for t in tabel.tahun("target_", "_angka")]
    kumulatif = [
        b for b in tabel.isi if not bertingkat(b.teks("satuan")) and b["data_awal_tercetak"].angka is not None
    ]
    sama = [b for b in kumulatif if b["data_awal_tercetak"].angka == sum((b[k].nilai for k in kolom), Decimal(0))]
    if len(sama) > 1 and 2 * len(sama) > len(kumulatif):
        kata = (
            f"{len(sama)} dari {len(kumulatif)} baris berisi jumlah target sampai akhir rencana, bukan keadaan awal."
        )
        _catat(hasil, rencana, judul, "kondisi sebelum tahun pertama", kata, Tingkat.KESALAHAN)


def _realisasi_berisi_serapan(hasil: Hasil, rencana: TabelRencana) -> None:
    """Achievement of outputs is not the absorption of money.

    Told only where the headings of the table have moved (its targets stand under "Rasio"): then the ratios stand
    under "Realisasi Capaian", and nothing in the table measures outputs. Under right headings equal numbers are
    what silang_tabel asks for.
    """
    kinerja, uang = rencana[KINERJA], rencana[ANGGARAN]
    judul = {j.kolom.partition("_")[0]: j for j in rencana.judul if j.tabel == "2.3.1"}
    if kinerja is None or uang is None or not {"target", "realisasi"} <= set(judul):
        return
    if "rasio" not in judul["target"].teks.casefold() or "capaian" not in judul["realisasi"].teks.casefold():
        return
    sama, semua = _sama_dengan_rasio(kinerja, uang)
    if sama > 1 and 2 * sama > semua:
        kata = (
            f"{sama} dari {semua} nilai sama dengan rasio serapan di Tabel 2.3.2; keluaran tidak diukur tersendiri."
        )
        _catat(hasil, rencana, judul["realisasi"], "capaian keluaran", kata, Tingkat.PERINGATAN)


def _sama_dengan_rasio(kinerja: Tabel, uang: Tabel) -> tuple[int, int]:
    di_uang = {b.nama: b for b in uang.isi}
    pasangan = [
        (b[f"realisasi_{t}"].angka, lain[f"rasio_{t}_tercetak"].angka)
        for b in kinerja.isi
        if (lain := di_uang.get(b.nama))
        for t in kinerja.tahun("realisasi_")
        if f"rasio_{t}_tercetak" in lain.sel and not b[f"realisasi_{t}"].kosong
    ]
    return sum(1 for a, r in pasangan if a == r), len(pasangan)
