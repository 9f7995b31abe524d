"""Kannel's sendsms (1.4.5): GET, answer 202 `0: Accepted for delivery`; it keeps what the SMSC cannot take yet.

Kannel neither de-duplicates nor answers for a reference, so an expired lease is uncertain (R3). Delivery reports
come back to `/api/v1/sms/laporan/{rahasia}/` under our reference; `%d` in that address must reach Kannel escaped.
"""

from __future__ import annotations

import urllib.parse

from django.conf import settings

from notifications.enums import Kemampuan
from notifications.gateway import GalatGerbang
from notifications.gateway.panggil import galat_status, panggil
from notifications.rahasia import rahasia_gerbang

#: Delivered, not delivered, accepted and refused by the SMSC, and queued here.
DLR_MASK = 31


class GerbangKannel:
    """The office's own SMS gateway."""

    nama = "kannel"
    kemampuan = Kemampuan.TIDAK

    def kirim(self, *, tujuan: str, teks: str, acuan: str) -> None:
        """Hand over for sending. Raises GalatGerbang."""
        isi = {
            "username": settings.KANNEL_USER,
            "password": settings.KANNEL_SANDI,
            "to": tujuan,
            "text": teks,
            "charset": "UTF-8",
            "coding": "0",
            "dlr-mask": str(DLR_MASK),
            "dlr-url": self.alamat_laporan(acuan),
        }
        jawaban = panggil("GET", f"{settings.KANNEL_URL}?{urllib.parse.urlencode(isi)}")
        if jawaban.status == 202 and jawaban.isi[:2] in {"0:", "3:"}:
            return
        if jawaban.status == 202:
            raise GalatGerbang("jawaban Kannel tidak dikenal", pasti=False)
        raise galat_status(jawaban)

    def alamat_laporan(self, acuan: str) -> str:
        """Where Kannel reports to; it fills in %d (kind of report) and %A (the SMSC's words)."""
        return f"{settings.KANNEL_SITUS}/api/v1/sms/laporan/{rahasia_gerbang(self.nama)}/?acuan={acuan}&status=%d"


gerbang = GerbangKannel()
