"""The condition at the end of the plan against the yearly targets (Tabel 5.1 and 6.1)."""

from __future__ import annotations

import re
from decimal import Decimal

from renstra import angka
from renstra.periksa.temuan import Hasil, Tingkat
from renstra.tabel import IKU, TARGET, Baris, Tabel, TabelRencana

_TINGKATAN = frozenset({"indeks", "persen", "persentase", "skor", "nilai", "rasio", "tingkat"})
AKHIR = "kondisi_akhir_angka"


def bertingkat(satuan: str) -> bool:
    """Is an indicator of this unit a level (index, percentage), whose last value is the end, not the sum?"""
    kata = re.findall(r"[a-z]+", satuan.casefold())
    return "%" in satuan or bool(_TINGKATAN & set(kata))


def _tingkat(b: Baris) -> bool:
    """A row that says by itself what kind its indicator is (a typed plan) is believed; else its unit is read."""
    tipe = b.teks("tipe")
    return tipe == "level" if tipe else bertingkat(b.teks("satuan"))


def kondisi_akhir(rencana: TabelRencana) -> Hasil:
    """kondisi_akhir: of a cumulative indicator the sum of its targets, of a level the target of the last year."""
    hasil = Hasil("kondisi_akhir")
    target, iku = rencana[TARGET], rencana[IKU]
    if target and AKHIR in target.kolom:
        kolom = [f"target_{t}_angka" for t in target.tahun("target_", "_angka")]
        for b in target.baris:
            _periksa(hasil, target, b, kolom)
            _butir(hasil, target, b)
    if iku:
        _iku(hasil, iku)
    return hasil


def _periksa(hasil: Hasil, tabel: Tabel, b: Baris, kolom: list[str]) -> None:
    if not kolom or (b[AKHIR].kosong and all(b[k].kosong for k in kolom)):
        return
    nilai = [b[k].nilai for k in kolom]
    if _tingkat(b):
        hasil.cakup(tabel, b, [kolom[-1], AKHIR])
        if b[AKHIR].nilai != nilai[-1]:
            kata = "Indikator tingkat: kondisi akhir adalah target tahun terakhir."
            hasil.catat(tabel, b, AKHIR, angka.tulis(nilai[-1]), kata, tercetak=_cetak(b))
        return
    hasil.cakup(tabel, b, [*kolom, AKHIR])
    benar = sum(nilai, Decimal(0))
    if b[AKHIR].nilai != benar:
        rincian = " + ".join(angka.tulis(n) for n in nilai if n)
        kata = f"Keg. {b.teks('no_tabel')}: jumlah target {rincian or 0} = {angka.tulis(benar)}."
        tingkat = Tingkat.PERINGATAN if _barang_yang_sama(b, nilai, benar) else Tingkat.KESALAHAN
        if tingkat is Tingkat.PERINGATAN:
            kata += " Bisa jadi lanjutan dari yang sama."
        hasil.catat(tabel, b, AKHIR, angka.tulis(benar), kata, tercetak=_cetak(b), tingkat=tingkat)


def _cetak(b: Baris) -> str:
    return b.teks("kondisi_akhir_tercetak") or b.teks(AKHIR)


def _barang_yang_sama(b: Baris, nilai: list[Decimal], benar: Decimal) -> bool:
    """One thing that is worked on in several years ends as one; unless the first column prints the sum itself."""
    isi = {n for n in nilai if n}
    awal = b.sel.get("data_awal_tercetak")
    return isi == {b[AKHIR].nilai} and not (awal and awal.angka == benar)


def _butir(hasil: Hasil, tabel: Tabel, b: Baris) -> None:
    """What the end condition counts by name (`11 Unit Kios-K dan 1 Web Profile`) has a yearly target by that name."""
    tahunan = " ".join(b.teks(f"target_{t}_tercetak") for t in tabel.tahun("target_", "_tercetak")).casefold()
    benda = [_benda(p, b.teks("satuan")) for p in re.split(r"\bdan\b|,|;", b.teks("kondisi_akhir_tercetak"))]
    benda = [x for x in benda if x]
    if len(benda) < 2 or not any(x in tahunan for x in benda):
        return  # the yearly targets do not name things at all
    for x in benda:
        if x not in tahunan:
            kata = f"Keg. {b.teks('no_tabel')}: '{x}' ada pada kondisi akhir, tetapi tidak pada target tahunan."
            hasil.catat(tabel, b, "kondisi_akhir_tercetak", "-", kata, tingkat=Tingkat.PERINGATAN)


def _benda(bagian: str, satuan: str) -> str:
    """`kios-k` from `11 Unit Kios-K`: the first word after a count (not after a year) that is no unit."""
    cocok = re.match(r"\s*(\d[\d.]*)\s+([A-Za-z].*)", bagian)
    if not cocok or re.fullmatch(r"(19|20)\d\d", cocok.group(1)):
        return ""
    bukan = {satuan.casefold(), "unit", "paket", "kali", "buah", "buku", "dok", "dokumen", "orang", "org"}
    return next((k for k in re.findall(r"[a-z][\w-]*", cocok.group(2).casefold()) if k not in bukan), "")


def _iku(hasil: Hasil, tabel: Tabel) -> None:
    """Tabel 6.1: the end is the last year's target, or the sum where the indicator counts things."""
    tahun, akhir = tabel.tahun(""), tabel.tahun("akhir_")
    if not tahun or not akhir:
        return
    kolom = f"akhir_{akhir[-1]}"
    for b in tabel.isi:
        boleh = {b[f"{tahun[-1]}"].nilai}
        if not _tingkat(b):
            boleh.add(sum((b[f"{t}"].nilai for t in tahun), Decimal(0)))
        hasil.cakup(tabel, b, [f"{tahun[-1]}", kolom])
        if b[kolom].nilai not in boleh:
            benar = " atau ".join(angka.tulis(n) for n in sorted(boleh))
            hasil.catat(tabel, b, kolom, benar, "Kondisi akhir tidak sama dengan target.")
