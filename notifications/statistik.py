"""What messages cost: counted from the outbox, by month, channel and gateway."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Sum

from notifications.enums import StatusPesan
from notifications.models import Pesan


def pemakaian(dari: datetime, sampai: datetime) -> list[dict[str, Any]]:
    """Per channel and gateway in [dari, sampai): messages, SMS of 160 characters, arrived, failed, rupiah.

    `segmen` and `biaya` count what a gateway took; a part of a merged SMS is counted with the row that carried it.
    """
    terkirim = Q(dikirim_pada__isnull=False)
    daftar = (
        Pesan.objects.filter(dibuat_pada__gte=dari, dibuat_pada__lt=sampai)
        .exclude(status=StatusPesan.DIGABUNG)
        .order_by("kanal", "gerbang")
        .values("kanal", "gerbang")
        .annotate(
            pesan=Count("pk"),
            terkirim=Count("pk", filter=terkirim),
            sampai=Count("pk", filter=Q(status=StatusPesan.SAMPAI)),
            gagal=Count("pk", filter=Q(status=StatusPesan.GAGAL)),
            segmen=Sum("segmen", filter=terkirim, default=0),
            biaya=Sum("biaya", filter=terkirim, default=0),
        )
    )
    return [dict(baris) for baris in daftar]
