"""One HTTP call to a provider: 3 s to connect, 10 s for everything, no redirects, a short answer (R4).

A socket's own time-out starts anew with each byte, so a provider that drips would hold a worker for ever; a timer
closes the connection when the whole time is up.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass

from notifications.gateway import GalatGerbang

SAMBUNG_DETIK = 3.0
SELURUHNYA_DETIK = 9.0
JAWABAN_MAKS = 8192
_TUNGGU_MAKS = 900.0


@dataclass(frozen=True, slots=True)
class Jawaban:
    """What the provider said."""

    status: int
    isi: str
    tunggu: float = 0


def panggil(
    metode: str, alamat: str, *, isi: bytes | None = None, kepala: Mapping[str, str] | None = None
) -> Jawaban:
    """Speak to a provider once.

    Raises GalatGerbang: with `salah_gerbang` and `pasti` when nothing was handed over, with `pasti` False when the
    line broke, or time ran out, after the request went out.
    """
    u = urllib.parse.urlsplit(alamat)
    if u.scheme not in {"http", "https"} or not u.hostname:
        raise GalatGerbang("alamat gerbang belum benar", salah_gerbang=True)
    sambungan = _sambung(u)
    pemutus = threading.Timer(SELURUHNYA_DETIK, _putus, args=[sambungan])
    pemutus.daemon = True
    pemutus.start()
    try:
        sambungan.request(metode, f"{u.path or '/'}{'?' + u.query if u.query else ''}", isi, dict(kepala or {}))
        jawaban = sambungan.getresponse()
        teks = jawaban.read(JAWABAN_MAKS).decode("utf-8", "replace")
        return Jawaban(jawaban.status, teks, _detik(jawaban.getheader("Retry-After")))
    except (OSError, http.client.HTTPException, ValueError) as galat:
        raise GalatGerbang(f"gerbang tidak menjawab: {type(galat).__name__}", pasti=False) from galat
    finally:
        pemutus.cancel()
        sambungan.close()


def _sambung(u: urllib.parse.SplitResult) -> http.client.HTTPConnection:
    tuan = str(u.hostname)
    sambungan = (
        http.client.HTTPSConnection(tuan, u.port, timeout=SAMBUNG_DETIK, context=ssl.create_default_context())
        if u.scheme == "https"
        else http.client.HTTPConnection(tuan, u.port, timeout=SAMBUNG_DETIK)
    )
    try:
        sambungan.connect()
    except OSError as galat:
        raise GalatGerbang(f"gerbang tidak dapat dihubungi: {type(galat).__name__}", salah_gerbang=True) from galat
    sambungan.sock.settimeout(SELURUHNYA_DETIK)
    return sambungan


def _putus(sambungan: http.client.HTTPConnection) -> None:
    soket = sambungan.sock
    if soket is not None:
        try:
            soket.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def _detik(teks: str | None) -> float:
    """Retry-After in seconds; a date or nonsense counts as none."""
    try:
        return min(max(float(teks or 0), 0), _TUNGGU_MAKS)
    except ValueError:
        return 0


def galat_status(jawaban: Jawaban) -> GalatGerbang:
    """The error behind a status: 429, 503 ask for a pause; 3xx, 401 to 407 are our set-up; other 4xx the message."""
    pesan = f"gerbang menjawab {jawaban.status}"
    if jawaban.status in {429, 503}:
        return GalatGerbang(pesan, salah_gerbang=True, tunggu=jawaban.tunggu or 30)
    if jawaban.status in {401, 403, 404, 407} or 300 <= jawaban.status < 400:
        return GalatGerbang(f"{pesan}: periksa alamat dan kata sandinya", salah_gerbang=True)
    if 400 <= jawaban.status < 500 and jawaban.status != 408:
        return GalatGerbang(pesan, permanen=True)
    if jawaban.status >= 500:
        return GalatGerbang(pesan)
    return GalatGerbang(f"{pesan}, isinya tidak dikenal", pasti=False)
