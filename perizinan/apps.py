"""Application registration."""

from django.apps import AppConfig


class PerizinanConfig(AppConfig):
    name = "perizinan"
    verbose_name = "Perizinan"
