"""What an ended file leaves behind is settled in the same act: number, SKRD, open round."""

from __future__ import annotations

from datetime import datetime

from perizinan.enums import StatusNomor, StatusSkrd
from perizinan.models import Permohonan


def lepaskan_semua(permohonan: Permohonan, kini: datetime, *, alasan: str) -> None:
    """Void the reserved number (it stays in the register), cancel an unpaid SKRD, close an open round."""
    permohonan.nomor_sk.filter(status=StatusNomor.CADANGAN).update(status=StatusNomor.BATAL)
    permohonan.skrd.filter(status=StatusSkrd.BERLAKU).update(status=StatusSkrd.BATAL, alasan_batal=alasan)
    permohonan.perbaikan.filter(ditutup_pada__isnull=True).update(ditutup_pada=kini)
