"""B14: clocks that lie. Workers a month ahead, a day behind, two hours ahead, in three time zones: nothing early,
nothing twice, no lease stolen, because the instant is the database's. (The arithmetic of working days against an
independent oracle, 10,000 cases: tests/perizinan/test_tenggat_peramal.py and test_buku_waktu.py.)
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from tests.bar.alat import AKAR, Rumah, rumah_pg
from tests.bar.conftest import Catat

BERKAS = 200 if os.environ.get("TINGKAT") == "penuh" else 40
GESER = ("+30d", "-1d", "+2h")
ZONA = ("UTC", "America/New_York", "Asia/Jayapura")


def _bergeser(rumah: Rumah, geser: str, fungsi: str, zona: str = "UTC") -> str:
    """Run a function of the house in a process whose own clock is off (libfaketime)."""
    faketime = shutil.which("faketime")
    assert faketime, "paket sistem faketime dipasang bin/setup --dev"
    env = rumah.env | {"TZ": zona, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    perintah = [faketime, "-f", geser, sys.executable, "-m", "tests.bar.alat", f"tests.bar.test_b14_jam:{fungsi}"]
    hasil = subprocess.run(perintah, cwd=AKAR, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert hasil.returncode == 0, hasil.stderr[-3000:]
    return hasil.stdout.splitlines()[-1]


@pytest.mark.bar
def test_b14_tidak_ada_yang_terlalu_awal(catat: Catat) -> None:
    rumah = rumah_pg("b14")
    rumah.kerja("tests.bar.test_b09_jadwal:tanam", jumlah=BERKAS, nanti=True)
    rumah.kerja("tests.bar.test_b14_jam:sewa")
    for geser, zona in zip(GESER, ZONA, strict=True):
        _bergeser(rumah, geser, "sapu", zona)
    h = rumah.kerja("tests.bar.test_b14_jam:hitung")
    lulus = h == {"lewat": 0, "sewa_dicuri": 0, "terkirim_awal": 0}
    # Control: the same sweep by the clock of its own process.
    awal = int(_bergeser(rumah, "+30d", "sapu_jam_sendiri"))
    catat("B14", f"jam {', '.join(GESER)}: {h}", "0 terlalu awal, 0 sewa dicuri", lulus, awal > 0)


@pytest.mark.bar
def test_b14_tiga_jam_berbeda_bersamaan_masing_masing_satu_kali(catat: Catat) -> None:
    rumah = rumah_pg("b14_bersamaan")
    rumah.kerja("tests.bar.test_b09_jadwal:tanam", jumlah=BERKAS)
    anak = [
        replace(rumah, env=rumah.env | {"TZ": zona}).mulai("tests.bar.test_b14_jam:sapu_bergeser", geser=geser)
        for geser, zona in zip(GESER, ZONA, strict=True)
    ]
    for satu in anak:
        satu.tunggu(120)
    h = rumah.kerja("tests.bar.test_b09_jadwal:hitung")
    lulus = h["lewat"] == h["sms"] == h["fiktif"] == BERKAS and h["kembar"] == h["tersisa"] == h["rusak"] == 0
    catat("B14", f"tiga jam, tiga zona: {h}", f"{BERKAS} masing-masing, 0 kembar", lulus)


# --- in the child -------------------------------------------------------------------------------------------------


def sewa() -> int:
    """One message on its way under a lease, one that is to leave in an hour."""
    from datetime import timedelta

    from core.waktu import sekarang
    from notifications.models import Pesan

    kini = sekarang()
    dasar: dict[str, Any] = {"kode": "SMS_LEWAT", "tujuan": "+6281200000001", "teks": "Uji", "dibuat_pada": kini}
    Pesan.objects.filter(status="menunggu").delete()
    Pesan.objects.create(
        **dasar, kunci="b14/sewa", status="mengirim", sewa_sampai=kini + timedelta(minutes=10), kirim_sesudah=kini
    )
    Pesan.objects.create(**dasar, kunci="b14/nanti", kirim_sesudah=kini + timedelta(hours=1))
    return Pesan.objects.count()


def sapu() -> int:
    """Deadlines and messages, by the house's clock."""
    from notifications import layanan
    from perizinan.services import sapuan

    return sapuan.sapu() + layanan.sapu()


def sapu_bergeser(geser: str) -> int:
    """The same in a process of its own with a clock that is off."""
    rumah = Rumah(dict(os.environ), AKAR)
    return int(_bergeser(rumah, geser, "sapu", os.environ["TZ"]))


def sapu_jam_sendiri() -> int:
    """The control: what this process would do if it asked its own clock."""
    from datetime import UTC, datetime

    from core import waktu
    from perizinan.services import sapuan

    with waktu.beku(datetime.now(UTC)):
        return sapuan.sapu()


def hitung() -> dict[str, int]:
    """What happened before its time."""
    from notifications.models import Pesan
    from perizinan.models import Riwayat

    return {
        "lewat": Riwayat.objects.filter(verba="tandai_lewat").count(),
        "sewa_dicuri": Pesan.objects.filter(kunci="b14/sewa").exclude(status="mengirim").count(),
        "terkirim_awal": Pesan.objects.filter(kunci="b14/nanti").exclude(status="menunggu").count(),
    }
