"""What comes back does not start over: no second bill, no second visit."""

from __future__ import annotations

import pytest

from core.galat import TransisiDitolak
from perizinan import services
from perizinan.enums import HasilRekomendasi, StatusRekomendasi
from perizinan.enums import StatusPermohonan as S
from perizinan.models import Permohonan, Rekomendasi


def test_berkas_yang_sudah_lunas_tidak_ditagih_lagi(berkas_di, kabid, rina):
    p = berkas_di(S.PENYUSUNAN_SK, "imb")
    services.kembalikan_proses(p.pk, oleh=kabid, alasan="Periksa ulang alamat")
    services.minta_rekomendasi(p.pk, oleh=rina)
    p = Permohonan.objects.get(pk=p.pk)
    assert p.status == S.PENYUSUNAN_SK
    assert p.skrd.count() == 1


def test_rekomendasi_yang_diminta_ulang_memakai_tinjauan_yang_sudah_ada(berkas_di, pemeran, kabid, jam):
    from bpptportal.contoh.alur import langkah_rekomendasi

    p = berkas_di(S.KAJIAN_TEKNIS, "imb")
    r = p.rekomendasi.get(skpd__kode="distako")
    for _ in range(2):
        langkah_rekomendasi(Rekomendasi.objects.get(pk=r.pk), pemeran)
    assert Rekomendasi.objects.get(pk=r.pk).status == StatusRekomendasi.DIPERIKSA
    services.beri_rekomendasi(
        r.pk, oleh=pemeran.teknisi, hasil=HasilRekomendasi.TOLAK, alasan="Sempadan kurang", dasar_hukum="Perda"
    )
    services.minta_ulang(r.pk, oleh=kabid, alasan="Hitung ulang sempadan")
    with pytest.raises(TransisiDitolak):
        services.jadwalkan_tinjau(
            r.pk, oleh=pemeran.teknisi, tinjau_pada=jam.sekarang().replace(hour=23), tim=["Tono"]
        )
    services.beri_rekomendasi(r.pk, oleh=pemeran.teknisi, hasil=HasilRekomendasi.SETUJU)
    assert Rekomendasi.objects.get(pk=r.pk).status == StatusRekomendasi.DIBERIKAN
