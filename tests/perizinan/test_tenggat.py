"""The service clock: golden cases, boundaries, pauses, the limit of the completeness check, the log's fold."""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from core.hari_kerja import JamKerja, Kalender
from perizinan.tenggat import (
    Jeda,
    Rentang,
    batas_hari_kerja,
    hari_terpakai,
    hitung,
    mulai_dari_batas,
    mulai_efektif,
    rentang,
    tenggat,
)
from tests.core.kalender_2026 import KALENDER, wib

KASUS = json.loads((Path(__file__).parent / "data" / "sla_golden.json").read_text(encoding="utf-8"))["kasus"]


@pytest.mark.parametrize("kasus", KASUS, ids=[k["nama"] for k in KASUS])
def test_every_golden_case_comes_out_as_printed(kasus):
    jeda = [Jeda(wib(a), wib(b)) for a, b in kasus["jeda"]]
    hasil = hitung(wib(kasus["lengkap_benar"]), kasus["hari_sop"], jeda, KALENDER, terbit=wib(kasus["terbit"]))
    assert hasil.mulai == wib(kasus["mulai_efektif"])
    assert hasil.hari_terpakai == kasus["hari_terpakai"]
    assert hasil.tenggat == wib(f"{kasus['tenggat']}T16:00")
    assert hasil.tepat_waktu is kasus["tepat_waktu"]
    assert sum(b.dihitung for b in hasil.baris) == kasus["hari_terpakai"]


def test_the_golden_file_holds_the_six_cases():
    assert len(KASUS) == 6


@pytest.mark.parametrize(
    ("lengkap", "mulai"),
    [
        ("2026-06-02T07:29:59", "2026-06-02T07:30"),
        ("2026-06-02T07:30:00", "2026-06-02T07:30"),
        ("2026-06-02T07:30:00.000001", "2026-06-02T07:30:00.000001"),
        ("2026-06-02T15:00:00", "2026-06-02T15:00"),
        ("2026-06-02T15:00:00.000001", "2026-06-03T07:30"),
        ("2026-06-02T16:00:00", "2026-06-03T07:30"),
        ("2026-06-05T15:30:00", "2026-06-08T07:30"),  # Friday after the cut-off
        ("2026-06-06T09:00:00", "2026-06-08T07:30"),  # Saturday
        ("2026-06-01T09:00:00", "2026-06-02T07:30"),  # Hari Lahir Pancasila
        ("2026-12-31T15:01:00", "2027-01-01T07:30"),  # a calendar without 2027: Friday is a working day
    ],
)
def test_the_start_follows_opening_cut_off_and_days_off(lengkap, mulai):
    assert mulai_efektif(wib(lengkap), KALENDER) == wib(mulai)
    assert mulai_efektif(wib(mulai), KALENDER) == wib(mulai), "the rule applied twice changes nothing"


@pytest.mark.parametrize(
    ("terbit", "terpakai", "tepat"),
    [
        ("2026-06-05T15:59:59.999999", 3, True),
        ("2026-06-05T16:00:00", 3, True),
        ("2026-06-05T16:00:00.000001", 4, False),
        ("2026-06-05T16:01:00", 4, False),
    ],
)
def test_an_act_at_exactly_sixteen_is_in_time_and_one_after_it_is_late(terbit, terpakai, tepat):
    hasil = hitung(wib("2026-06-02T10:00"), 3, [], KALENDER, terbit=wib(terbit))
    assert (hasil.hari_terpakai, hasil.tepat_waktu) == (terpakai, tepat)


def test_one_day_service_is_due_on_the_start_day():
    assert tenggat(wib("2026-06-02T10:00"), 0, [], KALENDER) == wib("2026-06-02T16:00")


def test_utc_and_office_time_name_the_same_instant():
    mulai = wib("2026-06-02T10:00")
    assert tenggat(mulai.astimezone(UTC), 3, [], KALENDER) == tenggat(mulai, 3, [], KALENDER)


def test_overlapping_and_touching_pauses_count_once():
    mulai = wib("2026-06-02T10:00")
    satu = [Jeda(wib("2026-06-03T11:00"), wib("2026-06-08T09:00"))]
    tumpang = [
        Jeda(wib("2026-06-05T09:00"), wib("2026-06-08T09:00")),
        Jeda(wib("2026-06-03T11:00"), wib("2026-06-04T12:00")),
        Jeda(wib("2026-06-04T12:00"), wib("2026-06-05T10:00")),
    ]
    assert tenggat(mulai, 5, tumpang, KALENDER) == tenggat(mulai, 5, satu, KALENDER)
    sampai = wib("2026-06-11T13:00")
    assert hari_terpakai(mulai, tumpang, sampai, KALENDER) == hari_terpakai(mulai, satu, sampai, KALENDER) == 4


def test_a_pause_is_half_open_at_the_closing():
    mulai, sampai = wib("2026-06-02T10:00"), wib("2026-06-04T10:00")
    sampai_tutup = [Jeda(wib("2026-06-02T12:00"), wib("2026-06-02T16:00"))]
    dari_tutup = [Jeda(wib("2026-06-02T16:00"), wib("2026-06-02T16:00:01"))]
    assert hari_terpakai(mulai, sampai_tutup, sampai, KALENDER) == 2, "resumed at 16.00.00: the day counts"
    assert hari_terpakai(mulai, dari_tutup, sampai, KALENDER) == 1, "paused at 16.00.00: the day does not"


