"""Money, dates, times and states are written as interface.md says."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.utils import timezone, translation

from core.formulir import Formulir
from core.ikon import IKON
from core.templatetags import tampilan


@pytest.mark.parametrize(
    ("nilai", "tulis"),
    [
        (1_250_000, "Rp1.250.000"),
        (0, "Rp0"),
        (999, "Rp999"),
        (-2500, "-Rp2.500"),
        (None, ""),
        ("", ""),
        ("75000", "Rp75.000"),
    ],
)
def test_rupiah_has_dots_and_no_space(nilai, tulis):
    assert tampilan.rupiah(nilai) == tulis


def test_a_free_service_says_so():
    assert tampilan.biaya(0) == "Gratis (Rp0)"
    assert tampilan.biaya(50_000) == "Rp50.000"
    assert tampilan.biaya(None) == ""


@pytest.mark.parametrize(
    ("bita", "tulis"),
    [(0, "1 kB"), (921_600, "900 kB"), (5_033_164, "4,8 MB"), (10 * 1024 * 1024, "10 MB"), (None, "")],
)
def test_a_file_size_is_written_as_a_phone_shows_it(bita, tulis):
    assert tampilan.ukuran_berkas(bita) == tulis


def test_dates_are_written_out_in_indonesian():
    assert tampilan.tanggal(date(2026, 6, 2)) == "Selasa, 2 Juni 2026"
    assert tampilan.tanggal_pendek(date(2026, 8, 17)) == "17 Agu 2026"
    assert tampilan.tanggal(None) == ""


def test_dates_follow_the_language_of_the_reader():
    with translation.override("en"):
        assert tampilan.tanggal(date(2026, 6, 2)) == "Tuesday, 2 June 2026"


def test_an_instant_is_shown_on_the_clock_of_the_office():
    larut = datetime(2026, 6, 2, 17, 30, tzinfo=UTC)
    assert tampilan.waktu(larut) == "Rabu, 3 Juni 2026 pukul 00.30 WIB"
    assert tampilan.waktu_pendek(larut) == "3 Jun 2026 00.30"


def test_another_city_reads_its_own_zone():
    with timezone.override("Asia/Jayapura"):
        assert tampilan.pukul(datetime(2026, 6, 2, 7, 0, tzinfo=UTC)) == "pukul 16.00 WIT"


def test_a_bare_time_of_day_is_the_offices():
    assert tampilan.pukul(time(16, 0)) == "pukul 16.00 WIB"
    assert tampilan.pukul(None) == ""


@pytest.mark.parametrize(
    ("hari", "kata"),
    [
        (2, "sisa 2 hari kerja"),
        (0, "paling lambat hari ini"),
        (-3, "terlambat 3 hari kerja"),
        (None, ""),
    ],
)
def test_days_left_are_said_in_words(hari, kata):
    assert tampilan.sisa_hari(hari) == kata


def test_an_icon_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in tampilan.ikon("tangan")
    assert 'role="img" aria-label="Unduh &lt;b&gt;"' in tampilan.ikon("unduh", "Unduh <b>")


def test_an_unknown_icon_fails_loudly():
    with pytest.raises(KeyError):
        tampilan.ikon("tidak-ada")


def test_every_look_of_a_state_has_an_icon_and_a_style():
    css = _baca("komponen.css")
    for jenis, gambar in tampilan.JENIS_STATUS.items():
        assert gambar in IKON
        assert f".status-{jenis}" in css


def test_every_state_in_the_reference_list_can_be_drawn(data_label_status):
    assert data_label_status
    for warna_ikon in data_label_status:
        tampil = tampilan.status(warna_ikon, "Kata")
        assert tampil["jenis"] in tampilan.JENIS_STATUS
        assert tampil["gambar"] in IKON


def test_a_state_is_an_icon_and_a_word():
    html = Template('{% status "biru putar" kata %}').render(Context({"kata": "Diproses <petugas>"}))
    assert "status-biru" in html
    assert "Diproses &lt;petugas&gt;" in html
    assert "<svg" in html


def test_five_public_steps_mark_the_present_one():
    langkah = tampilan.langkah_publik(3, catatan="Dinas Kesehatan")["langkah"]
    assert [satu["keadaan"] for satu in langkah] == ["selesai", "selesai", "kini", "nanti", "nanti"]
    assert langkah[2]["catatan"] == "Dinas Kesehatan"
    assert [s["keadaan"] for s in tampilan.langkah_publik(5)["langkah"]] == ["selesai"] * 5
    assert [s["keadaan"] for s in tampilan.langkah_publik(0)["langkah"]] == ["nanti"] * 5
    assert tampilan.langkah_publik(2, berhenti=True)["langkah"][1]["keadaan"] == "berhenti"


class _Isian(Formulir):
    nik = forms.CharField(label="NIK", min_length=16)
    kelurahan = forms.ChoiceField(label="Kelurahan", choices=[("1", "Margahayu")])
    benar = forms.BooleanField(label="Isian dan berkas ini benar. Saya tahu akibat hukum bila tidak.")
    ktp = forms.FileField(label="Foto KTP")
    khusus = forms.CharField(label="Patokan", error_messages={"required": "Sebutkan patokan yang mudah dilihat."})


def test_what_is_missing_is_named():
    galat = _Isian({}, {}).errors
    assert galat["nik"] == ["NIK belum diisi."]
    assert galat["kelurahan"] == ["Kelurahan belum dipilih."]
    assert galat["benar"] == ["Centang pernyataan ini untuk melanjutkan."]
    assert galat["ktp"] == ["Foto KTP belum dipilih."]


def test_a_field_keeps_its_own_words():
    assert _Isian({}).errors["khusus"] == ["Sebutkan patokan yang mudah dilihat."]


def test_a_length_is_told_with_both_numbers():
    assert _Isian({"nik": "3275"}).errors["nik"] == ["NIK paling sedikit 16 huruf atau angka; sekarang 4."]


def test_one_form_does_not_change_the_words_of_another():
    _Isian({}).is_valid()

    class Biasa(forms.Form):
        nik = forms.CharField(label="Lain")

    assert Biasa({}).errors["nik"] != ["NIK belum diisi."]


def test_every_field_of_a_form_is_drawn_by_the_one_component():
    html = str(_Isian({"nik": "3275"}, {}))
    assert html.count('class="bidang bidang-salah"') >= 3
    assert 'aria-describedby="id_nik_error"' in html
    assert 'id="id_nik_error"' in html
    assert 'aria-invalid="true"' in html
    assert "wajib diisi" in html


@pytest.fixture
def data_label_status() -> list[str]:
    """The column `warna_ikon` of the list of states, from wherever the portal keeps it."""
    berkas = next(Path(settings.BASE_DIR, "perizinan").rglob("label_status.csv"))
    with berkas.open(encoding="utf-8", newline="") as isi:
        return [baris["warna_ikon"] for baris in csv.DictReader(isi)]


def _baca(nama: str) -> str:
    return Path(settings.BASE_DIR, "static", "css", nama).read_text(encoding="utf-8")
