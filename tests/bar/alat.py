"""The bar's own houses: fresh databases with reference data and cast, and work done in real processes.

Ordinary tests run inside a transaction, and the append-only triggers block Django's flush; what must really
commit therefore runs in child processes against a database that is thrown away. A template is made once per
session and vendor (migrate, muat_acuan, cast); a new house is a copy of it.
"""

from __future__ import annotations

import argparse
import atexit
import functools
import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import psycopg2

from tests.pg import klaster

AKAR = Path(__file__).resolve().parents[2]
T = TypeVar("T")
_penutup = ExitStack()
atexit.register(_penutup.close)


@dataclass(frozen=True)
class Rumah:
    """One installation: its database and its folder, as environment variables say."""

    env: dict[str, str]
    folder: Path

    def kerja(self, fungsi: str, *, batas: float = 240, **argumen: Any) -> Any:
        """Run `modul:fungsi` in a child process of this house and return what it returned (as JSON)."""
        return self.mulai(fungsi, **argumen).tunggu(batas)

    def mulai(self, fungsi: str, **argumen: Any) -> Anak:
        """The same, not waited for."""
        perintah = [sys.executable, "-m", "tests.bar.alat", fungsi, json.dumps(argumen)]
        proses = subprocess.Popen(
            perintah, cwd=AKAR, env=self.env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        return Anak(proses)

    @property
    def alamat(self) -> str:
        return self.env["DATABASE_URL"]


@dataclass
class Anak:
    """A child at work."""

    proses: subprocess.Popen[str]

    def tunggu(self, batas: float = 240) -> Any:
        """Its answer. Raises AssertionError with what it wrote when it failed."""
        try:
            keluar, galat = self.proses.communicate(timeout=batas)
        except subprocess.TimeoutExpired:
            self.proses.kill()
            keluar, galat = self.proses.communicate()
            raise AssertionError(f"anak melewati {batas} detik: {galat[-3000:]}") from None
        assert self.proses.returncode == 0, galat[-4000:]
        return json.loads(keluar.splitlines()[-1])


def _lingkungan(alamat: str, folder: Path) -> dict[str, str]:
    dasar = {k: v for k, v in os.environ.items() if k not in {"REDIS_URL", "PRODUKSI", "PYTEST_CURRENT_TEST"}}
    # memory:// is a broker that nobody listens to: a nudge costs what it costs, the sweep would find the row.
    # Each notice by itself and at any hour: what is counted must not depend on the time of day of the run.
    dasar |= {"GABUNG_SMS": "0", "JAM_TENANG": ""}
    return dasar | {"UJI": "1", "DATABASE_URL": alamat, "VAR_DIR": str(folder), "REDIS_URL": "memory://"}


def _isi(env: dict[str, str]) -> None:
    for perintah in (["migrate", "-v0"], ["muat_acuan", "-v0"]):
        subprocess.run([sys.executable, "manage.py", *perintah], cwd=AKAR, env=env, check=True, capture_output=True)
    Rumah(env, Path(env["VAR_DIR"])).kerja("tests.bar.alat:_pemeran")


def _pemeran() -> int:
    from bpptportal.contoh.pemeran import buat_pemeran

    return len(buat_pemeran().akun)


@functools.cache
def _ruang() -> Path:
    return Path(_penutup.enter_context(tempfile.TemporaryDirectory(prefix="bppt-bar-", ignore_cleanup_errors=True)))


@functools.cache
def _acuan_pg() -> tuple[str, Path]:
    """(address of the server with %s for the database, folder with the secrets) of the PostgreSQL template."""
    alamat = _penutup.enter_context(klaster())
    pola = alamat.replace("/postgres?", "/%s?")
    folder = _ruang() / "acuan_pg"
    _perintah_pg(alamat, "CREATE DATABASE acuan")
    _isi(_lingkungan(pola % "acuan", folder))
    return pola, folder


def _perintah_pg(alamat: str, perintah: str) -> None:
    sambungan = psycopg2.connect(alamat)
    try:
        sambungan.autocommit = True
        with sambungan.cursor() as kursor:
            kursor.execute(perintah)
    finally:
        sambungan.close()


@functools.cache
def _acuan_sqlite() -> Path:
    folder = _ruang() / "acuan_sqlite"
    _isi(_lingkungan(f"sqlite:///{folder / 'bppt.sqlite3'}", folder))
    return folder


def rumah_pg(nama: str) -> Rumah:
    """A fresh house on PostgreSQL."""
    pola, acuan = _acuan_pg()
    _perintah_pg(pola % "postgres", f'CREATE DATABASE "{nama}" TEMPLATE acuan')
    folder = _ruang() / nama
    shutil.copytree(acuan, folder)
    return Rumah(_lingkungan(pola % nama, folder), folder)


def rumah_sqlite(nama: str) -> Rumah:
    """A fresh house on a SQLite file, with the options of the settings."""
    folder = _ruang() / nama
    shutil.copytree(_acuan_sqlite(), folder)
    return Rumah(_lingkungan(f"sqlite:///{folder / 'bppt.sqlite3'}", folder), folder)


# --- in the child -------------------------------------------------------------------------------------------------


def serentak(kerja: Callable[[int], T], jumlah: int) -> list[T]:
    """Run `kerja(0..n-1)` in as many threads that start at the same instant; each has its own connection."""
    gerbang = threading.Barrier(jumlah)

    def satu(ke: int) -> T:
        from django.db import connection

        connection.ensure_connection()
        gerbang.wait()
        try:
            return kerja(ke)
        finally:
            connection.close()

    with ThreadPoolExecutor(jumlah) as kumpulan:
        return list(kumpulan.map(satu, range(jumlah)))


def hitung_galat(kerja: Callable[[], Any]) -> str:
    """`menang`, or the name of the error that the act ended with."""
    try:
        kerja()
    except Exception as galat:  # the name is the measurement
        return f"{type(galat).__name__}:{getattr(galat, 'status', '')}"
    return "menang"


def persentil(nilai: list[float], bagian: float) -> float:
    """The value below which that part of the values lies."""
    urut = sorted(nilai)
    return urut[min(len(urut) - 1, int(len(urut) * bagian))]


def stopwatch() -> Callable[[], float]:
    mulai = time.perf_counter()
    return lambda: time.perf_counter() - mulai


def main() -> None:
    """`python -m tests.bar.alat modul:fungsi '{"argumen": ...}'` prints the answer as the last line."""
    pengurai = argparse.ArgumentParser()
    pengurai.add_argument("fungsi")
    pengurai.add_argument("argumen", nargs="?", default="{}")
    pilihan = pengurai.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpptportal.settings")
    import django

    django.setup()
    modul, _, nama = pilihan.fungsi.partition(":")
    jawaban = getattr(importlib.import_module(modul), nama)(**json.loads(pilihan.argumen))
    sys.stdout.write("\n" + json.dumps(jawaban) + "\n")


if __name__ == "__main__":
    main()
