"""R26: log lines are JSON in UTC and hold no personal number and no secret."""

import json
import logging
import sys

import pytest

from core.catatan import BarisJson, SaringDataPribadi, sensor

NIK = "3275014107850003"


def tulis(pesan: str, *args: object, **extra: object) -> dict[str, object]:
    catatan = logging.LogRecord("uji", logging.ERROR, __file__, 1, pesan, args, None)
    vars(catatan).update(extra)
    assert SaringDataPribadi().filter(catatan) is True
    baris = BarisJson().format(catatan)
    assert "\n" not in baris
    return json.loads(baris)


@pytest.mark.parametrize(
    ("teks", "rahasia"),
    [
        (f"pemohon {NIK} mengajukan", NIK),
        ("nik 3275 0141 0785 0003", "3275 0141 0785 0003"),
        ("npwp 01.234.567.8-407.000", "01.234.567.8-407.000"),
        ("npwp 012345678407000", "012345678407000"),
        ("hp 081234567890", "081234567890"),
        ("hp +62 812-3456-7890", "812-3456-7890"),
        ("hp=6281234567890", "6281234567890"),
        ("surel siti.a@contoh.co.id", "siti.a@contoh.co.id"),
        ("Authorization: Token 9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b", "9944b09199c6"),
        ("masuk dengan 9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b", "9944b09199c6"),
        ("Bearer eyJhbGciOi.J9.x-y_z", "eyJhbGciOi"),
        ("GET /api/v1/sms/masuk/s3cr3t-tok/?from=1", "s3cr3t-tok"),
        ("GET /verifikasi/Ab-12_x/ 200", "Ab-12_x"),
        ("password=hunter2&a=1", "hunter2"),
        ('{"passphrase": "rahasia sekali"}', "rahasia sekali"),
        ("cookie __Host-sesi=abcdef123", "abcdef123"),
        ("postgres://bppt:kata-sandi@db/bppt", "kata-sandi"),
    ],
)
def test_a_personal_number_or_secret_never_reaches_the_line(teks: str, rahasia: str) -> None:
    assert rahasia not in sensor(teks)


@pytest.mark.parametrize(
    "teks",
    [
        "permohonan 7QK4M-2XD9R didaftarkan 2026-06-05 16:00:00+07:00",
        "sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "berkas 0b1e9c55-8f5e-4b13-9d1c-1b6f8e0a4b77 Rp1.250.000",
        "503/DPMPTSP/00012/IMB/2026",
    ],
)
def test_ordinary_facts_stay_readable(teks: str) -> None:
    assert sensor(teks) == teks


def test_the_line_is_json_with_utc_time_and_extras() -> None:
    baris = tulis("verba %s gagal", "daftarkan", permohonan="7QK4M-2XD9R", jumlah=3)
    assert baris["pesan"] == "verba daftarkan gagal"
    assert str(baris["waktu"]).endswith("+00:00")
    assert baris["permohonan"] == "7QK4M-2XD9R"
    assert baris["jumlah"] == 3


def test_arguments_extras_and_nested_values_are_masked() -> None:
    baris = tulis("data %s", {"pemohon": NIK}, rinci={"daftar": [NIK, {"nik": "x"}]}, token="abc", angka=int(NIK))
    assert NIK not in json.dumps(baris)
    assert "abc" not in json.dumps(baris)


def test_a_traceback_is_kept_and_masked() -> None:
    try:
        {}[f"NIK {NIK} tidak ada"]
    except KeyError:
        baris = tulis("gagal", exc_info=sys.exc_info())
    assert "KeyError" in str(baris["jejak"])
    assert NIK not in str(baris["jejak"])


def test_a_wrong_format_string_or_a_broken_object_still_gives_a_line() -> None:
    class Rusak:
        def __str__(self) -> str:
            raise RuntimeError("basis data hilang")

    assert "nomor" in str(tulis("nomor %d", "bukan angka")["pesan"])
    assert tulis("x", benda=Rusak())["benda"] == "[Rusak]"


def test_without_the_filter_the_number_would_be_written() -> None:
    """Negative control: the formatter alone does not mask, so the tests above test the filter."""
    catatan = logging.LogRecord("uji", logging.ERROR, __file__, 1, f"nik {NIK}", (), None)
    assert NIK in BarisJson().format(catatan)
