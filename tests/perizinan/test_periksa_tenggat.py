"""Stored due dates equal what the log says; a wrong one is found."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command

from core.waktu import sekarang
from perizinan import services
from perizinan.enums import StatusPermohonan as S
from perizinan.models import Permohonan
from perizinan.pemeriksaan_tenggat import periksa_semua
from perizinan.services import _jam


def test_berkas_dengan_dua_jeda_sama_dengan_riwayatnya(berkas_di, rina, sari, jam):
    p = berkas_di(S.VERIFIKASI, "imb")
    services.minta_perbaikan(p.pk, oleh=rina, butir=[{"uraian": "Lengkapi alamat"}])
    jam.maju(timedelta(days=3))
    butir = p.perbaikan.get().butir.get()
    services.jawab_butir(butir, "Sudah", oleh=sari)
    services.kirim_perbaikan(p.pk, oleh=sari)
    berkas_di(S.MENUNGGU_PEMBAYARAN, "imb")
    berkas_di(S.PENYUSUNAN_SK, "siup")
    assert periksa_semua() == (3, [])


def test_batas_yang_diubah_di_luar_aturan_ditemukan(berkas_di):
    p = berkas_di(S.VERIFIKASI, "siup")
    Permohonan.objects.filter(pk=p.pk).update(tenggat=p.tenggat + timedelta(days=7))
    keluar = io.StringIO()
    with pytest.raises(SystemExit) as galat:
        call_command("periksa_tenggat", json=True, stdout=keluar)
    assert galat.value.code == 1
    hasil = json.loads(keluar.getvalue())
    assert hasil["baris"] == 1
    assert [r["nomor"] for r in hasil["rusak"]] == [p.nomor]


def test_yang_lewat_menurut_kueri_sama_dengan_aturan_murni(berkas_di, rina, jam):
    """Late, not late, paused before it was due, paused after it, finished: by query and by rule."""
    berkas_di(S.TERBIT, "siup")
    berkas_di(S.VERIFIKASI, "siup")
    dijeda = berkas_di(S.VERIFIKASI, "siup")
    services.minta_perbaikan(dijeda.pk, oleh=rina, butir=[{"uraian": "Lengkapi alamat"}])
    lambat = berkas_di(S.VERIFIKASI, "siup")
    jam.maju(timedelta(days=8))
    services.minta_perbaikan(lambat.pk, oleh=rina, butir=[{"uraian": "Lengkapi alamat"}])
    berkas_di(S.VERIFIKASI, "siup")
    kini, tenggat_lama = sekarang(), Permohonan.objects.get(pk=lambat.pk).tenggat
    assert tenggat_lama
    for saat in (kini, kini + timedelta(days=30), tenggat_lama, tenggat_lama + timedelta(microseconds=1)):
        murni = {
            p.pk
            for p in Permohonan.objects.filter(selesai_pada=None, terbit_pada=None)
            if p.mulai_hitung <= saat and _jam.hari_terpakai(p, saat) > p.hari_sop
        }
        assert set(Permohonan.objects.lewat_tenggat(saat).values_list("pk", flat=True)) == murni
    assert {dijeda.pk, lambat.pk} & set(Permohonan.objects.lewat_tenggat(kini).values_list("pk", flat=True)) == {
        lambat.pk
    }
