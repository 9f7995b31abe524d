"""The survey's reference data: the three decrees, loaded once, never against an admin; the years of the Renstra."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from core.kalender import HasilMuat
from ikm.acuan import baca
from ikm.models import Bobot, HasilLama, Instrumen, RentangMutu, Unsur
from ikm.muat import muat_survei

pytestmark = pytest.mark.django_db


@pytest.fixture
def salinan(tmp_path) -> Path:
    shutil.copytree(baca.AKAR, tmp_path / "acuan")
    return tmp_path / "acuan"


def jumlah(hasil: dict[str, HasilMuat]) -> HasilMuat:
    return sum(hasil.values(), HasilMuat())


def test_the_instruments_follow_each_other_without_a_day_between():
    a, b, c = Instrumen.objects.all()
    assert [i.kode for i in (a, b, c)] == ["kep25-2004", "permenpan16-2014", "permenpan14-2017"]
    assert [(b.berlaku_dari - a.berlaku_sampai).days, (c.berlaku_dari - b.berlaku_sampai).days] == [1, 1]
    assert c.berlaku_sampai is None
    assert [i.unsur.count() for i in (a, b, c)] == [14, 9, 9]


def test_complaints_come_before_facilities_in_the_order_of_the_regulation():
    urut = dict(Unsur.objects.filter(instrumen__kode="permenpan14-2017").values_list("kode", "urutan"))
    assert (urut["pengaduan"], urut["sarpras"]) == (8, 9)


def test_every_question_has_four_answers_of_its_own():
    for u in Unsur.objects.all():
        assert len({u.jawaban_1, u.jawaban_2, u.jawaban_3, u.jawaban_4}) == 4, u
        assert u.pertanyaan.endswith("?")


def test_loading_again_changes_nothing():
    assert jumlah(muat_survei()) == HasilMuat(sama=3 + 32 + 9 + 12 + 10)


def test_what_an_admin_edited_stays():
    Unsur.objects.filter(kode="sarpras").update(pertanyaan="Apakah ruang tunggu nyaman?")
    HasilLama.objects.filter(tahun=2018).update(target=Decimal("83.00"))
    hasil = jumlah(muat_survei())
    assert (hasil.baru, hasil.diubah, hasil.suntingan) == (0, 0, 2)
    assert Unsur.objects.get(kode="sarpras").pertanyaan == "Apakah ruang tunggu nyaman?"


def test_the_command_loads_the_survey_with_the_rest():
    Bobot.objects.all().delete()
    RentangMutu.objects.filter(mutu="A").delete()
    keluaran = StringIO()
    call_command("muat_acuan", "--json", stdout=keluaran)
    isi = json.loads(keluaran.getvalue())
    assert (isi["bobot survei"]["baru"], isi["mutu survei"]["baru"], isi["mutu survei"]["sama"]) == (9, 3, 9)


def test_the_years_of_the_renstra():
    baris = list(HasilLama.objects.values_list("tahun", "nilai", "target", "instrumen__kode"))
    assert baris[0] == (2009, Decimal("78.00"), Decimal("75.00"), "kep25-2004")
    assert baris[4][:3] == (2013, Decimal("79.99"), Decimal("79.00"))
    assert [str(b[2]) for b in baris[5:]] == ["81.00", "82.00", "82.05", "82.10", "82.50"]
    assert {b[1] for b in baris[5:]} == {None}
    assert sum(b[1] for b in baris[:5]) / 5 == Decimal("79.272")  # printed as 79,27


@pytest.mark.parametrize(
    ("dari", "ke", "kata"),
    [
        ('eksak = "1/14"', 'eksak = "1:14"', "bobot eksak '1:14'"),
        ('kode = "keamanan"', 'kode = "prosedur"', "dua kali"),
        ('"Sangat aman"]', '"Aman", "x"]', "empat jawaban"),
        ("[[instrumen]]", "[[instrumen", "instrumen.toml"),
    ],
)
def test_a_bad_file_is_named_and_loads_nothing(salinan, dari, ke, kata):
    berkas = salinan / "instrumen.toml"
    berkas.write_text(berkas.read_text().replace(dari, ke, 1))
    with pytest.raises(baca.GalatAcuan, match=kata):
        muat_survei(salinan)
