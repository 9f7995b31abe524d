"""Addresses of the applicant's own pages. A file is named by its public number, a draft by its random key."""

from __future__ import annotations

from django.urls import path

from perizinan.views import pemohon, pengisian, perbaikan, sepaket

urlpatterns = [
    path("", pemohon.daftar, name="permohonan_saya"),
    path("baru/<slug:kode>/", pengisian.baru, name="permohonan_baru"),
    path(
        "baru/<slug:kode>/<slug:jenis_permohonan>/<slug:jenis>/", pengisian.baru_pihak, name="permohonan_baru_pihak"
    ),
    path("<str:acuan>/", pemohon.rinci, name="permohonan"),
    path("<str:acuan>/pemohon/", pengisian.pemohon, name="permohonan_pemohon"),
    path("<str:acuan>/isian/", pengisian.isian, name="permohonan_isian"),
    path("<str:acuan>/berkas/", pengisian.berkas, name="permohonan_berkas"),
    path("<str:acuan>/berkas/<slug:syarat>/", pengisian.berkas_kirim, name="permohonan_berkas_kirim"),
    path("<str:acuan>/tinjau/", pengisian.tinjau, name="permohonan_tinjau"),
    path("<str:acuan>/sepaket/", sepaket.tambah, name="permohonan_sepaket"),
    path("<str:acuan>/terkirim/", pemohon.terkirim, name="permohonan_terkirim"),
    path("<str:acuan>/hitungan/", pemohon.hitungan, name="permohonan_hitungan"),
    path("<str:acuan>/tambah-waktu/", pemohon.tambah_waktu, name="permohonan_tambah_waktu"),
    path("<str:acuan>/perbaikan/", perbaikan.perbaikan, name="permohonan_perbaikan"),
    path("<str:acuan>/perbaikan/<int:ke>/", perbaikan.perbaikan_butir, name="permohonan_perbaikan_butir"),
    path("<str:acuan>/<slug:verba>/", pemohon.verba, name="permohonan_verba"),
]
