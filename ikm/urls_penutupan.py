"""Addresses of closing a period, its book and its follow-up."""

from __future__ import annotations

from django.urls import path

from ikm.views import penutupan, tindak_lanjut

urlpatterns = [
    path("petugas/ikm/tutup/", penutupan.tutup, name="ikm_tutup"),
    path("petugas/ikm/buku/<slug:bentuk>/", penutupan.unduh_buku, name="ikm_buku"),
    path("petugas/ikm/tindak-lanjut/", tindak_lanjut.daftar, name="ikm_tindak_lanjut"),
    path("petugas/ikm/bukti/<str:nama>/", tindak_lanjut.bukti, name="ikm_bukti"),
]
