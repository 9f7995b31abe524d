"""`hitung_ikm` as contracts.md promises it: the figures, the shape, errors by row and column, and little memory."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from ikm import berkas_jawaban
from ikm.berkas_jawaban import GalatSel, baca_baris, hitung_berkas
from ikm.rumus import cacah
from tests.ikm.test_rumus import EMAS

KEP = ["--instrumen", "kep25-2004"]


def tulis(folder: Path, jumlah: list[int], n: int) -> Path:
    """A file of n respondents with this sum for each column."""
    kolom = [[t // n + (i < t % n) for i in range(n)] for t in jumlah]
    berkas = folder / "jawaban.csv"
    kepala = ",".join(f"u{i}" for i in range(1, len(jumlah) + 1))
    berkas.write_text("\n".join([kepala, *(",".join(map(str, b)) for b in zip(*kolom, strict=True))]) + "\n")
    return berkas


def jalankan(*kata: str) -> dict:
    keluaran = StringIO()
    call_command("hitung_ikm", *kata, "--json", stdout=keluaran)
    return json.loads(keluaran.getvalue())


@pytest.mark.parametrize(
    ("nama", "instrumen", "bobot", "ikm", "mutu"),
    [
        ("kep25_contoh_1", "kep25-2004", "eksak", "76.45", "B"),
        ("kep25_contoh_1", "kep25-2004", "desimal", "75.99", "B"),
        ("kep25_contoh_2_batas_AB", "kep25-2004", "eksak", "81.36", "A"),
        ("kep25_contoh_2_batas_AB", "kep25-2004", "desimal", "80.87", "B"),
        ("pr14_contoh_1", "permenpan14-2017", "eksak", "80.89", "B"),
        ("pr14_contoh_2_batas_BC", "permenpan14-2017", "desimal", "76.26", "C"),
        ("pr14_contoh_2_batas_BC", "permenpan14-2017", "desimal3", "76.95", "B"),
        ("kep25_min", "kep25-2004", "desimal", "24.85", "D"),
        ("pr14_contoh_1", "permenpan16-2014", "eksak", "80.89", "B"),
    ],
)
def test_the_golden_cases_through_the_command(tmp_path, nama, instrumen, bobot, ikm, mutu):
    emas = EMAS[nama]
    berkas = tulis(tmp_path, emas["jumlah_per_unsur"], emas["n_responden"])
    h = jalankan("--instrumen", instrumen, "--bobot", bobot, str(berkas))
    assert set(h) == {"n", "jumlah", "nrr", "ikm", "mutu", "kinerja", "peringatan"}
    assert (h["n"], h["ikm"], h["mutu"]) == (emas["n_responden"], ikm, mutu)
    assert list(h["jumlah"].values()) == emas["jumlah_per_unsur"]
    assert list(h["nrr"].items()) == [(f"u{i}", x) for i, x in enumerate(emas["nrr_per_unsur_3d"], start=1)]
    assert all(isinstance(p, str) for p in h["peringatan"])


def test_warnings_are_sentences(tmp_path):
    h = jalankan(*KEP, "--bobot", "desimal", str(tulis(tmp_path, [1] * 14, 1)))
    assert h["kinerja"] == "Tidak Baik"
    assert h["peringatan"] == [
        "Responden 1 orang, di bawah minimum 150.",
        "Indeks di bawah batas terendah tabel mutu; mutunya ditulis sebagai yang terendah.",
    ]


def test_people_read_it_with_commas(tmp_path):
    keluaran = StringIO()
    emas = EMAS["kep25_contoh_1"]
    call_command("hitung_ikm", *KEP, str(tulis(tmp_path, emas["jumlah_per_unsur"], 150)), stdout=keluaran)
    assert keluaran.getvalue().startswith(
        "IKM 76,45, mutu B (Baik), 150 responden\n  u1 prosedur: jumlah 466, NRR 3,107"
    )


K14 = ",".join(f"u{i}" for i in range(1, 15))
B14 = ",".join("3" * 14)


@pytest.mark.parametrize(
    ("isi", "kata"),
    [
        (f"{K14}\n{B14}\n{B14.replace('3', '', 1)}\n", "Baris 3, kolom u1: kosong."),
        (f"{K14}\n{B14[:-1]}5\n", "Baris 2, kolom u14: '5' bukan 1, 2, 3, atau 4."),
        (f"{K14}\n{B14[:-1]}x\n", "Baris 2, kolom u14: 'x' bukan"),
        (f"{K14}\n{B14[:-1]}3.0\n", "Baris 2, kolom u14: '3.0' bukan"),
        (f"{K14}\n{B14[:-2]}\n", "Baris 2, kolom u14: kosong."),
        (f"{K14}\n{B14},3\n", "Baris 2: ada 15 kolom, seharusnya 14."),
        (f"{K14}\n{B14}\n\n{B14}\n", "Baris 3: baris kosong."),
        (f"{K14}\n", "Baris 2: tidak ada jawaban sama sekali."),
        ("", "Baris 1, kolom u1: kolom u1 tidak ada. Harus u1 sampai u14."),
        (f"{K14},u15\n{B14},3\n", "Baris 1, kolom u15: kolom 'u15' tidak dikenal"),
        (
            f"{','.join(f'u{i}' for i in range(1, 10))}\n1,1,1,1,1,1,1,1,1\n",
            "Baris 1, kolom u10: kolom u10 tidak ada.",
        ),
    ],
)
def test_what_is_wrong_is_named_by_row_and_column_and_exits_with_two(tmp_path, isi, kata):
    berkas = tmp_path / "salah.csv"
    berkas.write_text(isi)
    with pytest.raises(CommandError) as galat:
        call_command("hitung_ikm", *KEP, str(berkas), "--json", stdout=StringIO())
    assert str(galat.value).startswith(kata)
    assert galat.value.returncode == 2


def test_a_file_that_is_not_there_exits_with_two(tmp_path):
    with pytest.raises(CommandError, match=r"tidak-ada\.csv") as galat:
        call_command("hitung_ikm", *KEP, str(tmp_path / "tidak-ada.csv"), stdout=StringIO())
    assert galat.value.returncode == 2


@pytest.mark.parametrize(
    "isi",
    [
        b"u1,u2,u3\r\n1,2,3\r\n4,4,4\r\n",
        b"\xef\xbb\xbfu1;u2;u3\n1;2;3\n4;4;4",
        b'"u1","u2","u3"\n"1","2","3"\n4,4,4\n\n\n',
        b"U3,u1,U2\n3,1,2\n4,4,4\n",
    ],
)
def test_every_usual_spelling_of_the_same_answers_counts_the_same(isi):
    assert hitung_berkas(io.BytesIO(isi), 3) == (2, cacah([[1, 2, 3], [4, 4, 4]], 3))


@given(st.lists(st.lists(st.integers(1, 4), min_size=3, max_size=3), min_size=1, max_size=30), st.integers(1, 40))
def test_blocks_of_any_size_count_what_the_rows_hold(jawaban, besar):
    isi = "u1,u2,u3\n" + "".join(",".join(map(str, b)) + "\n" for b in jawaban)
    with pytest.MonkeyPatch.context() as m:
        m.setattr(berkas_jawaban, "BLOK", besar)
        assert hitung_berkas(io.BytesIO(isi.encode()), 3) == (len(jawaban), cacah(jawaban, 3))
    assert [b for _n, b in baca_baris(io.BytesIO(isi.encode()), 3)] == jawaban


@pytest.mark.parametrize("besar", range(1, 30))
def test_an_error_has_its_row_wherever_the_blocks_are_cut(besar, monkeypatch):
    monkeypatch.setattr(berkas_jawaban, "BLOK", besar)
    for rusak, sebab in (("", "baris kosong."), ("1,,3", "kosong."), ("1,9,3", "'9' bukan")):
        isi = "\n".join(["u1,u2,u3", "1,2,3", "1,2,3", "1,2,3", rusak, "1,2,3"]) + "\n"
        with pytest.raises(GalatSel) as galat:
            hitung_berkas(io.BytesIO(isi.encode()), 3)
        assert galat.value.baris == 5
        assert galat.value.sebab.startswith(sebab)


def test_an_import_hears_of_every_error():
    isi = b"u1,u2\n1,2\n5,2\n1\n4,4\n"
    salah = [g for _n, g in baca_baris(io.BytesIO(isi), 2) if isinstance(g, GalatSel)]
    assert [(g.baris, g.kolom) for g in salah] == [(3, "u1"), (4, "u2")]


def test_two_million_rows_stream_through_the_command_in_little_memory(tmp_path):
    """The command's peak must not grow with the file: 56 MB of rows, and less than 40 MB over a single row's.

    VmHWM and not ru_maxrss: the latter begins at what the parent held when it forked.
    """

    def puncak(baris: int) -> int:
        berkas = tmp_path / f"{baris}.csv"
        berkas.write_text(f"{K14}\n" + f"{B14}\n" * baris)
        program = (
            "import sys; from django.core.management import execute_from_command_line as e;"
            "e(['manage.py','hitung_ikm','--instrumen','kep25-2004','--json',sys.argv[1]]);"
            "print(next(b.split()[1] for b in open('/proc/self/status') if b.startswith('VmHWM')))"
        )
        lingkungan = {"DJANGO_SETTINGS_MODULE": "bpptportal.settings", "UJI": "1", "VAR_DIR": str(tmp_path)}
        hasil = subprocess.run(
            [sys.executable, "-c", program, str(berkas)],
            check=True, capture_output=True, text=True, cwd=settings.BASE_DIR, env=lingkungan,
        )  # fmt: skip
        assert json.loads(hasil.stdout.splitlines()[0])["n"] == baris
        return int(hasil.stdout.splitlines()[1]) // 1024

    sedikit, banyak = puncak(1), puncak(2_000_000)
    assert banyak - sedikit < 40
