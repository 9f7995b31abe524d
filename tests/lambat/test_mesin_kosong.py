"""A bare Debian 12 with Python and nothing else: README's two commands work there, as root, from a clone.

Builds a system with debootstrap in a temporary folder and runs the commands inside it (chroot in mount and
process namespaces of its own). Takes the machine's own package configuration (apt, pip) by looking it up and
names none. Needs root, debootstrap and the package registries: `sh bin/test lambat`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

AKAR = Path(__file__).resolve().parents[2]
SUITE = "bookworm"
RUMAH = "/srv/portal"
BATAS_SAJI = 600  # seconds from `sh bin/run` on the bare system to the first answer
PAKET_AWAL = "python3,ca-certificates"  # no python3-venv: bin/setup must bring it

pytestmark = [
    pytest.mark.lambat,
    pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="perlu root di Linux"),
    pytest.mark.skipif(not shutil.which("debootstrap"), reason="perlu debootstrap"),
]


def cermin() -> str:
    """Debian archive of this machine, from its own apt sources."""
    for berkas in sorted(Path("/etc/apt").glob("sources.list.d/*.sources")):
        for bait in re.split(r"\n\s*\n", berkas.read_text()):
            isi = dict(re.findall(r"(?m)^([\w-]+):\s*(.+)$", bait))
            if SUITE in isi.get("Suites", "").split():
                return isi["URIs"].split()[0]
    for berkas in [Path("/etc/apt/sources.list"), *Path("/etc/apt").glob("sources.list.d/*.list")]:
        pola = rf"(?m)^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+{SUITE}\s"
        if berkas.exists() and (cocok := re.search(pola, berkas.read_text())):
            return cocok[1]
    pytest.skip(f"mesin ini tidak menyebut arsip Debian {SUITE}")


def tempat_pip() -> list[Path]:
    """Files and folders of the machine's pip configuration: its own files, and what they point to."""
    daftar = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
    ).stdout
    kata = re.findall(r"(?:file://)?(/[\w./+-]+)", re.sub(r"\w+://(?!/)\S+", "", daftar))
    jejak = subprocess.run(
        [sys.executable, "-m", "pip", "config", "debug"], capture_output=True, text=True, check=True
    ).stdout
    kata += re.findall(r"(?m)^\s*(/\S+), exists: True", jejak)
    jalur = [Path(k) for k in kata]
    return [p.parent if p.name == "simple" else p for p in dict.fromkeys(jalur) if p.exists()]


class Mesin:
    """The bare system: a root folder and a way to run a command in it."""

    def __init__(self, akar: Path) -> None:
        self.akar = akar
        self.titipan = tempat_pip()

    def di_dalam(self, jalur: str | Path) -> Path:
        """Where a path of the bare system lies on this machine."""
        return Path(f"{self.akar}{jalur}")

    def bangun(self) -> None:
        perintah = ["debootstrap", "--variant=minbase", f"--include={PAKET_AWAL}", SUITE, str(self.akar)]
        hasil = subprocess.run([*perintah, cermin()], capture_output=True, text=True, check=False)
        assert hasil.returncode == 0, hasil.stdout[-2000:]
        for nama in ("apt.conf.d", "sources.list.d", "auth.conf.d", "trusted.gpg.d", "keyrings"):
            if (asal := Path("/etc/apt") / nama).is_dir():
                shutil.copytree(asal, self.akar / "etc/apt" / nama, dirs_exist_ok=True)
        if any((self.akar / "etc/apt/sources.list.d").glob("*.sources")):
            (self.akar / "etc/apt/sources.list").unlink(missing_ok=True)
        for nama in ("resolv.conf", "hosts"):
            shutil.copy(f"/etc/{nama}", self.akar / "etc" / nama)
        for jalur in self.titipan:
            tuju = self.di_dalam(jalur)
            tuju.parent.mkdir(parents=True, exist_ok=True)
            if jalur.is_dir():
                tuju.mkdir(exist_ok=True)
            else:
                tuju.unlink(missing_ok=True)
                shutil.copy(jalur, tuju)
        perintah = ["git", "clone", "-q", "--no-hardlinks", str(AKAR), str(self.di_dalam(RUMAH))]
        subprocess.run(perintah, check=True)

    def perintah(self, kode: str, *, pengguna: str = "", **lingkungan: str) -> list[str]:
        """Command line that runs `kode` in the clone, as process 1 of its own namespace."""
        env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8"}
        env |= {k: v for k, v in os.environ.items() if k.startswith("PIP_")} | lingkungan
        pasang = ["mount -t proc proc {}/proc", "mount --rbind /dev {}/dev", "mount --rbind /sys {}/sys"]
        pasang += [f"mount --bind -o ro {p} {self.di_dalam(p)}" for p in self.titipan if p.is_dir()]
        siap = " && ".join(pasang).format(*[self.akar] * 3)
        akun = f"--userspec={pengguna}" if pengguna else ""
        dalam = [f"{k}={v}" for k, v in env.items()] + ["sh", "-c", f"cd {RUMAH} && {kode}"]
        luar = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c"]
        return [*luar, f'{siap} && exec chroot {akun} {self.akar} env -i "$@"', "sh", *dalam]

    def jalankan(self, kode: str, **pilihan: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.perintah(kode, **pilihan),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def mesin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mesin]:
    folder = tmp_path_factory.mktemp("debian")
    folder.chmod(0o755)
    kosong = Mesin(folder / "akar")
    kosong.bangun()
    yield kosong
    shutil.rmtree(kosong.akar, ignore_errors=True)


