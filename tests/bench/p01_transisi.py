"""P1: a durable transition with permission, guard, audit chain, outbox and idempotency key.

One client on a real PostgreSQL with fsync on. In one run and in turn: our door (`serahkan`: conditional UPDATE,
log row with its hash, SMS row, document row, key), plain django-fsm-2 (lock, permission, transition, save, log
row), four raw statements, and one prepared statement. Ratios are medians over interleaved rounds.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.pg import klaster

AKAR = Path(__file__).resolve().parents[2]

PUTARAN = 7
PER_PUTARAN = 150


_JUMLAH: dict[str, int] = {}


def kerja() -> dict[str, Any]:
    """All rounds, in a process whose Django speaks to the bench's own cluster."""
    from core import colek

    colek._diam_sampai = float("inf")  # no broker here: the nudge is left out, the sweep would find the rows
    peserta = {
        "pintu kami": _pintu(),
        "django-fsm-2 polos": _fsm_polos(),
        "4 pernyataan mentah": _mentah(),
        "1 pernyataan siap": _siap(),
    }
    laju: dict[str, list[float]] = {nama: [] for nama in peserta}
    for _ in range(PUTARAN):
        for nama, satu in peserta.items():
            mulai = time.perf_counter()
            for _ke in range(PER_PUTARAN):
                satu()
            laju[nama].append(PER_PUTARAN / (time.perf_counter() - mulai))
    tengah = {n: statistics.median(v) for n, v in laju.items()}
    rasio = {f"pintu kami / {n}": round(tengah["pintu kami"] / tengah[n], 2) for n in peserta if n != "pintu kami"}
    return {
        "nama": "P1 transisi",
        "kondisi": f"PostgreSQL fsync, 1 klien, {PUTARAN} putaran x {PER_PUTARAN}",
        "hasil": [
            {
                "apa": n,
                "per_detik": round(tengah[n]),
                "rentang": [round(min(v)), round(max(v))],
                "pernyataan": _JUMLAH[n],
            }
            for n, v in laju.items()
        ],
        "rasio": rasio,
        "target": {"pintu kami / django-fsm-2 polos": 1.0},
        "lulus": rasio["pintu kami / django-fsm-2 polos"] >= 1.0,
    }


