"""The parent of `make run`, for real: it serves, brings back what dies, and leaves nothing behind when it stops."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.infra.alat import tunggu

AKAR = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.skipif("DATABASE_URL" in os.environ, reason="portal tertanam memakai SQLite"),
    pytest.mark.xdist_group("induk"),
]


@dataclass
class Portal:
    proses: subprocess.Popen[bytes]
    port: int
    var: Path
    layar: Path

    def tanya(self, jalur: str) -> tuple[int, bytes]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{jalur}", timeout=10) as respons:
                return respons.status, respons.read()
        except urllib.error.HTTPError as galat:
            return galat.code, galat.read()

    def tunggu(self, kata: str, detik: float = 60) -> None:
        def tertulis() -> bool:
            assert self.proses.poll() is None, self.layar.read_text()
            return kata in self.layar.read_text()

        tunggu(tertulis, detik, self.layar.read_text)

    def anak(self) -> dict[int, str]:
        """Processes of this installation, found by its var/ in their environment."""
        tanda = f"VAR_DIR={self.var}".encode()
        hidup = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if tanda in (folder / "environ").read_bytes().split(b"\0"):
                    hidup[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
        return hidup


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    var, layar = tmp_path / "var", tmp_path / "layar.txt"
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    asing = ("UJI", "DJANGO_SETTINGS_MODULE", "REDIS_URL")
    env = {k: v for k, v in os.environ.items() if k not in asing and not k.startswith("PYTEST")}
    env |= {"VAR_DIR": str(var), "PORT": str(port), "CONTOH": "0"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], cwd=AKAR, env=env, check=True)
    with layar.open("wb") as keluar:
        proses = subprocess.Popen(
            [sys.executable, "-m", "bpptportal.induk"], cwd=AKAR, env=env, stdout=keluar, stderr=subprocess.STDOUT
        )
    yield Portal(proses, port, var, layar)
    proses.kill()
    proses.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="membaca /proc")
def test_the_portal_serves_heals_and_stops_without_leftovers(portal: Portal) -> None:
    portal.tunggu("Ctrl-C untuk berhenti; data tersimpan")
    kode, isi = portal.tanya("/sehat/")
    assert kode == 200
    assert json.loads(isi)["broker"] == "tersambung"

    jadwal = next(pid for pid, perintah in portal.anak().items() if " beat " in perintah)
    os.kill(jadwal, signal.SIGKILL)
    portal.tunggu("Proses jadwal berhenti sendiri (kode -9)")
    tunggu(lambda: any(" beat " in perintah for pid, perintah in portal.anak().items() if pid != jadwal), 30)

    portal.proses.send_signal(signal.SIGTERM)
    assert portal.proses.wait(90) == 0
    assert "Portal berhenti. Data tersimpan." in portal.layar.read_text()
    assert portal.anak() == {}


def test_a_busy_port_is_named_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        s.listen()
        port = s.getsockname()[1]
        hasil = subprocess.run(
            [sys.executable, "-m", "bpptportal.induk"],
            cwd=AKAR,
            env={**os.environ, "VAR_DIR": str(tmp_path), "PORT": str(port)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert hasil.returncode == 1
    assert f"PORT={port + 1} make run" in hasil.stderr
    assert not (tmp_path / "log").exists()
