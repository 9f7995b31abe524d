"""B10: the queue is emptied, killed without a copy, away for a while; workers are killed. Nothing is lost or late.

Real gunicorn, Celery worker and beat, and a Redis without an append-only file, under a load of acts that each order
a message and a document. While the queue is away pages answer as fast and the stand-by sweeps; a minute after it
is back all is done.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import Any

import pytest

from tests.bar.alat import Rumah, persentil, rumah_pg
from tests.bar.beban import Klien, Kolam, cocok, jalankan, ringkas
from tests.bar.conftest import Catat
from tests.bar.peladen import beat, gunicorn, pekerja, penyapu, port_bebas, redis, semua, siap, tunggu

PENUH = os.environ.get("TINGKAT") == "penuh"
MATI_DETIK = 120.0 if PENUH else 12.0
BERKAS = 140 if PENUH else 18
JEDA = 1.0  # seconds between acts: sixty a minute
BATAS_TUNDA = 60
BATAS_P95 = 2.0
_SEHARI = timedelta(days=1)  # files of the pool were filed earlier, under a held clock


@pytest.mark.bar
def test_b10_antrean_hilang_dan_pekerja_mati(catat: Catat) -> None:
    rumah, port, selesai = rumah_pg("b10"), port_bebas(), Event()
    kolam = Kolam(**rumah.kerja("tests.bar.beban:kolam", jumlah=BERKAS))
    pesan_awal = rumah.kerja("tests.bar.test_b10_antrean_mati:habiskan")
    antrean, alamat = redis(rumah, aof=False)
    env = rumah.env | {"REDIS_URL": alamat}
    web, kerja, detak = gunicorn(rumah, port, env), pekerja(rumah, env), beat(rumah, env)
    cadangan = penyapu(rumah, env)
    klien = Klien(port, kolam.token, kolam.nomor, selesai.is_set, jeda=JEDA, hanya_daftar=True)
    with semua(antrean, web, kerja, detak, cadangan):
        for satu in (antrean, web, kerja, detak, cadangan):
            satu.mulai()
        tunggu(lambda: siap(port), 30, web.catatan)
        utas = jalankan([klien])
        time.sleep(3)
        kosongkan(alamat)
        time.sleep(2)
        kerja.bunuh()
        detak.bunuh()
        antrean.bunuh()
        padam = time.monotonic()
        time.sleep(1)
        kerja.mulai()  # starts while there is no queue at all
        detak.mulai()
        time.sleep(MATI_DETIK - 1)
        antrean.mulai()
        nyala = time.monotonic()
        time.sleep(2)
        kosongkan(alamat)
        selesai.set()
        for thread in utas:
            thread.join(60)
        lama = tunggu(lambda: sisa_habis(rumah), BATAS_TUNDA, lambda: kerja.catatan() + detak.catatan())
        pulih = time.monotonic() - nyala
    status, pasti = ringkas([klien])
    beda = cocok(rumah.kerja("tests.bar.beban:jumlah"), pasti)
    hasil = rumah.kerja("tests.bar.test_b10_antrean_mati:sisa")
    selama = [detik for awal, detik, _s in klien.lama if padam <= awal <= nyala]
    p95 = persentil(selama, 0.95)
    nilai = {
        "pasti": len(pasti),
        "jawaban": dict(status),
        "p95 selama mati": round(p95, 2),
        "habis setelah nyala": round(pulih, 1),
        "tunda terlama": hasil["tunda"],
        "pesan": hasil["pesan"],
        "hilang": beda["hilang"] + hasil["belum"],
        "ganda": beda["ganda"],
    }
    lulus = set(status) == {200} and len(selama) > 3 and p95 <= BATAS_P95 and lama <= BATAS_TUNDA
    lulus = lulus and pulih <= BATAS_TUNDA and not any(beda.values()) and not nilai["hilang"] and not nilai["ganda"]
    lulus = lulus and hasil["tunda"] <= BATAS_TUNDA and hasil["pesan"] - pesan_awal == len(pasti)
    catat("B10", nilai, f"5xx 0, hilang 0, p95 {BATAS_P95} s, habis dan tunda {BATAS_TUNDA} s", lulus)


@pytest.mark.bar
def test_b10_colekan_hilang_menunda_tidak_lebih_dari_semenit(catat: Catat) -> None:
    """A nudge that got lost while a worker was away; without the sweep (the control) its row waits for ever."""
    rumah = rumah_pg("b10colek")
    antrean, alamat = redis(rumah, aof=False)
    env = rumah.env | {"REDIS_URL": alamat}
    kerja, detak = pekerja(rumah, env), beat(rumah, env)
    with semua(antrean, kerja, detak):
        antrean.mulai()
        tunggu(lambda: panjang(alamat) == 0, 10, antrean.catatan)
        Rumah(env, rumah.folder).kerja("tests.bar.beban:kolam", jumlah=2)
        colekan = panjang(alamat)
        kosongkan(alamat)
        kerja.mulai()
        tunggu(lambda: "ready" in kerja.log.read_text() or pekerja_menjawab(alamat), 30, kerja.catatan)
        time.sleep(4)
        tanpa_sapuan = rumah.kerja("tests.bar.test_b10_antrean_mati:sisa")["belum"]
        detak.mulai()
        lama = tunggu(lambda: sisa_habis(rumah), BATAS_TUNDA, lambda: kerja.catatan() + detak.catatan())
    hasil = rumah.kerja("tests.bar.test_b10_antrean_mati:sisa")
    nilai = f"{colekan} colekan hilang, selesai {lama:.1f} s setelah beat mulai"
    lulus = colekan > 0 and lama <= BATAS_TUNDA and hasil["belum"] == 0
    catat("B10", nilai, f"{BATAS_TUNDA} s", lulus, tanpa_sapuan > 0)


def _klien(alamat: str) -> Any:
    from redis import Redis

    return Redis.from_url(alamat.replace("redis+socket://", "unix://", 1))


def _tanya(alamat: str, apa: Callable[[Any], Any]) -> Any:
    with _klien(alamat) as klien:
        return apa(klien)


def kosongkan(alamat: str) -> None:
    _tanya(alamat, lambda k: k.flushall())


def panjang(alamat: str) -> int:
    """Tasks that wait in all queues; -1 while nobody answers."""
    from redis import RedisError

    from bpptportal.metrik import ANTREAN

    try:
        return int(_tanya(alamat, lambda k: sum(k.llen(a) for a in ANTREAN)))
    except (RedisError, OSError):
        return -1


def pekerja_menjawab(alamat: str) -> bool:
    """A worker listens: its control mailbox is bound."""
    return bool(_tanya(alamat, lambda k: k.exists("_kombu.binding.celery.pidbox")))


def sisa_habis(rumah: Rumah) -> bool:
    """Whether no message and no document waits any more."""
    import psycopg2

    sambungan = psycopg2.connect(rumah.alamat)
    with sambungan.cursor() as kursor:
        kursor.execute(
            "SELECT (SELECT count(*) FROM notifications_pesan WHERE status IN ('menunggu', 'mengirim'))"
            " + (SELECT count(*) FROM perizinan_dokumen WHERE status = 'diminta')"
        )
        jumlah = int(kursor.fetchone()[0])
    sambungan.close()
    return jumlah == 0


# --- in the child -------------------------------------------------------------------------------------------------


def habiskan() -> int:
    """Do what the pool itself had ordered; returns how many messages there are."""
    from notifications import layanan
    from notifications.models import Pesan
    from perizinan import dokumen

    while layanan.sapu() or dokumen.sapu():
        pass
    return Pesan.objects.count()


def sisa() -> dict[str, Any]:
    """What waits, how much there is, and the longest time from a message's due instant to its sending."""
    from django.db.models import F, Max

    from notifications.models import Pesan
    from perizinan.models import Dokumen

    belum = (
        Pesan.objects.filter(status__in=["menunggu", "mengirim"]).count()
        + Dokumen.objects.filter(status="diminta").count()
    )
    hari_ini = Pesan.objects.filter(status="terkirim", dibuat_pada__gt=F("dikirim_pada") - _SEHARI)
    tunda = hari_ini.aggregate(n=Max(F("dikirim_pada") - F("dibuat_pada")))["n"]
    return {
        "belum": belum,
        "pesan": Pesan.objects.count(),
        "tunda": round(tunda.total_seconds()) if tunda else 0,
    }
