"""What time does to permits and authorities: reminders once each, the end the day after the last day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.kewenangan import beri_kewenangan, cabut_kewenangan
from core import waktu
from core.galat import TransisiDitolak
from notifications.models import Pesan
from perizinan.enums import JenisEfek, StatusIzin
from perizinan.models import EfekWaktu, Izin
from perizinan.riwayat import periksa_satu
from perizinan.services import masa_berlaku


@pytest.fixture
def izin(berkas_di: Any) -> Izin:
    """A permit of three years (iptm)."""
    return Izin.objects.get(permohonan=berkas_di("terbit", "iptm"))


def ke(izin: Izin, hari: int) -> None:
    """Move the clock to so many days before the last day, at ten."""
    kini = waktu.sekarang()
    tujuan = kini.astimezone(waktu.zona()).replace(hour=10, minute=0)
    selisih = (izin.akhir - tujuan.date()).days - hari
    waktu.maju(tujuan - kini + timedelta(days=selisih))


def pesan(kode: str) -> int:
    return Pesan.objects.filter(kode=kode).count()


def test_diingatkan_90_30_7_hari_sebelumnya_satu_kali_masing_masing(izin):
    for hari, jumlah in ((91, 0), (90, 1), (60, 1), (30, 2), (7, 3), (1, 3)):
        ke(izin, hari)
        for _ in range(2):
            masa_berlaku.sapu_masa_berlaku()
        assert pesan("SMS_HABIS") == jumlah, hari


def test_pengingat_yang_terlewat_tidak_dikirim_terlambat(izin):
    ke(izin, 20)
    masa_berlaku.sapu_masa_berlaku()
    assert list(EfekWaktu.objects.filter(izin=izin).values_list("tingkat", flat=True)) == [30]


def test_hari_terakhir_masih_berlaku_lusa_tidak(izin):
    ke(izin, 0)
    masa_berlaku.sapu_masa_berlaku()
    assert Izin.objects.get().status == StatusIzin.BERLAKU
    with pytest.raises(TransisiDitolak):
        masa_berlaku.kedaluwarsakan(izin.pk, oleh=None)
    ke(izin, -1)
    for _ in range(2):
        masa_berlaku.sapu_masa_berlaku()
    akhir = Izin.objects.get()
    assert (akhir.status, akhir.versi, pesan("SMS_KEDALUWARSA")) == (
        StatusIzin.KEDALUWARSA,
        2,
        1,
    )  # the reminder and the end
    assert periksa_satu(izin.permohonan_id) == []


def test_izin_tanpa_akhir_tidak_disentuh(berkas_di):
    berkas_di("terbit", "siup")
    waktu.maju(timedelta(days=4000))
    assert masa_berlaku.sapu_masa_berlaku() == 0


def test_kewenangan_yang_akan_berakhir_dilihat_admin_dan_pejabat(pemeran, kadis, admin, masuk):
    lama = kadis.kewenangan.get()
    kini = waktu.sekarang()
    cabut_kewenangan(lama, kini)
    beri_kewenangan(
        pejabat=kadis,
        unit=lama.unit,
        jenis="plt",
        jabatan="Kepala Badan",
        nomor_sk="800/12",
        mulai=kini,
        sampai=kini + timedelta(days=20),
    )
    for _ in range(2):
        masa_berlaku.sapu_masa_berlaku()
    efek = EfekWaktu.objects.filter(jenis=JenisEfek.KEWENANGAN_HABIS)
    assert sorted(efek.values_list("kepada", "tingkat")) == [("admin", 30), ("penandatangan", 30)]
    assert "Plt. Kepala Badan" in masuk(kadis).get(reverse("peringatan_waktu")).content.decode()
