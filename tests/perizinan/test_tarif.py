"""Retribution and tax: the worked examples of the sources, rounding, and what is refused."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perizinan.tarif import GalatTarif, Tagihan, hitung_tarif, periksa_tarif

ACUAN = Path(__file__).resolve().parents[2] / "perizinan" / "acuan" / "tarif.toml"
SEMUA = tomllib.loads(ACUAN.read_text(encoding="utf-8"))["tarif"]
PARAMETER = {t["layanan"]: (t["rumus"], t.get("parameter", {})) for t in reversed(SEMUA)}

RUMAH = {
    "luas_bangunan": "120",
    "fungsi": "hunian_tunggal",
    "jenis_kegiatan": "baru",
    "waktu_penggunaan": "tetap",
    "basement": False,
    "lantai": 1,
    "kompleksitas": "sederhana",
    "permanensi": "permanen",
    "risiko_kebakaran": "rendah",
    "zonasi_gempa": "II",
    "kepadatan": "sedang",
    "pemohon": "orang",
}
REKLAME = {
    "kelas_jalan_reklame": "I",
    "panjang": "6",
    "lebar": "4",
    "sisi": 1,
    "jumlah": 1,
    "mulai": "2026-01-01",
    "selesai": "2026-12-31",
}


def biaya(layanan: str, isian: dict) -> Tagihan:
    return hitung_tarif(*PARAMETER[layanan], isian)


@pytest.mark.parametrize(
    ("layanan", "isian", "total"),
    [
        ("imb", RUMAH, 396_000),
        ("imb", RUMAH | {"basement": "ya"}, 514_800),
        ("imb", RUMAH | {"fungsi": "keagamaan"}, 0),
        ("imb", RUMAH | {"lantai": 2}, 417_600),
        ("imb", RUMAH | {"lantai": 5}, 439_200),
        ("imb", RUMAH | {"jenis_kegiatan": "renovasi_sedang"}, 178_200),
        ("izin_gangguan", {"luas_ruang": "200", "kelas_jalan": "kolektor", "tingkat_gangguan": "sedang"}, 1_200_000),
        (
            "izin_gangguan",
            {
                "luas_ruang": "200",
                "kelas_jalan": "kolektor",
                "tingkat_gangguan": "sedang",
                "jenis_permohonan": "perpanjangan",
            },
            600_000,
        ),
        ("reklame", REKLAME, 43_800_000),
        ("trayek", {"kursi_sampai_8": 3, "kursi_9_15": 2, "tahun": 1}, 550_000),
        ("iptm", {"jenis_permohonan": "perpanjangan"}, 75_000),
        ("iptm", {"jenis_permohonan": "baru", "kegiatan_makam": "tumpang"}, 50_000),
        ("ippl", {}, 0),
    ],
)
def test_worked_examples_come_out_as_printed(layanan, isian, total):
    tagihan = biaya(layanan, isian)
    assert tagihan.total == total == sum(b.nilai for b in tagihan.baris)
    assert tagihan.baris, "there is always a line to print on the SKRD"


def test_the_lines_of_an_imb_show_the_arithmetic():
    tagihan = biaya("imb", RUMAH | {"pagar": "10.5", "menara": 0})
    assert [(b.uraian, b.nilai) for b in tagihan.baris] == [
        ("Bangunan gedung: 120 × 0,165 × 1 × Rp20.000", 396_000),
        ("Pagar: 10,5 × 1 × Rp5.000", 52_500),
    ]


@pytest.mark.parametrize(("luas", "hasil"), [("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.4999999", 2)])
def test_half_a_rupiah_goes_up(luas, hasil):
    parameter = {"uraian": "Uji", "harga": "1", "kali": ["luas"]}
    assert hitung_tarif("per_satuan", parameter, {"luas": luas}).total == hasil


def test_each_component_is_rounded_before_the_sum():
    rumus, parameter = PARAMETER["imb"]
    isian = RUMAH | {
        "fungsi": "keagamaan",
        "jenis_kegiatan": "renovasi_sedang",
        "pagar": "0.0003",
        "perkerasan": "0.0004",
    }
    tagihan = hitung_tarif(rumus, parameter, isian)
    assert [b.nilai for b in tagihan.baris] == [0, 1, 1]  # 0.675 and 0.54 rupiah: 1.215 together would be 1
    assert tagihan.total == 2


def test_fixed_and_per_unit_amounts():
    assert hitung_tarif("tetap", {"uraian": "Cetak", "harga": "25000"}, {}).total == 25_000
    parameter = {"uraian": "Sewa", "harga": 2_000, "kali": ["luas", "bulan"]}
    assert hitung_tarif("per_satuan", parameter, {"luas": "12.5", "bulan": 3}).total == 75_000


@settings(max_examples=200, deadline=None)
@given(st.decimals("0.01", "100000", places=2), st.integers(1, 60), st.booleans())
def test_an_imb_never_costs_less_for_more_area_and_is_always_whole_rupiah(luas, lantai, basement):
    isian = RUMAH | {"luas_bangunan": str(luas), "lantai": lantai, "basement": basement}
    kecil = biaya("imb", isian).total
    besar = biaya("imb", isian | {"luas_bangunan": str(luas + 1)}).total
    assert isinstance(kecil, int)
    assert 0 <= kecil < besar


@pytest.mark.parametrize(
    ("layanan", "isian", "sebut"),
    [
        ("imb", RUMAH | {"luas_bangunan": 120.0}, "luas_bangunan"),
        ("imb", RUMAH | {"luas_bangunan": ""}, "luas_bangunan"),
        ("imb", RUMAH | {"luas_bangunan": "-1"}, "luas_bangunan"),
        ("imb", RUMAH | {"luas_bangunan": "NaN"}, "luas_bangunan"),
        ("imb", RUMAH | {"luas_bangunan": "1e99"}, "luas_bangunan"),
        ("imb", RUMAH | {"luas_bangunan": "9" * 99}, "luas_bangunan"),
        ("imb", RUMAH | {"luas_bangunan": True}, "luas_bangunan"),
        ("imb", RUMAH | {"fungsi": "istana"}, "istana"),
        ("imb", {k: v for k, v in RUMAH.items() if k != "zonasi_gempa"}, "zonasi_gempa"),
        ("trayek", {"tahun": 1}, "kendaraan"),
        ("iptm", {"jenis_permohonan": "baru"}, "kegiatan_makam"),
        ("reklame", REKLAME | {"selesai": "2025-12-31"}, "selesai"),
        ("reklame", REKLAME | {"mulai": "besok"}, "mulai"),
    ],
)
def test_a_form_from_which_no_amount_follows_is_refused_by_name(layanan, isian, sebut):
    with pytest.raises(GalatTarif, match=sebut):
        biaya(layanan, isian)


def test_every_tariff_of_the_catalogue_is_whole():
    assert len(SEMUA) >= 9
    for tarif in SEMUA:
        periksa_tarif(tarif["rumus"], tarif.get("parameter", {}))


def test_the_fields_that_a_tariff_needs_are_known():
    assert periksa_tarif(*PARAMETER["trayek"]) == {
        *("kursi_sampai_8", "kursi_9_15", "kursi_16_25", "kursi_26_lebih", "tahun"),
    }
    perlu = periksa_tarif(*PARAMETER["imb"])
    assert RUMAH.keys() - {"pemohon"} <= perlu
    assert {"pagar", "perkerasan", "menara"} <= perlu


@pytest.mark.parametrize(
    ("rumus", "parameter", "sebut"),
    [
        ("rahasia", {}, "rahasia"),
        ("tetap", {"uraian": "x"}, "harga"),
        ("tetap", {"uraian": "x", "harga": "1", "bonus": 1}, "bonus"),
        ("tetap", {"uraian": "x", "harga": 1.5}, "1.5"),
        ("imb", PARAMETER["imb"][1] | {"bobot": {"kompleksitas": "0.25"}}, "bobot"),
        ("pilihan", {"menurut": ["a"], "harga": {"b": {"uraian": "b", "harga": 0.1}}}, "0.1"),
    ],
)
def test_a_tariff_that_is_not_whole_is_refused(rumus, parameter, sebut):
    with pytest.raises(GalatTarif, match=sebut):
        periksa_tarif(rumus, parameter)


def test_decimals_are_exact():
    parameter = {"uraian": "Uji", "harga": "100", "kali": ["luas"]}
    assert hitung_tarif("per_satuan", parameter, {"luas": "1.005"}).total == 101
    assert int(1.005 * 100 + 0.5) == 100, "binary fractions lose this rupiah"
    besar = {"uraian": "Uji", "harga": "1", "kali": ["a", "b"]}
    a, b = "123456789.123456", "987654321.987654"
    harap = int(Fraction(a) * Fraction(b) + Fraction(1, 2))
    assert hitung_tarif("per_satuan", besar, {"a": a, "b": b}).total == harap
