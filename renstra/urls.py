"""Addresses of the planner's pages, under petugas/renstra/."""

from __future__ import annotations

from django.urls import path

from renstra import views

urlpatterns = [
    path("", views.rencana, name="renstra"),
    path("xlsx/", views.buku, name="renstra_xlsx"),
    path("tabel/<slug:kunci>/", views.tabel, name="renstra_tabel"),
    path("tabel/<slug:kunci>/pdf/", views.tabel_pdf, name="renstra_tabel_pdf"),
]
