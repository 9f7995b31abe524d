"""Reasons in words, kept beside the log and never in it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.galat import IsianTidakSah
from perizinan.models import Catatan, Riwayat, Syarat
from perizinan.services._alur import Langkah


def catat(
    langkah: Langkah,
    riwayat: Riwayat,
    teks: str,
    *,
    dasar_hukum: str = "",
    syarat: Syarat | None = None,
    wajib: bool = True,
) -> Catatan | None:
    """Keep the words of one act. Raises IsianTidakSah for an empty obligatory reason: the act is undone."""
    teks = teks.strip()
    if not teks:
        if wajib:
            raise IsianTidakSah(_("Tulis alasannya."), {"alasan": [_("Tulis alasannya.")]})
        return None
    return Catatan.objects.create(
        permohonan=langkah.permohonan,
        riwayat_urut=riwayat.urut,
        verba=langkah.verba,
        teks=teks,
        dasar_hukum=dasar_hukum.strip()[:240],
        syarat=syarat,
        oleh=langkah.oleh,
        pada=langkah.kini,
    )
