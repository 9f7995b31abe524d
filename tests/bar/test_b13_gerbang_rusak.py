"""B13: the provider hangs, answers 500 or 429 or nonsense, breaks the line, or drips a byte at a time.

A real HTTP server of ours misbehaves by the number that is written to. One message blocks a worker for at most ten
seconds, the deadline sweep does not notice, the second provider takes over, and what is given up is on the operator's
list after the planned number of tries.
"""

from __future__ import annotations

import os
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.bar.alat import rumah_pg
from tests.bar.conftest import Catat
from tests.bar.gerbang_palsu import TINGKAH, palsu

BATAS_DETIK = 10.0
ALIH = 300 if os.environ.get("TINGKAT") == "penuh" else 60


@pytest.mark.bar
def test_b13_tingkah_buruk(catat: Catat, tmp_path: Path) -> None:
    h = _jalankan(tmp_path, "tingkah_buruk")
    lulus = (
        set(h["detik"]) == set(TINGKAH.values())
        and max(h["detik"].values()) <= BATAS_DETIK
        and h["sapuan_tenggat"] <= 30
        and h["akhir"]["500"] == "gagal"
        and {h["akhir"][t] for t in ("gantung", "sampah", "putus", "tetes")} == {"tidak_pasti"}
        and h["akhir"]["429"] == "kedaluwarsa"
        and max(h["percobaan"].values()) <= h["rencana"]
        and h["macet"] == 5
        and 38 <= h["jeda_429"] <= 40
    )
    nilai = {k: h[k] for k in ("detik", "sapuan_tenggat", "akhir", "percobaan", "jeda_429")}
    catat(
        "B13", nilai, "<= 10 detik per pesan; akhir terlihat; percobaan <= rencana", lulus, h["kontrol"] > BATAS_DETIK
    )


@pytest.mark.bar
def test_b13_gerbang_kedua_mengambil_alih(catat: Catat, tmp_path: Path) -> None:
    h = _jalankan(tmp_path, "alih", jumlah=ALIH)
    lulus = h["terkirim"] == ALIH and h["lewat"] == {"kannel": ALIH} and h["ke_pertama"] <= 50
    kontrol = h["kontrol_terkirim"] == 0
    catat(
        "B13", {k: h[k] for k in ("terkirim", "ke_pertama", "detik")}, f"{ALIH} sampai, <= 50 galat", lulus, kontrol
    )


def _jalankan(folder: Path, kerja: str, **argumen: Any) -> dict[str, Any]:
    with palsu(folder / "satu") as satu, palsu(folder / "dua") as dua:
        rumah = rumah_pg(f"b13_{kerja}")
        kannel = {"KANNEL_URL": f"{dua.alamat}/cgi-bin/sendsms", "KANNEL_SANDI": "uji"}
        env = rumah.env | satu.env | kannel | {"JAM_TENANG": "", "LOG_LEVEL": "ERROR"}
        hasil: dict[str, Any] = replace(rumah, env=env).kerja(
            f"tests.bar.test_b13_gerbang_rusak:{kerja}", batas=200, **argumen
        )
    return hasil


# --- in the child -------------------------------------------------------------------------------------------------


def _tulis(nomor: str) -> int:
    from core.waktu import sekarang
    from notifications import layanan
    from notifications.enums import JenisPesan, Kanal

    kunci = f"b13/{nomor}/{time.monotonic_ns()}"
    kabar = {"kode": "SMS_UJI", "jenis": JenisPesan.KABAR, "kanal": Kanal.SMS, "perihal": "", "kini": sekarang()}
    return layanan.tulis_teks("BPPT: kabar.", tujuan=nomor, kunci=kunci, **kabar).pk


def _serentak(pk: dict[str, int]) -> dict[str, float]:
    """Send each in a thread of its own, as workers would; seconds by behaviour."""
    from django.db import connection

    from notifications import layanan

    detik: dict[str, float] = {}
    gerbang = threading.Barrier(len(pk))

    def satu(nama: str, nomor: int) -> None:
        connection.ensure_connection()
        gerbang.wait()
        mulai = time.monotonic()
        layanan.kirim(nomor)
        detik[nama] = round(time.monotonic() - mulai, 2)
        connection.close()

    benang = [threading.Thread(target=satu, args=butir) for butir in pk.items()]
    for b in benang:
        b.start()
    for b in benang:
        b.join()
    return detik