def test_an_open_pause_lasts_until_now():
    mulai, jeda, kini = wib("2026-06-02T10:00"), [Jeda(wib("2026-06-03T11:00"))], wib("2026-06-08T09:00")
    assert hari_terpakai(mulai, jeda, kini, KALENDER) == 1
    assert tenggat(mulai, 5, jeda, KALENDER, kini=kini) == wib("2026-06-12T16:00")
    with pytest.raises(ValueError, match="kini"):
        tenggat(mulai, 5, jeda, KALENDER)


def test_an_open_pause_that_has_not_begun_counts_nothing():
    jeda = [Jeda(wib("2026-06-10T10:00"))]
    hasil = hitung(wib("2026-06-02T10:00"), 3, jeda, KALENDER, kini=wib("2026-06-03T10:00"))
    assert hasil.tenggat == wib("2026-06-05T16:00")


@pytest.mark.parametrize(
    "jeda",
    [
        [Jeda(wib("2026-05-20T10:00"), wib("2026-05-29T10:00"))],  # before the start
        [Jeda(wib("2026-06-04T15:00"), wib("2026-06-30T10:00"))],  # after the end
        [Jeda(wib("2026-06-04T15:00"))],
    ],
)
def test_a_pause_outside_the_clocks_life_counts_nothing(jeda):
    tanpa = hitung(wib("2026-06-02T10:00"), 3, [], KALENDER, terbit=wib("2026-06-04T14:00"))
    dengan = hitung(wib("2026-06-02T10:00"), 3, jeda, KALENDER, terbit=wib("2026-06-04T14:00"))
    assert (dengan.tenggat, dengan.hari_terpakai) == (tanpa.tenggat, tanpa.hari_terpakai)


def test_issued_on_the_evening_it_came_in_after_the_cut_off_is_zero_days():
    hasil = hitung(wib("2026-06-02T15:30"), 3, [], KALENDER, terbit=wib("2026-06-02T15:50"))
    assert (hasil.hari_terpakai, hasil.tepat_waktu) == (0, True)


@pytest.mark.parametrize(
    "salah",
    [
        lambda: Jeda(wib("2026-06-03T11:00"), wib("2026-06-03T10:59")),
        lambda: hitung(wib("2026-06-02T10:00"), 3, [], KALENDER, terbit=wib("2026-06-02T09:59")),
        lambda: hitung(wib("2026-06-02T10:00"), 3, [], KALENDER),
        lambda: hari_terpakai(wib("2026-06-02T10:00"), [], wib("2026-06-02T09:59"), KALENDER),
        lambda: tenggat(wib("2026-06-02T10:00"), -1, [], KALENDER),
        lambda: tenggat(wib("2026-06-02T10:00"), 10_001, [], KALENDER),
        lambda: mulai_efektif(datetime(2026, 6, 2, 10), KALENDER),
        lambda: Jeda(datetime(2026, 6, 2, 10)),
        lambda: mulai_dari_batas(wib("2026-06-03T10:00"), wib("2026-06-02T10:00"), 1, KALENDER),
    ],
)
def test_bad_input_is_a_value_error(salah):
    with pytest.raises(ValueError, match=r".+"):
        salah()


def test_reasons_name_holidays_weekends_pauses_and_the_due_date():
    jeda = [Jeda(wib("2026-05-26T11:00"), wib("2026-05-29T09:00"))]
    hasil = hitung(wib("2026-05-25T15:30"), 3, jeda, KALENDER, kini=wib("2026-06-02T10:00"))
    assert [(b.tanggal.day, b.dihitung, b.alasan) for b in hasil.baris] == [
        (
            25,
            False,
            "Diterima pukul 15.30, sesudah batas loket pukul 15.00: hitungan mulai hari kerja berikutnya",
        ),
        (26, False, "Hitungan berhenti: menunggu Anda"),
        (27, False, "Libur: Idul Adha 1447 H"),
        (28, False, "Libur: Cuti bersama Idul Adha"),
        (29, True, "Hari kerja ke-1 dari 3"),
        (30, False, "Akhir pekan"),
        (31, False, "Libur: Hari Raya Waisak 2570 BE"),
        (1, False, "Libur: Hari Lahir Pancasila"),
        (2, False, "Hari kerja ke-2 dari 3, belum lewat"),
        (3, False, "Hari kerja ke-3 dari 3, belum lewat"),
        (4, False, "Batas waktu: selambat-lambatnya pukul 16.00"),
    ]


