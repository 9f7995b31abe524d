"""Other files of the same party: what an officer wants to know before deciding (ux.md 5.6)."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Akun
from perizinan.halaman.kotak import lingkup
from perizinan.label import LabelStatus, label_status
from perizinan.models import Permohonan

MAKS = 5


@dataclass(frozen=True, slots=True)
class PermohonanLain:
    """Another file, with the words of its state; `serupa` when it asks for the same service and is open."""

    berkas: Permohonan
    label: LabelStatus
    serupa: bool


def permohonan_lain(berkas: Permohonan, akun: Akun) -> list[PermohonanLain]:
    """The newest other files of the party that this officer may see. One query."""
    daftar = lingkup(akun).filter(pemohon=berkas.pemohon_id, nomor__isnull=False).exclude(pk=berkas.pk)
    return [
        PermohonanLain(
            p,
            label_status("permohonan", p.status),
            p.jenis_izin_id == berkas.jenis_izin_id and p.selesai_pada is None,
        )
        for p in daftar.select_related("jenis_izin").order_by("-diajukan_pada", "-pk")[:MAKS]
    ]
