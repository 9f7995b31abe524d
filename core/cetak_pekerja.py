"""The child process that lays out documents: bounded memory, no secrets, no network, no files but fonts.

Started by `core.cetak` with an emptied environment; imports nothing of the portal. Speaks frames over the
socket on descriptor 0: four bytes of length, a JSON head, and for each length in its `isi` so many bytes. One
job at a time; ends when the other side closes.
"""

import contextlib
import gc
import json
import os
import resource
import signal
import socket
import struct
import sys
from datetime import datetime
from functools import lru_cache
from typing import Any

PANJANG = struct.Struct(">I")
BATAS_BAWAAN = 1 << 30


class Putus(Exception):
    """The other side has closed."""


def terima(soket: socket.socket) -> tuple[dict[str, Any], list[bytes]]:
    """One frame: its head and its blobs. The socket's timeout, if any, applies to each read."""
    kepala: dict[str, Any] = json.loads(_tepat(soket, PANJANG.unpack(_tepat(soket, PANJANG.size))[0]))
    return kepala, [_tepat(soket, n) for n in kepala["isi"]]


def kirim(soket: socket.socket, kepala: dict[str, Any], *isi: bytes) -> None:
    """Send one frame."""
    teks = json.dumps({**kepala, "isi": [len(b) for b in isi]}).encode()
    soket.sendall(b"".join((PANJANG.pack(len(teks)), teks, *isi)))


def _tepat(soket: socket.socket, jumlah: int) -> bytes:
    penampung = bytearray(jumlah)
    sisa = memoryview(penampung)
    while sisa:
        terbaca = soket.recv_into(sisa)
        if not terbaca:
            raise Putus
        sisa = sisa[terbaca:]
    return bytes(penampung)


@lru_cache(maxsize=1)
def _huruf_bersama() -> Any:
    """One font map for all jobs: a sixth of a page's time, and without it each job leaves memory behind."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def susun(kepala: dict[str, Any], html: bytes, lampiran: list[bytes]) -> bytes:
    """HTML to PDF/A-3b, tagged, fonts embedded; the only addresses that resolve are `data:` (R18)."""
    from weasyprint import HTML, Attachment, URLFetcher

    pengambil = URLFetcher(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
    huruf = None if b"@font-face" in html else _huruf_bersama()  # a page's own fonts stay in that page
    dokumen = HTML(string=html.decode(), url_fetcher=pengambil, base_url="data:,").render(font_config=huruf)
    dokumen.metadata.generator = None
    if kepala["judul"]:
        dokumen.metadata.title = kepala["judul"]
    dibuat = kepala["dibuat"]
    dokumen.metadata.created = dokumen.metadata.modified = dibuat
    pada = datetime.fromisoformat(dibuat) if dibuat else None
    pdf: bytes = dokumen.write_pdf(
        pdf_variant="pdf/a-3b",
        pdf_tags=True,
        attachments=[
            Attachment(string=isi, name=nama, relationship="Data", created=pada, modified=pada)
            for nama, isi in zip(kepala["nama_lampiran"], lampiran, strict=True)
        ],
    )
    return pdf


def kerjakan(kepala: dict[str, Any], isi: list[bytes]) -> tuple[dict[str, Any], bytes]:
    """Run one job; an error becomes a word in the answer, never the text of the document."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        return {"galat": ""}, susun(kepala, isi[0], isi[1:])
    except FatalURLFetchingError:  # a BaseException: `except Exception` would let it end the process
        return {"galat": "sumber"}, b""
    except MemoryError:
        return {"galat": "memori"}, b""
    except Exception as galat:  # noqa: BLE001  the job's failure, not the worker's
        return {"galat": "isi", "jenis": type(galat).__name__}, b""


def _pagari(memori: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(
        ValueError, OSError
    ):  # macOS refuses this limit; the time limit still holds there
        resource.setrlimit(resource.RLIMIT_AS, (memori, memori))


def utama() -> None:
    """Warm the layout engine, say ready, then serve until the other side closes."""
    soket = socket.socket(fileno=os.dup(0))
    os.dup2(2, 1)
    _pagari(int(sys.argv[1]) if len(sys.argv) > 1 else BATAS_BAWAAN)
    with contextlib.suppress(Putus, ConnectionError):
        siap, _ = kerjakan({"judul": "", "dibuat": None, "nama_lampiran": []}, [b"<p>siap</p>"])
        gc.freeze()
        gc.disable()  # collected between jobs, after the answer has left
        kirim(soket, siap)
        while True:
            jawaban, pdf = kerjakan(*terima(soket))
            kirim(soket, jawaban, pdf)
            del pdf
            gc.collect()


if __name__ == "__main__":
    utama()
