"""Addresses for making a plan, under petugas/renstra/susun/. A line is named by its number; 0 is a new one."""

from __future__ import annotations

from django.urls import path

from renstra import views_susun, views_terbit

_E = "<slug:kode>/<int:edisi>/"

urlpatterns = [
    path("", views_susun.daftar, name="renstra_susun"),
    path("revisi/", views_susun.revisi, name="renstra_susun_revisi"),
    path("baru/", views_susun.baru, name="renstra_susun_baru"),
    path(_E, views_susun.draf, name="renstra_susun_draf"),
    path(f"{_E}banding/", views_susun.banding, name="renstra_susun_banding"),
    path(f"{_E}pokok/", views_susun.pokok, name="renstra_susun_pokok"),
    path(f"{_E}tujuan/<int:no>/", views_susun.tujuan, name="renstra_susun_tujuan"),
    path(f"{_E}sasaran/<int:induk>/<int:no>/", views_susun.sasaran, name="renstra_susun_sasaran"),
    path(f"{_E}program/<int:no>/", views_susun.program, name="renstra_susun_program"),
    path(f"{_E}kegiatan/<int:induk>/<int:no>/", views_susun.kegiatan, name="renstra_susun_kegiatan"),
    path(f"{_E}terbit/", views_terbit.terbit, name="renstra_susun_terbit"),
    path(f"{_E}alasan/", views_terbit.alasan, name="renstra_susun_alasan"),
    path(f"{_E}ajukan/", views_terbit.ajukan, name="renstra_susun_ajukan"),
    path(f"{_E}kembalikan/", views_terbit.kembalikan, name="renstra_susun_kembalikan"),
    path(f"{_E}terbitkan/", views_terbit.terbitkan, name="renstra_susun_terbitkan"),
]
