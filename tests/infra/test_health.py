"""`/sehat/` is 503 only when the database is away or a sweep is late; a missing broker is named."""

import json
import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import RequestFactory

from bpptportal import denyut, health
from core.waktu import sekarang
from notifications.enums import StatusPesan
from notifications.models import Pesan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tanpa_broker(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(health, "broker_menjawab", lambda: False)


def tanya() -> tuple[int, dict[str, Any]]:
    respons = health.sehat(RequestFactory().get("/sehat/"))
    return respons.status_code, json.loads(respons.content)


def pesan(terlambat: timedelta, **ubah: Any) -> Pesan:
    saat = sekarang() - terlambat
    isi = {"kode": "SMS_TERIMA", "tujuan": "081200000000", "teks": "x", "kunci": f"uji-{saat.timestamp()}"}
    return Pesan.objects.create(**isi | {"dibuat_pada": saat, "kirim_sesudah": saat} | ubah)


def test_a_missing_broker_is_named_and_not_fatal() -> None:
    kode, isi = tanya()
    assert kode == 200
    assert isi["broker"] == "tidak ada"
    assert isi["basis_data"] == "tersambung"
    assert isi["versi"]


def test_the_outbox_tells_its_age_and_stays_healthy_under_five_minutes() -> None:
    pesan(timedelta(minutes=4))
    kode, isi = tanya()
    assert kode == 200
    assert 230 <= isi["umur_kotak_keluar_detik"] <= 250
    assert isi["sapuan_terlambat"] is None


def test_a_sweep_that_is_five_minutes_late_is_unhealthy_and_named() -> None:
    pesan(timedelta(minutes=6))
    kode, isi = tanya()
    assert kode == 503
    assert isi["sapuan_terlambat"]["nama"] == "kirim-pesan"
    assert isi["sapuan_terlambat"]["detik"] >= 360


def test_a_long_backlog_that_is_being_worked_off_is_not_late() -> None:
    pesan(timedelta(days=3))
    denyut.catat("notifications.jadwal.sapu_pesan")
    kode, isi = tanya()
    assert kode == 200
    assert isi["umur_kotak_keluar_detik"] >= 3 * 86_400


def test_a_pulse_that_stopped_with_work_due_is_late_since_it_stopped() -> None:
    pesan(timedelta(days=3))
    denyut.catat("notifications.jadwal.sapu_pesan")
    berhenti = time.time() - 400
    os.utime(next(Path(settings.VAR_DIR).glob("run/denyut-*")), (berhenti, berhenti))
    kode, isi = tanya()
    assert kode == 503
    assert 395 <= isi["sapuan_terlambat"]["detik"] <= 420


def test_another_tasks_pulse_does_not_count() -> None:
    pesan(timedelta(minutes=6))
    denyut.catat("perizinan.jadwal.sapu_dokumen")
    assert tanya()[0] == 503


def test_a_sweep_that_ends_well_gives_its_pulse_and_one_that_breaks_does_not() -> None:
    from bpptportal.celery import app

    app.loader.import_default_modules()
    tugas = app.tasks["notifications.jadwal.sapu_pesan"]
    assert denyut.sejak((tugas.name,)) is None
    with pytest.MonkeyPatch.context() as tambal:
        tambal.setattr("notifications.layanan.sapu", lambda: 1 // 0)
        tugas.apply()
    assert denyut.sejak((tugas.name,)) is None
    tugas.apply()
    assert denyut.sejak((tugas.name,)) == pytest.approx(timedelta(0), abs=timedelta(seconds=5))


@pytest.mark.parametrize("status", [StatusPesan.TERKIRIM, StatusPesan.GAGAL, StatusPesan.TIDAK_PASTI])
def test_a_message_that_is_done_or_given_up_is_not_late(status: StatusPesan) -> None:
    pesan(timedelta(days=1), status=status)
    assert tanya()[0] == 200


def test_a_message_for_later_is_not_late() -> None:
    pesan(-timedelta(hours=1))
    assert tanya() == (200, tanya()[1] | {"umur_kotak_keluar_detik": None})


def test_a_message_whose_worker_died_is_late_since_its_lease_ran_out() -> None:
    lama, tadi = timedelta(hours=1), sekarang() - timedelta(minutes=2)
    pesan(lama, status=StatusPesan.MENGIRIM, sewa_sampai=tadi)
    kode, isi = tanya()
    assert kode == 200
    assert 110 <= isi["umur_kotak_keluar_detik"] <= 130


def test_a_database_that_is_away_is_unhealthy(monkeypatch: pytest.MonkeyPatch) -> None:
    def putus() -> None:
        raise OperationalError("server closed the connection")

    monkeypatch.setattr(health, "sekarang", putus)
    kode, isi = tanya()
    assert kode == 503
    assert isi["basis_data"] == "putus"


def test_every_named_sweep_is_one_of_the_schedule() -> None:
    assert set(health.SAPUAN) <= set(settings.CELERY_BEAT_SCHEDULE)


def test_the_answer_holds_no_personal_data() -> None:
    pesan(timedelta(minutes=6))
    assert "0812" not in json.dumps(tanya()[1])
