"""B11: PostgreSQL is restarted the hard way (`-m immediate`) under load. What was confirmed is there, once.

Eight clients with a key per act; answers are 2xx, 409 or 503 and nothing else, and the portal works again within
five seconds after the database does. The control lets PostgreSQL confirm what it has not written down.
"""

from __future__ import annotations

import os
import time
from threading import Event
from typing import Any

import psycopg2
import pytest

from tests.bar.alat import Rumah, rumah_pg
from tests.bar.beban import Klien, Kolam, bagi, cocok, jalankan, ringkas
from tests.bar.conftest import Catat
from tests.bar.peladen import folder_data, gunicorn, pg_ctl, port_bebas, semua, siap, tunggu

PENUH = os.environ.get("TINGKAT") == "penuh"
ULANG = 6 if PENUH else 3
KLIEN = 8
BATAS_PULIH = 5.0


@pytest.mark.bar
def test_b11_basis_data_dimulai_ulang_di_bawah_beban(catat: Catat) -> None:
    rumah = rumah_pg("b11")
    hasil = _ulangi(rumah, ULANG, 2 * KLIEN)
    jumlah, pasti = rumah.kerja("tests.bar.beban:jumlah"), hasil["pasti"]
    beda = cocok(jumlah, pasti)
    nilai = {"ulang": ULANG, "pasti": len(pasti), "jawaban": dict(hasil["status"]), "pulih": hasil["pulih"], **beda}
    lulus = not any(beda.values()) and set(hasil["status"]) <= {200, 409, 503} and hasil["status"][503] > 0
    lulus = lulus and max(hasil["pulih"]) <= BATAS_PULIH and len(pasti) > 4 * KLIEN and not hasil["menyerah"]
    catat("B11", nilai, f"selisih 0; 2xx, 409, 503; pulih {BATAS_PULIH:.0f} s", lulus, _kontrol())


def _ulangi(rumah: Rumah, kali: int, berkas: int, *sebelum: str) -> dict[str, Any]:
    """Load, and so many restarts in between; what the clients saw, and how long each recovery took."""
    folder_data(rumah.alamat)
    kolam = Kolam(**rumah.kerja("tests.bar.beban:kolam", jumlah=berkas))
    _atur(rumah, *sebelum)
    port, selesai = port_bebas(), Event()
    klien = [Klien(port, kolam.token, nomor, selesai.is_set) for nomor in bagi(kolam, KLIEN)]
    web = gunicorn(rumah, port, rumah.env)
    pulih: list[float] = []
    with semua(web):
        web.mulai()
        tunggu(lambda: siap(port), 30, web.catatan)
        utas = jalankan(klien)
        for _ in range(kali):
            time.sleep(2)
            pg_ctl(rumah.alamat, "-m", "immediate", "restart")
            menyala = time.monotonic()
            if sebelum:
                break  # what was lost puts every client out of step
            tunggu(lambda m=menyala: _berhasil_sejak(klien, m) is not None, 30, web.catatan)  # type: ignore[misc]
            pulih.append(round(_berhasil_sejak(klien, menyala) or 0.0, 1))
        time.sleep(1)
        selesai.set()
        for satu in utas:
            satu.join(90)
    status, pasti = ringkas(klien)
    return {"status": status, "pasti": pasti, "pulih": pulih, "menyerah": sum(k.menyerah for k in klien)}


def _berhasil_sejak(klien: list[Klien], saat: float) -> float | None:
    """Seconds from an instant to the first request that began after it and succeeded."""
    akhir = [awal + lama - saat for k in klien for awal, lama, s in list(k.lama) if s == 200 and awal >= saat]
    return min(akhir, default=None)


def _kontrol() -> bool:
    """Confirmed before it is on disk: the same check must find what is missing."""
    rumah = rumah_pg("b11kontrol")
    tunda = ("CHECKPOINT", "ALTER SYSTEM SET synchronous_commit = off", "ALTER SYSTEM SET wal_writer_delay = '10s'")
    try:
        hasil = _ulangi(rumah, 1, KLIEN, *tunda)
    finally:
        _atur(rumah, "ALTER SYSTEM RESET synchronous_commit", "ALTER SYSTEM RESET wal_writer_delay")
    return bool(cocok(rumah.kerja("tests.bar.beban:jumlah"), hasil["pasti"])["hilang"])


def _atur(rumah: Rumah, *perintah: str) -> None:
    sambungan = psycopg2.connect(rumah.alamat)
    sambungan.autocommit = True
    with sambungan.cursor() as kursor:
        for satu in (*perintah, "SELECT pg_reload_conf()"):
            kursor.execute(satu)
    sambungan.close()
    time.sleep(0.3)  # the reload reaches the processes by a signal
