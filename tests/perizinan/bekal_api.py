"""What the tests of the API share: a short way to speak JSON, and many issued permits at small cost."""

from __future__ import annotations

import json
import uuid
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import Kewenangan
from core.waktu import sekarang
from perizinan import services
from perizinan.models import Izin, JenisIzin, Permohonan
from perizinan.nomor import nomor_baru

V1 = "/api/v1/"
WIB = ZoneInfo("Asia/Jakarta")
MASALAH = "application/problem+json"


def kirim(klien: Any, alamat: str, isi: Any = None, *, metode: str = "post", kunci: str = "", **lain: Any) -> Any:
    """A request with a JSON body; `kunci` is the Idempotency-Key."""
    kepala = {"Idempotency-Key": kunci} if kunci else {}
    badan = json.dumps(isi if isi is not None else {}, default=str)
    return getattr(klien, metode)(V1 + alamat, badan, content_type="application/json", headers=kepala, **lain)


def lihat(klien: Any, alamat: str, status: int = 200) -> Any:
    """The JSON of an address, which must answer with that status."""
    respons = klien.get(V1 + alamat)
    assert respons.status_code == status, respons.content
    return respons.json()


def masalah(respons: Any, status: int, kode: str) -> Any:
    """The problem document of a refusal, checked for its kind."""
    assert respons.status_code == status, respons.content
    assert respons["Content-Type"] == MASALAH
    isi = respons.json()
    assert isi["status"] == status
    assert isi["type"] == f"/api/masalah/{kode}/"
    assert isi["title"] and isi["detail"]
    return isi


def draf(pemeran: Any, kode: str = "siup") -> Permohonan:
    """An empty draft of sari."""
    jenis = JenisIzin.objects.get(kode=kode)
    return services.buat(oleh=pemeran.sari, jenis_izin=jenis, pemohon=pemeran.pemohon["sari"])


def gandakan(contoh: Permohonan, **beda: Any) -> Permohonan:
    """A copy of a file under a number of its own, for lists that need many; its log stays with the original."""
    baru = Permohonan.objects.get(pk=contoh.pk)
    baru.pk, baru.kunci, baru.nomor, baru._state.adding = None, uuid.uuid4(), nomor_baru(), True
    baru.nomor_register = f"uji-{baru.kunci.hex[:12]}"
    baru.__dict__["status"] = beda.pop("status", baru.status)  # a copy is born in its state, it made no transition
    for nama, nilai in beda.items():
        setattr(baru, nama, nilai)
    baru.save(force_insert=True)
    return baru


def izin_contoh(pemeran: Any, kode: str = "imb") -> Izin:
    """A permit of sari of the held Tuesday, without the walk that led to it; its papers are not there."""
    draf = services.buat(
        oleh=pemeran.sari, jenis_izin=JenisIzin.objects.get(kode=kode), pemohon=pemeran.pemohon["sari"]
    )
    pada = sekarang()
    berkas = gandakan(
        draf,
        status="terbit",
        diajukan_pada=pada,
        terdaftar_pada=pada,
        mulai_hitung=pada,
        tenggat=pada,
        hari_sop=14,
        terbit_pada=pada,
        hari_terpakai=0,
        riwayat_urut=0,
    )
    izin = Izin(
        permohonan=berkas,
        jenis_izin=berkas.jenis_izin,
        unit_penerbit_id=berkas.unit_penerbit_id,
        nomor_izin="503/0001/CONTOH/2026",
        token=uuid.uuid4().hex,
        pemegang=berkas.pihak.sebutan,
        tanggal_terbit=hari_lalu(0),
        mulai=hari_lalu(0),
        penandatangan=Kewenangan.objects.get(),
        status_sejak=pada,
    )
    izin.save(force_insert=True)
    return izin


def terbitkan(contoh: Izin, tanggal: date, *, kode: str = "", pemegang: str = "", **beda: Any) -> Izin:
    """One more permit like `contoh`, issued on a day, perhaps of another service."""
    jenis = JenisIzin.objects.get(kode=kode) if kode else contoh.jenis_izin
    versi = jenis.versi_pada(tanggal)
    assert versi is not None
    pada = datetime.combine(tanggal, time(10, 0), WIB)
    isian = beda.pop("isian", contoh.permohonan.isian)
    berkas = gandakan(
        contoh.permohonan, jenis_izin=jenis, versi_layanan=versi, terbit_pada=pada, isian=isian, riwayat_urut=0
    )
    izin = Izin(
        permohonan=berkas,
        jenis_izin=jenis,
        unit_penerbit_id=contoh.unit_penerbit_id,
        nomor_izin=f"503/{uuid.uuid4().hex[:6]}/{jenis.kode_nomor}/{tanggal.year}",
        token=uuid.uuid4().hex,
        pemegang=pemegang or contoh.pemegang,
        tanggal_terbit=tanggal,
        mulai=tanggal,
        penandatangan_id=contoh.penandatangan_id,
        status_sejak=pada,
        **beda,
    )
    izin.save(force_insert=True)
    return izin


def hari_lalu(n: int) -> date:
    """A day before the held Tuesday."""
    return date(2026, 6, 2) - timedelta(days=n)
