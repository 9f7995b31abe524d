"""B04: a double click, a reload, a phone that repeats: one application, one number, the same answer to every copy.

Twenty copies of a request with one key at the same instant, through gunicorn on PostgreSQL; the same key with other
content; and a server that is killed while it holds the key.
"""

from __future__ import annotations

import json
import os
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg2
import pytest

from tests.bar.alat import Rumah, rumah_pg, serentak
from tests.bar.conftest import Catat
from tests.bar.peladen import gunicorn, minta, port_bebas, semua, siap, tunggu

SALINAN = 20
PUTARAN = 50 if os.environ.get("TINGKAT") == "penuh" else 8
ALAMAT = "/api/v1/permohonan/"


def _serempak(port: int, alamat: str, badan: str, kepala: dict[str, str]) -> list[tuple[int, str]]:
    """Twenty copies that leave at the same instant; a 409 that says when is asked again."""
    gerbang = threading.Barrier(SALINAN)

    def satu(_ke: int) -> tuple[int, str]:
        gerbang.wait()
        for _ in range(10):
            jawaban = minta(port, "POST", alamat, badan, kepala)
            if jawaban[0] not in {409, 503}:
                break
            time.sleep(0.5)
        return jawaban

    with ThreadPoolExecutor(SALINAN) as kumpulan:
        return list(kumpulan.map(satu, range(SALINAN)))


@pytest.mark.bar
def test_b04_dua_puluh_salinan_satu_permohonan(catat: Catat) -> None:
    rumah, port = rumah_pg("b04"), port_bebas()
    bekal = rumah.kerja("tests.bar.test_b04_kirim_ganda:draf", jumlah=PUTARAN)
    web = gunicorn(rumah, port, rumah.env)
    status: Counter[int] = Counter()
    kunci_draf, nomor, lain = set(), set(), Counter[int]()
    with semua(web):
        web.mulai()
        tunggu(lambda: siap(port), 30, web.catatan)
        token = {"Authorization": f"Token {bekal['token']}"}
        for ke in range(PUTARAN):
            kepala = token | {"Idempotency-Key": str(uuid.uuid4())}
            jawaban = _serempak(port, ALAMAT, json.dumps({"layanan": "siup"}), kepala)
            status.update(s for s, _ in jawaban)
            kunci_draf |= {(ke, json.loads(isi).get("acuan")) for _, isi in jawaban}
            lain[minta(port, "POST", ALAMAT, json.dumps({"layanan": "imb"}), kepala)[0]] += 1

            kepala = token | {"Idempotency-Key": str(uuid.uuid4())}
            ajukan = f"{ALAMAT}{bekal['draf'][ke]}/ajukan/"
            jawaban = _serempak(port, ajukan, "{}", kepala)
            status.update(s for s, _ in jawaban)
            nomor |= {(ke, json.loads(isi).get("nomor")) for _, isi in jawaban}
            # The key stands for what was sent: another file is other content.
            lain[minta(port, "POST", f"{ALAMAT}{bekal['draf'][(ke + 1) % PUTARAN]}/ajukan/", "{}", kepala)[0]] += 1
    hasil = rumah.kerja("tests.bar.test_b04_kirim_ganda:hitung")
    nilai = {
        "jawaban": dict(status),
        "permohonan baru": hasil["baru"],
        "nomor": len({n for _, n in nomor}),
        "isi lain": dict(lain),
    }
    lulus = (
        set(status) <= {200, 201}
        and hasil["baru"] == PUTARAN
        and len(kunci_draf) == len(nomor) == PUTARAN
        and len({n for _, n in nomor}) == PUTARAN
        and None not in {n for _, n in nomor | kunci_draf}
        and hasil["diajukan"] == PUTARAN
        and lain == {422: 2 * PUTARAN}
    )
    kontrol = rumah.kerja("tests.bar.test_b04_kirim_ganda:tanpa_kunci") > 1
    catat("B04", nilai, f"{PUTARAN} permohonan, satu nomor per kunci, isi lain 422", lulus, kontrol)