def port_bebas() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def tanya(alamat: str) -> tuple[int, bytes]:
    with urllib.request.urlopen(alamat, timeout=10) as respons:
        return respons.status, respons.read()


def tunggu_jawaban(alamat: str, proses: subprocess.Popen[bytes], catatan: Path, batas: float) -> bytes:
    akhir = time.monotonic() + batas
    while time.monotonic() < akhir:
        assert proses.poll() is None, catatan.read_text()[-4000:]
        try:
            return tanya(alamat)[1]
        except OSError:
            time.sleep(0.2)  # a real system comes up outside; there is nothing to advance
    pytest.fail(f"tidak menjawab dalam {batas:.0f} detik\n{catatan.read_text()[-4000:]}")


def anak_unshare(pid: int) -> int:
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])


def saji(mesin: Mesin, catatan: Path) -> tuple[float, bytes, str]:
    """Run `sh bin/run`, wait for its health page and its ready line, stop it; time, home page, words."""
    port = port_bebas()
    mulai = time.monotonic()
    with catatan.open("wb") as keluar:
        proses = subprocess.Popen(
            mesin.perintah("exec sh bin/run", PORT=str(port), CONTOH="0"),
            stdin=subprocess.DEVNULL,
            stdout=keluar,
            stderr=subprocess.STDOUT,
        )
    try:
        isi = json.loads(tunggu_jawaban(f"http://127.0.0.1:{port}/sehat/", proses, catatan, BATAS_SAJI))
        lama = time.monotonic() - mulai
        assert isi["basis_data"] == "tersambung"
        assert isi["broker"] == "tersambung"
        _, beranda = tanya(f"http://127.0.0.1:{port}/")
        os.kill(anak_unshare(proses.pid), signal.SIGTERM)
        assert proses.wait(90) == 0, catatan.read_text()[-4000:]
    finally:
        proses.kill()
        proses.wait()
    return lama, beranda, catatan.read_text()


def test_a_person_without_rights_gets_the_exact_line_to_type(mesin: Mesin) -> None:
    subprocess.run(["chroot", str(mesin.akar), "chown", "-R", "nobody", RUMAH], check=True)
    hasil = mesin.jalankan("sh bin/setup", pengguna="nobody", HOME="/tmp")
    subprocess.run(["chroot", str(mesin.akar), "chown", "-R", "root", RUMAH], check=True)
    assert hasil.returncode == 1, hasil.stdout
    assert "sudo apt-get install -y --no-install-recommends python3-venv libpangoft2-1.0-0" in hasil.stdout


def test_make_run_serves_from_a_bare_system_and_keeps_its_data(mesin: Mesin, tmp_path: Path) -> None:
    shutil.rmtree(mesin.di_dalam(f"{RUMAH}/.venv"), ignore_errors=True)
    pertama, beranda, kata = saji(mesin, tmp_path / "pertama.log")
    assert b"<h1" in beranda
    assert "Portal siap di" in kata
    basis_data = mesin.di_dalam(f"{RUMAH}/var/bppt.sqlite3")
    nomor = basis_data.stat().st_ino
    kedua, _, _ = saji(mesin, tmp_path / "kedua.log")
    assert basis_data.stat().st_ino == nomor
    pip = time.monotonic()
    pasang = "/tmp/banding/bin/pip install -q --require-hashes -r requirements/tertanam.txt"
    hasil = mesin.jalankan(f"python3 -m venv /tmp/banding && {pasang}")
    pip = time.monotonic() - pip
    assert hasil.returncode == 0, hasil.stdout[-2000:]
    sys.stdout.write(f"\nP13: pertama {pertama:.0f} s, lagi {kedua:.0f} s, pip saja {pip:.0f} s\n")


def test_make_test_passes_on_a_bare_system(mesin: Mesin) -> None:
    hasil = mesin.jalankan("sh bin/test sqlite pg")
    assert hasil.returncode == 0, hasil.stdout[-6000:]
    assert re.search(r"(?m)^[1-9]\d* passed, 0 failed", hasil.stdout)
