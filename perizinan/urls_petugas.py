"""Addresses of the desks. A file is named by its public number; a draft that loket types, by its random key."""

from __future__ import annotations

from django.urls import path

from perizinan.views import back_office, loket, pengawasan, petugas, pimpinan, statistik, teknis

_BERKAS = "permohonan/<str:nomor>/"

urlpatterns = [
    path("", petugas.kotak_masuk, name="kotak_masuk"),
    path("semua/", petugas.semua, name="register_permohonan"),
    path("meja/", pimpinan.meja, name="meja_tanda_tangan"),
    path("waktu/", pimpinan.waktu_meja, name="waktu_meja"),
    path("pembayaran/", back_office.pembayaran, name="pembayaran"),
    path("permintaan/", pengawasan.permintaan, name="permintaan_perbaikan"),
    path("statistik/<slug:ukuran>/", statistik.rinci, name="statistik_rinci"),
    path("peringatan/", petugas.peringatan, name="peringatan_waktu"),
    path("kunjungan/", teknis.kunjungan, name="kunjungan"),
    path("lihat/<uuid:kunci>/", petugas.lihat, name="lihat_berkas"),
    path("loket/", loket.hari, name="loket"),
    path("loket/entri/", loket.entri, name="entri_loket"),
    path("loket/entri/<slug:kode>/", loket.entri_layanan, name="entri_layanan"),
    path("loket/entri/<slug:kode>/<slug:jenis_pemohon>/", loket.entri_baru, name="entri_baru"),
    path("loket/draf/<str:acuan>/", loket.entri_lanjut, name="entri_lanjut"),
    path(_BERKAS, petugas.berkas, name="berkas_petugas"),
    path(f"{_BERKAS}periksa/", loket.periksa, name="periksa"),
    path(f"{_BERKAS}jawab/", loket.jawab, name="jawab"),
    path(f"{_BERKAS}hitungan/", petugas.hitungan, name="hitungan_petugas"),
    path(f"{_BERKAS}identitas/", petugas.identitas, name="identitas_pemohon"),
    path(f"{_BERKAS}sms-selesai/", petugas.sms_selesai, name="sms_selesai"),
    path(f"{_BERKAS}<slug:verba>/", petugas.tindakan, name="tindakan"),
    path("rekomendasi/<uuid:kunci>/<slug:verba>/", petugas.tindakan_rekomendasi, name="tindakan_rekomendasi"),
]
