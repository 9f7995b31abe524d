"""B17: a thousand requests for one number's code from fifty addresses, then FLUSHALL, and again: five an hour.

Real requests through the whole stack, sixteen at once, on PostgreSQL; a real Redis-compatible server is flushed in
the middle. The control keeps its counters in the cache, as rate limiters usually do, and is emptied with it.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.bar.alat import rumah_pg
from tests.bar.conftest import Catat

PERMINTAAN = 1000 if os.environ.get("TINGKAT") == "penuh" else 200
ALAMAT = 50
HP = "+6281311112222"


@pytest.mark.bar
def test_b17_banjir_kode(catat: Catat) -> None:
    h = rumah_pg("b17").kerja("tests.bar.test_b17_banjir:banjir", batas=240)
    lulus = (
        h["sms"] == 5
        and h["jawaban"] == {"302": 5, "429": 2 * PERMINTAAN - 5}
        and h["tanpa_retry_after"] == 0
        and h["tercatat"] == 2 * PERMINTAAN - 5
    )
    nilai = {k: h[k] for k in ("sms", "jawaban", "tercatat", "detik")}
    catat("B17", nilai, "<= 5 SMS; setiap 429 ber-Retry-After dan tercatat", lulus, h["kontrol_sms"] > 5)


# --- in the child -------------------------------------------------------------------------------------------------


@contextmanager
def _redis() -> Iterator[Any]:
    """A Redis-compatible server of our own, and a client to it."""
    import redis

    from bpptportal.broker import cari_pelayan

    pelayan = cari_pelayan()
    assert pelayan is not None
    with tempfile.TemporaryDirectory(prefix="b17-", dir="/tmp") as folder:
        soket = Path(folder) / "r.sock"
        proses = subprocess.Popen(
            [pelayan, "--port", "0", "--unixsocket", str(soket), "--dir", folder, "--save", ""],
            stdout=subprocess.DEVNULL,
        )
        try:
            while not soket.exists():
                time.sleep(0.02)
            yield redis.Redis(unix_socket_path=str(soket))
        finally:
            proses.kill()
            proses.wait()


def banjir() -> dict[str, Any]:
    """Two floods with everything volatile emptied between them; then the control's two."""
    from django.core.cache import cache
    from django.test.utils import override_settings

    from accounts.models import Akun
    from core.models import Pencacah
    from core.waktu import sekarang
    from notifications.models import Pesan

    mulai = time.monotonic()
    Akun.objects.create_user(nama="Sri", hp=HP, password=None)
    with _redis() as klien:
        simpanan = {
            "default": {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": f"unix://{klien.connection_pool.connection_kwargs['path']}",
            }
        }
        with override_settings(CACHES=simpanan):
            jawaban, tanpa = _gelombang()
            klien.flushall()
            lagi, tanpa_lagi = _gelombang()
            sms = Pesan.objects.filter(jenis="kode", dibuat_pada__gt=sekarang() - timedelta(hours=1)).count()
            tercatat = sum(
                Pencacah.objects.filter(seri__startswith="batas/kode_ditolak/").values_list("nilai", flat=True)
            )
            detik = round(time.monotonic() - mulai, 1)
            Pesan.objects.all().delete()
            _kontrol()
            _gelombang(30)
            klien.flushall()
            cache.clear()
            _gelombang(30)
    return {
        "sms": sms,
        "jawaban": {str(k): n for k, n in (jawaban + lagi).items()},
        "tanpa_retry_after": tanpa + tanpa_lagi,
        "tercatat": tercatat,
        "kontrol_sms": Pesan.objects.filter(jenis="kode").count(),
        "detik": detik,
    }


def _gelombang(banyak: int = PERMINTAAN) -> tuple[Counter[int], int]:
    """(answers by status, refusals without Retry-After) of a wave from fifty addresses, sixteen at a time."""
    from django.db import connection
    from django.test import Client

    def satu(n: int) -> tuple[int, bool]:
        try:
            alamat = f"198.51.{n % ALAMAT}.7"
            respons = Client(raise_request_exception=False).post("/masuk/kode/", {"hp": HP}, REMOTE_ADDR=alamat)
            return respons.status_code, respons.has_header("Retry-After")
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as kumpulan:
        hasil = list(kumpulan.map(satu, range(banyak)))
    return Counter(k for k, _r in hasil), sum(k == 429 and not r for k, r in hasil)


def _kontrol() -> None:
    """Counters in the cache, where a flush forgives everything."""
    from django.core.cache import cache

    from core import pembatas

    def catat(jenis: str, pelaku: str, _jendela: Any = None) -> None:
        cache.set(f"{jenis}/{pelaku}", cache.get(f"{jenis}/{pelaku}", 0) + 1, 3600)

    pembatas.catat = catat  # type: ignore[assignment]
    pembatas.jumlah = lambda jenis, pelaku, _jendela=None: cache.get(f"{jenis}/{pelaku}", 0)  # type: ignore[assignment]
