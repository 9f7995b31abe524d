"""Working days and office hours: which rule wins, and arithmetic that equals walking the days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.hari_kerja import JAM_BAWAAN, JamKerja, Kalender
from tests.core.kalender_2026 import KALENDER, wib

BUKA, TUTUP, LOKET = time(7, 30), time(16, 0), time(15, 0)


def test_2026_has_240_working_days():
    """SKB 3 Menteri 1497/2025: 17 holidays and 8 days of cuti bersama leave 240 working days."""
    assert KALENDER.banyak_hari_kerja(date(2026, 1, 1), date(2026, 12, 31)) == 240
    assert len(KALENDER.libur) == 25


def test_weekends_and_holidays_are_not_working_days_but_an_extra_day_beats_both():
    kalender = Kalender(libur=KALENDER.libur, masuk={date(2026, 6, 7): "CFD", date(2026, 6, 1): "piket"})
    assert not KALENDER.hari_kerja(date(2026, 6, 1))
    assert not KALENDER.hari_kerja(date(2026, 6, 7))
    assert kalender.hari_kerja(date(2026, 6, 1))
    assert kalender.hari_kerja(date(2026, 6, 7))


def test_a_service_point_may_work_on_sundays_only():
    titik = Kalender(hari_pekan=frozenset({6}))
    assert titik.hari_kerja_ke(date(2026, 6, 3), 1) == date(2026, 6, 7)


def test_the_newest_hours_win_then_those_naming_weekdays_then_the_last_entered():
    def jam(mulai: date, tutup: int, hari: set[int] | None = None, sampai: date | None = None) -> JamKerja:
        return JamKerja(mulai, sampai, frozenset(hari) if hari else None, BUKA, time(tutup), LOKET)

    kalender = Kalender(
        jam=(
            jam(date(2009, 1, 1), 16),
            jam(date(2026, 1, 1), 17, {4}),
            jam(date(2026, 1, 1), 18),
            jam(date(2026, 2, 18), 15, sampai=date(2026, 3, 19)),
            jam(date(2026, 5, 1), 19),
            jam(date(2026, 5, 1), 20),
        )
    )
    tutup = {hari: kalender.tutup(hari).hour for hari in (date(2025, 6, 2), date(2026, 1, 8), date(2026, 1, 9))}
    assert list(tutup.values()) == [16, 18, 17]
    assert kalender.tutup(date(2026, 2, 20)).hour == 15, "Ramadan, its Fridays too"
    assert kalender.tutup(date(2026, 3, 20)).hour == 17, "after it a Friday is a Friday again"
    assert kalender.tutup(date(2026, 5, 4)).hour == 20
    assert kalender.jam_pada(date(2008, 12, 31)) == JAM_BAWAAN


@pytest.mark.parametrize(
    "salah",
    [
        lambda: JamKerja(date(2026, 1, 1), None, None, time(8), time(7), time(7, 30)),
        lambda: JamKerja(date(2026, 1, 1), None, None, BUKA, TUTUP, time(16, 1)),
        lambda: JamKerja(date(2026, 1, 1), None, frozenset({7}), BUKA, TUTUP, LOKET),
        lambda: KALENDER.indeks(datetime(2026, 6, 2, 10)),
        lambda: KALENDER.indeks(datetime(1969, 12, 31, tzinfo=UTC)),
        lambda: KALENDER.penutupan(10**6),
        lambda: Kalender(hari_pekan=frozenset()).penutupan(0),
    ],
)
def test_impossible_hours_and_times_are_refused(salah):
    with pytest.raises(ValueError, match=r".+"):
        salah()


def test_a_calendar_cannot_be_changed_in_place():
    libur = {date(2026, 6, 1): "Hari Lahir Pancasila"}
    kalender = Kalender(libur=libur)
    libur[date(2026, 6, 2)] = "menyusul"
    assert kalender.hari_kerja(date(2026, 6, 2))
    with pytest.raises(TypeError):
        kalender.libur[date(2026, 6, 2)] = "menyusul"  # type: ignore[index]  # that is the point
    with pytest.raises(AttributeError):
        kalender.versi = 2  # type: ignore[misc]  # that is the point


def test_closings_are_numbered_half_open():
    tutup = wib("2026-06-02T16:00")
    nomor = KALENDER.indeks(tutup)
    assert KALENDER.penutupan(nomor) == tutup
    assert KALENDER.indeks(tutup + timedelta(microseconds=1)) == nomor + 1
    assert KALENDER.indeks(wib("2026-06-01T00:00")) == nomor, "a holiday has no closing"


@settings(max_examples=300, deadline=None)
@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(-400, 400))
def test_counting_working_days_equals_walking_them(hari, banyak):
    langkah = 1 if banyak > 0 else -1
    jalan, sisa = hari, abs(banyak)
    while sisa:
        jalan += timedelta(days=langkah)
        sisa -= jalan.weekday() < 5 and jalan not in KALENDER.libur
    assert KALENDER.hari_kerja_ke(hari, banyak) == jalan


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(0, 800))
def test_the_order_in_which_years_are_asked_for_does_not_matter(hari, selang):
    segar = Kalender(libur=KALENDER.libur)
    sampai = hari + timedelta(days=selang)
    harap = sum(
        1 for n in range(selang + 1) if (h := hari + timedelta(days=n)).weekday() < 5 and h not in KALENDER.libur
    )
    assert segar.banyak_hari_kerja(hari, sampai) == harap
    assert KALENDER.banyak_hari_kerja(hari, sampai) == harap
    nomor = segar.indeks(segar.tutup(hari))
    assert KALENDER.penutupan(KALENDER.indeks(KALENDER.tutup(hari))) == segar.penutupan(nomor)
