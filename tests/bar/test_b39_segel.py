"""B39, the outside seal: whole chains that a superuser computed again, and tails cut off with their heads, are found.

On the same log of 100,000 rows as tests/bar/test_b39_riwayat.py, where the chain inside the database sees none of it.
"""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tests.bar.alat import rumah_pg, rumah_sqlite, stopwatch
from tests.bar.conftest import Catat
from tests.bar.test_b39_riwayat import BATAS_DETIK, LANGKAH, SUNTINGAN


@pytest.mark.bar
@pytest.mark.parametrize("vendor", ["postgresql", "sqlite"])
def test_b39_rantai_yang_ditulis_ulang_ketahuan_oleh_segel(vendor: str, catat: Catat) -> None:
    rumah = (rumah_pg if vendor == "postgresql" else rumah_sqlite)(f"b39segel-{vendor}")
    h = rumah.kerja("tests.bar.test_b39_segel:ukur", batas=400)
    nilai = (
        f"{vendor}: {h['ketahuan']}/{SUNTINGAN}, {h['salah_tuduh']} salah tuduh, segel {h['segel']} s, {h['detik']} s"
    )
    lulus = h["ketahuan"] == SUNTINGAN and h["salah_tuduh"] == 0 and h["bersih"] == 0
    lulus = lulus and max(h["detik"], h["segel"]) <= BATAS_DETIK
    catat("B39", nilai, f"{SUNTINGAN}/{SUNTINGAN}, 0, {BATAS_DETIK} s", lulus, h["rantai"] == 0)


# --- in the child -------------------------------------------------------------------------------------------------


def ukur() -> dict[str, Any]:
    """Build, seal, forge, and judge twice: by the chain inside alone (the control), and by the seal."""
    from bpptportal import segel
    from perizinan import riwayat
    from perizinan.models import Permohonan
    from tests.bar.test_b39_riwayat import _bangun

    _bangun()
    hitung = stopwatch()
    assert segel.buat() is not None
    menyegel = round(hitung(), 1)
    bersih = len(segel.periksa().rusak)
    palsu = {str(p.kunci) for p in _palsukan()}
    rantai = len(riwayat.periksa_semua().rusak)
    hitung = stopwatch()
    laporan = segel.periksa()
    detik = round(hitung(), 1)
    temuan = {t.permohonan for t in laporan.rusak if t.permohonan}
    assert Permohonan.objects.filter(kunci__in=palsu).count() == SUNTINGAN
    return {
        "bersih": bersih,
        "ketahuan": len(palsu & temuan),
        "salah_tuduh": len(temuan - palsu),
        "rantai": rantai,
        "segel": menyegel,
        "detik": detik,
    }


def _palsukan() -> list[Any]:
    """A hundred files: half get another past, half lose their last two steps; every chain is whole again."""
    from django.db import connection, transaction

    from perizinan.models import Permohonan

    acak = Random(390)
    berkas = acak.sample(list(Permohonan.objects.filter(nomor__startswith="U").order_by("pk")), SUNTINGAN)
    with transaction.atomic(), connection.cursor() as kursor:
        if connection.vendor == "postgresql":
            kursor.execute("SET LOCAL session_replication_role = replica")
        else:
            kursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'perizinan_%%'")
            for (nama,) in kursor.fetchall():
                kursor.execute(f'DROP TRIGGER "{nama}"')
        for ke, p in enumerate(berkas):
            if ke % 2:
                _potong(p, kursor)
            else:
                _tulis_ulang(p, acak.randint(1, LANGKAH))
    return berkas


def _tulis_ulang(p: Any, mulai: int) -> None:
    """Change one row and compute it and all rows after it again, with the head."""
    from perizinan.models import Permohonan, Riwayat
    from perizinan.models.riwayat import sidik_teks, teks_kanonik

    sebelum = ""
    for r in Riwayat.objects.filter(permohonan=p).order_by("urut"):
        if r.urut == mulai:
            r.rinci = {"dipalsukan": True}
        kanonik = teks_kanonik(r, kunci_permohonan=str(p.kunci), sebelum=sebelum)
        sebelum = sidik_teks(kanonik)
        Riwayat.objects.filter(pk=r.pk).update(rinci=r.rinci, kanonik=kanonik, sidik=sebelum)
    Permohonan.objects.filter(pk=p.pk).update(riwayat_sidik=sebelum)


def _potong(p: Any, kursor: Any) -> None:
    """Take the last two acts back as if they had never been: rows, head, state and version."""
    from perizinan.models import Permohonan, Riwayat

    kursor.execute("DELETE FROM perizinan_riwayat WHERE permohonan_id = %s AND urut > %s", [p.pk, LANGKAH - 2])
    r = Riwayat.objects.get(permohonan=p, urut=LANGKAH - 2)
    Permohonan.objects.filter(pk=p.pk).update(
        riwayat_urut=r.urut, riwayat_sidik=r.sidik, status=r.ke, versi=LANGKAH - 2
    )
