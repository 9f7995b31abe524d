"""Addresses of the whole portal. contracts.md names those that must not change."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from bpptportal.gaya import gaya
from bpptportal.health import sehat
from bpptportal.masuk_kode import isi_kode, minta_kode
from bpptportal.metrik import metrik
from bpptportal.operator import macet
from bpptportal.views import beranda

urlpatterns = [
    path("", beranda, name="beranda"),
    path("", include("accounts.urls")),
    path("masuk/kode/", minta_kode, name="minta_kode"),
    path("masuk/kode/isi/", isi_kode, name="isi_kode"),
    path("", include("perizinan.urls_publik")),
    path("", include("ikm.urls_survei")),
    path("", include("ikm.urls_hasil")),
    path("", include("ikm.urls_penutupan")),
    path("", include("renstra.urls_publik")),
    path("permohonan/", include("perizinan.urls_pemohon")),
    path("api/", include("bpptportal.urls_api")),
    path("bahasa/", login_not_required(set_language), name="bahasa"),
    path("petugas/macet/", macet, name="macet"),
    path("petugas/renstra/", include("renstra.urls")),
    path("petugas/dasbor/", include("renstra.urls_dasbor")),
    path("petugas/", include("perizinan.urls_petugas")),
    path("", include("perizinan.urls_dokumen")),
    path("sehat/", sehat, name="sehat"),
    path("metrik/", metrik, name="metrik"),
    path("admin/", admin.site.urls),
]
handler400 = "bpptportal.galat_halaman.permintaan_salah"
handler500 = "bpptportal.galat_halaman.gangguan"

if settings.DEBUG or settings.UJI:
    urlpatterns += [path("gaya/", gaya, name="gaya"), path("gaya/<slug:nama>/", gaya, name="gaya")]
