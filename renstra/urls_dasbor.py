"""Addresses of the dashboards, under petugas/dasbor/."""

from __future__ import annotations

from django.urls import path

from renstra.views_dasbor import dasbor
from renstra.views_dasbor_rencana import dasbor_rencana

urlpatterns = [path("", dasbor, name="dasbor"), path("rencana/", dasbor_rencana, name="dasbor_rencana")]
