"""Addresses of results: for everybody, and for those who plan and lead."""

from __future__ import annotations

from django.urls import path

from ikm.views import hasil, perencana

urlpatterns = [
    path("ikm/", hasil.publikasi, name="ikm"),
    path("petugas/ikm/", hasil.dasbor, name="ikm_dasbor"),
    path("petugas/ikm/janggal/", perencana.jawaban_janggal, name="ikm_janggal"),
    path("petugas/ikm/komentar/", perencana.komentar, name="ikm_komentar"),
    path("petugas/ikm/impor/", perencana.impor, name="ikm_impor"),
]
