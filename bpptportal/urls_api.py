"""Addresses of the API: its description, and version 1 of every module."""

from __future__ import annotations

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from bpptportal.skema_api import dokumentasi

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="skema_api"),
    path("docs/", dokumentasi, name="dokumentasi_api"),
    path("v1/", include("perizinan.api.urls")),
]
