"""Address of the dashboard, under petugas/dasbor/."""

from __future__ import annotations

from django.urls import path

from renstra.views_dasbor import dasbor

urlpatterns = [path("", dasbor, name="dasbor")]
