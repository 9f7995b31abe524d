"""Addresses of logging in and out."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from accounts import views

urlpatterns = [
    path("masuk/", views.masuk, name="masuk"),
    path("keluar/", LogoutView.as_view(), name="keluar"),
    path("daftar/", views.daftar, name="daftar"),
    path("setelah-masuk/", views.setelah_masuk, name="setelah_masuk"),
]
