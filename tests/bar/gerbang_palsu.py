"""A provider of our own on loopback: a real HTTP server that takes, tells, misbehaves, and writes down what it did.

`python -m tests.bar.gerbang_palsu FOLDER [--cara dedup|status|tidak]` prints its port. It speaks the JSON port
(notifications.gateway.http) and Kannel's sendsms. What was handed to a phone stands in FOLDER/terima.jsonl, one line
a delivery; every request stands in FOLDER/minta.jsonl. The last two digits of a number choose a behaviour (B13).
"""

from __future__ import annotations

import argparse
import json
import socket
import struct
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

AKAR = Path(__file__).resolve().parents[2]
JAWAB_DETIK = 0.03
#: Behaviours by the end of the number.
TINGKAH = {"91": "gantung", "92": "500", "93": "429", "94": "sampah", "95": "putus", "96": "tetes"}
TETES_DETIK = 13


class Pelayan(BaseHTTPRequestHandler):
    """One request. The class attributes are set by `main`."""

    folder = Path()
    cara = "tidak"
    kunci = threading.Lock()
    terkirim: set[str] = set()
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Kannel's sendsms, or a question about a reference."""
        tanya = {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}
        if self.path.startswith("/cgi-bin/sendsms"):
            dlr = {k: v[0] for k, v in parse_qs(urlsplit(tanya.get("dlr-url", "")).query).items()}
            self._terima(dlr.get("acuan", ""), tanya["to"], tanya["text"])
            self._jawab(202, "0: Accepted for delivery")
            return
        ada = tanya.get("acuan", "") in self.terkirim
        self._jawab(200 if ada else 404, "{}")

    def do_POST(self) -> None:
        isi = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._catat("minta", isi)
        tingkah = TINGKAH.get(isi["tujuan"][-2:], "")
        if tingkah:
            getattr(self, f"_buat_{tingkah}")()
            return
        self._terima(isi["acuan"], isi["tujuan"], isi["teks"])
        time.sleep(JAWAB_DETIK)
        self._jawab(202, json.dumps({"acuan": isi["acuan"]}))

    def _terima(self, acuan: str, tujuan: str, teks: str) -> None:
        with self.kunci:
            if self.cara == "dedup" and acuan in self.terkirim:
                return
            self.terkirim.add(acuan)
        self._catat("terima", {"acuan": acuan, "tujuan": tujuan, "teks": teks})

    def _catat(self, nama: str, isi: dict[str, Any]) -> None:
        with self.kunci, (self.folder / f"{nama}.jsonl").open("a") as f:
            f.write(json.dumps(isi) + "\n")

    def _jawab(self, status: int, isi: str, **kepala: str) -> None:
        badan = isi.encode()
        self.send_response(status)
        for nama, nilai in {"Content-Length": str(len(badan)), **kepala}.items():
            self.send_header(nama.replace("_", "-"), nilai)
        self.end_headers()
        self.wfile.write(badan)

    def _buat_gantung(self) -> None:
        time.sleep(60)

    def _buat_500(self) -> None:
        self._jawab(500, "aduh")

    def _buat_429(self) -> None:
        self._jawab(429, "pelan-pelan", Retry_After="40")

    def _buat_sampah(self) -> None:
        self._jawab(200, "<html>selamat datang</html>")

    def _buat_putus(self) -> None:
        """A reset: what was taken is not known to the caller."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def _buat_tetes(self) -> None:
        """A header byte each half second: a socket's own time-out never fires."""
        for huruf in "HTTP/1.1 200 " + "x" * (TETES_DETIK * 2 - 13):
            self.connection.sendall(huruf.encode())
            time.sleep(0.5)
        self.connection.close()

    def log_message(self, *_apa: Any) -> None:
        return

    def handle(self) -> None:
        try:
            super().handle()
        except (OSError, ValueError):
            return


@dataclass
class Palsu:
    """A running provider."""

    alamat: str
    folder: Path
    proses: subprocess.Popen[str]

    @property
    def env(self) -> dict[str, str]:
        """How the portal is told of it."""
        return {
            "GERBANG_SMS": "http",
            "GERBANG_HTTP_URL": f"{self.alamat}/kirim",
            "GERBANG_HTTP_KUNCI": "kunci-uji",
        }

    def baca(self, nama: str = "terima") -> list[dict[str, Any]]:
        berkas = self.folder / f"{nama}.jsonl"
        return [json.loads(b) for b in berkas.read_text().splitlines()] if berkas.exists() else []

    def sampai(self) -> Counter[str]:
        """How often each reference reached a phone."""
        return Counter(b["acuan"] for b in self.baca())


@contextmanager
def palsu(folder: Path, cara: str = "tidak") -> Iterator[Palsu]:
    """A provider while the block runs."""
    folder.mkdir(parents=True, exist_ok=True)
    perintah = [sys.executable, "-m", "tests.bar.gerbang_palsu", str(folder), "--cara", cara]
    proses = subprocess.Popen(perintah, cwd=AKAR, text=True, stdout=subprocess.PIPE)
    try:
        assert proses.stdout is not None
        yield Palsu(f"http://127.0.0.1:{int(proses.stdout.readline())}", folder, proses)
    finally:
        proses.kill()
        proses.communicate()


def main() -> None:
    pengurai = argparse.ArgumentParser()
    pengurai.add_argument("folder", type=Path)
    pengurai.add_argument("--cara", default="tidak")
    pilihan = pengurai.parse_args()
    Pelayan.folder, Pelayan.cara = pilihan.folder, pilihan.cara
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pelayan)
    server.daemon_threads = True
    sys.stdout.write(f"{server.server_address[1]}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
