"""Numbers: unguessable, read back in any spelling, typing errors caught, templates kept safe."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perizinan.nomor import CROCKFORD, baca_nomor, nomor_baru, nomor_izin, nomor_register, periksa_pola

acak = random.Random(503)
NOMOR = [nomor_baru(acak.choice) for _ in range(120)]


def test_a_number_is_five_and_five_crockford_characters():
    for nomor in NOMOR:
        assert len(nomor) == 11
        assert nomor[5] == "-"
        assert set(nomor.replace("-", "")) <= set(CROCKFORD)


def test_numbers_are_drawn_from_the_whole_alphabet_and_do_not_repeat():
    assert len({nomor_baru() for _ in range(2_000)}) == 2_000
    assert {huruf for nomor in NOMOR for huruf in nomor[:5]} == set(CROCKFORD)


def test_a_number_is_read_back_from_itself():
    assert all(baca_nomor(nomor) == nomor for nomor in NOMOR)


@given(st.sampled_from(NOMOR), st.data())
def test_case_space_hyphen_and_lookalikes_fold(nomor, data):
    ganti = {"0": "0Oo", "1": "1IiLl"}
    tulis = "".join(data.draw(st.sampled_from(ganti.get(h, h + h.lower()))) for h in nomor if h != "-")
    sela = data.draw(st.lists(st.sampled_from(["", "", " ", "-", "\u2013", "\u00a0"]), min_size=10, max_size=10))
    assert baca_nomor("".join(a + b for a, b in zip(sela, tulis, strict=True))) == nomor


@pytest.mark.parametrize(
    "teks",
    [
        "",
        "-----",
        "7QK4M",
        "7QK4M-2XD9",
        "UUUUU-UUUUU",
        "7QK4M-2XD9R" * 9,
        "ＡＢＣＤＥ-12345",
        "7QK4M\n2XD9Rß",
        "%",
        "ı" * 10,
    ],
)
def test_what_cannot_be_a_number_is_none(teks):
    assert baca_nomor(teks) is None


def _tertangkap(pasangan):
    salah = [teks for nomor, teks in pasangan if teks.replace("-", "") != nomor.replace("-", "")]
    return sum(baca_nomor(teks) is None for teks in salah) / len(salah)


def test_every_single_substitution_is_caught():
    tukar = [
        (nomor, nomor[:i] + huruf + nomor[i + 1 :])
        for nomor in NOMOR
        for i in (*range(5), *range(6, 11))
        for huruf in CROCKFORD
    ]
    assert _tertangkap(tukar) >= 0.97


def test_adjacent_transpositions_are_caught():
    tukar = []
    for nomor in NOMOR:
        rapat = nomor.replace("-", "")
        tukar += [(nomor, rapat[:i] + rapat[i + 1] + rapat[i] + rapat[i + 2 :]) for i in range(9)]
    assert _tertangkap(tukar) >= 0.97


@pytest.mark.control
def test_without_the_check_character_errors_would_pass(monkeypatch):
    monkeypatch.setattr("perizinan.nomor.mod_37_36.is_valid", lambda teks: True)
    assert _tertangkap([(nomor, "0" + nomor[1:]) for nomor in NOMOR]) < 0.97


def test_the_skipped_check_characters_never_occur():
    assert not {nomor[-1] for nomor in NOMOR} & set("ILOU")


def test_the_register_number_is_counted_by_year():
    assert nomor_register(2026, 123) == "503-2026-000123"
    assert nomor_register(2026, 1_000_000, kode="570") == "570-2026-1000000"


@pytest.mark.parametrize(
    ("pola", "hasil"),
    [
        ("503/{urut:04d}/{kode}/{unit}/{tahun}", "503/0007/IMB/BPPT/2026"),
        ("{kode}-{urut}/{bulan_romawi}/{tahun}", "IMB-7/VI/2026"),
        ("{tahun}{bulan:02d}{urut:06d}", "202606000007"),
    ],
)
def test_the_permit_number_follows_the_offices_template(pola, hasil):
    isian = {"kode": "IMB", "unit": "BPPT"}
    assert nomor_izin(pola, urut=7, tahun=2026, bulan=6, isian=isian) == hasil


@pytest.mark.parametrize(
    "pola",
    [
        "503/{kode}/{tahun}",
        "503/{urut}",
        "{urut}/{tahun}/{rahasia}",
        "{urut.__class__}/{tahun}",
        "{urut!r}/{tahun}",
        "{urut:>9999999}/{tahun}",
        "{urut}/{tahun}/{kode:04d}",
        "{urut}/{tahun}/{",
        "{}/{urut}/{tahun}",
        "{urut:{tahun}}/{tahun}",
    ],
)
def test_a_template_that_is_unsafe_or_not_unique_is_refused(pola):
    with pytest.raises(ValueError, match=r"\w+"):
        periksa_pola(pola)


def test_a_template_without_its_value_is_refused():
    with pytest.raises(ValueError, match="unit"):
        nomor_izin("{urut}/{unit}/{tahun}", urut=1, tahun=2026, bulan=1, isian={})
