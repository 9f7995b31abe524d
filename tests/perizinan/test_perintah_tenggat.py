"""`manage.py tenggat`: the JSON that other systems rely on, and its exit status."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command, load_command_class

from core import waktu
from core.kalender import muat_kalender
from core.models.kalender import HariLibur
from tests.core.kalender_2026 import wib
from tests.perizinan.test_tenggat import KASUS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kalender(db):
    muat_kalender()


@pytest.fixture
def jalankan(capsys, monkeypatch):
    """Run the command as from a shell, but leave the test's connection open: (status, stdout, stderr)."""
    monkeypatch.setattr("django.core.management.base.connections.close_all", lambda: None)

    def _jalankan(*argumen: str) -> tuple[int, str, str]:
        status = 0
        try:
            load_command_class("perizinan", "tenggat").run_from_argv(["manage.py", "tenggat", *argumen])
        except SystemExit as keluar:
            status = int(keluar.code or 0)
        hasil = capsys.readouterr()
        return status, hasil.out, hasil.err

    return _jalankan


@pytest.mark.parametrize("kasus", KASUS, ids=[k["nama"] for k in KASUS])
def test_golden_cases_come_out_of_the_table(jalankan, kasus):
    jeda = [bagian for a, b in kasus["jeda"] for bagian in ("--jeda", f"{a}/{b}")]
    status, keluaran, pesan = jalankan(
        *("--lengkap", kasus["lengkap_benar"], "--hari", str(kasus["hari_sop"]), *jeda),
        *("--terbit", kasus["terbit"], "--json"),
    )
    hasil = json.loads(keluaran)
    assert (status, pesan) == (0, "")
    assert list(hasil) == ["mulai", "tenggat", "pukul", "hari_terpakai", "tepat_waktu", "baris"]
    assert hasil["mulai"] == f"{kasus['mulai_efektif']}:00+07:00"
    assert (hasil["tenggat"], hasil["pukul"]) == (kasus["tenggat"], "16:00")
    assert hasil["hari_terpakai"] == kasus["hari_terpakai"]
    assert hasil["tepat_waktu"] is kasus["tepat_waktu"]
    assert all(list(baris) == ["tanggal", "dihitung", "alasan"] for baris in hasil["baris"])


def test_reasons_come_from_the_holiday_table(jalankan):
    HariLibur.objects.create(tanggal=date(2026, 6, 3), jenis="libur_setempat", keterangan="HUT kota")
    _, keluaran, _ = jalankan("--lengkap", "2026-06-02T10:00", "--hari", "1", "--kini", "2026-06-02T11:00", "--json")
    assert [(b["tanggal"], b["alasan"]) for b in json.loads(keluaran)["baris"]][1:] == [
        ("2026-06-03", "Libur: HUT kota"),
        ("2026-06-04", "Batas waktu: selambat-lambatnya pukul 16.00"),
    ]


def test_an_open_pause_is_counted_as_of_now_or_of_kini(jalankan):
    perintah = ("--lengkap", "2026-06-02T10:00", "--hari", "5", "--jeda", "2026-06-03T11:00/", "--json")
    status, keluaran, _ = jalankan(*perintah, "--kini", "2026-06-08T09:00")
    assert (status, json.loads(keluaran)["tenggat"]) == (0, "2026-06-12")
    with waktu.beku(wib("2026-06-08T09:00")):
        _, dari_jam, _ = jalankan(*perintah)
    assert dari_jam == keluaran


def test_several_pauses_and_offsets_are_understood(jalankan):
    _, keluaran, _ = jalankan(
        *("--lengkap", "2026-06-02T03:00Z", "--hari", "5", "--json", "--terbit", "2026-06-11T15:00+09:00"),
        *("--jeda", "2026-06-03T11:00/2026-06-04T17:00", "--jeda", "2026-06-04T12:00:00+07:00/2026-06-08T09:00"),
    )
    hasil = json.loads(keluaran)
    assert (hasil["mulai"], hasil["tenggat"]) == ("2026-06-02T10:00:00+07:00", "2026-06-12")
    assert hasil["hari_terpakai"] == 4


def test_a_file_that_will_come_in_later_can_be_asked_about(jalankan):
    with waktu.beku(wib("2026-05-20T10:00")):
        status, keluaran, _ = jalankan("--lengkap", "2026-06-02T10:00", "--hari", "3", "--json")
    hasil = json.loads(keluaran)
    assert (status, hasil["tenggat"], hasil["hari_terpakai"]) == (0, "2026-06-05", 0)


def test_without_json_a_person_can_read_it(jalankan):
    status, keluaran, _ = jalankan("--lengkap", "2026-06-02T10:00", "--hari", "3", "--terbit", "2026-06-08T09:00")
    assert status == 0
    assert "TERLAMBAT" in keluaran
    assert "Akhir pekan" in keluaran


SAH = {"--lengkap": "2026-06-02T10:00", "--hari": "3", "--kini": "2026-06-08T10:00"}


@pytest.mark.parametrize(
    "salah",
    [
        {"--lengkap": "kemarin"},
        {"--lengkap": "2026-02-30T10:00"},
        {"--lengkap": "2026-06-02"},
        {"--lengkap": ""},
        {"--lengkap": "0001-01-01T00:00"},
        {"--lengkap": "9999-12-31T23:59"},
        {"--hari": "-1"},
        {"--hari": "tiga"},
        {"--hari": "3.5"},
        {"--hari": "99999999999999999999"},
        {"--hari": "٣"},
        {"--terbit": "2026-06-02T09:59"},
        {"--terbit": ""},
        {"--kini": "2026-06-01T10:00"},
        {"--jeda": "2026-06-03T11:00"},
        {"--jeda": "/2026-06-03T11:00"},
        {"--jeda": "2026-06-03T11:00/2026-06-03T10:59"},
        {"--jeda": "2026-06-03T11:00/besok"},
    ],
    ids=lambda s: " ".join(*s.items()),
)
def test_bad_input_is_status_2_with_the_value_named_and_nothing_printed(jalankan, salah):
    argumen = [bagian for pasangan in (SAH | salah).items() for bagian in pasangan]
    status, keluaran, pesan = jalankan(*argumen, "--json")
    ((nama, nilai),) = salah.items()
    assert (status, keluaran) == (2, "")
    assert nama in pesan
    assert nilai.split("/")[-1] in pesan


@pytest.mark.parametrize("hilang", ["--lengkap", "--hari"])
def test_a_missing_argument_is_status_2(jalankan, hilang):
    argumen = [bagian for nama, nilai in SAH.items() if nama != hilang for bagian in (nama, nilai)]
    status, keluaran, pesan = jalankan(*argumen)
    assert (status, keluaran) == (2, "")
    assert hilang in pesan


def test_called_from_code_it_raises_instead_of_exiting():
    with pytest.raises(CommandError) as galat:
        call_command("tenggat", lengkap="2026-06-02T10:00", hari="-3")
    assert galat.value.returncode == 2


def test_the_line_of_every_date_is_there(jalankan):
    _, keluaran, _ = jalankan("--lengkap", "2026-06-02T10:00", "--hari", "30", "--kini", "2026-06-02T10:00", "--json")
    tanggal = [date.fromisoformat(b["tanggal"]) for b in json.loads(keluaran)["baris"]]
    assert tanggal == [tanggal[0] + timedelta(days=n) for n in range(len(tanggal))]
    assert datetime.fromisoformat(json.loads(keluaran)["mulai"]).date() == tanggal[0]
