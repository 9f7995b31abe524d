"""Addresses of the API of the survey."""

from __future__ import annotations

from django.urls import path

from ikm.api import DaftarIkm

urlpatterns = [path("ikm/", DaftarIkm.as_view(), name="ikm_api")]
