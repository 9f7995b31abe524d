"""A fence for code that reads what strangers wrote: a child process that can be lost without harm.

R11, R18 and docs/keputusan/0010-cetak.md. Each process keeps one child per kind of work, started at the first
job and reused, so that the normal path costs two copies through a socket. The child has a memory limit, its
caller a deadline; one that misses either is killed and replaced, and the next job is none the wiser.
"""

import atexit
import os
import socket
import subprocess
import sys
import threading
from typing import Any

from core.kandang.anak import AKAR_PROYEK, Putus, kirim, terima

BATAS_MULAI = 60.0
BATAS_MEMORI = 1 << 30
DAUR_ULANG = 500
LINGKUNGAN = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "XDG_CACHE_HOME",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "DYLD_LIBRARY_PATH",
    "DYLD_FALLBACK_LIBRARY_PATH",
)


class GagalKerja(Exception):
    """The job gave no result. `sebab`: waktu, memori, mati, isi, or a word of the job itself."""

    def __init__(self, sebab: str, jenis: str = "") -> None:
        super().__init__(sebab, jenis)
        self.sebab = sebab
        self.jenis = jenis


class _Anak:
    """One child process and the socket to it."""

    def __init__(self, modul: str) -> None:
        self.soket, milik_anak = socket.socketpair()
        lingkungan = {n: os.environ[n] for n in LINGKUNGAN if n in os.environ}
        skrip = str(AKAR_PROYEK / "core" / "kandang" / "anak.py")
        perintah = [sys.executable, "-I", skrip, modul, str(BATAS_MEMORI)]
        try:
            ujung = milik_anak.fileno()
            self.proses = subprocess.Popen(perintah, stdin=ujung, env=lingkungan)  # noqa: S603  our own file
        finally:
            milik_anak.close()
        self.selesai = 0
        self._tanya(BATAS_MULAI, None, [])

    def kerjakan(self, kepala: dict[str, Any], isi: list[bytes], detik: float) -> tuple[dict[str, Any], list[bytes]]:
        """One job within so many seconds; raises GagalKerja, after which this child may be gone."""
        jawaban, hasil = self._tanya(detik, kepala, isi)
        self.selesai += 1
        if self.selesai >= DAUR_ULANG or jawaban["galat"] == "memori":
            self.akhiri()
        if jawaban["galat"]:
            raise GagalKerja(jawaban["galat"], jawaban.get("jenis", ""))
        return jawaban, hasil

    def _tanya(
        self, detik: float, kepala: dict[str, Any] | None, isi: list[bytes]
    ) -> tuple[dict[str, Any], list[bytes]]:
        self.soket.settimeout(detik)
        try:
            if kepala is not None:
                kirim(self.soket, kepala, isi)
            return terima(self.soket)
        except (TimeoutError, Putus, OSError) as galat:
            self.akhiri()
            raise GagalKerja("waktu" if isinstance(galat, TimeoutError) else "mati") from galat

    @property
    def hidup(self) -> bool:
        return self.proses.returncode is None

    def akhiri(self) -> None:
        """Close and reap the child; harmless when it is gone already."""
        self.soket.close()
        self.proses.kill()
        self.proses.wait()


class Kandang:
    """The one child of this process for a kind of work: made when needed, never shared across a fork.

    `modul` is what `core.kandang.anak` loads. Threads take turns; a child that was killed is replaced by the
    next job.
    """

    def __init__(self, modul: str) -> None:
        self.modul = modul
        self.kunci = threading.Lock()
        self.anak: _Anak | None = None
        atexit.register(self.tutup)
        os.register_at_fork(after_in_child=self._lupakan)

    def kerjakan(self, kepala: dict[str, Any], isi: list[bytes], detik: float) -> tuple[dict[str, Any], list[bytes]]:
        """Run one job in the child; raises GagalKerja within about `detik`."""
        with self.kunci:
            if self.anak is None or not self.anak.hidup:
                self.anak = _Anak(self.modul)
            return self.anak.kerjakan(kepala, isi, detik)

    def tutup(self) -> None:
        """End the child; the next job starts another."""
        if self.anak is not None:
            self.anak.akhiri()
            self.anak = None

    def _lupakan(self) -> None:
        """In a forked copy: let go of the parent's child without ending it."""
        self.kunci = threading.Lock()
        if self.anak is not None:
            self.anak.soket.close()
            self.anak.proses.returncode = 0
            self.anak = None
