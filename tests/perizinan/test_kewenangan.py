"""Who may sign: dated authority, its edges to the second, its scope, and nobody in their own case (R19)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import JenisKewenangan, Peran
from accounts.kewenangan import beri_kewenangan, cabut_kewenangan, pejabat_berwenang
from accounts.models import Akun, Kewenangan, Penugasan
from core.galat import TidakBerwenang
from perizinan import services
from perizinan.models import Permohonan
from perizinan.services.penerbitan import _periksa_kewenangan

DETIK = timedelta(seconds=1)
JAM = timedelta(hours=1)


@pytest.fixture
def kepala(pemeran: Any) -> Kewenangan:
    """The head's open authority, in force since 2013."""
    return Kewenangan.objects.get(pejabat=pemeran.kadis)


@pytest.fixture
def plt(kepala: Kewenangan) -> Akun:
    """Another official with the role of a signatory, without authority."""
    akun = Akun.objects.create_user(nama="Pelaksana Tugas", surel="plt@contoh.invalid")
    Penugasan.objects.create(akun=akun, peran=Peran.PENANDATANGAN, unit=kepala.unit, mulai=kepala.mulai)
    return akun


def beri(akun: Akun, kepala: Kewenangan, mulai: Any, sampai: Any = None, layanan: tuple[str, ...] = ("*",)) -> Any:
    return beri_kewenangan(
        pejabat=akun,
        unit=kepala.unit,
        jenis=JenisKewenangan.PLT,
        jabatan="Kepala Badan",
        nomor_sk="800/CONTOH/2026",
        mulai=mulai,
        sampai=sampai,
        layanan=layanan,
    )


def siapa(kepala: Kewenangan, saat: Any, layanan: str = "siup") -> str | None:
    satu = pejabat_berwenang(kepala.unit_id, layanan, saat)
    return satu.pejabat.nama if satu else None


def lengkap(p: Permohonan) -> Permohonan:
    return Permohonan.objects.select_related("jenis_izin", "kuasa", "pemohon", "unit_penerbit").get(pk=p.pk)


def test_jendela_setengah_terbuka_sampai_ke_detiknya(kepala, plt, jam):
    mulai, sampai = jam.sekarang() + JAM, jam.sekarang() + 2 * JAM
    cabut_kewenangan(kepala, mulai)
    beri(plt, kepala, mulai, sampai)
    assert siapa(kepala, mulai - DETIK) == kepala.pejabat.nama
    assert siapa(kepala, mulai) == plt.nama
    assert siapa(kepala, sampai - DETIK) == plt.nama
    assert siapa(kepala, sampai) is None


def test_dua_kewenangan_tidak_bertumpuk_menurut_basis_data(kepala, plt, jam):
    with pytest.raises(IntegrityError, match="kewenangan_tidak_bertumpuk"), transaction.atomic():
        beri(plt, kepala, jam.sekarang())
    assert Kewenangan.objects.filter(pejabat=plt).count() == 0


def test_pencabutan_membebaskan_sisa_jendela_bagi_pengganti(kepala, plt, jam):
    kini = jam.sekarang()
    cabut_kewenangan(kepala, kini)
    beri(plt, kepala, kini)
    assert siapa(kepala, kini - DETIK) == kepala.pejabat.nama
    assert siapa(kepala, kini) == plt.nama


def test_baris_yang_menyebut_layanan_mendahului_baris_untuk_semua(kepala, plt, jam):
    kini = jam.sekarang()
    beri(plt, kepala, kini, layanan=("siup",))
    assert siapa(kepala, kini, "siup") == plt.nama
    assert siapa(kepala, kini, "imb") == kepala.pejabat.nama


def test_pelimpahan_untuk_satu_layanan_berakhir_dan_kembali_kepada_kepala(kepala, plt, jam):
    kini = jam.sekarang()
    satu = beri(plt, kepala, kini, layanan=("siup",))
    cabut_kewenangan(satu, kini + JAM)
    assert siapa(kepala, kini + JAM, "siup") == kepala.pejabat.nama


