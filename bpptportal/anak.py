"""One child process of the parent: started in its own session, restarted when it dies, stopped politely."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

MATI_MAKS = 5  # deaths within JENDELA seconds: then the child is given up and the portal stops with its words
JENDELA = 120.0
JEDA_MAKS = 15.0
LOG_MAKS = 5_000_000  # bytes; an older log is kept once as .1
_PR_SET_PDEATHSIG = 1


class GagalBertahan(Exception):
    """A child that the portal cannot do without does not stay alive; the message holds its last words."""


def ekor(berkas: Path, baris: int = 15) -> str:
    """Last lines of a log, for the person at the terminal."""
    if not berkas.exists():
        return ""
    isi = berkas.read_text(errors="replace").splitlines()[-baris:]
    return "\n".join([*isi, f"(selengkapnya: {berkas})"])


def _ikut_mati() -> None:
    """In the child, on Linux: be asked to stop when the parent is gone, also by kill -9."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Anak:
    """A child with its log and its history of deaths; `log=None` lets it write to the terminal."""

    def __init__(self, nama: str, perintah: list[str], log: Path | None, *, sabar: float) -> None:
        self.nama, self.perintah, self._log, self.sabar = nama, perintah, log, sabar
        self._proses: subprocess.Popen[bytes] | None = None
        self._mati: deque[float] = deque(maxlen=MATI_MAKS)
        self._bangkit_pada: float | None = None

    @property
    def log(self) -> Path:
        return self._log or Path(os.devnull)

    def mulai(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches the parent only and the order is ours."""
        self._bangkit_pada = None
        with contextlib.ExitStack() as tumpukan:
            keluaran = None
            if self._log is not None:
                if self._log.exists() and self._log.stat().st_size > LOG_MAKS:
                    self._log.replace(self._log.with_suffix(".log.1"))
                keluaran = tumpukan.enter_context(self._log.open("ab"))
            self._proses = subprocess.Popen(  # noqa: S603 - our own commands, no shell
                self.perintah,
                stdin=subprocess.DEVNULL,
                stdout=keluaran,
                stderr=subprocess.STDOUT if keluaran else None,
                start_new_session=True,
                preexec_fn=_ikut_mati if sys.platform == "linux" else None,  # noqa: PLW1509 - one thread only
            )

    def hidup(self) -> bool:
        return self._proses is not None and self._proses.poll() is None

    def kode(self) -> int:
        """Exit code of a child that ended; 1 for one that never started."""
        return 1 if self._proses is None or self._proses.returncode is None else self._proses.returncode

    def bangkitkan(self, kini: float | None = None) -> str | None:
        """Called often. A dead child is reported once and started again after a pause that doubles.

        Raises GagalBertahan at the fifth death within two minutes.
        """
        kini = time.monotonic() if kini is None else kini
        if self.hidup():
            return None
        if self._bangkit_pada is not None:
            if kini >= self._bangkit_pada:
                self.mulai()
            return None
        self._mati.append(kini)
        baru = [pada for pada in self._mati if kini - pada < JENDELA]
        if len(baru) >= MATI_MAKS:
            raise GagalBertahan(f"Proses {self.nama} terus berhenti sendiri:\n{ekor(self.log)}")
        jeda = min(2.0 ** (len(baru) - 1), JEDA_MAKS)
        self._bangkit_pada = kini + jeda
        return f"Proses {self.nama} berhenti sendiri (kode {self.kode()}); dimulai lagi dalam {jeda:.0f} detik."

    def hentikan(self) -> int:
        """Ask it to stop, wait as long as it may need, then force it; returns its exit code."""
        if self._proses is None:
            return 1
        if self.hidup():
            self._proses.terminate()
            try:
                self._proses.wait(self.sabar)
            except subprocess.TimeoutExpired:
                self.paksa()
                self._proses.wait(5)
        return self.kode()

    def paksa(self) -> None:
        """End it and everything it started."""
        if self._proses is not None and self.hidup():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._proses.pid, signal.SIGKILL)
