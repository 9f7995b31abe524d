"""Addresses of answering: the personal link, its short form, the office's own screen, the counter, paper."""

from __future__ import annotations

from django.urls import path

from ikm.views import kertas, menjawab

_KIOS = {"kios": True}

urlpatterns = [
    path("survei/", menjawab.minta_kode, name="survei_kode"),
    path("survei/selesai/", menjawab.selesai, name="survei_selesai"),
    path("survei/<str:kode>/", menjawab.isi, name="survei"),
    path("survei/<str:kode>/lain-kali/", menjawab.lain_kali, name="survei_lain_kali"),
    path("survei/<str:kode>/tidak/", menjawab.tidak_bersedia, name="survei_tidak"),
    path("s/<str:kode>", menjawab.pendek, name="survei_pendek"),
    path("kios/survei/", menjawab.minta_kode, _KIOS, name="kios_survei"),
    path("kios/survei/selesai/", menjawab.selesai, _KIOS, name="kios_survei_selesai"),
    path("kios/survei/<str:kode>/", menjawab.isi, _KIOS, name="kios_survei_isi"),
    path("petugas/ikm/kertas/", kertas.daftar, name="kertas"),
    path("petugas/ikm/kertas/entri/", kertas.entri, name="kertas_entri"),
    path("petugas/ikm/kertas/<str:kode>/<str:lembar>/", kertas.putuskan, name="kertas_putuskan"),
    path("petugas/survei/<str:acuan>/", menjawab.kode_loket, name="survei_loket"),
]