def test_yang_tidak_berwenang_ditolak_dan_tidak_ada_yang_berubah(berkas_di, plt, jam):
    p = berkas_di("menunggu_tanda_tangan", "siup")
    sebelum = (p.versi, p.riwayat_sidik, list(p.dokumen.values_list("pk", "status", "sidik")))
    with pytest.raises(TidakBerwenang, match="Yang berwenang saat ini"):
        services.tanda_tangani(p.pk, oleh=plt)
    p = Permohonan.objects.get(pk=p.pk)
    assert (p.versi, p.riwayat_sidik, list(p.dokumen.values_list("pk", "status", "sidik"))) == sebelum


def test_tanpa_pejabat_berwenang_tidak_ada_yang_menandatangani(berkas_di, kepala, kadis, jam):
    p = berkas_di("menunggu_tanda_tangan", "siup")
    cabut_kewenangan(kepala, jam.sekarang())
    with pytest.raises(TidakBerwenang, match="Tidak ada pejabat"):
        services.tanda_tangani(p.pk, oleh=kadis)


def test_sistem_tidak_pernah_menandatangani(berkas_di, jam):
    p = lengkap(berkas_di("menunggu_tanda_tangan", "siup"))
    with pytest.raises(TidakBerwenang, match="Sistem"):
        _periksa_kewenangan(p, None, jam.sekarang())


def test_tidak_seorang_pun_menandatangani_perkaranya_sendiri(berkas_di, kepala, sari, jam):
    p = berkas_di("menunggu_tanda_tangan", "siup")
    Penugasan.objects.create(akun=sari, peran=Peran.PENANDATANGAN, unit=kepala.unit, mulai=kepala.mulai)
    cabut_kewenangan(kepala, jam.sekarang())
    beri(sari, kepala, jam.sekarang())
    with pytest.raises(TidakBerwenang) as galat:
        services.tanda_tangani(p.pk, oleh=Akun.objects.get(pk=sari.pk))
    assert galat.value.kode == "perkara_sendiri"


@pytest.mark.parametrize("peran", ["pemeriksa kelengkapan", "pemberi rekomendasi"])
def test_yang_memeriksa_berkas_tidak_menandatanganinya(peran, berkas_di, kepala, budi, teknisi, jam):
    p = lengkap(berkas_di("menunggu_tanda_tangan", "imb"))
    cabut_kewenangan(kepala, jam.sekarang())
    pelaku = budi if peran == "pemeriksa kelengkapan" else teknisi
    beri(pelaku, kepala, jam.sekarang())
    with pytest.raises(TidakBerwenang) as galat:
        _periksa_kewenangan(p, pelaku, jam.sekarang())
    assert galat.value.kode == "perkara_sendiri"


def test_nilai_di_atas_batas_kewenangan_ditolak(berkas_di, kepala, kadis, jam):
    p = lengkap(berkas_di("menunggu_tanda_tangan", "kekayaan_daerah"))
    nilai = p.skrd.get().nilai
    Kewenangan.objects.filter(pk=kepala.pk).update(batas_nilai=nilai - 1)
    with pytest.raises(TidakBerwenang, match="batas kewenangan"):
        _periksa_kewenangan(p, kadis, jam.sekarang())
    Kewenangan.objects.filter(pk=kepala.pk).update(batas_nilai=nilai)
    assert _periksa_kewenangan(p, kadis, jam.sekarang()) == kepala


def test_akhir_jendela_harus_sesudah_awalnya(kepala, plt, jam):
    with pytest.raises(IntegrityError), transaction.atomic():
        Kewenangan.objects.create(
            pejabat=plt, unit=kepala.unit, jenis="plt", mulai=jam.sekarang(), sampai=jam.sekarang()
        )
