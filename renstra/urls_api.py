"""Addresses of the plan's API, under api/v1/."""

from __future__ import annotations

from django.urls import path

from renstra.api import DaftarRenstra
from renstra.api_data import DaftarData, SatuData

urlpatterns = [
    path("renstra/", DaftarRenstra.as_view(), name="renstra_api"),
    path("data/", DaftarData.as_view(), name="data_api"),
    path("data/<slug:kode>/", SatuData.as_view(), name="data_api_satu"),
]
