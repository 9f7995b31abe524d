"""The compose file by the real binary: it passes, refuses without any one secret, and refuses planted errors."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import compose
import pytest

from bpptportal.induk import PEKERJA
from bpptportal.metrik import ANTREAN

AKAR = Path(__file__).resolve().parents[2]
MESIN = Path(compose.__file__).parent / "docker-compose"
WAJIB = re.findall(r"(?m)^([A-Z_]+)=$", (AKAR / ".env.example").read_text())


def tanya(env: Path, *kata: str, berkas: Path = AKAR / "docker-compose.yml") -> subprocess.CompletedProcess[str]:
    perintah = [MESIN, "--project-directory", AKAR, "-f", berkas, "--env-file", env, "--profile", "kannel"]
    return subprocess.run([*perintah, *kata], capture_output=True, text=True, check=False, env={"PATH": "/usr/bin"})


def isi_env(folder: Path, *, tanpa: str = "") -> Path:
    env = folder / "env"
    env.write_text("".join(f"{nama}={'' if nama == tanpa else 'isi'}\n" for nama in WAJIB))
    return env


@pytest.fixture(scope="module")
def layanan(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    hasil = tanya(isi_env(tmp_path_factory.mktemp("env")), "config", "--format", "json")
    assert hasil.returncode == 0, hasil.stderr
    isi: dict[str, Any] = json.loads(hasil.stdout)["services"]
    return isi


def test_the_file_is_sound(tmp_path: Path) -> None:
    hasil = tanya(isi_env(tmp_path), "config", "-q")
    assert (hasil.returncode, hasil.stdout, hasil.stderr) == (0, "", "")


@pytest.mark.parametrize("nama", WAJIB)
def test_without_any_one_secret_it_is_refused_by_name(nama: str, tmp_path: Path) -> None:
    hasil = tanya(isi_env(tmp_path, tanpa=nama), "config", "-q")
    assert hasil.returncode != 0
    assert nama in hasil.stderr


@pytest.mark.control
@pytest.mark.parametrize(
    ("lama", "salah"),
    [
        ("    command: [celery, -A, bpptportal, beat", "    comand: [celery, -A, bpptportal, beat"),
        ("redis: { condition: service_healthy }", "redis: { condition: kapan_saja }"),
        ("postgres: { condition: service_healthy }", "pangkalan: { condition: service_healthy }"),
        ("  antrean:\n  kannel:\n", "  kannel:\n"),
        ("      retries: 5\n\n  redis:", "      retries: lima\n\n  redis:"),
        ("volumes:\n  statik:", "volumes:\n statik:"),
    ],
)
def test_control_a_planted_error_is_refused(lama: str, salah: str, tmp_path: Path) -> None:
    asli = (AKAR / "docker-compose.yml").read_text()
    assert asli.count(lama) == 1
    rusak = tmp_path / "docker-compose.yml"
    rusak.write_text(asli.replace(lama, salah))
    assert tanya(isi_env(tmp_path), "config", "-q", berkas=rusak).returncode != 0


def test_nothing_but_nginx_is_published(layanan: dict[str, Any]) -> None:
    assert [n for n, isi in layanan.items() if isi.get("ports")] == ["nginx"]


def test_every_lasting_service_is_watched_and_its_log_is_bounded(layanan: dict[str, Any]) -> None:
    tetap = layanan.keys() - {"siapkan", "kannel", "kannel-smsbox"}
    assert {n for n in tetap if "healthcheck" not in layanan[n]} == set()
    assert all(isi["logging"]["options"]["max-size"] == "10m" for isi in layanan.values())


def antrean(perintah: list[str]) -> list[str]:
    return perintah[perintah.index("-Q") + 1].split(",")


def test_every_queue_has_one_kind_of_worker_and_the_embedded_portal_has_the_same(layanan: dict[str, Any]) -> None:
    pekerja = [antrean(isi["command"]) for isi in layanan.values() if "-Q" in (isi.get("command") or [])]
    assert sorted(a for daftar in pekerja for a in daftar) == sorted(ANTREAN)
    assert sorted(pekerja) == sorted(daftar.split(",") for daftar, _proses in PEKERJA.values())


def test_only_the_worker_that_seals_knows_the_key_and_may_write_the_seals(layanan: dict[str, Any]) -> None:
    memegang = {n for n, isi in layanan.items() if "KUNCI_SEGEL" in (isi.get("environment") or {})}
    menulis = {
        n
        for n, isi in layanan.items()
        for v in isi.get("volumes", [])
        if v["target"] == "/app/var/segel" and not v.get("read_only")
    }
    assert memegang == menulis == {"worker"}


def test_what_the_portal_keeps_in_var_has_a_volume(layanan: dict[str, Any]) -> None:
    """The root of the container is read-only: a folder without a volume could not be written."""
    dibuat = re.search(r"mkdir -p ((?:var/\w+ ?)+)", (AKAR / "Dockerfile").read_text())
    assert dibuat
    terpasang = {v["target"] for v in layanan["worker"]["volumes"]}
    assert {f"/app/{f}" for f in dibuat[1].split()} == terpasang
    assert {v["target"] for v in layanan["web"]["volumes"]} == terpasang
