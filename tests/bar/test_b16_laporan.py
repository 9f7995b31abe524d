"""B16: delivery reports in any order, twice, late, of another gateway, forged: a final state never changes.

Hypothesis makes the sequences; each goes through the real address. A model written here says what must come out, and
the control, which believes whatever came last, goes back from a final state.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections import Counter
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from notifications.enums import StatusPesan as S
from notifications.models import Pesan, PesanMasuk
from tests.bar.conftest import Catat
from tests.notifications.bekal import tulis

RUNTUN = 1000 if os.environ.get("TINGKAT") == "penuh" else 200
RAHASIA, LAIN = "rahasia-berkas-uji", "rahasia-kannel-uji"
KODE = {"sampai": "1", "gagal": "2", "antre": "4", "terkirim": "8", "ditolak": "16"}
ACARA = (*KODE, "palsu", "tak_dikenal", "gerbang_lain", "alamat_asing", "usang")
AKHIR = {S.SAMPAI, S.GAGAL}


def harapan(status: str, acara: str) -> str:
    """The model: final stays; `sampai` and the two failures are final; the rest says nothing new."""
    if status in AKHIR:
        return status
    return {"sampai": S.SAMPAI, "gagal": S.GAGAL, "ditolak": S.GAGAL}.get(acara, status)


@pytest.mark.bar
@pytest.mark.django_db
def test_b16_runtun_laporan(catat: Catat, settings: Any) -> None:
    settings.RAHASIA_SMS = f"berkas:{RAHASIA},kannel:{LAIN}"
    hitung: Counter[str] = Counter()
    _jalankan(hitung)
    lulus = hitung["runtun"] >= RUNTUN and hitung["mundur"] == hitung["beda_model"] == hitung["tulis_palsu"] == 0
    lulus = lulus and hitung["palsu"] > 0 and hitung["palsu_bukan_403"] == 0 and hitung["ulangan_mengubah"] == 0
    nilai = {k: hitung[k] for k in ("runtun", "laporan", "mundur", "palsu", "tulis_palsu", "ulangan_mengubah")}
    catat("B16", nilai, "mundur 0, palsu 403 tanpa tulisan", lulus, hitung["kontrol_mundur"] > 0)


def _jalankan(hitung: Counter[str]) -> None:
    @seed(16)
    @settings(
        max_examples=RUNTUN,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(st.lists(st.sampled_from(ACARA), min_size=1, max_size=8))
    def satu(runtun: list[str]) -> None:
        with transaction.atomic():
            _satu(runtun, hitung)
            transaction.set_rollback(True)

    satu()


def _satu(runtun: list[str], hitung: Counter[str]) -> None:
    klien = Client()
    p = tulis()
    Pesan.objects.filter(pk=p.pk).update(status=S.TERKIRIM, gerbang="berkas", dikirim_pada=p.dibuat_pada)
    hitung["runtun"] += 1
    status, naif = str(S.TERKIRIM), str(S.TERKIRIM)
    for acara in runtun:
        sebelum = _sidik()
        kode = _panggil(klien, p, acara)
        hitung["laporan"] += 1
        if acara in {"palsu", "alamat_asing"}:
            hitung["palsu"] += 1
            hitung["palsu_bukan_403"] += kode != 403
            hitung["tulis_palsu"] += _sidik() != sebelum
        kini = _status(p)
        hitung["mundur"] += status in AKHIR and kini != status
        status = harapan(status, acara)
        hitung["beda_model"] += kini != status
        percaya = {"sampai": S.SAMPAI, "gagal": S.GAGAL, "ditolak": S.GAGAL, "terkirim": S.TERKIRIM}.get(acara, naif)
        hitung["kontrol_mundur"] += naif in AKHIR and percaya != naif
        naif = str(percaya)
    akhir = _sidik()
    if status in AKHIR:
        for acara in runtun:
            _panggil(klien, p, acara)
        hitung["ulangan_mengubah"] += _sidik() != akhir


def _panggil(klien: Client, p: Pesan, acara: str) -> int:
    rahasia, acuan, alamat = RAHASIA, str(p.acuan), "127.0.0.1"
    if acara == "palsu":
        rahasia = "tebakan"
    elif acara == "tak_dikenal":
        acuan = str(uuid.UUID(int=7))
    elif acara == "gerbang_lain":
        rahasia = LAIN
    elif acara == "alamat_asing":
        alamat = "203.0.113.7"
    elif acara == "usang":
        acuan = "503-2013-000001"
    tanya = {"acuan": acuan, "status": KODE.get(acara, "1")}
    return klien.get(f"/api/v1/sms/laporan/{rahasia}/", tanya, REMOTE_ADDR=alamat).status_code


def _status(p: Pesan) -> str:
    return str(Pesan.objects.values_list("status", flat=True).get(pk=p.pk))


def _sidik() -> str:
    """A digest of everything that a callback could write."""
    baris = [list(m.objects.order_by("pk").values_list()) for m in (Pesan, PesanMasuk)]
    return hashlib.sha256(repr(baris).encode()).hexdigest()
