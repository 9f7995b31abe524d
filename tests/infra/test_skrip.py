"""The scripts of bin/: they tell what is missing, name no package index, and the Makefile only calls them."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

AKAR = Path(__file__).resolve().parents[2]
SASARAN = ("setup", "run", "demo", "test", "bar", "check", "bench")


def sh(kode: str, folder: Path, **lingkungan: str) -> subprocess.CompletedProcess[str]:
    """Run shell code with the functions of bin/_umum.sh, with `folder` first in PATH."""
    env = {**os.environ, "PATH": f"{folder}:/usr/bin:/bin", **lingkungan}
    perintah = ["sh", "-c", f". bin/_umum.sh; {kode}", "bin/uji"]
    return subprocess.run(perintah, cwd=AKAR, env=env, capture_output=True, text=True, check=False)


def palsu(folder: Path, nama: str, isi: str) -> None:
    (folder / nama).write_text(f"#!/bin/sh\n{isi}\n")
    (folder / nama).chmod(0o755)


def make(*kata: str) -> str:
    """Run make as if nobody had: inside `make test` its own variables would add lines."""
    if not shutil.which("make"):
        pytest.skip("make tidak terpasang; `sh bin/...` tetap dapat dipakai")
    env = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    hasil = subprocess.run(["make", *kata], cwd=AKAR, env=env, capture_output=True, text=True, check=True)
    return hasil.stdout


@pytest.mark.parametrize("sasaran", SASARAN)
def test_every_target_of_make_only_calls_its_script(sasaran: str) -> None:
    assert make("-n", sasaran).strip() == f"sh bin/{sasaran}"
    assert (AKAR / "bin" / sasaran).exists()


def test_make_alone_prints_the_list() -> None:
    keluar = make()
    assert all(f"make {s} " in keluar for s in SASARAN)


@pytest.mark.parametrize("skrip", sorted(p.name for p in (AKAR / "bin").iterdir() if p.is_file()))
def test_every_script_is_readable_by_a_plain_sh(skrip: str) -> None:
    subprocess.run(["sh", "-n", f"bin/{skrip}"], cwd=AKAR, check=True)


def test_without_rights_the_exact_line_is_printed_and_the_script_stops(tmp_path: Path) -> None:
    palsu(tmp_path, "dpkg-query", 'case "$*" in *ada*) printf installed;; *) exit 1;; esac')
    palsu(tmp_path, "id", "echo 1000")
    palsu(tmp_path, "apt-get", "echo TERPANGGIL; exit 1")
    hasil = sh("pasang_debian ada hilang-satu hilang-dua; echo LANJUT", tmp_path)
    assert hasil.returncode == 1
    assert "sudo apt-get install -y --no-install-recommends hilang-satu hilang-dua\n" in hasil.stderr
    assert "LANJUT" not in hasil.stdout
    assert "TERPANGGIL" not in hasil.stdout


def test_as_root_only_what_is_missing_is_installed(tmp_path: Path) -> None:
    palsu(tmp_path, "dpkg-query", 'case "$*" in *ada*) printf installed;; *) exit 1;; esac')
    palsu(tmp_path, "id", "echo 0")
    palsu(tmp_path, "apt-get", f'echo "$*" >> {tmp_path}/panggilan')
    assert sh("pasang_debian ada hilang", tmp_path).returncode == 0
    assert (tmp_path / "panggilan").read_text().split() == (
        ["install", "-y", "-q", "--no-install-recommends", "hilang"]
    )


def test_a_failed_installation_shows_its_words_and_stops(tmp_path: Path) -> None:
    palsu(tmp_path, "dpkg-query", "exit 1")
    palsu(tmp_path, "id", "echo 0")
    palsu(tmp_path, "apt-get", "echo 'E: Unable to locate package'; exit 100")
    hasil = sh("pasang_debian hilang; echo LANJUT", tmp_path)
    assert hasil.returncode == 1
    assert "Unable to locate" in hasil.stderr
    assert "LANJUT" not in hasil.stdout


def test_a_python_that_is_too_old_is_not_taken(tmp_path: Path) -> None:
    for nama in ("python3", "python3.13", "python3.12", "python3.11"):
        palsu(tmp_path, nama, "exit 1")
    palsu(tmp_path, "dpkg-query", "printf installed")
    hasil = sh("paket_python; siapkan_venv", tmp_path, PYTHON="", VENV=str(tmp_path / "venv"))
    assert hasil.returncode == 1
    assert hasil.stdout == "python3 python3-venv\n"
    assert "Python 3.11" in hasil.stderr


def test_a_python_without_venv_asks_for_its_package_together_with_the_others(tmp_path: Path) -> None:
    palsu(tmp_path, "python3", 'case "$*" in *ensurepip*) exit 1;; esac')
    palsu(tmp_path, "id", "echo 1000")
    palsu(tmp_path, "dpkg-query", "exit 1")
    hasil = sh("pasang_debian $(paket_python) libpangoft2-1.0-0", tmp_path, PYTHON="", VENV=str(tmp_path / "venv"))
    assert "--no-install-recommends python3-venv libpangoft2-1.0-0\n" in hasil.stderr


def test_an_environment_that_is_there_needs_no_package(tmp_path: Path) -> None:
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    palsu(tmp_path / "venv" / "bin", "python", "exit 0")
    assert sh("paket_python", tmp_path, VENV=str(tmp_path / "venv")).stdout == ""


def test_the_lock_is_installed_once_and_again_when_it_changes(tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    (venv / "bin").mkdir(parents=True)
    palsu(venv / "bin", "pip", f'echo "$1" >> {tmp_path}/panggilan')
    for _ in range(2):
        assert sh("pasang_kunci tertanam", tmp_path, VENV=str(venv)).returncode == 0
    assert (tmp_path / "panggilan").read_text().split() == ["install", "check"]
    (venv / ".terpasang-tertanam").write_text("kunci lama\n")
    assert sh("pasang_kunci tertanam", tmp_path, VENV=str(venv)).returncode == 0
    assert (tmp_path / "panggilan").read_text().split() == ["install", "check"] * 2


def test_an_unknown_option_is_refused() -> None:
    hasil = subprocess.run(["sh", "bin/setup", "--salah"], cwd=AKAR, capture_output=True, text=True, check=False)
    assert hasil.returncode == 2
    assert "--salah" in hasil.stderr


def test_no_package_index_is_named_anywhere() -> None:
    berkas = [*AKAR.glob("requirements/*"), *AKAR.glob("bin/*"), AKAR / "Dockerfile", AKAR / ".ci" / "run"]
    assert len(berkas) > 12
    for b in berkas:
        if b.is_file():
            asing = [u for u in re.findall(r"https?://[^\s\"']+", b.read_text()) if "127.0.0.1" not in u]
            assert all(".example." in u or u == "https://bangun" for u in asing), f"{b.name}: {asing}"
