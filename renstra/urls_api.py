"""Addresses of the plan's API, under api/v1/."""

from __future__ import annotations

from django.urls import path

from renstra.api import DaftarRenstra

urlpatterns = [path("renstra/", DaftarRenstra.as_view(), name="renstra_api")]
