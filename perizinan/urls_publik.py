"""Addresses for everybody."""

from __future__ import annotations

from django.urls import path

from perizinan.views import penerbitan, publik

urlpatterns = [
    path("layanan/", publik.layanan, name="layanan"),
    path("layanan/<slug:kode>/", publik.layanan_rinci, name="layanan_rinci"),
    path("lacak/", publik.lacak, name="lacak"),
    path("terbit/", publik.terbit, name="terbit"),
    path("terbit/<slug:per>/", penerbitan.terbit_periode, name="terbit_periode"),
]
