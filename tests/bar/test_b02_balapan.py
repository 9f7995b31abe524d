"""B02: sixteen officers press the same button on the same file at the same instant. One wins, on PostgreSQL.

Three verbs of three kinds: one that numbers and starts the clock (daftarkan), one that chooses its target
(lewati_teknis), one that takes money (catat_lunas). Real transactions from real threads, each with its connection;
lewati_teknis also through the pages.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.bar.alat import hitung_galat, rumah_pg, serentak, stopwatch
from tests.bar.conftest import Catat

PESERTA = 16
PUTARAN = 200 if os.environ.get("TINGKAT") == "penuh" else 50
#: Verb -> messages that one act orders.
VERBA = {"daftarkan": 1, "lewati_teknis": 0, "catat_lunas": 1}


@pytest.mark.bar
def test_b02_satu_pemenang_dari_enam_belas(catat: Catat) -> None:
    hasil = rumah_pg("b02").kerja("tests.bar.test_b02_balapan:balapan", putaran=PUTARAN, batas=500)
    verba = hasil["verba"]
    lulus = all(
        h["pemenang"] == {"1": PUTARAN}
        and set(h["kalah"]) == {"Bentrok:409"}
        and h["audit"] == PUTARAN
        and h["pesan"] == PUTARAN * VERBA[v]
        for v, h in verba.items()
    )
    lulus = lulus and hasil["rusak"] == [] and hasil["register"] == list(range(1, PUTARAN + 1))
    nilai = {v: f"{h['pemenang'].get('1', 0)}/{PUTARAN}" for v, h in verba.items()} | {"detik": hasil["detik"]}
    kontrol = hasil["kontrol"]["paling_banyak"] > 1
    catat("B02", nilai, "1 pemenang di setiap putaran, 15 mendapat 409", lulus, kontrol)


@pytest.mark.bar
def test_b02_lewat_halaman(catat: Catat) -> None:
    hasil = rumah_pg("b02h").kerja("tests.bar.test_b02_balapan:balapan_halaman", putaran=PUTARAN // 5, batas=300)
    lulus = hasil["jawaban"] == {"302": PUTARAN // 5, "409": (PESERTA - 1) * (PUTARAN // 5)}
    catat("B02", hasil, "302 sekali, 409 bagi yang lain, 5xx tidak pernah", lulus and hasil["audit"] == PUTARAN // 5)


# --- in the child -------------------------------------------------------------------------------------------------


def _kolam(jumlah: int) -> tuple[Any, list[int]]:
    """So many files of a service with a fee and without advice, sent and ready to be registered."""
    from bpptportal.contoh import alur
    from bpptportal.contoh.pemeran import buat_pemeran
    from bpptportal.contoh.waktu_kerja import hari_kerja_lalu
    from core import waktu
    from perizinan.models import Permohonan

    pemeran, daftar = buat_pemeran(), []
    with waktu.beku(hari_kerja_lalu(3)):
        for _ in range(jumlah):
            p = alur.jalankan(alur.mulai(pemeran, "kekayaan_daerah"), pemeran, "diajukan")
            alur.terima_semua(Permohonan.objects.get(pk=p.pk), pemeran.budi)
            daftar.append(p.pk)
    return pemeran, daftar


def _pelaku(verba: str, pk: int, pemeran: Any) -> Callable[[int], Any]:
    """What each of the sixteen does."""
    from core.waktu import sekarang
    from perizinan import services
    from perizinan.models import Skrd

    if verba == "daftarkan":
        return lambda _ke: services.daftarkan(pk, oleh=pemeran.budi)
    if verba == "lewati_teknis":
        return lambda _ke: services.lewati_teknis(pk, oleh=pemeran.rina)
    nilai = Skrd.objects.get(permohonan=pk, status="berlaku").nilai
    saat = sekarang() - timedelta(minutes=1)
    return lambda ke: services.catat_lunas(
        pk, oleh=pemeran.dina, jumlah=nilai, dibayar_pada=saat, bukti=f"BJB-{pk}-{ke}"
    )


def balapan(putaran: int) -> dict[str, Any]:
    """Every file goes through the three races; then the control, on the same files."""
    from notifications.models import Pesan
    from perizinan.models import Permohonan, Riwayat
    from perizinan.riwayat import periksa_semua

    lama = stopwatch()
    pemeran, daftar = _kolam(putaran)
    hasil: dict[str, Any] = {}
    for verba in VERBA:
        pemenang: Counter[int] = Counter()
        kalah: Counter[str] = Counter()
        sebelum = Pesan.objects.count()
        for pk in daftar:
            satu = _pelaku(verba, pk, pemeran)
            jawaban = Counter(serentak(lambda ke, satu=satu: hitung_galat(lambda: satu(ke)), PESERTA))
            pemenang[jawaban.pop("menang", 0)] += 1
            kalah.update(jawaban)
        hasil[verba] = {
            "pemenang": pemenang,
            "kalah": kalah,
            "audit": Riwayat.objects.filter(verba=verba).count(),
            "pesan": Pesan.objects.count() - sebelum,
        }
        if verba == "lewati_teknis":
            _tetapkan(daftar, pemeran)
    register = Permohonan.objects.exclude(nomor_register=None).values_list("nomor_register", flat=True)
    return {
        "verba": hasil,
        "register": sorted(int(nomor.rsplit("-", 1)[1]) for nomor in register),
        "rusak": [str(r) for r in periksa_semua().rusak],
        "kontrol": _kontrol(daftar[:10]),
        "detik": round(lama(), 1),
    }


def _tetapkan(daftar: list[int], pemeran: Any) -> None:
    from bpptportal.contoh import alur
    from perizinan import services
    from perizinan.models import Permohonan

    for pk in daftar:
        alur.isi_isian_petugas(Permohonan.objects.get(pk=pk), pemeran.rina)
        services.tetapkan_retribusi(pk, oleh=pemeran.rina)


def _kontrol(daftar: list[int]) -> dict[str, int]:
    """The same race by a door that reads, checks and then writes by primary key alone."""
    from django.db import transaction

    from perizinan.models import Permohonan

    def baca_lalu_tulis(pk: int, gerbang: threading.Barrier) -> None:
        with transaction.atomic():
            p = Permohonan.objects.get(pk=pk)
            boleh = p.status == "penyusunan_sk"
            gerbang.wait()
            if not boleh:
                raise RuntimeError("kalah")
            Permohonan.objects.filter(pk=pk).update(status="paraf_berjenjang", versi=p.versi + 1)

    paling = 0
    for pk in daftar:
        gerbang = threading.Barrier(PESERTA)
        jawaban = serentak(
            lambda _ke, pk=pk, g=gerbang: hitung_galat(lambda: baca_lalu_tulis(pk, g)),  # type: ignore[misc]
            PESERTA,
        )
        paling = max(paling, jawaban.count("menang"))
    return {"paling_banyak": paling}


def balapan_halaman(putaran: int) -> dict[str, Any]:
    """The same button on the page: the whole request, from session and CSRF-exempt client to the answer."""
    from django.test import Client

    from perizinan import services
    from perizinan.models import Permohonan, Riwayat

    pemeran, daftar = _kolam(putaran)
    klien = [Client(raise_request_exception=False) for _ in range(PESERTA)]
    for satu in klien:
        satu.force_login(pemeran.rina, backend="accounts.masuk.SurelAtauHp")
    jawaban: Counter[int] = Counter()
    for pk in daftar:
        services.daftarkan(pk, oleh=pemeran.budi)
        p = Permohonan.objects.get(pk=pk)
        alamat = f"/petugas/permohonan/{p.nomor}/lewati_teknis/"
        jawaban.update(serentak(lambda ke, alamat=alamat: klien[ke].post(alamat).status_code, PESERTA))
    return {"jawaban": jawaban, "audit": Riwayat.objects.filter(verba="lewati_teknis").count()}
