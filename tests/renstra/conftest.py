"""A small plan that the tests of evaluation and books share."""

from __future__ import annotations

from datetime import datetime

import pytest

from core import waktu
from renstra.models import (
    Anggaran,
    Indikator,
    Kegiatan,
    Keluaran,
    Program,
    RealisasiAnggaran,
    RealisasiKinerja,
    Rencana,
    Sasaran,
    Target,
    Tujuan,
)
from renstra.services import edisi, realisasi
from renstra.sumber import Masa
from tests.conftest import WIB

ALASAN_REVISI = "Target disesuaikan dengan RPJMD perubahan."


@pytest.fixture
def rencana(pemeran):
    """A small plan of 2025-2027: one outcome from the portal, one output by hand, money in each year."""
    r = Rencana.objects.create(
        kode="contoh", nama="Rencana contoh", tahun_mulai=2025, tahun_akhir=2027, visi="-", status="berlaku"
    )
    program = Program.objects.create(rencana=r, no=1, nama="Program pelayanan")
    hasil = Keluaran.objects.create(
        program=program, urutan=1, nama="Izin tepat waktu", satuan="%", tipe="level", sumber="tepat_waktu"
    )
    kegiatan = Kegiatan.objects.create(program=program, no=1, nama="Sosialisasi")
    keluaran = Keluaran.objects.create(kegiatan=kegiatan, urutan=1, nama="Peserta", satuan="orang", tipe="kumulatif")
    for tahun, level, banyak, pagu in ((2025, 80, 100, 10), (2026, 90, 200, 20), (2027, 95, 200, 30)):
        Target.objects.create(keluaran=hasil, tahun=tahun, angka=level)
        Target.objects.create(keluaran=keluaran, tahun=tahun, angka=banyak)
        Anggaran.objects.create(kegiatan=kegiatan, tahun=tahun, pagu=pagu * 1_000_000)
    return r


@pytest.fixture
def peserta(rencana):
    return Keluaran.objects.get(nama="Peserta")


@pytest.fixture
def lewat_semester():
    """A day in July 2026: two quarters are over."""
    with waktu.beku(datetime(2026, 7, 7, 9, 0, tzinfo=WIB)):
        yield


@pytest.fixture
def terisi(rencana, peserta, prita, lewat_semester):
    """Objectives, two years of reports, and what hindered in the second quarter of 2025."""
    sasaran = Sasaran.objects.create(
        tujuan=Tujuan.objects.create(rencana=rencana, no=1, uraian="Warga puas"), no=1, uraian="Izin lekas terbit"
    )
    Program.objects.filter(rencana=rencana).update(sasaran=sasaran)
    ikm = Indikator.objects.create(sasaran=sasaran, no=1, nama="IKM", satuan="indeks", tipe="level", sumber="ikm")
    for tahun, n in ((2025, 80), (2026, 81), (2027, 82)):
        Target.objects.create(indikator=ikm, tahun=tahun, angka=n)
    hasil = Keluaran.objects.get(program__rencana=rencana)
    for masa, tepat, orang, rupiah in (((2025, 2), 72, 30, 4_000_000), ((2025, 4), 76, 15, 5_000_000)):
        RealisasiKinerja.objects.create(keluaran=hasil, tahun=masa[0], triwulan=masa[1], angka=tepat)
        RealisasiKinerja.objects.create(keluaran=peserta, tahun=masa[0], triwulan=masa[1], angka=orang)
        uang = Anggaran.objects.get(kegiatan__program__rencana=rencana, tahun=masa[0])
        RealisasiAnggaran.objects.create(anggaran=uang, triwulan=masa[1], rupiah=rupiah)
    RealisasiKinerja.objects.create(keluaran=peserta, tahun=2026, triwulan=1, angka=20)
    catatan = {"penghambat": "Ruang penuh", "triwulan_berikut": "Pakai aula", "renja_berikut": "Tambah ruang"}
    realisasi.catat_evaluasi(rencana, Masa(2025, 2), catatan, oleh=prita)
    return rencana


@pytest.fixture
def lengkap(rencana, peserta):
    """The small plan, fit for publication: an aim, an objective, an indicator, ends that fit."""
    tujuan = Tujuan.objects.create(rencana=rencana, no=1, uraian="Layanan baik")
    sasaran = Sasaran.objects.create(tujuan=tujuan, no=1, uraian="Warga puas")
    iku = Indikator.objects.create(
        sasaran=sasaran, no=1, nama="Indeks layanan", satuan="indeks", tipe="level", iku=True
    )
    for tahun, n in zip(rencana.tahun, (80, 81, 82), strict=True):
        Target.objects.create(indikator=iku, tahun=tahun, angka=n, teks=str(n))
    Indikator.objects.filter(pk=iku.pk).update(akhir=82, akhir_teks="82")
    Keluaran.objects.filter(pk=peserta.pk).update(akhir=500, akhir_teks="500")
    Keluaran.objects.filter(sumber="tepat_waktu").update(akhir=95, akhir_teks="95")
    rencana.refresh_from_db()
    return rencana


@pytest.fixture
def draf(lengkap, prita):
    return edisi.buat_revisi(lengkap.pk, ALASAN_REVISI, oleh=prita)