@pytest.mark.bar
def test_b04_kunci_terpakai_lagi_setelah_peladen_mati(catat: Catat) -> None:
    rumah, port = rumah_pg("b04mati"), port_bebas()
    bekal = rumah.kerja("tests.bar.test_b04_kirim_ganda:draf", jumlah=1)
    kunci = str(uuid.uuid4())
    kepala = {"Authorization": f"Token {bekal['token']}", "Idempotency-Key": kunci}
    alamat = f"{ALAMAT}{bekal['draf'][0]}/ajukan/"
    web = gunicorn(rumah, port, rumah.env, workers=1)
    with semua(web):
        web.mulai()
        tunggu(lambda: siap(port), 30, web.catatan)
        terputus = _mati_di_tengah(rumah, bekal["pelaku"], kunci, port, alamat, kepala, web)
        mulai = time.monotonic()
        web.mulai()
        jawaban: list[int] = []

        def terjawab() -> bool:
            jawaban.append(minta(port, "POST", alamat, "{}", kepala)[0])
            return jawaban[-1] == 200

        tunggu(terjawab, 60, web.catatan)
        lama = time.monotonic() - mulai
        jawaban.append(minta(port, "POST", alamat, "{}", kepala)[0])
    hasil = rumah.kerja("tests.bar.test_b04_kirim_ganda:hitung")
    lulus = terputus == 0 and lama <= 60 and hasil["diajukan"] == 1 and jawaban[-1] == 200
    catat("B04", f"kunci terpakai lagi {lama:.1f} s setelah kill -9", "60 s, satu pengajuan", lulus)


def _mati_di_tengah(
    rumah: Rumah, pelaku: str, kunci: str, port: int, alamat: str, kepala: dict[str, str], web: Any
) -> int:
    """Kill the server while its transaction waits for the key that we hold; returns what the client saw."""
    sambungan = psycopg2.connect(rumah.alamat)
    with sambungan.cursor() as kursor:
        kursor.execute(
            "INSERT INTO core_kunciulang (pelaku, kunci, sidik, acuan, dibuat_pada) VALUES (%s, %s, 'x', 'x', now())",
            [pelaku, kunci],
        )
        with ThreadPoolExecutor(1) as kumpulan:
            nanti = kumpulan.submit(minta, port, "POST", alamat, "{}", kepala)
            tunggu(lambda: _menunggu_kunci(rumah) > 0, 15, web.catatan)
            web.bunuh()
            terputus = nanti.result()[0]
    sambungan.rollback()
    sambungan.close()
    return terputus


def _menunggu_kunci(rumah: Rumah) -> int:
    sambungan = psycopg2.connect(rumah.alamat)
    with sambungan.cursor() as kursor:
        kursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        jumlah = int(kursor.fetchone()[0])
    sambungan.close()
    return jumlah


# --- in the child -------------------------------------------------------------------------------------------------


def draf(jumlah: int) -> dict[str, Any]:
    """Filled drafts of sari and her token."""
    from rest_framework.authtoken.models import Token

    from bpptportal.contoh import alur
    from bpptportal.contoh.pemeran import buat_pemeran

    pemeran = buat_pemeran()
    daftar = [str(alur.mulai(pemeran, "siup").kunci) for _ in range(jumlah)]
    token = Token.objects.get_or_create(user=pemeran.sari)[0].key
    return {"draf": daftar, "token": token, "pelaku": f"akun:{pemeran.sari.pk}"}


def hitung() -> dict[str, int]:
    from perizinan.models import Permohonan, Riwayat

    return {
        "baru": Permohonan.objects.filter(status="draf").count(),
        "diajukan": Riwayat.objects.filter(verba="ajukan").count(),
    }


def tanpa_kunci() -> int:
    """The control: the same race where nobody claims the key; returns how many drafts came of it."""
    from bpptportal.contoh.pemeran import buat_pemeran
    from perizinan.models import JenisIzin, Permohonan
    from perizinan.services import pengajuan

    pemeran = buat_pemeran()
    jenis = JenisIzin.objects.get(kode="siup")
    pengajuan.pakai_kunci = lambda **_: None  # type: ignore[attr-defined, assignment]
    sebelum = Permohonan.objects.count()
    serentak(
        lambda _ke: pengajuan.buat(
            oleh=pemeran.sari, jenis_izin=jenis, pemohon=pemeran.pemohon["sari"], kunci="satu-kunci"
        ),
        SALINAN,
    )
    return Permohonan.objects.count() - sebelum
