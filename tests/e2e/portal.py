"""The portal as people meet it: its own process on a fresh database, filled through the services.

The test process never touches that database; people log in by the log-in page.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bpptportal.contoh.pemeran import RANAH, SANDI
from tests.ui.peramban import Jendela

AKAR = Path(__file__).resolve().parents[2]
#: Walks files a little back in time, so that some are late, and prints their numbers by name. One that is called
#: `lambat` began forty days earlier and every desk took its days.
ISI = """
import datetime as dt, json
from bpptportal.contoh import alur, pemeran as pm
from core import waktu
from perizinan import services
mulai = (waktu.sekarang() - dt.timedelta(days=6)).replace(hour=2, minute=0)
nomor = {}
with waktu.beku(mulai):
    orang = pm.buat_pemeran()
    for ke, (nama, kode, status) in enumerate(json.loads(BERKAS)):
        awal, jeda = (40, dt.timedelta(days=3)) if nama == "lambat" else (0, dt.timedelta(minutes=20))
        with waktu.beku(mulai + dt.timedelta(hours=ke % 3, days=-awal)):
            p = orang.segarkan()
            pihak = pm.orang_baru(f"Pemohon {nama.title()}", 50 + ke)
            draf = alur.mulai(p, kode, oleh=p.budi, pemohon=pihak.pemohon)
            nomor[nama] = alur.jalankan(draf, p, status, jeda=jeda).acuan
            if nama == "tinjau":
                r = draf.rekomendasi.get(skpd__kode="distako")
                nanti = waktu.sekarang() + dt.timedelta(hours=1)
                services.jadwalkan_tinjau(r.pk, oleh=p.teknisi, tinjau_pada=nanti, tim=["Tono"])
print("NOMOR" + json.dumps(nomor))
"""


@dataclass(frozen=True)
class Portal:
    """Where it runs, and the numbers of its files by name."""

    asal: str
    nomor: dict[str, str]

    def berkas(self, nama: str, sisa: str = "") -> str:
        return f"/petugas/permohonan/{self.nomor[nama]}/{sisa}"


def masuk(jendela: Jendela, siapa: str) -> None:
    """Log in as one of the cast."""
    halaman = jendela.buka("/masuk/")
    halaman.fill("[name=username]", f"{siapa}@{RANAH}")
    halaman.fill("[name=password]", SANDI)
    halaman.press("[name=password]", "Enter")
    halaman.wait_for_load_state("networkidle")


def _lingkungan(folder: Path) -> dict[str, str]:
    bersih = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL", "PRODUKSI"}}
    return bersih | {"VAR_DIR": str(folder), "PEKERJA_SEKETIKA": "1", "PYTHONWARNINGS": "ignore"}


def _kelola(folder: Path, *perintah: str) -> str:
    return subprocess.run(
        [sys.executable, "manage.py", *perintah],
        cwd=AKAR,
        env=_lingkungan(folder),
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def _port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def jalankan_portal(folder: Path, berkas: list[tuple[str, str, str]]) -> Iterator[Portal]:
    """A running portal with files in the wanted states: (name, service, state)."""
    _kelola(folder, "migrate", "-v0")
    _kelola(folder, "muat_acuan", "-v0")
    _kelola(folder, "collectstatic", "--noinput", "-v0")
    keluaran = _kelola(folder, "shell", "-v0", "-c", f"BERKAS = {json.dumps(json.dumps(berkas))}\n{ISI}")
    nomor = json.loads(keluaran.rpartition("NOMOR")[2])
    port = _port()
    perintah = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(perintah, cwd=AKAR, env=_lingkungan(folder), stdout=log, stderr=log)
        try:
            _tunggu(f"http://127.0.0.1:{port}/masuk/", server)
            yield Portal(f"http://127.0.0.1:{port}", nomor)
        finally:
            server.terminate()
            server.wait(timeout=10)


def _tunggu(alamat: str, server: subprocess.Popen[bytes]) -> None:
    batas = time.monotonic() + 30
    while time.monotonic() < batas and server.poll() is None:
        try:
            urllib.request.urlopen(alamat, timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("Portal uji tidak mau mulai")
