"""Addresses of the API of permits. A file is named by its public number, a draft by its random key."""

from __future__ import annotations

from django.urls import path

from perizinan.api import isi, katalog, permohonan, publik, register, verba

_BERKAS = "permohonan/<str:acuan>/"

urlpatterns = [
    path("layanan/", katalog.DaftarLayanan.as_view(), name="layanan"),
    path("layanan/<slug:kode>/", katalog.RinciLayanan.as_view(), name="layanan_rinci"),
    path("lacak/", publik.LacakBerkas.as_view(), name="lacak"),
    path("verifikasi/", publik.VerifikasiBerkas.as_view(), name="verifikasi"),
    path("izin/", register.RegisterIzin.as_view(), name="izin"),
    path("statistik/penerbitan/", publik.StatistikPenerbitan.as_view(), name="statistik_penerbitan"),
    path("permohonan/", permohonan.DaftarPermohonan.as_view(), name="permohonan_daftar"),
    path(_BERKAS, permohonan.RinciPermohonan.as_view(), name="permohonan"),
    path(f"{_BERKAS}isian/", isi.IsianPermohonan.as_view(), name="isian"),
    path(f"{_BERKAS}berkas/", isi.BerkasPermohonan.as_view(), name="berkas"),
    path(f"{_BERKAS}berkas/<uuid:kunci>/", isi.SatuBerkas.as_view(), name="berkas_satu"),
    path(f"{_BERKAS}perbaikan/", isi.PerbaikanPermohonan.as_view(), name="perbaikan"),
    path(f"{_BERKAS}hitungan/", isi.HitunganPermohonan.as_view(), name="hitungan"),
    path(f"{_BERKAS}riwayat/", isi.RiwayatPermohonan.as_view(), name="riwayat"),
    *(path(f"{_BERKAS}{n}/", verba.tampilan_verba(n), name=n) for n in verba.PERMOHONAN),
    *(path(f"{_BERKAS}{n}/", verba.tampilan_tambahan(n), name=n) for n in verba.TAMBAHAN),
    *(
        path(f"rekomendasi/<uuid:kunci>/{n}/", verba.tampilan_rekomendasi(n), name=f"rekomendasi_{n}")
        for n in verba.REKOMENDASI
    ),
]
app_name = "perizinan_api"
