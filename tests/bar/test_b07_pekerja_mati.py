"""B07: a worker is killed (-9) 0 to 90 ms after the provider got a message. Nothing is lost, and nobody is surprised.

Three providers, each a real HTTP server: one de-duplicates on our reference, one answers for a reference, one can do
neither. Workers are forked from a process that has the portal loaded and run the real sweep on PostgreSQL; the lease
is shortened to 400 ms of database time, so that what a dead worker held comes back within the test.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.bar.alat import rumah_pg, rumah_sqlite, serentak
from tests.bar.conftest import Catat
from tests.bar.gerbang_palsu import Palsu, palsu

PUTARAN = 200 if os.environ.get("TINGKAT") == "penuh" else 25
CARA = ("dedup", "status", "tidak")


@pytest.mark.bar
@pytest.mark.parametrize("cara", CARA)
def test_b07_kill_9(catat: Catat, tmp_path: Path, cara: str) -> None:
    with palsu(tmp_path, cara) as p:
        h = _jalankan(p, cara, "bunuh_pekerja")
    lulus = h["hilang"] == 0 and h["belum"] == 0 and h["dibunuh"] >= PUTARAN // 2
    if cara == "tidak":
        lulus = lulus and h["ganda"] <= h["dibunuh"] and h["ganda_tanpa_tanda"] == 0
    else:
        lulus = lulus and h["ganda"] == 0
    catat("B07", {"cara": cara} | h, "hilang 0; ganda 0 (tidak: <= dibunuh, semua bertanda)", lulus)


@pytest.mark.bar
def test_b07_kontrol_tanpa_kotak_keluar(catat: Catat, tmp_path: Path) -> None:
    with palsu(tmp_path, "dedup") as p:
        h = _jalankan(p, "dedup", "kirim_sesudah_simpan")
    catat("B07", {"hilang_tanpa_kotak_keluar": h["hilang"]}, "kontrol: > 0", True, h["hilang"] > 0)


@pytest.mark.bar
@pytest.mark.parametrize("basis", ["pg", "sqlite"])
def test_b07_delapan_sapuan_serentak(catat: Catat, tmp_path: Path, basis: str) -> None:
    """Eight sweeps at once, a provider that can do nothing about a repetition: each message once."""
    with palsu(tmp_path, "tidak") as p:
        rumah = (rumah_pg if basis == "pg" else rumah_sqlite)(f"b07_serentak_{basis}")
        env = rumah.env | p.env | {"GERBANG_HTTP_KEMAMPUAN": "tidak", "JAM_TENANG": ""}
        h = replace(rumah, env=env).kerja(
            "tests.bar.test_b07_pekerja_mati:sapuan_serentak", folder=str(p.folder), jumlah=120
        )
    lulus = h["sekali"] == h["jumlah"] and h["ganda"] == 0
    catat("B07", {"basis": basis} | h, "setiap pesan sekali", lulus, h["kontrol_ganda"] > 0)


def _jalankan(p: Palsu, cara: str, kerja: str) -> dict[str, Any]:
    rumah = rumah_pg(f"b07_{cara}_{kerja}")
    env = rumah.env | p.env | {"GERBANG_HTTP_KEMAMPUAN": cara, "JAM_TENANG": ""}
    hasil: dict[str, Any] = replace(rumah, env=env).kerja(
        f"tests.bar.test_b07_pekerja_mati:{kerja}", folder=str(p.folder), putaran=PUTARAN, batas=300
    )
    return hasil


# --- in the child -------------------------------------------------------------------------------------------------


def _pekerja(kerja: Callable[[], None]) -> int:
    """Fork a worker with a connection of its own; returns its process id."""
    from django.db import connections

    connections.close_all()
    pid = os.fork()
    if pid == 0:
        try:
            kerja()
        finally:
            os._exit(0)
    return pid


def _bunuh_sesudah(pid: int, berkas: Path, semula: int) -> bool:
    """Kill -9 at 0 to 90 ms after the provider heard of the next message; whether the worker still lived."""
    batas = time.monotonic() + 3
    while time.monotonic() < batas and _besar(berkas) == semula:
        time.sleep(0.001)
    time.sleep(random.uniform(0, 0.09))
    mati = os.waitpid(pid, os.WNOHANG)[0] == 0
    if mati:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    return mati


def _besar(berkas: Path) -> int:
    return berkas.stat().st_size if berkas.exists() else 0


def _siapkan() -> None:
    from core import colek
    from notifications import pengiriman, sirkuit

    colek._diam_sampai = float("inf")
    pengiriman.SEWA = timedelta(milliseconds=400)
    pengiriman.JEDA_TANYA = timedelta(milliseconds=100)
    pengiriman.JEDA_COBA = (timedelta(milliseconds=200),) * 8
    sirkuit.BERUNTUN_MAKS = 10**6


def _tulis(n: int) -> Any:
    from core.waktu import sekarang
    from notifications import layanan
    from notifications.enums import JenisPesan, Kanal

    return layanan.tulis_teks(
        "BPPT: kabar.",
        kode="SMS_UJI",
        jenis=JenisPesan.KABAR,
        kanal=Kanal.SMS,
        tujuan=f"+62812{n:06d}00",
        perihal="",
        kunci=f"b07/{n}",
        kini=sekarang(),
    )


def bunuh_pekerja(folder: str, putaran: int) -> dict[str, Any]:
    """Rounds of two messages, a worker that sweeps, and its end; then a last worker that is left alone."""
    from notifications import layanan
    from notifications.enums import StatusPesan as S
    from notifications.models import Pesan

    _siapkan()
    minta = Path(folder) / "minta.jsonl"
    dibunuh = 0
    for ke in range(putaran):
        for n in range(2):
            _tulis(ke * 2 + n)
        semula = _besar(minta)
        pid = _pekerja(lambda: [layanan.sapu() for _ in range(5)])  # type: ignore[arg-type,return-value]
        dibunuh += _bunuh_sesudah(pid, minta, semula)
    batas = time.monotonic() + 60
    while Pesan.objects.filter(status__in=[S.MENUNGGU, S.MENGIRIM]).exists() and time.monotonic() < batas:
        layanan.sapu()
        time.sleep(0.05)
    return _hitung(Path(folder), dibunuh)


def _hitung(folder: Path, dibunuh: int) -> dict[str, Any]:
    from notifications.enums import StatusPesan as S
    from notifications.models import Pesan

    sampai = Palsu("", folder, None).sampai()  # type: ignore[arg-type]
    semua = {str(a): (s, t) for a, s, t in Pesan.objects.values_list("acuan", "status", "tak_pasti")}
    return {
        "pesan": len(semua),
        "dibunuh": dibunuh,
        "hilang": sum(sampai[a] == 0 for a in semua),
        "hilang_tanpa_tanda": sum(sampai[a] == 0 and s != S.TIDAK_PASTI for a, (s, _t) in semua.items()),
        "ganda": sum(n - 1 for n in sampai.values()),
        "ganda_tanpa_tanda": sum(n > 1 and not semua[a][1] for a, n in sampai.items()),
        "belum": sum(s in {S.MENUNGGU, S.MENGIRIM} for s, _t in semua.values()),
        "tak_pasti": sum(s == S.TIDAK_PASTI for s, _t in semua.values()),
    }


def kirim_sesudah_simpan(folder: str, putaran: int) -> dict[str, Any]:
    """The control: the act commits, then the message is sent, and nothing remembers that it must be."""
    from notifications.gateway import gerbang_aktif
    from notifications.models import Pesan

    _siapkan()
    minta = Path(folder) / "minta.jsonl"

    def kerja() -> None:
        for n in range(3):
            p = _tulis(os.getpid() * 10 + n)
            Pesan.objects.filter(pk=p.pk).update(status="terkirim")
            time.sleep(0.02)
            gerbang_aktif().kirim(tujuan=p.tujuan, teks=p.teks, acuan=str(p.acuan))

    dibunuh = sum(_bunuh_sesudah(_pekerja(kerja), minta, _besar(minta)) for _ in range(putaran))
    return _hitung(Path(folder), dibunuh)


def sapuan_serentak(folder: str, jumlah: int) -> dict[str, Any]:
    """The sweeps; then the control, whose claim reads what is due and writes by primary key alone."""
    from notifications import layanan, pengiriman
    from notifications.models import Pesan

    _siapkan()
    pengiriman.SEWA = timedelta(seconds=60)
    for n in range(jumlah):
        _tulis(n)
    serentak(lambda _ke: layanan.sapu(), 8)
    sampai = Palsu("", Path(folder), None).sampai()  # type: ignore[arg-type]
    hasil = {"jumlah": jumlah, "sekali": sum(n == 1 for n in sampai.values()), "ganda": _lebih(sampai)}
    Pesan.objects.all().delete()
    for n in range(24):
        _tulis(n)

    def ambil_naif(gerbang: Any, kanal: str, **_apa: Any) -> list[Any]:
        calon = list(Pesan.objects.filter(kanal=kanal, status="menunggu")[:1])
        time.sleep(0.01)
        Pesan.objects.filter(pk__in=[p.pk for p in calon]).update(status="mengirim", gerbang=gerbang.nama)
        return calon

    pengiriman.ambil = ambil_naif  # type: ignore[assignment]
    pengiriman._milik = lambda daftar: Pesan.objects.filter(pk__in=[p.pk for p in daftar])  # type: ignore[assignment]
    serentak(lambda _ke: layanan.sapu(), 8)
    semua = Palsu("", Path(folder), None).sampai()  # type: ignore[arg-type]
    return hasil | {"kontrol_ganda": _lebih(semua) - hasil["ganda"]}


def _lebih(sampai: Counter[str]) -> int:
    return sum(n - 1 for n in sampai.values())
