"""Addresses of the API: its description, and version 1 of every module."""

from __future__ import annotations

from django.urls import include, path

from bpptportal.skema_api import SkemaApi, dokumentasi, tidak_dikenal

urlpatterns = [
    path("schema/", SkemaApi.as_view(), name="skema_api"),
    path("docs/", dokumentasi, name="dokumentasi_api"),
    path("v1/", include("perizinan.api.urls")),
    path("<path:sisa>/", tidak_dikenal),
]
