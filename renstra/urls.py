"""Addresses of the planner's pages, under petugas/renstra/."""

from __future__ import annotations

from django.urls import path

from renstra import views, views_buku, views_evaluasi, views_laporan, views_naskah

_TRIWULAN = "evaluasi/<int:tahun>/<int:triwulan>/"

urlpatterns = [
    path("", views.rencana, name="renstra"),
    path("xlsx/", views.buku, name="renstra_xlsx"),
    path("tabel/<slug:kunci>/", views.tabel, name="renstra_tabel"),
    path("tabel/<slug:kunci>/pdf/", views.tabel_pdf, name="renstra_tabel_pdf"),
    path("evaluasi/", views_evaluasi.evaluasi, name="renstra_evaluasi"),
    path("evaluasi/bukti/<str:nama>", views_evaluasi.bukti, name="renstra_bukti"),
    path(f"{_TRIWULAN}catat/", views_evaluasi.catat, name="renstra_evaluasi_catat"),
    path(f"{_TRIWULAN}hitung/", views_evaluasi.hitung, name="renstra_evaluasi_hitung"),
    path(f"{_TRIWULAN}potret/", views_evaluasi.potret, name="renstra_evaluasi_potret"),
    path(f"{_TRIWULAN}sahkan/", views_evaluasi.sahkan, name="renstra_evaluasi_sahkan"),
    path(f"{_TRIWULAN}buka/", views_evaluasi.buka, name="renstra_evaluasi_buka"),
    path(f"{_TRIWULAN}pdf/", views_evaluasi.berkas_pdf, name="renstra_evaluasi_pdf"),
    path(f"{_TRIWULAN}xlsx/", views_evaluasi.berkas_xlsx, name="renstra_evaluasi_xlsx"),
    path("buku/", views_buku.buku, name="renstra_buku"),
    path("buku/<slug:kode>/", views_buku.buku_satu, name="renstra_buku_satu"),
    path("buku/<slug:kode>/<slug:bentuk>/", views_buku.buku_berkas, name="renstra_buku_berkas"),
    path("laporan/", views_laporan.laporan, name="renstra_laporan"),
    path("laporan/<slug:bentuk>/", views_laporan.laporan_berkas, name="renstra_laporan_berkas"),
    path("lkjip/", views_laporan.tahunan, name="renstra_lkjip"),
    path("lkjip/naskah/", views_naskah.naskah, name="renstra_naskah"),
    path("lkjip/<slug:bentuk>/", views_laporan.tahunan_berkas, name="renstra_lkjip_berkas"),
    path("tc/<slug:bentuk>/", views_laporan.tc_berkas, name="renstra_tc_berkas"),
]
