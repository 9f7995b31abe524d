"""The sweeps without a broker: the same schedule, one after the other, in one process started by the parent.

The database is the truth and a sweep finds what is due (R1, R6), so the portal needs no queue to be right; it
only needs somebody to call the sweeps. Run as `python -m bpptportal.penyapu`.
"""

import logging
import signal
import time
from collections.abc import Callable, Mapping
from threading import Event
from types import FrameType
from typing import Any

catatan = logging.getLogger(__name__)


def sapu_terus(
    jadwal: Mapping[str, Mapping[str, Any]],
    panggil: Callable[[str], None],
    berhenti: Event,
    jam: Callable[[], float] = time.monotonic,
    langkah: float = 1.0,
) -> None:
    """Call every task of `jadwal` (Celery's beat schedule, seconds) when it is due, until `berhenti` is set.

    A sweep that fails is logged and called again at its next turn: one bad sweep must not stop the others.
    """
    berikut = dict.fromkeys(jadwal, jam())
    while not berhenti.is_set():
        for nama, isi in jadwal.items():
            if jam() < berikut[nama] or berhenti.is_set():
                continue
            berikut[nama] = jam() + float(isi["schedule"])
            try:
                panggil(str(isi["task"]))
            except Exception:  # noqa: BLE001 - one bad sweep must not stop the others; it is logged in full
                catatan.exception("sapuan %s gagal", nama)
        berhenti.wait(langkah)


def main() -> None:
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

    sapu_terus(app.conf.beat_schedule, panggil, berhenti)


if __name__ == "__main__":
    main()
