"""Read access to the office's configuration, cached for as long as its rows do not change."""

from __future__ import annotations

from django.core.cache import cache

from core.models import Kantor


def kantor() -> Kantor:
    """The office row in force (the newest). An unsaved neutral row when nothing was loaded yet."""
    ada: Kantor | None = cache.get("kantor")
    if ada is None:
        ada = Kantor.objects.order_by("-berlaku_mulai").first() or Kantor(
            nama="Pelayanan Perizinan", nama_pendek="Perizinan", pemerintah="Pemerintah Kota", kota="Kota"
        )
        cache.set("kantor", ada, 30)
    return ada
