"""Addresses of documents, files and the genuineness check."""

from __future__ import annotations

from django.urls import path

from perizinan.views import unduh, verifikasi

urlpatterns = [
    path("verifikasi/", verifikasi.cek, name="cek"),
    path("verifikasi/<str:token>/", verifikasi.cek_token, name="cek_token"),
    path("dokumen/<uuid:kunci>/", unduh.dokumen, name="dokumen"),
    path("berkas/<uuid:kunci>/", unduh.berkas, name="berkas"),
    path("foto/<uuid:kunci>/", unduh.foto, name="foto"),
    path("petugas/dokumen/<uuid:kunci>/", unduh.dokumen_petugas, name="dokumen_petugas"),
]
