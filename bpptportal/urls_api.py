"""Addresses of the API: its description, and version 1 of every module."""

from __future__ import annotations

from django.urls import include, path

from bpptportal.skema_api import SkemaApi, dokumentasi, tidak_dikenal
from bpptportal.sms_api import SmsLaporan, SmsMasuk

urlpatterns = [
    path("schema/", SkemaApi.as_view(), name="skema_api"),
    path("docs/", dokumentasi, name="dokumentasi_api"),
    path("v1/", include("perizinan.api.urls")),
    path("v1/", include("ikm.urls_api")),
    path("v1/", include("renstra.urls_api")),
    path("v1/sms/masuk/<str:rahasia>/", SmsMasuk.as_view(), name="sms_masuk"),
    path("v1/sms/laporan/<str:rahasia>/", SmsLaporan.as_view(), name="sms_laporan"),
    path("<path:sisa>/", tidak_dikenal),
]
