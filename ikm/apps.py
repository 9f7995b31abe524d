"""Application registration."""

from django.apps import AppConfig


class IkmConfig(AppConfig):
    name = "ikm"
    verbose_name = "Indeks Kepuasan Masyarakat"
