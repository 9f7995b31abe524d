"""A recap from outside: how Indonesians write numbers, and files that want to break the reader."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook

from core.galat import IsianTidakSah
from ikm import rekap_luar
from ikm.rekap_luar import Selisih, baca, bandingkan

KAMI: dict[str, Any] = {
    "unsur": [
        {
            "kode": "prosedur",
            "nama": "Prosedur",
            "n": 1300,
            "jumlah": 4039,
            "nrr": "3.107",
            "cacah": [0, 100, 961, 239],
        }
    ]
}


@pytest.mark.parametrize(
    ("kolom", "teks"),
    [("n", "1.300"), ("n", "1300"), ("jumlah", "4.039"), ("nrr", "3.107"), ("nrr", "3,107"), ("nrr", "3,11")],
)
def test_the_same_number_in_any_spelling_is_no_difference(kolom, teks):
    assert bandingkan(KAMI, [{"unsur": "U1", kolom: teks}]) == []


@pytest.mark.parametrize(
    ("kolom", "teks", "kami", "mereka"),
    [("n", "1.341", "1300", "1341"), ("jumlah", "4.040", "4039", "4040"), ("nrr", "3,108", "3.107", "3.108")],
)
def test_control_another_number_is_named_with_both_sides(kolom, teks, kami, mereka):
    assert bandingkan(KAMI, [{"unsur": "U1", kolom: teks}]) == [
        Selisih("Prosedur", kolom, Decimal(kami), Decimal(mereka))
    ]


def test_a_cell_longer_than_the_reader_takes_is_refused_in_words():
    with pytest.raises(IsianTidakSah):
        baca("a.csv", b'unsur,n\nU1,"' + b"9" * 200_000 + b'"\n')


def test_a_workbook_that_unpacks_to_very_much_is_refused_before_it_is_read():
    with pytest.raises(IsianTidakSah) as galat:
        baca("a.xlsx", _mengembang(rekap_luar.BUKA_MAKS + 1))
    assert "terlalu besar" in str(galat.value.rincian)


def test_control_the_same_workbook_of_common_size_is_read():
    assert baca("a.xlsx", _mengembang(1000)) == [{"unsur": "U1", "n": "3"}]


def test_a_workbook_whose_sheet_is_broken_is_refused_in_words():
    with pytest.raises(IsianTidakSah):
        baca("a.xlsx", _mengembang(10, rusak=True))


def _mengembang(bita: int, *, rusak: bool = False) -> bytes:
    """A recap with a part beside the sheet that unpacks to so many bytes; `rusak`: its sheet ends in the middle."""
    kerja, asal, keluar = Workbook(), io.BytesIO(), io.BytesIO()
    lembar = kerja.worksheets[0]
    lembar.append(["unsur", "n"])
    lembar.append(["U1", 3])
    kerja.save(asal)
    with zipfile.ZipFile(asal) as lama, zipfile.ZipFile(keluar, "w", zipfile.ZIP_DEFLATED) as baru:
        for nama in lama.namelist():
            isi = lama.read(nama)
            baru.writestr(nama, isi[: len(isi) // 2] if rusak and "sheet1" in nama else isi)
        baru.writestr("xl/media/gambar.bin", b"0" * bita)
    return keluar.getvalue()
