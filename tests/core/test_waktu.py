"""The one source of time: the database's clock, held still and moved only inside its own context."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.db import connection

from core import waktu

SAAT = datetime(2026, 6, 2, 20, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_now_is_aware_to_the_microsecond_and_follows_the_true_clock():
    sebelum, kini, sesudah = datetime.now(UTC), waktu.sekarang(), datetime.now(UTC)
    assert kini.utcoffset() == timedelta(0)
    toleransi = timedelta(seconds=2) if connection.vendor == "postgresql" else timedelta(0)
    assert sebelum - toleransi <= kini <= sesudah + toleransi


@pytest.mark.django_db
def test_now_moves_on_inside_one_transaction():
    awal = waktu.sekarang()
    assert any(waktu.sekarang() > awal for _ in range(1_000))


@pytest.mark.django_db
def test_now_costs_at_most_one_query(django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        waktu.sekarang()


def test_a_held_clock_stands_still_and_asks_no_database():
    with waktu.beku(SAAT):
        assert waktu.sekarang() == waktu.sekarang() == SAAT


def test_the_held_clock_moves_forward_only():
    with waktu.beku(SAAT):
        assert waktu.maju(timedelta(days=1)) == waktu.sekarang() == SAAT + timedelta(days=1)
        with pytest.raises(ValueError, match="mundur"):
            waktu.maju(timedelta(seconds=-1))
    with pytest.raises(RuntimeError):
        waktu.maju(timedelta(days=1))


def test_holds_nest_and_give_back_what_held_before():
    with waktu.beku(SAAT):
        waktu.maju(timedelta(hours=1))
        with waktu.beku(SAAT + timedelta(days=9)):
            assert waktu.sekarang() == SAAT + timedelta(days=9)
        assert waktu.sekarang() == SAAT + timedelta(hours=1)


def test_another_thread_does_not_see_the_hold():
    terlihat: list[datetime | None] = []
    with waktu.beku(SAAT):
        benang = threading.Thread(target=lambda: terlihat.append(waktu._beku.get()))
        benang.start()
        benang.join()
    assert terlihat == [None]


def test_a_hold_needs_a_zone():
    with pytest.raises(ValueError, match="zona"), waktu.beku(datetime(2026, 6, 2)):
        pass


def test_today_is_the_offices_date_not_utcs():
    with waktu.beku(SAAT):  # 03.30 in Jakarta, a day later
        assert waktu.hari_ini() == date(2026, 6, 3)


def test_a_hold_in_any_zone_is_the_same_instant():
    with waktu.beku(SAAT.astimezone(timezone(timedelta(hours=9)))):
        assert waktu.sekarang() == SAAT
        assert waktu.sekarang().tzinfo is UTC


def test_the_office_lives_in_jakarta():
    assert str(waktu.zona()) == "Asia/Jakarta"
