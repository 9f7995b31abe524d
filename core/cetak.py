"""Documents as PDF/A-3b from our own templates, laid out by WeasyPrint in a fenced child process.

R18 and docs/keputusan/0010-cetak.md: each process keeps one child (`core.cetak_pekerja`), started at the
first document and reused, so a permit costs its layout and two copies through a socket. The child has a
memory limit, its caller a deadline; a child that misses either is killed and replaced, and the next document
is none the wiser.
"""

import atexit
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from core import cetak_pekerja
from core.cetak_pekerja import BATAS_BAWAAN, Putus, kirim, terima

BATAS_DETIK = 8.0
BATAS_MULAI = 60.0
DAUR_ULANG = 500
LINGKUNGAN = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "XDG_CACHE_HOME",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
)
if sys.platform == "darwin":
    LINGKUNGAN += ("DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")

_PESAN = {
    "waktu": "Dokumen terlalu besar untuk disusun dalam {detik:g} detik.",
    "memori": "Dokumen terlalu besar untuk disusun.",
    "sumber": "Dokumen menunjuk alamat di luar dirinya; hanya alamat data: yang diizinkan.",
    "isi": "Dokumen tidak dapat disusun ({jenis}).",
    "mati": "Penyusun dokumen berhenti di tengah kerja.",
}


class GagalCetak(Exception):
    """No document was made; `sebab` says why. The text holds nothing of the document's content."""

    def __init__(self, sebab: str, **rincian: Any) -> None:
        super().__init__(_PESAN[sebab].format(**rincian))
        self.sebab = sebab


class _Pekerja:
    """One child process and the socket to it."""

    def __init__(self) -> None:
        self.soket, milik_anak = socket.socketpair()
        lingkungan = {n: os.environ[n] for n in LINGKUNGAN if n in os.environ}
        perintah = [sys.executable, "-I", cetak_pekerja.__file__, str(BATAS_BAWAAN)]
        try:
            anak = milik_anak.fileno()
            self.proses = subprocess.Popen(perintah, stdin=anak, env=lingkungan)  # noqa: S603  our own file
        finally:
            milik_anak.close()
        self.selesai = 0
        self.soket.settimeout(BATAS_MULAI)
        try:
            terima(self.soket)
        except (Putus, OSError) as galat:
            self.akhiri()
            raise GagalCetak("mati") from galat

    def kerjakan(self, kepala: dict[str, Any], isi: list[bytes], detik: float) -> bytes:
        """One job within so many seconds; raises GagalCetak, after which this child may be gone."""
        self.soket.settimeout(detik)
        try:
            kirim(self.soket, kepala, *isi)
            jawaban, (pdf,) = terima(self.soket)
        except TimeoutError as galat:
            self.akhiri()
            raise GagalCetak("waktu", detik=detik) from galat
        except (Putus, OSError) as galat:
            self.akhiri()
            raise GagalCetak("mati") from galat
        self.selesai += 1
        if self.selesai >= DAUR_ULANG or jawaban["galat"] == "memori":
            self.akhiri()
        if jawaban["galat"]:
            raise GagalCetak(jawaban["galat"], jenis=jawaban.get("jenis", ""))
        return pdf

    @property
    def hidup(self) -> bool:
        return self.proses.returncode is None

    def akhiri(self) -> None:
        """Close and reap the child; harmless when it is gone already."""
        self.soket.close()
        self.proses.kill()
        self.proses.wait()


class _Bengkel:
    """The one child of this process: made when needed, replaced when it died, never shared across a fork."""

    def __init__(self) -> None:
        self.kunci = threading.Lock()
        self.pekerja: _Pekerja | None = None

    def kerjakan(self, kepala: dict[str, Any], isi: list[bytes], detik: float) -> bytes:
        with self.kunci:
            if self.pekerja is None or not self.pekerja.hidup:
                self.pekerja = _Pekerja()
            return self.pekerja.kerjakan(kepala, isi, detik)

    def tutup(self) -> None:
        if self.pekerja is not None:
            self.pekerja.akhiri()
            self.pekerja = None

    def lupakan(self) -> None:
        """In a forked copy: let go of the parent's child without ending it."""
        self.kunci = threading.Lock()
        if self.pekerja is not None:
            self.pekerja.soket.close()
            self.pekerja.proses.returncode = 0
            self.pekerja = None


_bengkel = _Bengkel()
atexit.register(_bengkel.tutup)
os.register_at_fork(after_in_child=_bengkel.lupakan)


def cetak_pdf(
    html: str,
    *,
    judul: str = "",
    lampiran: Mapping[str, bytes] | None = None,
    dibuat: datetime | None = None,
    detik: float = BATAS_DETIK,
) -> bytes:
    """Lay out a finished HTML page as PDF/A-3b with its attachments, or raise GagalCetak within `detik`.

    `html` comes from a template with autoescape, its style inlined (`gaya_dokumen`); every address other than
    `data:` stops the document. `dibuat` is printed into the file as its date; without it the file names none.
    """
    lampiran = lampiran or {}
    kepala = {
        "judul": judul,
        "dibuat": dibuat.isoformat(timespec="seconds") if dibuat else None,
        "nama_lampiran": list(lampiran),
    }
    return _bengkel.kerjakan(kepala, [html.encode(), *lampiran.values()], detik)


@lru_cache(maxsize=1)
def gaya_dokumen() -> str:
    """The print style of all documents (`templates/dokumen/_gaya.css`), inlined in each page."""
    return (Path(settings.BASE_DIR) / "templates" / "dokumen" / "_gaya.css").read_text()
