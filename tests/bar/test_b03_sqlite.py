"""B03: the embedded installation. Eight processes act on one SQLite file: nothing is lost, nobody is turned away."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.bar.alat import Rumah, hitung_galat, persentil, rumah_sqlite, stopwatch
from tests.bar.conftest import Catat

PROSES = 8
TINDAKAN = 25
BATAS_P95_MS = 500
#: The time is also the machine's: other work on it may spoil a run, so two more are allowed. Correctness is not.
ULANGAN = 3


@pytest.mark.bar
def test_b03_delapan_proses_pada_satu_berkas_sqlite(catat: Catat) -> None:
    buruk = _jalankan(rumah_sqlite("b03_bawaan"), bawaan=True)
    kontrol = buruk["jawaban"].get("OperationalError:", 0) > 0
    p95 = []
    for ke in range(ULANGAN):
        baik = _jalankan(rumah_sqlite(f"b03_{ke}"), bawaan=False)
        benar = baik["jawaban"] == {"menang": PROSES * TINDAKAN} and baik["hilang"] == 0 and baik["rusak"] == []
        nilai = f"{baik['jawaban']}, hilang {baik['hilang']}; bawaan {buruk['jawaban']}"
        catat("B03", nilai, f"{PROSES * TINDAKAN} berhasil, 0 terkunci, 0 hilang", benar, kontrol)
        p95.append(round(baik["p95"] * 1000))
        if p95[-1] <= BATAS_P95_MS:
            break
    catat("B03", f"p95 {p95} ms", f"{BATAS_P95_MS} ms", min(p95) <= BATAS_P95_MS)


def _jalankan(rumah: Rumah, *, bawaan: bool) -> dict[str, Any]:
    """Prepare eight files, let eight processes act on them at once, count what is in the database afterwards."""
    daftar = rumah.kerja("tests.bar.test_b03_sqlite:siapkan", jumlah=PROSES)
    aba = Path(rumah.folder) / "aba-aba"
    anak = [
        rumah.mulai("tests.bar.test_b03_sqlite:bertindak", pk=pk, aba=str(aba), jumlah=TINDAKAN, bawaan=bawaan)
        for pk in daftar
    ]
    aba.touch()
    jawaban: Counter[str] = Counter()
    lama: list[float] = []
    for satu in anak:
        hasil = satu.tunggu(200)
        jawaban.update(hasil["jawaban"])
        lama += hasil["lama"]
    sesudah = rumah.kerja("tests.bar.test_b03_sqlite:periksa", daftar=daftar)
    return {
        "jawaban": dict(jawaban),
        "p95": persentil(lama, 0.95),
        "hilang": jawaban["menang"] - sesudah["langkah"],
        "rusak": sesudah["rusak"],
    }


# --- in the children ----------------------------------------------------------------------------------------------


def siapkan(jumlah: int) -> list[int]:
    """Files in `verifikasi`, of a service without advice or fee."""
    from bpptportal.contoh import alur
    from bpptportal.contoh.pemeran import buat_pemeran
    from bpptportal.contoh.waktu_kerja import hari_kerja_lalu
    from core import waktu

    pemeran = buat_pemeran()
    with waktu.beku(hari_kerja_lalu(3)):
        return [alur.jalankan(alur.mulai(pemeran, "siup"), pemeran, "verifikasi").pk for _ in range(jumlah)]


def bertindak(pk: int, aba: str, jumlah: int, bawaan: bool) -> dict[str, Any]:
    """To and fro between verification and the draft, as fast as the file lets one."""
    import time

    from django.conf import settings

    if bawaan:
        settings.DATABASES["default"]["OPTIONS"] = {}
    from accounts.models import Akun
    from perizinan import services

    rina = Akun.objects.get(surel="rina@contoh.invalid")
    kabid = Akun.objects.get(surel="kabid_np@contoh.invalid")
    while not Path(aba).exists():
        time.sleep(0.005)
    jawaban: Counter[str] = Counter()
    lama: list[float] = []
    for ke in range(jumlah):
        hitung = stopwatch()
        if ke % 2 == 0:
            jawaban[hitung_galat(lambda: services.lewati_teknis(pk, oleh=rina))] += 1
        else:
            jawaban[hitung_galat(lambda: services.kembalikan_proses(pk, oleh=kabid, alasan="Uji balik"))] += 1
        lama.append(hitung())
    return {"jawaban": jawaban, "lama": lama}


def periksa(daftar: list[int]) -> dict[str, Any]:
    """Acts that the log holds, and whether every chain is sound."""
    from perizinan.models import Riwayat
    from perizinan.riwayat import periksa_semua

    langkah = Riwayat.objects.filter(permohonan__in=daftar, verba__in=["lewati_teknis", "kembalikan_proses"])
    return {"langkah": langkah.count(), "rusak": [str(r) for r in periksa_semua().rusak]}
