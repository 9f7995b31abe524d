"""P11: the outbox by batches against a Celery task per message, on one PostgreSQL with durable commits.

Ours is `notifications.layanan.sapu` as it runs in production (claim with SKIP LOCKED, merge rules, send, write
down) with a gateway that does nothing, 500 messages a claim. Theirs is the usual way: one task a message on a real
broker and a real worker with Celery's own defaults, which loads the row, sends by the same gateway and saves it.
Both start with the rows in the table; both must have sent every message once.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from celery import Celery

from tests.pg import klaster

AKAR = Path(__file__).resolve().parents[2]
PENUH = os.environ.get("SKALA") == "penuh"
PUTARAN = 5
KAMI = 20_000 if PENUH else 5_000
CELERY = 1_000 if PENUH else 300
SASARAN = 20.0
RINGKAS = "pesan per detik"

app = Celery("p11")
app.conf.broker_url = os.environ.get("P11_BROKER", "memory://")
app.conf.worker_hijack_root_logger = False
#: Both sides note every message that reached the gateway here; a file, since the worker is another process.
_SAMPAI: list[int] = []


@app.task(name="p11.kirim")
def kirim_satu(pk: int) -> None:
    """The usual task: load, send, save."""
    from django.utils import timezone

    from notifications.models import Pesan

    pesan = Pesan.objects.get(pk=pk)
    GerbangKosong().kirim(tujuan=pesan.tujuan, teks=pesan.teks, acuan=str(pesan.acuan))
    pesan.status = "terkirim"
    pesan.dikirim_pada = timezone.now()
    pesan.save()


class GerbangKosong:
    """Takes everything at once."""

    nama = "kosong"
    kemampuan = "dedup"

    def kirim(self, *, tujuan: str, teks: str, acuan: str) -> None:
        _SAMPAI.append(1)


def _isi(jumlah: int) -> list[int]:
    """So many notices, each to a number of its own, all due."""
    from core.waktu import sekarang
    from notifications.models import Pesan

    Pesan.objects.all().delete()
    kini = sekarang()
    Pesan.objects.bulk_create(
        Pesan(
            kode="SMS_UJI",
            tujuan=f"+62812{n:08d}",
            teks="BPPT: berkas lengkap.",
            kunci=f"p11/{n}",
            dibuat_pada=kini,
            kirim_sesudah=kini,
        )
        for n in range(jumlah)
    )
    return list(Pesan.objects.order_by("pk").values_list("pk", flat=True))


def _kami() -> float:
    from notifications import layanan
    from notifications.models import Pesan

    _isi(KAMI)
    _SAMPAI.clear()
    mulai = time.perf_counter()
    layanan.sapu(maks=KAMI)
    lama = time.perf_counter() - mulai
    assert len(_SAMPAI) == KAMI == Pesan.objects.filter(status="terkirim", percobaan=1).count()
    return KAMI / lama


def _celery() -> float:
    from notifications.models import Pesan

    daftar = _isi(CELERY)
    mulai = time.perf_counter()
    for pk in daftar:
        kirim_satu.delay(pk)
    while Pesan.objects.filter(status="terkirim").count() < CELERY:
        time.sleep(0.01)
    return CELERY / (time.perf_counter() - mulai)


def kerja() -> dict[str, Any]:
    """All rounds, in turn."""
    from django.conf import settings

    from notifications import gateway

    asli = gateway.gerbang
    gateway.gerbang = lambda n: GerbangKosong() if n == "kosong" else asli(n)  # type: ignore[assignment,return-value]
    settings.GERBANG_SMS, settings.JAM_TENANG = "kosong", ""
    cara = {"kotak keluar, 500 sekali ambil": _kami, "Celery bawaan, satu tugas satu pesan": _celery}
    for satu in cara.values():
        satu()
    laju: dict[str, list[float]] = {nama: [] for nama in cara}
    for _ in range(PUTARAN):
        for nama, satu in cara.items():
            laju[nama].append(satu())
    kami, mereka = (statistics.median(v) for v in laju.values())
    rasio = {"kotak keluar / Celery bawaan": round(kami / mereka, 1)}
    return {
        "nama": "P11 kotak keluar",
        "kondisi": f"PostgreSQL fsync, {PUTARAN} putaran, {KAMI} dan {CELERY} pesan, Celery 1 pekerja",
        "hasil": [
            {"apa": n, RINGKAS: round(statistics.median(v)), "rentang": [round(min(v)), round(max(v))]}
            for n, v in laju.items()
        ],
        "rasio": rasio,
        "target": {"kotak keluar / Celery bawaan": SASARAN},
        "lulus": rasio["kotak keluar / Celery bawaan"] >= SASARAN,
    }


def utama() -> int:
    """Start cluster, broker and worker, and run this module again among them; write var/bench/p11.json."""
    if "BENCH_DI_DALAM" in os.environ:
        return _di_dalam()
    from bpptportal.broker import cari_pelayan

    pelayan = cari_pelayan()
    if pelayan is None:
        sys.stderr.write("P11 memerlukan peladen Redis atau Valkey.\n")
        return 1
    with klaster(tahan_lama=True) as alamat, tempfile.TemporaryDirectory(prefix="p11-", dir="/tmp") as folder:
        soket = Path(folder) / "r.sock"
        env = os.environ | {
            "DATABASE_URL": alamat,
            "BENCH_DI_DALAM": "1",
            "VAR_DIR": folder,
            "LOG_LEVEL": "ERROR",
            "REDIS_URL": "memory://",
            "P11_BROKER": f"redis+socket://{soket}",
            "DJANGO_SETTINGS_MODULE": "bpptportal.settings",
        }
        broker = subprocess.Popen(
            [pelayan, "--port", "0", "--unixsocket", str(soket), "--dir", folder, "--save", ""],
            stdout=subprocess.DEVNULL,
        )
        perintah = [sys.executable, "-m", "celery", "-A", "tests.bench.p11_kotak_keluar", "worker", "-c", "1"]
        while not soket.exists():
            time.sleep(0.02)
        pekerja = subprocess.Popen([*perintah, "-l", "ERROR"], cwd=AKAR, env=env, stdout=subprocess.DEVNULL)
        try:
            return subprocess.run([sys.executable, "-m", __spec__.name], cwd=AKAR, env=env, check=False).returncode
        finally:
            for proses in (pekerja, broker):
                proses.terminate()
                proses.wait(20)


def _di_dalam() -> int:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    hasil = kerja()
    tujuan = AKAR / "var" / "bench" / "p11.json"
    tujuan.parent.mkdir(parents=True, exist_ok=True)
    tujuan.write_text(json.dumps(hasil, ensure_ascii=False, indent=2))
    for baris in hasil["hasil"]:
        sys.stdout.write(f"  {baris['apa']:<40} {baris[RINGKAS]:>7}/s {baris['rentang']}\n")
    return 0


if __name__ == "__main__":
    sys.exit(utama())
