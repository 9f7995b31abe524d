"""ux.md case 5: only length and digits block a NIK; everything else is a warning an officer settles."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from core.identitas import (
    DataNik,
    baca_nik,
    bisa_sms,
    kitas_sah,
    nik_sah,
    npwp_sah,
    paspor_sah,
    peringatan_nik,
    telepon_sah,
)

HARI_INI = date(2026, 6, 2)


@pytest.mark.parametrize(
    "teks", ["3275011708450001", "3275 0117 0845 0001", "32.75.01.170845.0001", " 3275-0117-0845-0001 "]
)
def test_a_nik_is_sixteen_digits_however_it_is_typed(teks: str) -> None:
    assert nik_sah(teks) == "3275011708450001"


@pytest.mark.parametrize("teks", ["9999999999999999", "0000000000000000", "3275013199450001"])
def test_an_odd_nik_is_not_refused(teks: str) -> None:
    assert nik_sah(teks) == teks


@pytest.mark.parametrize(
    ("teks", "kata"),
    [
        ("", "hanya berisi angka"),
        ("327501170845000", "15 angka"),
        ("32750117084500012", "17 angka"),
        ("327501170845000A", "hanya berisi angka"),
        ("٣٢٧٥٠١١٧٠٨٤٥٠٠٠١", "hanya berisi angka"),
    ],
)
def test_another_length_or_a_letter_is_refused_with_what_to_do(teks: str, kata: str) -> None:
    with pytest.raises(ValidationError) as galat:
        nik_sah(teks)
    assert kata in galat.value.messages[0]
    assert "KTP" in galat.value.messages[0]


@given(st.text(max_size=30))
def test_any_text_is_either_sixteen_digits_or_a_sentence(teks: str) -> None:
    try:
        hasil = nik_sah(teks)
    except ValidationError as galat:
        assert galat.messages  # noqa: PT017  either way is right, so neither is expected
    else:
        assert len(hasil) == 16
        assert hasil.isascii()
        assert hasil.isdigit()


@pytest.mark.parametrize(
    ("nik", "lahir", "kelamin"),
    [
        ("3275011708450001", date(1945, 8, 17), "L"),
        ("3275015708850001", date(1985, 8, 17), "P"),
        ("3275010206260001", date(2026, 6, 2), "L"),
        ("3275010306260001", date(1926, 6, 3), "L"),
        ("3275016902000001", date(2000, 2, 29), "P"),
        ("3275013113850001", None, "L"),
        ("3275010000000001", None, "L"),
    ],
)
def test_the_digits_tell_birth_date_and_sex(nik: str, lahir: date | None, kelamin: str) -> None:
    assert baca_nik(nik, hari_ini=HARI_INI) == DataNik("3275", lahir, kelamin)  # type: ignore[arg-type]


@given(st.dates(date(1927, 1, 1), HARI_INI), st.booleans())
def test_a_nik_made_from_a_birth_date_gives_it_back_without_a_warning(lahir: date, perempuan: bool) -> None:
    nik = f"327501{lahir.day + 40 * perempuan:02d}{lahir:%m%y}0001"
    assert baca_nik(nik, hari_ini=HARI_INI).tanggal_lahir == lahir
    assert peringatan_nik(nik, lahir) is None


def test_a_birth_date_that_differs_warns_in_the_words_of_the_plan() -> None:
    assert peringatan_nik("3275011708450001", date(1945, 8, 18)) == (
        "NIK tidak cocok dengan tanggal lahir. Cocokkan dengan KTP; bila memang begitu di KTP, lanjutkan."
    )


@pytest.mark.parametrize("nik", ["3275013113850001", "3275010000000001"])
def test_digits_that_name_no_day_warn_too(nik: str) -> None:
    assert peringatan_nik(nik, date(1985, 1, 31)) is not None


def test_an_unknown_region_warns_and_without_a_birth_date_nothing_else_does() -> None:
    assert "Empat angka pertama" in str(peringatan_nik("9971011708450001", date(1945, 8, 17)))
    assert peringatan_nik("3275011708450001", None) is None


@pytest.mark.parametrize(
    ("teks", "hasil"), [("x 1234567", "X1234567"), ("M98765432", "M98765432"), ("ab123c", "AB123C")]
)
def test_a_passport_number_has_one_spelling(teks: str, hasil: str) -> None:
    assert paspor_sah(teks) == hasil


@pytest.mark.parametrize("teks", ["", "ABCDEFG", "12345", "1234567890", "A123é56"])
def test_what_is_no_passport_number_is_refused(teks: str) -> None:
    with pytest.raises(ValidationError, match="paspor"):
        paspor_sah(teks)


def test_a_kitas_number_has_one_spelling() -> None:
    assert kitas_sah("2c11 je 0123-q") == "2C11JE0123Q"
    with pytest.raises(ValidationError, match="KITAS"):
        kitas_sah("ABC")


@pytest.mark.parametrize(
    ("teks", "hasil"), [("01.300.066.6-091.000", "013000666091000"), ("3275 0117 0845 0001", "3275011708450001")]
)
def test_an_npwp_has_fifteen_or_sixteen_digits(teks: str, hasil: str) -> None:
    assert npwp_sah(teks) == hasil


@pytest.mark.parametrize("teks", ["", "12345", "01.300.066.6-091.00", "01300066609100A", "0" * 17])
def test_what_is_no_npwp_is_refused(teks: str) -> None:
    with pytest.raises(ValidationError, match="15 atau 16"):
        npwp_sah(teks)


@pytest.mark.parametrize(
    ("teks", "hasil"),
    [
        ("0812 3456 7890", "+6281234567890"),
        ("812-3456-7890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("62 812 3456 7890", "+6281234567890"),
        ("(021) 88961767", "+622188961767"),
        ("+82 10 1234 5678", "+821012345678"),
        ("+1 650 253 0000", "+16502530000"),
    ],
)
def test_a_phone_number_is_kept_as_e164(teks: str, hasil: str) -> None:
    assert telepon_sah(teks) == hasil


@pytest.mark.parametrize("teks", ["", "0812", "bukan nomor", "+99 123 456 789", "0812345678901234567"])
def test_what_is_no_phone_number_is_refused_with_an_example(teks: str) -> None:
    with pytest.raises(ValidationError, match="0812 3456 7890"):
        telepon_sah(teks)


@pytest.mark.parametrize(
    ("telepon", "bisa"), [("+6281234567890", True), ("+622188961767", False), ("+821012345678", True)]
)
def test_only_mobile_numbers_get_messages(telepon: str, bisa: bool) -> None:
    assert bisa_sms(telepon) is bisa
