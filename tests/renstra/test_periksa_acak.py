"""Any consistent plan passes, and any error planted in a cell that a rule covers is found."""

from __future__ import annotations

import csv
import io
import json
import re
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from renstra.periksa import ATURAN, periksa
from renstra.tabel import BENTUK, GalatTabel, baca, susun
from tests.renstra.bekal_rencana import Isi, rencana, rencana_benar, tulis
from tests.renstra.test_periksa_nyata import NYATA

LONGGAR = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@LONGGAR
@given(rencana)
def test_a_consistent_plan_raises_no_alarm(isi):
    assert periksa(susun(tulis(isi))) == []


def test_a_thousand_consistent_plans_raise_no_alarm():
    salah = [benih for benih in range(1000) if periksa(susun(tulis(rencana_benar(Random(benih)))))]
    assert salah == []


def _tercakup(isi: Isi) -> list[tuple[str, int, str]]:
    """Covered cells of the plan, as (file, index of the row, column)."""
    susunan = susun(tulis(isi))
    sel = set().union(*(a(susunan).tercakup for a in ATURAN))
    return sorted((s.berkas, s.nomor - 2, s.kolom) for s in sel)


def _kode(berkas: str) -> str:
    return BENTUK[berkas.removeprefix("t_").removesuffix(".csv")].kode


def _tempat(isi: Isi, berkas: str) -> bool:
    """Is something found in this table? A row that lost its number cannot even be read, and is named."""
    try:
        temuan = periksa(susun(tulis(isi)))
    except GalatTabel as galat:
        return f"{berkas} baris " in str(galat)
    return _kode(berkas) in {t.tabel for t in temuan}


def _ganti(teks: str, cara: str, acak: Random) -> str:
    """One wrong value for a right one."""
    angka = [i for i, h in enumerate(teks) if h.isdigit()]
    if not angka:
        return f"{acak.randint(1, 9)}"
    if cara == "tukar" and len(angka) > 1:
        i = acak.randrange(len(angka) - 1)
        huruf = list(teks)
        a, b = angka[i], angka[i + 1]
        huruf[a], huruf[b] = huruf[b], huruf[a]
        return "".join(huruf)
    if cara == "ribu":
        utuh = re.match(r"\D*[\d.]*\d", teks.partition(",")[0])
        return teks[: utuh.end()] + (".000" if "." in teks else "000") + teks[utuh.end() :] if utuh else teks
    if cara == "kosong":
        return ""
    i = acak.choice(angka)
    baru = str((int(teks[i]) + acak.randint(1, 9)) % 10)
    return teks[:i] + baru + teks[i + 1 :]


def _angka(teks: str) -> str:
    """What a changed text still says: leading zeros and empty decimals say nothing."""
    bersih = teks.replace("%", "").strip().lstrip("0") or "0"
    return bersih.rstrip("0").rstrip(",.") if "," in bersih else bersih


@settings(LONGGAR, max_examples=400)
@given(rencana, st.randoms(use_true_random=False), st.sampled_from(["tukar", "ganti", "ribu", "kosong"]))
def test_a_wrong_value_in_a_covered_cell_is_found_in_its_table(isi, acak, cara):
    sel = _tercakup(isi)
    assume(sel)
    berkas, indeks, kolom = acak.choice(sel)
    semula = isi[berkas][indeks][kolom]
    baru = _ganti(semula, cara, acak)
    assume(_angka(baru) != _angka(semula) and not (semula in {"", "-", "0"} and baru in {"", "-", "0", "00"}))
    jumlah = any(x.casefold() == "jumlah" for x in isi[berkas][indeks].values())
    lain = any(b[kolom] not in {"", "-"} for i, b in enumerate(isi[berkas]) if i != indeks)
    assume(cara != "kosong" or (lain and not jumlah))  # a plan need not print its sums, nor a column at all
    isi[berkas][indeks][kolom] = baru
    assert _tempat(isi, berkas), (berkas, indeks, kolom, semula, baru)


@pytest.mark.parametrize(
    ("berkas", "awalan", "aturan"),
    [
        ("t_2_3_2_anggaran.csv", "anggaran_", "total_kolom"),
        ("t_2_3_2_anggaran.csv", "rasio_", "rasio_sel"),
        ("t_5_1_pendanaan.csv", "rp_", "total_kolom"),
    ],
)
def test_a_shifted_row_is_found_by_the_rule_of_its_columns(berkas, awalan, aturan):
    kena = 0
    for benih in range(60):
        isi = rencana_benar(Random(benih))
        if berkas not in isi:
            continue
        kolom = [k for k in isi[berkas][0] if k.startswith(awalan) and "total" not in k]
        if not any(isi[berkas][-1][k] for k in kolom) and aturan == "total_kolom":
            continue
        baris = isi[berkas][0]
        nilai = [baris[k] for k in kolom]
        geser = [nilai[-1], *nilai[:-1]]
        if [x.strip("-") for x in geser] == [x.strip("-") for x in nilai]:
            continue
        baris.update(zip(kolom, geser, strict=True))
        temuan = periksa(susun(tulis(isi)))
        assert aturan in {t.aturan for t in temuan}, (benih, temuan)
        kena += 1
    assert kena > 20


def test_each_kind_of_error_is_told_by_its_rule_at_its_place():
    isi = rencana_benar(Random(2))
    cetak = tulis(isi)
    assert {"t_2_3_2_anggaran.csv", "t_5_1_pendanaan.csv", "t_5_1_target.csv"} <= set(cetak)
    t = next(b for b in isi["t_2_3_2_anggaran.csv"] if b["total_realisasi_tercetak"])
    t["total_anggaran_tercetak"] = str(int(t["total_anggaran_tercetak"]) + 1000)
    temuan = periksa(susun(tulis(isi)))
    assert ("total_baris", t["no"], "total_anggaran_tercetak") in {
        (x.aturan, x.lokasi.baris, x.lokasi.kolom) for x in temuan
    }


@settings(LONGGAR, max_examples=90)
@given(st.randoms(use_true_random=False), st.sampled_from(["tukar", "ganti", "ribu"]))
def test_one_more_error_in_the_real_tables_changes_the_findings(acak, cara):
    """Mutation of the printed plan: what is already wrong there does not hide a new error."""
    teks = {f.name: f.read_text(encoding="utf-8") for f in NYATA.glob("*.csv")}
    isi = {n: list(csv.DictReader(io.StringIO(t))) for n, t in teks.items()}
    sel = _tercakup(isi)
    berkas, indeks, kolom = acak.choice(sel)
    semula = isi[berkas][indeks][kolom]
    baru = _ganti(semula, cara, acak)
    assume(_angka(baru) != _angka(semula) and semula not in {"", "-", "0"})
    assume(any(h.isdigit() for h in baru))
    isi[berkas][indeks][kolom] = baru
    assert _sidik(susun(tulis(isi))) != _sidik(baca(NYATA)), (berkas, indeks, kolom, semula, baru)


def _sidik(susunan) -> str:
    return json.dumps([t.sebagai_dict() for t in periksa(susunan)])
