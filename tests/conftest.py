"""The house for every test: reference data and the cast are there, the network is not.

The database of a session holds what `muat_acuan` loads and the invented cast of `bpptportal.contoh`; a test
changes what it likes inside its own transaction. Files go to a folder that is removed.
"""

from __future__ import annotations

import datetime as dt
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core import waktu
from tests.klien import KlienTeliti

WIB = ZoneInfo("Asia/Jakarta")
#: A Tuesday with a normal week around it (domain/sla_golden.json uses it too).
SELASA_PAGI = dt.datetime(2026, 6, 2, 8, 0, tzinfo=WIB)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Reference data and cast, once per session and process."""
    from django.core.management import call_command

    from bpptportal.contoh.pemeran import buat_pemeran

    with django_db_blocker.unblock():
        call_command("muat_acuan", verbosity=0)
        with waktu.beku(SELASA_PAGI):
            buat_pemeran()


@pytest.fixture(autouse=True)
def _folder_sendiri(settings: Any, _folder_sesi: Path) -> None:
    settings.VAR_DIR = _folder_sesi
    settings.MEDIA_ROOT = settings.SENDFILE_ROOT = str(_folder_sesi / "berkas")


@pytest.fixture(autouse=True)
def _tanpa_simpanan() -> None:
    """Caches that outlive a test would remember rows that were rolled back."""
    from django.core.cache import cache

    from notifications.layanan import lupakan_templat
    from perizinan.services._efek import lupakan_aturan
    from perizinan.tetap import lupakan

    cache.clear()
    lupakan()
    lupakan_templat()
    lupakan_aturan()


@pytest.fixture(scope="session")
def _folder_sesi() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="bppt-uji-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _tanpa_jaringan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine may be spoken to: unix sockets and the loopback range."""
    asli = socket.socket.connect

    def sambung(diri: socket.socket, alamat: Any) -> None:
        tuan = alamat[0] if isinstance(alamat, tuple) else "unix"
        if diri.family != socket.AF_UNIX and not str(tuan).startswith(("127.", "localhost", "::1")):
            raise RuntimeError(f"Uji tidak boleh memakai jaringan: {tuan}")
        asli(diri, alamat)

    monkeypatch.setattr(socket.socket, "connect", sambung)


@pytest.fixture
def jam() -> Iterator[Any]:
    """The clock, held on a Tuesday at 08.00 WIB; move it with `jam.maju(timedelta)`."""
    with waktu.beku(SELASA_PAGI):
        yield waktu


@pytest.fixture
def pemeran(db: None, jam: Any) -> Any:
    """The cast with fresh accounts, under the held clock."""
    from bpptportal.contoh.pemeran import buat_pemeran

    return buat_pemeran()


def _akun(kunci: str) -> Any:
    @pytest.fixture(name=kunci)
    def satu(pemeran: Any) -> Any:
        return pemeran.akun[kunci]

    return satu


sari = _akun("sari")
asing = _akun("asing")
budi = _akun("budi")
rina = _akun("rina")
kabid = _akun("kabid")
kabid_np = _akun("kabid_np")
teknisi = _akun("teknisi")
teknisi_bplh = _akun("teknisi_bplh")
dina = _akun("dina")
kadis = _akun("kadis")
prita = _akun("prita")
admin = _akun("admin")
auditor = _akun("auditor")


@pytest.fixture
def warga() -> KlienTeliti:
    """An anonymous visitor's browser."""
    return KlienTeliti()


@pytest.fixture
def masuk() -> Any:
    """`masuk(akun)` is that person's browser; every page it gets is inspected (tests/klien.py)."""

    def buka(akun: Any) -> KlienTeliti:
        klien = KlienTeliti()
        klien.force_login(akun, backend="accounts.masuk.SurelAtauHp")
        return klien

    return buka


@pytest.fixture
def berkas_di(pemeran: Any) -> Any:
    """`berkas_di(status, "imb")` is a file of sari, walked there through the services."""
    from bpptportal.contoh import alur

    def jalan(status: str, kode: str = "imb", **khusus: Any) -> Any:
        return alur.jalankan(alur.mulai(pemeran, kode, **khusus), pemeran, status)

    return jalan
