"""Correction requests that stop a clock that has nearly run out are flagged, and counted by unit and officer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from core import waktu
from perizinan import services
from perizinan.enums import JenisEfek
from perizinan.enums import StatusPermohonan as S
from perizinan.halaman.permintaan import permintaan
from perizinan.models import ButirPerbaikan, EfekWaktu


@pytest.mark.parametrize(("hari", "di_akhir"), [(0, False), (1, False), (3, True)])
def test_permintaan_di_akhir_ditandai_dan_kabid_melihatnya(berkas_di, rina, kabid_np, masuk, hari, di_akhir):
    p = berkas_di(S.VERIFIKASI, "siup")  # three working days
    waktu.maju(timedelta(days=hari, hours=2))
    services.minta_perbaikan(p.pk, oleh=rina, butir=[{"uraian": "Lengkapi foto"}])
    assert ButirPerbaikan.objects.get().di_akhir == di_akhir
    efek = EfekWaktu.objects.filter(jenis=JenisEfek.PERBAIKAN_AKHIR)
    assert [e.kepada for e in efek] == (["kabid"] if di_akhir else [])
    halaman = masuk(kabid_np).get(reverse("peringatan_waktu")).content.decode()
    assert ("seperlima akhir" in halaman) == di_akhir


def test_angka_per_petugas_hanya_dari_berkas_yang_boleh_dilihat(berkas_di, rina, kabid_np, kabid, masuk):
    satu, _dua = berkas_di(S.VERIFIKASI, "siup"), berkas_di(S.PENYUSUNAN_SK, "tdp")
    services.minta_perbaikan(satu.pk, oleh=rina, butir=[{"uraian": "Lengkapi foto"}, {"uraian": "Dan denah"}])
    sejak = waktu.sekarang() - timedelta(days=90)
    (baris,) = permintaan(kabid_np, sejak)
    assert (baris.nama, baris.ditangani, baris.diminta, baris.persen) == (rina.nama, 2, 1, 50)
    assert permintaan(kabid, sejak) == []
    halaman = masuk(kabid_np).get(reverse("permintaan_perbaikan")).content.decode()
    assert rina.nama in halaman
