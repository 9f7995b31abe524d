"""Addresses of the plan's module for everybody, under the root."""

from __future__ import annotations

from django.urls import path

from renstra.views_data import data_terbuka

urlpatterns = [path("data/", data_terbuka, name="data_terbuka")]
