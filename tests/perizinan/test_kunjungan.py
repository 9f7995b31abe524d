"""The field page of a technical team: today's visits first, with landmark, phone and directions."""

from __future__ import annotations

from datetime import timedelta

from core.waktu import sekarang
from perizinan import services
from perizinan.enums import StatusPermohonan as S
from tests.perizinan.test_petugas import _teks


def test_kunjungan_hari_ini_di_atas_dengan_patokan_telepon_dan_arah(berkas_di, masuk, pemeran):
    p = berkas_di(S.KAJIAN_TEKNIS, "imb")
    klien = masuk(pemeran.teknisi)
    assert "Belum dijadwalkan (1)" in _teks(klien.get("/petugas/kunjungan/"))
    r = p.rekomendasi.get(skpd__kode="distako")
    services.jadwalkan_tinjau(r.pk, oleh=pemeran.teknisi, tinjau_pada=sekarang() + timedelta(hours=3), tim=["Tono"])
    teks = _teks(klien.get("/petugas/kunjungan/"))
    assert "Hari ini (1)" in teks
    for kata in ("tel:", "geo:", "Catat berita acara", "Jl. Kenanga Contoh"):
        assert kata in teks
    assert "Hari ini (0)" in _teks(masuk(pemeran.teknisi_bplh).get("/petugas/kunjungan/"))
