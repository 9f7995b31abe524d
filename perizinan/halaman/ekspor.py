"""A desk's list as CSV, from the same query as its rows and its count."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.lembar_csv import tulis_baris
from core.waktu import zona
from perizinan.label import label_status
from perizinan.models import Permohonan
from perizinan.querysets import PermohonanQuerySet

#: An export is a page of work, not a copy of the archive.
MAKS_BARIS = 5000


def baris_csv(daftar: PermohonanQuerySet) -> Iterator[str]:
    """Lines of the file, head first; no identity number and no phone."""
    yield tulis_baris(
        [
            _("Nomor"),
            _("Nomor register"),
            _("Layanan"),
            _("Pemohon"),
            _("Tahap"),
            _("Diajukan"),
            _("Batas waktu"),
            _("Selesai"),
        ]
    )
    for p in daftar[:MAKS_BARIS].iterator(chunk_size=500):
        yield tulis_baris(_kolom(p))


def _kolom(p: Permohonan) -> list[str]:
    waktu = (p.diajukan_pada, p.tenggat, p.terbit_pada or p.selesai_pada)
    return [
        p.nomor or "",
        p.nomor_register or "",
        p.jenis_izin.nama,
        p.pihak.sebutan,
        label_status("permohonan", p.status).label_petugas,
        *(t.astimezone(zona()).isoformat(timespec="minutes") if t else "" for t in waktu),
    ]
