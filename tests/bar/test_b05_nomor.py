"""B05: permit and register numbers are gapless. Thirty-two desks take numbers at once; a tenth of them roll back."""

from __future__ import annotations

import os
import random
from typing import Any

import pytest

from tests.bar.alat import hitung_galat, rumah_pg, serentak, stopwatch
from tests.bar.conftest import Catat

MEJA = 32
PUTARAN = 50
if os.environ.get("TINGKAT") == "penuh":
    PUTARAN = 200


@pytest.mark.bar
def test_b05_nomor_tanpa_celah_dan_tanpa_kembar(catat: Catat) -> None:
    hasil = rumah_pg("b05").kerja("tests.bar.test_b05_nomor:berebut", putaran=PUTARAN, batas=300)
    kontrol = hasil["kontrol"]["kembar"] > 0
    for seri in ("izin", "register"):
        h = hasil[seri]
        diambil = MEJA * PUTARAN - h["mundur"]
        lulus = h["galat"] == {} and h["nomor"] == diambil and h["kembar"] == h["celah"] == 0 and h["mundur"] > 0
        catat("B05", f"{seri}: {h}", "0 kembar, 0 celah", lulus, kontrol)


# --- in the child -------------------------------------------------------------------------------------------------


class _MundurSengaja(Exception):
    """A transaction that took a number and did not come to its end."""


def berebut(putaran: int) -> dict[str, Any]:
    """Reserved permit numbers of one series, register numbers of another, and max()+1 as the control."""
    lama = stopwatch()
    return {
        "izin": _izin(putaran),
        "register": _register(putaran),
        "kontrol": _kontrol(),
        "detik": round(lama(), 1),
    }


def _ringkas(urut: list[int], jawaban: list[str]) -> dict[str, Any]:
    galat = {j: jawaban.count(j) for j in set(jawaban) - {"menang", "_MundurSengaja:"}}
    return {
        "nomor": len(urut),
        "kembar": len(urut) - len(set(urut)),
        "celah": max(urut) - len(set(urut)),
        "mundur": jawaban.count("_MundurSengaja:"),
        "galat": galat,
    }


def _izin(putaran: int) -> dict[str, Any]:
    """`cadangkan_nomor` for one file a desk; after each round the numbers are given up as void, and stay."""
    from django.db import transaction

    from bpptportal.contoh.pemeran import buat_pemeran
    from core.waktu import sekarang
    from perizinan import services
    from perizinan.models import JenisIzin, Permohonan, RegisterNomor
    from perizinan.services._otomatis import cadangkan_nomor
    from perizinan.services.pembatalan import lepaskan_semua

    pemeran, siup = buat_pemeran(), JenisIzin.objects.get(kode="siup")
    pemohon = pemeran.pemohon["sari"]
    berkas = [services.buat(oleh=pemeran.sari, jenis_izin=siup, pemohon=pemohon).pk for _ in range(MEJA)]

    def satu(ke: int, undi: random.Random) -> None:
        with transaction.atomic():
            p = Permohonan.objects.select_related("unit_penerbit", "jenis_izin").get(pk=berkas[ke])
            lepaskan_semua(p, sekarang(), alasan="putaran lalu")
            cadangkan_nomor(p, sekarang())
            if undi.random() < 0.1:
                raise _MundurSengaja

    jawaban = _berputar(satu, putaran)
    return _ringkas(list(RegisterNomor.objects.values_list("urut", flat=True)), jawaban)


def _register(putaran: int) -> dict[str, Any]:
    """`nomor_berikut` of a series that has no row yet: the first round also races for the row itself."""
    from django.db import transaction

    from core.models import nomor_berikut

    diambil: list[int] = []

    def satu(_ke: int, undi: random.Random) -> None:
        with transaction.atomic():
            urut = nomor_berikut("register/uji/2026")
            if undi.random() < 0.1:
                raise _MundurSengaja
        diambil.append(urut)

    return _ringkas(diambil, _berputar(satu, putaran))


def _berputar(satu: Any, putaran: int) -> list[str]:
    """Every desk acts once in a round, all at the same instant; the dice are the desk's own."""
    undian = [random.Random(ke) for ke in range(MEJA)]

    def semua(ke: int) -> list[str]:
        return [hitung_galat(lambda: satu(ke, undian[ke])) for _ in range(putaran)]

    return [j for daftar in serentak(semua, MEJA) for j in daftar]


def _kontrol() -> dict[str, Any]:
    """The usual max()+1, on a table of its own."""
    from django.db import connection, transaction

    with connection.cursor() as kursor:
        kursor.execute("CREATE TABLE uji_nomor (urut integer NOT NULL)")

    def satu(_ke: int, _undi: random.Random) -> None:
        with transaction.atomic(), connection.cursor() as kursor:
            kursor.execute("SELECT coalesce(max(urut), 0) + 1 FROM uji_nomor")
            urut = kursor.fetchone()[0]
            kursor.execute("INSERT INTO uji_nomor VALUES (%s)", [urut])

    jawaban = _berputar(satu, 10)
    with connection.cursor() as kursor:
        kursor.execute("SELECT urut FROM uji_nomor")
        return _ringkas([b[0] for b in kursor.fetchall()], jawaban)
