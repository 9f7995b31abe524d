"""The public tracking answer: number, service, state and dates; never a name, phone or address."""

from __future__ import annotations

from typing import Any

from perizinan.halaman import perjalanan
from perizinan.models import Permohonan


def hasil(permohonan: Permohonan) -> dict[str, Any]:
    """What /lacak/ shows of a file. One query."""
    riwayat = list(permohonan.riwayat.order_by("urut"))
    kata = perjalanan.label(permohonan)
    nomor = kata.langkah or 0
    return {
        "permohonan": permohonan,
        "label": kata,
        "langkah": nomor,
        "tampil_langkah": nomor < perjalanan.LANGKAH_AKHIR or perjalanan.berhasil(kata),
        "waktu_langkah": perjalanan.tanggal_langkah(riwayat, nomor),
        "peristiwa": perjalanan.peristiwa(riwayat, dengan_nama=False),
    }