def tingkah_buruk() -> dict[str, Any]:
    """Every behaviour at once; then the rest of each message's life, with its waiting times skipped."""
    from core import colek
    from notifications import layanan
    from notifications.models import KeadaanGerbang, Pesan
    from notifications.pengiriman import JEDA_COBA
    from perizinan.jadwal import sapu_tenggat

    colek._diam_sampai = float("inf")
    pk = {tingkah: _tulis(f"+628120000{akhir}") for akhir, tingkah in TINGKAH.items()}
    tenggat: list[float] = []

    def sapuan() -> None:
        time.sleep(1)
        mulai = time.monotonic()
        sapu_tenggat()
        tenggat.append(round(time.monotonic() - mulai, 2))

    lain = threading.Thread(target=sapuan)
    kontrol: list[float] = []
    naif = threading.Thread(target=lambda: kontrol.append(_naif()))
    lain.start()
    naif.start()
    detik = _serentak(pk)
    for b in (lain, naif):
        b.join()
    jeda_429 = _jeda_429(pk["429"])
    for _ in range(len(JEDA_COBA) + 2):
        KeadaanGerbang.objects.all().delete()
        Pesan.objects.filter(status="menunggu").update(kirim_sesudah="2026-01-01T00:00:00Z")
        ulang = dict(Pesan.objects.filter(status="menunggu", pk__in=pk.values()).values_list("kode", "pk"))
        if ulang:
            _serentak({str(n): n for n in Pesan.objects.filter(status="menunggu").values_list("pk", flat=True)})
    Pesan.objects.filter(status="menunggu").update(kedaluwarsa_pada="2026-01-01T00:00:00Z")
    layanan.sapu()
    akhir = {t: Pesan.objects.get(pk=n) for t, n in pk.items()}
    return {
        "detik": detik,
        "sapuan_tenggat": tenggat[0],
        "kontrol": kontrol[0],
        "jeda_429": jeda_429,
        "akhir": {t: p.status for t, p in akhir.items()},
        "percobaan": {t: p.percobaan for t, p in akhir.items()},
        "rencana": len(JEDA_COBA) + 1,
        "macet": layanan.macet().count(),
    }


def _jeda_429(pk: int) -> float:
    """For how long the provider's Retry-After keeps the message back, counted from when it was noted."""
    from notifications.models import KeadaanGerbang, Pesan

    p, keadaan = Pesan.objects.get(pk=pk), KeadaanGerbang.objects.get(nama="http")
    assert p.status == "menunggu"
    assert keadaan.tunda_sampai is not None
    assert keadaan.jendela_mulai is not None
    return min(40.0, round((p.kirim_sesudah - keadaan.jendela_mulai).total_seconds(), 1))


def _naif() -> float:
    """The control: the same dripping answer through urllib and its time-out."""
    import contextlib
    import json
    import urllib.request

    from django.conf import settings

    isi = json.dumps({"acuan": "x", "tujuan": "+62812000096", "teks": "x"}).encode()
    mulai = time.monotonic()
    permintaan = urllib.request.Request(settings.GERBANG_HTTP_URL, isi, {"Content-Type": "application/json"})
    with contextlib.suppress(Exception):
        urllib.request.urlopen(permintaan, timeout=9).read()
    return round(time.monotonic() - mulai, 2)


def alih(jumlah: int) -> dict[str, Any]:
    """A provider that answers 500 to everything, with and without a second one behind it."""
    from django.conf import settings

    from core import colek
    from notifications import layanan
    from notifications.models import KeadaanGerbang, Pesan

    colek._diam_sampai = float("inf")
    nomor = [f"+62812{n:05d}92" for n in range(jumlah)]
    _semua(nomor)
    layanan.sapu()
    kontrol = Pesan.objects.filter(status="terkirim").count()
    Pesan.objects.all().delete()
    KeadaanGerbang.objects.all().delete()
    settings.GERBANG_SMS = "http,kannel"
    pk = _semua(nomor)
    mulai = time.monotonic()
    layanan.sapu()
    ke_pertama = sum(Pesan.objects.filter(pk__in=pk, status="menunggu").values_list("percobaan", flat=True))
    Pesan.objects.filter(status="menunggu").update(kirim_sesudah="2026-01-01T00:00:00Z")
    layanan.sapu()
    terkirim = Pesan.objects.filter(pk__in=pk, status="terkirim")
    return {
        "terkirim": terkirim.count(),
        "lewat": {g: terkirim.filter(gerbang=g).count() for g in set(terkirim.values_list("gerbang", flat=True))},
        "ke_pertama": ke_pertama,
        "kontrol_terkirim": kontrol,
        "detik": round(time.monotonic() - mulai, 1),
    }


def _semua(nomor: list[str]) -> list[int]:
    return [_tulis(n) for n in nomor]
