"""Programs of others beside the portal: found or missed loudly, on free ports, always ended."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from string import Template
from typing import Any

import pytest

from tests.bar.alat import Rumah

AKAR = Path(__file__).resolve().parents[2]
RAHASIA = "rahasia-panggilan-uji"


def program(nama: str, paket: str) -> str:
    """The path of a program; the test fails, and says what to install, when there is none."""
    jalur = shutil.which(nama, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/lib/kannel/test")
    if jalur is None:
        pytest.fail(f"{nama} tidak ada. Jalankan bin/setup --dev, atau apt-get install {paket}", pytrace=False)
    return str(jalur)


def porta(jumlah: int) -> list[int]:
    """So many free ports of the loopback address."""
    soket = [socket.create_server(("127.0.0.1", 0)) for _ in range(jumlah)]
    nomor = [s.getsockname()[1] for s in soket]
    for s in soket:
        s.close()
    return nomor


def terbuka(nomor: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as s:
        s.settimeout(0.2)
        return s.connect_ex(("127.0.0.1", nomor)) == 0


def isi_contoh(contoh: Path, tujuan: Path, **nilai: Any) -> Path:
    """An example configuration with its $names filled in. Raises KeyError for one without a value."""
    tujuan.write_text(Template(contoh.read_text()).substitute(nilai))
    return tujuan


@contextmanager
def jalan(perintah: list[str], *, sela: Any = subprocess.DEVNULL, **lain: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A program while the block runs; its own group, so that nothing of it stays."""
    with tempfile.TemporaryFile() as keluaran:
        proses = subprocess.Popen(
            perintah, stdin=sela, stdout=keluaran, stderr=subprocess.STDOUT, start_new_session=True, **lain
        )
        try:
            yield proses
        finally:
            proses.terminate()
            try:
                proses.wait(10)
            except subprocess.TimeoutExpired:
                proses.kill()
                proses.wait()


@contextmanager
def peladen(rumah: Rumah, nomor: int) -> Iterator[None]:
    """The portal's web server of a house."""
    perintah = [sys.executable, "-m", "gunicorn", "bpptportal.wsgi", "-b", f"127.0.0.1:{nomor}", "--threads", "4"]
    with jalan([*perintah, "--no-control-socket"], cwd=AKAR, env=rumah.env):
        yield
