"""`/sehat/` is 503 only when the database is away or a sweep is late; a missing broker is named."""

import json
import os
import time
from datetime import datetime, timedelta
from datetime import time as dtime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from bpptportal import denyut, health, metrik
from core import waktu
from core.waktu import sekarang, zona
from notifications.enums import StatusPesan
from notifications.models import Pesan
from perizinan.enums import StatusDokumen
from perizinan.models import Dokumen, Izin, Permohonan
from perizinan.services import masa_berlaku, sapuan

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


def tanpa_pekerjaan_lain() -> None:
    """What the making of a file left for the other sweeps is done."""
    Pesan.objects.update(status=StatusPesan.TERKIRIM)
    Dokumen.objects.filter(status=StatusDokumen.DIMINTA).update(status=StatusDokumen.GAGAL)


def izin_habis(hari: int) -> None:
    """A permit whose last day was so many days ago, as the sweep finds it; its file is kept out of the count."""
    tanpa_pekerjaan_lain()
    akhir = sekarang().astimezone(zona()).date() - timedelta(days=hari)
    Izin.objects.update(mulai=akhir - timedelta(days=365), akhir=akhir)
    Permohonan.objects.update(sapu_pada=None)


class TestDeadlines:
    """What time has to do stands in the rows; a beat that stopped cannot hide it."""

    def berkas(self, berkas_di: Any, terlambat: timedelta) -> Permohonan:
        p: Permohonan = berkas_di("verifikasi", "siup")
        tanpa_pekerjaan_lain()
        Permohonan.objects.filter(pk=p.pk).update(sapu_pada=sekarang() - terlambat)
        return p

    def test_a_stopped_sweep_of_deadlines_is_unhealthy_and_named(self, berkas_di: Any) -> None:
        self.berkas(berkas_di, timedelta(minutes=6))
        kode, isi = tanya()
        assert kode == 503
        assert isi["sapuan_terlambat"]["nama"] == "sapu-tenggat"
        assert 355 <= isi["sapuan_terlambat"]["detik"] <= 370

    @pytest.mark.parametrize("terlambat", [timedelta(minutes=4), -timedelta(hours=1)])
    def test_a_file_that_just_came_due_or_is_not_due_yet_is_not_late(
        self, berkas_di: Any, terlambat: timedelta
    ) -> None:
        self.berkas(berkas_di, terlambat)
        assert tanya()[0] == 200

    def test_the_first_sweep_makes_it_healthy_again(self, berkas_di: Any) -> None:
        self.berkas(berkas_di, timedelta(days=2))
        assert tanya()[0] == 503
        sapuan.sapu()
        assert tanya()[0] == 200

    def test_a_sweep_that_stopped_ten_minutes_ago_does_not_live_on_its_last_pulse(self, berkas_di: Any) -> None:
        self.berkas(berkas_di, timedelta(days=2))
        denyut.catat("perizinan.jadwal.sapu_tenggat")
        assert tanya()[0] == 200
        berhenti = time.time() - 600
        os.utime(next(Path(settings.VAR_DIR).glob("run/denyut-*")), (berhenti, berhenti))
        assert tanya()[0] == 503

    @pytest.mark.parametrize("saat", ["2026-06-06T23:30:00+07:00", "2026-06-07T10:00:00+07:00"])
    def test_a_closed_office_does_not_excuse_a_sweep(self, berkas_di: Any, saat: str) -> None:
        p = self.berkas(berkas_di, timedelta(0))
        tutup = datetime.fromisoformat(saat)  # a Saturday night, a Sunday
        Permohonan.objects.filter(pk=p.pk).update(sapu_pada=tutup - timedelta(minutes=6))
        with waktu.beku(tutup):
            assert tanya()[0] == 503

    def test_a_permit_that_ended_and_is_not_called_so_is_late_a_turn_and_five_minutes_after_midnight(
        self, berkas_di: Any
    ) -> None:
        berkas_di("terbit", "siup")
        izin_habis(1)
        malam = datetime.combine(sekarang().astimezone(zona()).date(), dtime(), zona())
        with waktu.beku(malam + timedelta(minutes=19)):
            assert tanya()[0] == 200
        with waktu.beku(malam + timedelta(minutes=21)):
            kode, isi = tanya()
        assert kode == 503
        assert isi["sapuan_terlambat"]["nama"] == "sapu-masa-berlaku"

    @pytest.mark.parametrize("hari", [0, -1])
    def test_a_permit_is_not_late_on_its_last_day_nor_before(self, berkas_di: Any, hari: int) -> None:
        berkas_di("terbit", "siup")
        izin_habis(hari)
        assert tanya()[0] == 200

    def test_the_sweep_of_permits_makes_it_healthy_again(self, berkas_di: Any) -> None:
        berkas_di("terbit", "siup")
        izin_habis(30)
        assert tanya()[0] == 503
        masa_berlaku.sapu_masa_berlaku()
        sapuan.sapu()
        assert tanya()[0] == 200

    def test_the_metrics_page_tells_the_age_of_the_oldest_deadline(self, berkas_di: Any) -> None:
        self.berkas(berkas_di, timedelta(minutes=10))
        baris = next(
            b for b in metrik.susun().splitlines() if b.startswith('bppt_menunggu_umur_detik{sapuan="sapu-t')
        )
        assert 595 <= float(baris.split()[-1]) <= 615

    def test_both_questions_read_an_index_and_not_the_table(self) -> None:
        """On PostgreSQL; a table of a few rows is scanned by right, so the planner is asked without that way."""
        if connection.vendor != "postgresql":
            pytest.skip("EXPLAIN of PostgreSQL")
        kini = sekarang()
        with CaptureQueriesContext(connection) as kueri:
            health.berkas_tertua(kini)
            health.izin_tertua(kini)
        with connection.cursor() as kursor:
            kursor.execute("SET LOCAL enable_seqscan = off")
            rencana = []
            for satu in kueri.captured_queries:
                kursor.execute("EXPLAIN " + satu["sql"])
                rencana.append(" ".join(baris[0] for baris in kursor.fetchall()))
        pakai = [n in r for n, r in zip(("permohonan_sapu", "izin_berakhir"), rencana, strict=True)]
        assert pakai == [True, True], rencana

    def test_a_beat_that_starts_asks_for_the_seldom_sweeps_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from bpptportal import jadwal
        from bpptportal.celery import app

        app.loader.import_default_modules()
        diminta: list[str] = []
        monkeypatch.setattr("core.colek.colek", lambda tugas, *_acuan: diminta.append(tugas.name))
        jadwal.sapu_awal()
        assert {"perizinan.jadwal.sapu_tenggat", "perizinan.jadwal.sapu_masa_berlaku"} <= set(diminta)
        assert "notifications.jadwal.sapu_pesan" not in diminta


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
