"""Small pure pieces of the documents: amounts in words, the short code, the standing sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perizinan.dokumen.kode import awalan_token, kode_cek
from perizinan.dokumen.teks import teks
from perizinan.dokumen.terbilang import terbilang


@pytest.mark.parametrize(
    ("nilai", "kata"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (20, "dua puluh"),
        (100, "seratus"),
        (101, "seratus satu"),
        (115, "seratus lima belas"),
        (1000, "seribu"),
        (1001, "seribu satu"),
        (2000, "dua ribu"),
        (11_000, "sebelas ribu"),
        (100_000, "seratus ribu"),
        (396_000, "tiga ratus sembilan puluh enam ribu"),
        (1_000_000, "satu juta"),
        (1_477_680, "satu juta empat ratus tujuh puluh tujuh ribu enam ratus delapan puluh"),
        (1_000_000_000, "satu miliar"),
        (2_000_001_000, "dua miliar seribu"),
        (3_000_000_000_000, "tiga triliun"),
    ],
)
def test_an_amount_is_spelled_as_people_say_it(nilai: int, kata: str) -> None:
    assert terbilang(nilai) == kata


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_different_amounts_are_spelled_differently(a: int, b: int) -> None:
    assert (terbilang(a) == terbilang(b)) == (a == b)


@pytest.mark.parametrize("nilai", [-1, 10**15])
def test_an_amount_out_of_range_is_refused(nilai: int) -> None:
    with pytest.raises(ValueError, match="dieja"):
        terbilang(nilai)


@given(st.from_regex(r"[0-9a-f]{32}", fullmatch=True))
def test_the_short_code_names_the_beginning_of_its_token(token: str) -> None:
    kode = kode_cek(token)
    assert len(kode) == 14
    for diketik in (kode, kode.lower(), kode.replace("-", ""), kode.replace("-", " "), kode.replace("0", "O")):
        awalan = awalan_token(diketik)
        assert awalan is not None
        assert token.startswith(awalan)


@pytest.mark.parametrize("kode", ["", "7QK4", "7QK4-M2XD-9RTVX", "7QK4-M2XD-9RT!", "UUUU-UUUU-UUUU", "  -  "])
def test_what_cannot_be_a_code_is_no_code(kode: str) -> None:
    assert awalan_token(kode) is None


def test_every_kind_of_product_has_its_opening_words() -> None:
    from perizinan.enums import JenisProduk

    assert set(teks()["pembuka"]) == set(JenisProduk.values)
