"""Stored due dates equal what the log says; a wrong one is found."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command

from perizinan import services
from perizinan.enums import StatusPermohonan as S
from perizinan.models import Permohonan
from perizinan.pemeriksaan_tenggat import periksa_semua


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