def test_reasons_of_a_finished_file_say_when_and_how_late():
    hasil = hitung(wib("2026-06-02T10:00"), 1, [], KALENDER, terbit=wib("2026-06-05T14:00"))
    assert [b.alasan for b in hasil.baris] == [
        "Hari kerja ke-1 dari 1",
        "Batas waktu pukul 16.00 terlewati: hari kerja ke-2, padahal batasnya 1",
        "Hari kerja ke-3, lewat dari batas 1 hari kerja",
        "Selesai pukul 14.00, belum lewat jam tutup pukul 16.00: hari ini tidak dihitung",
    ]
    hasil = hitung(wib("2026-06-02T10:00"), 1, [], KALENDER, terbit=wib("2026-06-02T14:00"))
    assert hasil.baris[-1].alasan == "Batas waktu pukul 16.00; sudah selesai lebih dulu"


def test_a_limit_counts_like_the_service_time():
    assert batas_hari_kerja(wib("2026-06-02T10:00"), 14, KALENDER) == wib("2026-06-23T16:00")
    assert batas_hari_kerja(wib("2026-06-05T20:00"), 1, KALENDER) == wib("2026-06-09T16:00")


@pytest.mark.parametrize(
    ("didaftarkan", "mulai"),
    [
        ("2026-06-02T10:00", "2026-06-02T10:00"),
        ("2026-06-03T14:59", "2026-06-03T14:59"),
        ("2026-06-03T15:30", "2026-06-04T07:30"),
        ("2026-06-03T16:00", "2026-06-04T07:30"),  # the limit itself is in time
        ("2026-06-04T09:00", "2026-06-04T07:30"),  # later: from the limit, through the cut-off rule
        ("2026-06-30T09:00", "2026-06-04T07:30"),
    ],
)
def test_late_registration_starts_the_clock_at_the_limit(didaftarkan, mulai):
    assert mulai_dari_batas(wib("2026-06-02T09:00"), wib(didaftarkan), 1, KALENDER) == wib(mulai)


def test_registering_later_never_starts_the_clock_earlier():
    ajukan = wib("2026-06-02T09:00")
    mulai = [mulai_dari_batas(ajukan, ajukan + timedelta(minutes=17 * n), 1, KALENDER) for n in range(600)]
    assert mulai == sorted(mulai)


def test_the_log_folds_into_start_pauses_and_end():
    t = [wib(f"2026-06-{n:02}T10:00") for n in range(1, 30)]
    peristiwa = [
        ("", t[1]),
        ("mulai", t[2]),
        ("jalan", t[3]),
        ("jeda", t[4]),
        ("jeda", t[5]),  # another item of the open round
        ("lanjut", t[6]),
        ("jeda", t[8]),
        ("lanjut", t[7]),  # paid, by the bank's date, before the SKRD was recorded: an empty pause
        ("jeda", t[9]),
        ("henti", t[10]),
    ]
    assert rentang(peristiwa) == Rentang(t[2], (Jeda(t[4], t[6]), Jeda(t[9], t[10])), t[10])
    assert rentang(peristiwa[:4]) == Rentang(t[2], (Jeda(t[4]),), None)
    assert rentang([]) == Rentang(None, (), None)


def test_reopening_a_closed_file_keeps_the_days_it_had_used():
    t = [wib(f"2026-06-{n:02}T10:00") for n in range(1, 30)]
    gugur = [("mulai", t[1]), ("jeda", t[2]), ("henti", t[8])]
    assert rentang([*gugur, ("jeda", t[15])]).jeda == (Jeda(t[2], t[8]), Jeda(t[8]))
    assert rentang([*gugur, ("lanjut", t[15])]) == Rentang(t[1], (Jeda(t[2], t[8]), Jeda(t[8], t[15])), None)
    ditolak = [("mulai", t[1]), ("henti", t[4]), ("lanjut", t[16])]
    assert rentang(ditolak) == Rentang(t[1], (Jeda(t[4], t[16]),), None)


def test_a_second_start_begins_anew():
    t = [wib(f"2026-06-{n:02}T10:00") for n in range(1, 30)]
    peristiwa = [("mulai", t[1]), ("jeda", t[2]), ("lanjut", t[3]), ("mulai", t[5])]
    assert rentang(peristiwa) == Rentang(t[5], (), None)


def test_an_unknown_effect_in_the_log_is_refused():
    with pytest.raises(ValueError, match="stop"):
        rentang([("stop", wib("2026-06-02T10:00"))])


def test_other_hours_move_the_closing_and_the_cut_off():
    ramadan = JamKerja(
        date(2026, 2, 18), date(2026, 3, 19), None, *(datetime(2026, 1, 1, *j).time() for j in ((8,), (15,), (14,)))
    )
    kalender = Kalender(libur=KALENDER.libur, jam=(ramadan,))
    assert mulai_efektif(wib("2026-02-19T14:30"), kalender) == wib("2026-02-20T08:00")
    assert tenggat(wib("2026-02-19T10:00"), 1, [], kalender) == wib("2026-02-20T15:00")


def test_two_hundred_thousand_due_dates_take_seconds_not_minutes():
    mulai, jeda = wib("2026-06-02T10:00"), [Jeda(wib("2026-06-03T11:00"), wib("2026-06-08T09:00"))]
    awal = time.perf_counter()
    for _ in range(5_000):
        tenggat(mulai, 14, jeda, KALENDER)
    assert (time.perf_counter() - awal) * 40 < 60, "200,000 files within a minute on a slow, shared machine"
