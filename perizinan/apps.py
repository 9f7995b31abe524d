"""Application registration."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save


class PerizinanConfig(AppConfig):
    name = "perizinan"
    verbose_name = "Perizinan"

    def ready(self) -> None:
        """A new state of the calendar has every open file looked at again (services/kalender.py)."""
        from core.models.kalender import VersiKalender

        post_save.connect(_kalender_berubah, sender=VersiKalender, dispatch_uid="perizinan.kalender")


def _kalender_berubah(**_lain: Any) -> None:
    from perizinan.services.sapuan import tandai_semua

    tandai_semua()
