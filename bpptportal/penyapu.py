"""The sweeps without a broker: the same schedule, one after the other, in one process started by the parent.

The database is the truth and a sweep finds what is due (R1, R6), so the portal needs no queue to be right; it
only needs somebody to call the sweeps. Run as `python -m bpptportal.penyapu`.

With `--cadangan` it stands by in production and sweeps only while the broker is away: beat can then ask nobody,
and the limits of a law do not wait for a cache. A sweep that runs twice at the turn is harmless.
"""

import logging
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Any

catatan = logging.getLogger(__name__)
#: Questions without an answer until the broker counts as away, and the pause between two of them in seconds.
TAK_MENJAWAB = 2
LANGKAH_CADANGAN = 5.0


def sapu_terus(
    jadwal: Mapping[str, Mapping[str, Any]],
    panggil: Callable[[str], None],
    berhenti: Event,
    jam: Callable[[], float] = time.monotonic,
    langkah: float = 1.0,
    giliran: Callable[[], bool] = lambda: True,
) -> None:
    """Call every task of `jadwal` (Celery's beat schedule, seconds) when it is due, until `berhenti` is set.

    A sweep that fails is logged and called again at its next turn: one bad sweep must not stop the others.
    Nothing is called while `giliran` says that somebody else does it.
    """
    berikut = dict.fromkeys(jadwal, jam())
    while not berhenti.is_set():
        if not giliran():
            berhenti.wait(langkah)
            continue
        for nama, isi in jadwal.items():
            if jam() < berikut[nama] or berhenti.is_set():
                continue
            berikut[nama] = jam() + float(isi["schedule"])
            try:
                panggil(str(isi["task"]))
            except Exception:  # noqa: BLE001 - one bad sweep must not stop the others; it is logged in full
                catatan.exception("sapuan %s gagal", nama)
        berhenti.wait(langkah)


class BrokerPergi:
    """Whether it is our turn: the broker left several questions in a row unanswered. Leaves a sign of life."""

    def __init__(self, menjawab: Callable[[], bool], tanda: Path) -> None:
        self._menjawab = menjawab
        self._tanda = tanda
        self._diam = 0

    def __call__(self) -> bool:
        self._tanda.touch()
        self._diam = 0 if self._menjawab() else self._diam + 1
        if self._diam == TAK_MENJAWAB:
            catatan.error("antrean tidak menjawab; sapuan dikerjakan di sini")
        return self._diam >= TAK_MENJAWAB


def main(cadangan: bool = False) -> None:
    """Load the portal, then sweep until SIGTERM or SIGINT."""
    from bpptportal.celery import app

    app.loader.import_default_modules()
    from django.db import close_old_connections

    berhenti = Event()

    def selesai(_nomor: int, _bingkai: FrameType | None) -> None:
        berhenti.set()

    signal.signal(signal.SIGTERM, selesai)
    signal.signal(signal.SIGINT, selesai)

    def panggil(tugas: str) -> None:
        close_old_connections()
        app.tasks[tugas].apply(throw=True)

    if not cadangan:
        sapu_terus(app.conf.beat_schedule, panggil, berhenti)
        return
    from django.conf import settings

    from bpptportal.health import broker_menjawab

    tanpa_kunci = () if settings.KUNCI_SEGEL else ("segel-riwayat",)  # the seal belongs to whoever holds the key
    jadwal = {nama: isi for nama, isi in app.conf.beat_schedule.items() if nama not in tanpa_kunci}
    giliran = BrokerPergi(broker_menjawab, Path(tempfile.gettempdir()) / "penyapu")
    sapu_terus(jadwal, panggil, berhenti, langkah=LANGKAH_CADANGAN, giliran=giliran)


if __name__ == "__main__":
    main(cadangan="--cadangan" in sys.argv[1:])
