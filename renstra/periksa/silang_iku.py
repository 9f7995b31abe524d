"""The main indicators: their yearly targets, their first and last value, in every table that prints them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from renstra import angka
from renstra.periksa.temuan import Hasil
from renstra.tabel import IKM, IKU, TARGET, TUJUAN, Baris, Tabel, TabelRencana


class _Sumber(NamedTuple):
    """A cell that tells the same fact."""

    tabel: Tabel
    baris: Baris
    kolom: str


def periksa_iku(hasil: Hasil, rencana: TabelRencana) -> None:
    """4.1, 5.1 (outcome rows) and 6.1 agree year by year; the first value is the index of 2.4b, too."""
    for kelompok in _indikator(rencana):
        tahun = sorted({t for tabel, _ in kelompok for t in (*tabel.tahun(""), *tabel.tahun("target_", "_angka"))})
        for t in tahun:
            _bandingkan(hasil, _kolom(kelompok, (f"{t}", f"target_{t}_angka")), f"target {t}")
        akhir = [f"akhir_{t}" for tabel, _ in kelompok for t in tabel.tahun("akhir_")]
        _bandingkan(hasil, _kolom(kelompok, (*akhir, "kondisi_akhir_angka")), "kondisi akhir")
        _awal(hasil, rencana, kelompok)


def _indikator(rencana: TabelRencana) -> list[list[tuple[Tabel, Baris]]]:
    """Rows of different tables that are one indicator: the same name, its initials, or the only one there is."""
    tujuan, iku, target = rencana[TUJUAN], rencana[IKU], rencana[TARGET]
    dasar = tujuan or iku
    if dasar is None:
        return []
    # A typed plan (it says each indicator's kind) names an indicator the same everywhere: nothing is guessed.
    tunggal = len(dasar.isi) == 1 and "tipe" not in dasar.kolom
    hasil = []
    for b in dasar.isi:
        kelompok = [(dasar, b)]
        kelompok += [
            (tabel, lain)
            for tabel in (iku if dasar is tujuan else None, target)
            if tabel and (lain := _padanan(tabel, b, tunggal=tunggal))
        ]
        hasil.append(kelompok)
    return hasil


def _padanan(tabel: Tabel, dasar: Baris, *, tunggal: bool) -> Baris | None:
    outcome = "indikator_output" in tabel.kolom
    baris = [b for b in tabel.isi if not outcome or b.teks("no_tabel").strip() == "0"]
    nama, kolom = _biasa(dasar.teks("indikator")), "indikator_output" if outcome else "indikator"
    for mirip in (_sama, _termuat, _disingkat):  # the surest likeness first
        for b in baris:
            if mirip(nama, _biasa(b.teks(kolom))):
                return b
    if tunggal and len(baris) == 1:
        return baris[0]
    return None


def _sama(nama: str, lain: str) -> bool:
    return nama == lain


def _termuat(nama: str, lain: str) -> bool:
    return f" {nama} " in f" {lain} "


def _disingkat(nama: str, lain: str) -> bool:
    """`ikm` stands for Indeks Kepuasan Masyarakat."""
    inisial = "".join(k[0] for k in nama.split())
    return len(inisial) > 1 and inisial in lain.split()


def _biasa(nama: str) -> str:
    return " ".join(re.findall(r"\w+", nama.casefold()))


def _kolom(kelompok: Iterable[tuple[Tabel, Baris]], nama: Iterable[str]) -> list[_Sumber]:
    semua = list(nama)
    return [_Sumber(t, b, k) for t, b in kelompok for k in dict.fromkeys(semua) if k in b.sel]


def _awal(hasil: Hasil, rencana: TabelRencana, kelompok: list[tuple[Tabel, Baris]]) -> None:
    """The condition at the start: 6.1, 5.1, and for the satisfaction index the row of its year in 2.4b."""
    tahun = {t for tabel, _ in kelompok for t in tabel.tahun("awal_")}
    sumber = _kolom(kelompok, (*(f"awal_{t}" for t in tahun), "data_awal_tercetak"))
    ikm = rencana[IKM]
    indeks = any(
        "kepuasan" in _biasa(b.teks("indikator")) or "ikm" in _biasa(b.teks("indikator")).split() for _, b in kelompok
    )
    if ikm and indeks:
        sumber += [_Sumber(ikm, b, "ikm") for b in ikm.baris if any(str(t) == b.nama for t in tahun)]
    _bandingkan(hasil, sumber, "kondisi awal")


def _bandingkan(hasil: Hasil, sumber: list[_Sumber], apa: str) -> None:
    """All the same; the odd one out is the finding, and where nobody is in the majority, everyone is."""
    nilai: list[tuple[_Sumber, Decimal | None]] = [(s, s.baris[s.kolom].angka) for s in sumber]
    if len(nilai) < 2:
        return
    for s, _ in nilai:
        hasil.cakup(s.tabel, s.baris, s.kolom)
    hitung = Counter(n for _, n in nilai).most_common()
    if len(hitung) == 1:
        return
    seri = hitung[0][1] == hitung[1][1]
    benar = None if seri else hitung[0][0]
    semua = "; ".join(f"{s.tabel.kode}: {_tulis(n)}" for s, n in nilai)
    for s, n in nilai:
        if seri or n != benar:
            teks = "-" if seri else _tulis(benar)
            hasil.catat(s.tabel, s.baris, s.kolom, teks, f"Tidak sama antartabel ({apa}): {semua}.")


def _tulis(n: Decimal | None) -> str:
    return "kosong" if n is None else angka.tulis(n)
