"""Addresses of the whole portal. contracts.md names those that must not change."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

urlpatterns = [
    path("bahasa/", login_not_required(set_language), name="bahasa"),
    path("admin/", admin.site.urls),
]
