"""SMS texts: GSM-7, length, variables, and no NIK."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.teks import (
    GSM7_DASAR,
    GSM7_TAMBAHAN,
    GalatTeks,
    bukan_gsm7,
    isi_templat,
    ke_gsm7,
    periksa_templat,
    segmen,
    septet,
    variabel,
)

TEMPLAT = Path(__file__).resolve().parents[2] / "notifications" / "acuan" / "templat.csv"
#: The longest values that an office and its catalogue may hold (short office name 14, service name 24).
TERPANJANG = {
    "kantor": "K" * 14,
    "izin": "I" * 24,
    "nomor": "7QK4M-2XD9R",
    **dict.fromkeys(("batas", "tgl", "tenggat"), "30 Nov 2026"),
}


def test_the_tables_are_those_of_the_standard():
    assert len(GSM7_DASAR) == 127, "128 positions, one of which is the escape"
    assert len(GSM7_TAMBAHAN) == 10
    assert not GSM7_DASAR & GSM7_TAMBAHAN


@pytest.mark.parametrize(
    ("teks", "banyak", "pesan"),
    [
        ("", 0, 1),
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
        ("€" * 80, 160, 1),
        ("€" * 81, 162, 2),
        ("a" * 152 + "€" + "a" * 152, 306, 3),  # the euro is not cut: 152 + (2 + 151) + 1
        ("baris\nbaru", 10, 1),
    ],
)
def test_length_counts_septets_and_never_cuts_a_character(teks, banyak, pesan):
    assert septet(teks) == banyak
    assert segmen(teks) == pesan


def test_foreign_letters_are_named():
    assert bukan_gsm7("Ştefan’s “kafé”") == "Ş’“”"
    with pytest.raises(GalatTeks, match="Ş"):
        segmen("Ştefan")


@pytest.mark.parametrize(
    ("dari", "ke"),
    [
        ("Ma’ruf “Haji” – 2…", 'Ma\'ruf "Haji" - 2...'),
        ("Ştefan Žižek", "Stefan Zizek"),
        ("café", "café"),
        ("cafe\u0301", "café"),
        ("120 m²", "120 m2"),
        ("김 🙂", "? ?"),
        ("a\u200bb\u00a0c", "ab c"),
    ],
)
def test_a_typed_name_becomes_the_nearest_gsm_text(dari, ke):
    assert ke_gsm7(dari) == ke


@given(st.text())
def test_folding_always_gives_gsm_and_changes_nothing_twice(teks):
    sekali = ke_gsm7(teks)
    assert bukan_gsm7(sekali) == ""
    assert ke_gsm7(sekali) == sekali


def test_a_template_is_filled_in():
    hasil = isi_templat("{kantor}: {nomor} selesai.", {"kantor": "BPPT", "nomor": "7QK4M-2XD9R", "lain": "x"})
    assert hasil == "BPPT: 7QK4M-2XD9R selesai."


def test_a_value_is_not_read_as_a_template():
    assert isi_templat("{a} {b}", {"a": "{b}", "b": "dua"}) == "{b} dua"


@pytest.mark.parametrize("nilai", [{}, {"nomor": None}, {"nomor": ""}, {"nomor": "  "}])
def test_a_variable_without_a_value_is_refused(nilai):
    with pytest.raises(GalatTeks, match="nomor"):
        isi_templat("No. {nomor}", nilai)


@pytest.mark.parametrize("teks", ["{", "}", "{}", "{a.b}", "{a!r}", "{0}", "{A}", "{{a}}", "{a:>9}"])
def test_only_plain_variables_are_a_template(teks):
    with pytest.raises(GalatTeks):
        variabel(teks)
    assert periksa_templat(teks, {"a": "x"})


@pytest.mark.parametrize("nik", ["3275011203900001", "3275 0112 0390 0001", "3275-0112-0390-0001"])
def test_an_sms_never_contains_a_nik(nik):
    with pytest.raises(GalatTeks, match="NIK"):
        isi_templat("Atas nama {nama}", {"nama": f"Sari {nik}"})


def test_longer_and_shorter_numbers_are_no_nik():
    assert isi_templat("{n}", {"n": "503-2026-000123 081234567890"})
    assert isi_templat("{n}", {"n": "1" * 17})


def test_saving_a_template_names_every_fault():
    contoh = {"nomor": "7QK4M-2XD9R"}
    assert periksa_templat("No. {nomor} selesai", contoh) == []
    assert "{salah}" in periksa_templat("{salah}", contoh)[0]
    assert "“" in periksa_templat("“{nomor}”", contoh)[0]
    assert "Terlalu panjang" in periksa_templat("{nomor} " + "a" * 150, contoh)[0]
    assert periksa_templat("{nomor} " + "a" * 150, contoh, maks_segmen=2) == []


def test_every_template_of_the_office_fits_one_message_with_the_longest_values():
    with TEMPLAT.open(encoding="utf-8", newline="") as isi:
        daftar = list(csv.DictReader(isi))
    assert len(daftar) >= 30
    for baris in daftar:
        contoh = {nama: TERPANJANG.get(nama, "x" * 10) for nama in variabel(baris["teks"])}
        assert periksa_templat(baris["teks"], contoh) == [], baris["kode"]
