"""The inside of the fence: a child process with bounded memory, no secrets and one job at a time.

Started by `core.kandang` as `python -I anak.py <module> <bytes>` with an emptied environment. The module has
`siapkan()`, run once, and `kerjakan(head, blobs) -> (head, blobs)`; it must not import Django or anything
that reads settings. Frames on the socket at descriptor 0: four bytes of length, a JSON head, then as many
blobs as the head's `isi` lists lengths. The process ends when the other side closes.
"""

import contextlib
import gc
import importlib
import json
import os
import resource
import signal
import socket
import struct
import sys
from pathlib import Path
from typing import Any

PANJANG = struct.Struct(">I")
AKAR_PROYEK = Path(__file__).resolve().parents[2]


class Putus(Exception):
    """The other side has closed."""


def terima(soket: socket.socket) -> tuple[dict[str, Any], list[bytes]]:
    """One frame: its head and its blobs. The socket's timeout, if any, applies to each read."""
    kepala: dict[str, Any] = json.loads(_tepat(soket, PANJANG.unpack(_tepat(soket, PANJANG.size))[0]))
    return kepala, [_tepat(soket, n) for n in kepala.pop("isi")]


def kirim(soket: socket.socket, kepala: dict[str, Any], isi: list[bytes]) -> None:
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


def _pagari(memori: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(ValueError, OSError):  # macOS refuses this one; the time limit still holds there
        resource.setrlimit(resource.RLIMIT_AS, (memori, memori))


def _satu(modul: Any, kepala: dict[str, Any], isi: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """Run one job; an error becomes a word in the answer, never text of what was being read."""
    try:
        jawaban, hasil = modul.kerjakan(kepala, isi)
    except MemoryError:
        return {"galat": "memori"}, []
    except Exception as galat:  # noqa: BLE001  the job's failure, not the worker's
        return {"galat": "isi", "jenis": type(galat).__name__}, []
    return {"galat": "", **jawaban}, hasil


def utama() -> None:
    """Warm up, say ready, then serve until the other side closes."""
    nama_modul, memori = sys.argv[1:3]
    soket = socket.socket(fileno=os.dup(0))
    os.dup2(2, 1)
    sys.path.insert(0, str(AKAR_PROYEK))
    modul = importlib.import_module(nama_modul)
    _pagari(int(memori))
    with contextlib.suppress(Putus, ConnectionError):
        modul.siapkan()
        gc.freeze()
        gc.disable()  # collected between jobs, after the answer has left
        kirim(soket, {}, [])
        while True:
            jawaban, hasil = _satu(modul, *terima(soket))
            kirim(soket, jawaban, hasil)
            del hasil
            gc.collect()


if __name__ == "__main__":
    utama()
