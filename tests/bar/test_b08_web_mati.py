"""B08: kill -9 of web processes under load. What was confirmed is there, once, with its log row and its messages.

Clients act with a key per act and ask again with the same key where no answer came; a random worker of gunicorn is
killed, now and then the master with everything. Afterwards the database is added up against what clients were told.
"""

from __future__ import annotations

import os
import random
import signal
import time
from threading import Event
from typing import Any

import pytest

from tests.bar.alat import rumah_pg
from tests.bar.beban import Klien, Kolam, bagi, cocok, jalankan, ringkas
from tests.bar.conftest import Catat
from tests.bar.peladen import PUTUS, gunicorn, port_bebas, semua, siap, tunggu

PENUH = os.environ.get("TINGKAT") == "penuh"
BUNUH = 200 if PENUH else 12
KLIEN = 4
BERKAS = 40 if PENUH else 8
SETIAP_INDUK = 5  # every fifth kill takes the master with everything


@pytest.mark.bar
def test_b08_web_dibunuh_di_bawah_beban(catat: Catat) -> None:
    rumah, port, selesai, acak = rumah_pg("b08"), port_bebas(), Event(), random.Random(8)
    kolam = Kolam(**rumah.kerja("tests.bar.beban:kolam", jumlah=BERKAS))
    klien = [Klien(port, kolam.token, nomor, selesai.is_set) for nomor in bagi(kolam, KLIEN)]
    web = gunicorn(rumah, port, rumah.env)
    induk_mati = 0
    with semua(web):
        web.mulai()
        tunggu(lambda: siap(port), 30, web.catatan)
        utas = jalankan(klien)
        for ke in range(BUNUH):
            time.sleep(acak.uniform(0.1, 0.5))
            if ke % SETIAP_INDUK == SETIAP_INDUK - 1:
                web.bunuh()
                web.mulai()
                induk_mati += 1
                tunggu(lambda: siap(port), 30, web.catatan)
            elif anak := web.anak():
                os.kill(acak.choice(anak), signal.SIGKILL)
        time.sleep(1)
        selesai.set()
        for satu in utas:
            satu.join(90)
    status, pasti = ringkas(klien)
    beda = cocok(rumah.kerja("tests.bar.beban:jumlah"), pasti)
    nilai = {"kill": BUNUH, "induk": induk_mati, "pasti": len(pasti), "jawaban": dict(status), **beda}
    lulus = not any(beda.values()) and set(status) <= {200, PUTUS, 503} and status[PUTUS] > 0 and len(pasti) > BUNUH
    lulus = lulus and not any(k.menyerah for k in klien)
    kontrol = rumah.kerja("tests.bar.test_b08_web_mati:mati_di_jendela")
    catat("B08", nilai, "hilang, ganda dan semua selisih 0", lulus, kontrol)


# --- in the child -------------------------------------------------------------------------------------------------


def mati_di_jendela() -> bool:
    """The control: a process that dies between log row and outbox, in one transaction and committed in between.

    True when the sums stay right with the first, and are wrong with the second.
    """
    from django.db import connections

    from tests.bar.beban import jumlah, kolam

    beda = []
    for komit_di_tengah, nomor in enumerate(kolam(2)["nomor"]):
        connections.close_all()  # a child would end its parent's connection
        if (pid := os.fork()) == 0:
            _mati(nomor, komit=bool(komit_di_tengah))
        os.waitpid(pid, 0)
        beda.append(jumlah()["beda_pesan"] != 0)
    return beda == [False, True]


def _mati(nomor: str, *, komit: bool) -> None:
    """Register a file in this process and die before its message is written."""
    from django.db import connection

    from accounts.models import Akun
    from bpptportal.contoh.pemeran import RANAH
    from perizinan import services
    from perizinan.models import Permohonan
    from perizinan.services import _keluar

    def mati(*_a: Any, **_k: Any) -> None:
        if komit:
            connection.connection.commit()
        os._exit(9)

    try:
        _keluar.tulis_pesan = mati
        budi = Akun.objects.get(surel=f"budi@{RANAH}")
        services.daftarkan(Permohonan.objects.get(nomor=nomor).pk, oleh=budi)
    finally:
        os._exit(9)