def _hitung(nama: str, satu: Callable[[], None]) -> None:
    """How many statements one act sends, BEGIN and COMMIT included."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as c:
        satu()
    _JUMLAH[nama] = len([q for q in c.captured_queries if q["sql"] not in {"BEGIN", "COMMIT"}]) + 2


def berkas_terbit(jumlah: int) -> tuple[list[int], Any]:
    """Files in `terbit` with their SK, cloned from one that was walked through the services; and who hands over."""
    from accounts.models import Kewenangan
    from bpptportal.contoh import alur
    from bpptportal.contoh.pemeran import buat_pemeran
    from bpptportal.contoh.waktu_kerja import hari_kerja_lalu
    from core import waktu
    from perizinan.enums import JenisDokumen, StatusDokumen
    from perizinan.enums import StatusPermohonan as S
    from perizinan.models import Dokumen, Permohonan

    with waktu.beku(hari_kerja_lalu(3)):
        pemeran = buat_pemeran()
        asal = alur.jalankan(alur.mulai(pemeran, "siup"), pemeran, S.PENYUSUNAN_SK)
    kolom = {f.attname: getattr(asal, f.attname) for f in Permohonan._meta.concrete_fields if f.attname != "id"}
    kolom |= {"status": S.TERBIT, "terbit_pada": asal.tenggat, "hari_terpakai": 1}
    Permohonan.objects.bulk_create(
        Permohonan(**kolom | {"kunci": uuid.uuid4(), "nomor": f"T{n:09d}", "nomor_register": f"bench-{n}"})
        for n in range(jumlah)
    )
    daftar = list(Permohonan.objects.filter(nomor__startswith="T0").values_list("pk", flat=True))
    kewenangan = Kewenangan.objects.get(pejabat=pemeran.kadis)
    Dokumen.objects.bulk_create(
        Dokumen(
            permohonan_id=pk,
            jenis=JenisDokumen.SK,
            nomor=f"503/{pk}",
            token=uuid.uuid4().hex,
            tanggal=asal.tenggat.date(),
            status=StatusDokumen.DITANDATANGANI,
            diminta_pada=asal.tenggat,
            berkas="dokumen/bench.pdf",
            sidik="0" * 64,
            kewenangan=kewenangan,
            ditandatangani_pada=asal.tenggat,
        )
        for pk in daftar
    )
    return daftar, type(pemeran.budi).objects.get(pk=pemeran.budi.pk)


def _pintu() -> Callable[[], None]:
    """Handing files over."""
    from perizinan import services

    daftar, budi = berkas_terbit(PUTARAN * PER_PUTARAN + 5)
    antrean = iter(daftar)

    def satu() -> None:
        services.serahkan(next(antrean), oleh=budi, kunci=uuid.uuid4().hex, identitas_cocok=True)

    satu()
    _hitung("pintu kami", satu)
    return satu


def _fsm_polos() -> Callable[[], None]:
    """The usual way with the library: lock, check permission, transition, save, write a log row."""
    from django.db import connection, models, transaction
    from django_fsm import FSMField, has_transition_perm
    from django_fsm import transition as pindah

    class Polos(models.Model):
        status = FSMField(default="a")

        class Meta:
            app_label = "core"

        @pindah(status, source="a", target="b", permission=lambda _o, u: u.is_active, conditions=[lambda o: o.pk > 0])
        def maju(self) -> None: ...

        @pindah(status, source="b", target="a", permission=lambda _o, u: u.is_active, conditions=[lambda o: o.pk > 0])
        def mundur(self) -> None: ...

    class PolosLog(models.Model):
        polos = models.ForeignKey(Polos, on_delete=models.CASCADE)
        verba = models.CharField(max_length=20)
        dari = models.CharField(max_length=20)
        ke = models.CharField(max_length=20)
        oleh = models.IntegerField()
        pada = models.DateTimeField(auto_now_add=True)

        class Meta:
            app_label = "core"

    with connection.schema_editor() as penyunting:
        penyunting.create_model(Polos)
        penyunting.create_model(PolosLog)
    baris = Polos.objects.create()
    from accounts.models import Akun

    akun = Akun.objects.get(surel__startswith="budi@")

    def satu() -> None:
        with transaction.atomic():
            objek = Polos.objects.select_for_update().get(pk=baris.pk)
            metode = objek.maju if objek.status == "a" else objek.mundur
            if not has_transition_perm(metode, akun):
                raise PermissionError
            dari = objek.status
            metode()
            objek.save()
            PolosLog.objects.create(polos=objek, verba=metode.__name__, dari=dari, ke=objek.status, oleh=akun.pk)

    satu()
    _hitung("django-fsm-2 polos", satu)
    return satu


def _mentah() -> Callable[[], None]:
    """Lock, update, log, outbox by hand-written SQL."""
    from django.db import connection, transaction

    with connection.cursor() as k:
        k.execute("CREATE TABLE bench_a (id int primary key, status text, versi int)")
        k.execute("CREATE TABLE bench_log (id bigserial primary key, a int, versi int, isi text, sidik text)")
        k.execute("CREATE TABLE bench_keluar (id bigserial primary key, kunci text unique, teks text)")
        k.execute("INSERT INTO bench_a VALUES (1, 'a', 0), (2, 'a', 0)")

    def satu() -> None:
        with transaction.atomic(), connection.cursor() as k:
            k.execute("SELECT status, versi FROM bench_a WHERE id = 1 FOR NO KEY UPDATE")
            _status, versi = k.fetchone()
            k.execute("UPDATE bench_a SET status = 'b', versi = versi + 1 WHERE id = 1 AND versi = %s", [versi])
            k.execute(
                "INSERT INTO bench_log (a, versi, isi, sidik) VALUES (1, %s, %s, %s)", [versi, "x" * 300, "y" * 64]
            )
            k.execute("INSERT INTO bench_keluar (kunci, teks) VALUES (%s, %s)", [uuid.uuid4().hex, "z" * 150])

    satu()
    _hitung("4 pernyataan mentah", satu)
    return satu


def _siap() -> Callable[[], None]:
    """The limit: one prepared statement that does all of it."""
    from django.db import connection

    with connection.cursor() as k:
        k.execute(
            "PREPARE bench_satu (text) AS WITH u AS (UPDATE bench_a SET status = 'b', versi = versi + 1"
            " WHERE id = 2 RETURNING versi), l AS (INSERT INTO bench_log (a, versi, isi, sidik)"
            " SELECT 2, versi, repeat('x', 300), repeat('y', 64) FROM u)"
            " INSERT INTO bench_keluar (kunci, teks) VALUES ($1, repeat('z', 150))"
        )

    def satu() -> None:
        with connection.cursor() as k:
            k.execute("EXECUTE bench_satu (%s)", [uuid.uuid4().hex])

    satu()
    _hitung("1 pernyataan siap", satu)
    _JUMLAH["1 pernyataan siap"] -= 2
    return satu


def utama() -> int:
    """Start the cluster and run this module again inside it; write var/bench/p1.json."""
    if "BENCH_DI_DALAM" not in os.environ:
        with klaster(tahan_lama=True) as alamat, tempfile.TemporaryDirectory() as folder:
            env = os.environ | {
                "DATABASE_URL": alamat,
                "BENCH_DI_DALAM": "1",
                "VAR_DIR": folder,
                "LOG_LEVEL": "ERROR",
            }
            return subprocess.run([sys.executable, "-m", "tests.bench.p01_transisi"], env=env, check=False).returncode
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpptportal.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("muat_acuan", verbosity=0)
    hasil = kerja()
    tujuan = AKAR / "var" / "bench" / "p1.json"
    tujuan.parent.mkdir(parents=True, exist_ok=True)
    tujuan.write_text(json.dumps(hasil, ensure_ascii=False, indent=2))
    for baris in hasil["hasil"]:
        sys.stdout.write(
            f"  {baris['apa']:<24} {baris['per_detik']:>6}/s {baris['rentang']} {baris['pernyataan']} pernyataan\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(utama())
