"""Services of one SOP number filed together: one start, one limit, each the others' prerequisite."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bpptportal.contoh import alur
from core.galat import TidakBerwenang, TransisiDitolak
from perizinan import services
from perizinan.enums import StatusPermohonan as S
from perizinan.models import JenisIzin, Permohonan
from perizinan.persyaratan import keadaan_syarat
from perizinan.services.paket import layanan_sepaket, tambah_sepaket


def jenis(kode):
    return JenisIzin.objects.get(kode=kode)


@pytest.fixture
def sepaket(pemeran, sari):
    imb = services.buat(oleh=sari, jenis_izin=jenis("imb"), pemohon=pemeran.pemohon["sari"])
    ippl = tambah_sepaket(imb, jenis("ippl"), oleh=sari)
    return imb, ippl


def test_saudara_memenuhi_prasyarat(sepaket):
    imb, _ippl = sepaket
    syarat = next(k for k in keadaan_syarat(Permohonan.objects.get(pk=imb.pk)) if k.syarat.kode == "ippl")
    assert syarat.ada
    assert syarat.sepaket is not None


def test_saudara_yang_dibatalkan_tidak_memenuhi(sepaket, sari):
    imb, ippl = sepaket
    services.batalkan(ippl.pk, oleh=sari)
    syarat = next(k for k in keadaan_syarat(Permohonan.objects.get(pk=imb.pk)) if k.syarat.kode == "ippl")
    assert not syarat.ada


def test_mulai_dan_batas_waktu_sama_walau_didaftarkan_di_hari_lain(sepaket, pemeran, jam, sari):
    imb, ippl = sepaket
    for p in (imb, ippl):
        alur.isi_draf(p, sari)
    pertama = alur.jalankan(ippl, pemeran, S.VERIFIKASI)
    services.ajukan(imb.pk, oleh=sari)
    jam.maju(timedelta(hours=23))
    kedua = alur.jalankan(imb, pemeran, S.VERIFIKASI)
    assert kedua.terdaftar_pada > pertama.terdaftar_pada
    assert kedua.mulai_hitung == pertama.mulai_hitung
    assert kedua.tenggat == pertama.tenggat


def test_layanan_di_luar_paket_ditolak(sepaket, sari):
    imb, ippl = sepaket
    with pytest.raises(TransisiDitolak):
        tambah_sepaket(imb, jenis("siup"), oleh=sari)
    assert tambah_sepaket(imb, jenis("ippl"), oleh=sari).pk == ippl.pk  # the same wish said twice


def test_orang_lain_tidak_dapat_menambah(sepaket, asing):
    with pytest.raises(TidakBerwenang):
        tambah_sepaket(sepaket[0], jenis("rencana_tapak"), oleh=asing)


def test_yang_ditawarkan_hanya_yang_belum_ada(sepaket):
    kode = {j.kode for j in layanan_sepaket(Permohonan.objects.get(pk=sepaket[0].pk))}
    assert kode == {"rencana_tapak"}
