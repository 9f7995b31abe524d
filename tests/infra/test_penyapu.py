"""Without a broker every sweep still runs at its pace, and a failing one does not stop the others."""

from pathlib import Path
from threading import Event

from bpptportal.penyapu import BrokerPergi, sapu_terus

JADWAL = {"cepat": {"task": "a", "schedule": 10.0}, "lambat": {"task": "b", "schedule": 60.0}}


class Jam(Event):
    """An event whose waiting moves a clock instead of sleeping."""

    def __init__(self, sampai: float) -> None:
        super().__init__()
        self.kini, self.sampai = 0.0, sampai

    def wait(self, timeout: float | None = None) -> bool:
        self.kini += timeout or 0.0
        if self.kini > self.sampai:
            self.set()
        return self.is_set()


def jalankan(gagal: str = "") -> list[str]:
    panggilan: list[str] = []
    jam = Jam(120.0)

    def panggil(tugas: str) -> None:
        panggilan.append(tugas)
        if tugas == gagal:
            raise RuntimeError("sapuan rusak")

    sapu_terus(JADWAL, panggil, jam, jam=lambda: jam.kini)
    return panggilan


def test_every_sweep_is_called_at_its_own_pace() -> None:
    panggilan = jalankan()
    assert panggilan.count("a") == 13
    assert panggilan.count("b") == 3


def test_a_failing_sweep_stops_neither_itself_nor_the_others() -> None:
    panggilan = jalankan(gagal="a")
    assert panggilan.count("a") == 13
    assert panggilan.count("b") == 3


def test_the_schedule_of_the_settings_is_one_it_can_run() -> None:
    from bpptportal.celery import app

    app.loader.import_default_modules()
    for isi in app.conf.beat_schedule.values():
        assert float(isi["schedule"]) > 0
        assert isi["task"] in app.tasks


def test_the_stand_by_sweeps_only_while_the_broker_is_away_and_shows_that_it_lives(tmp_path: Path) -> None:
    jawaban = iter([True, False, False, False, True, False])
    giliran = BrokerPergi(lambda: next(jawaban), tmp_path / "penyapu")
    assert [giliran() for _ in range(6)] == [False, False, True, True, False, False]
    assert (tmp_path / "penyapu").exists()


def test_nothing_is_called_while_it_is_somebody_elses_turn() -> None:
    dipanggil: list[str] = []
    berhenti, ke = Event(), iter(range(9))

    def giliran() -> bool:
        saat = next(ke)
        if saat == 8:
            berhenti.set()
        return saat >= 4

    jadwal = {"a": {"task": "a", "schedule": 0.0}}
    sapu_terus(jadwal, dipanggil.append, berhenti, langkah=0, giliran=giliran)
    assert len(dipanggil) == 4
