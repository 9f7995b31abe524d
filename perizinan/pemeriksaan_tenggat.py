"""Every stored due date caches a pure function of the log: this re-derives them all and reports differences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from core.kalender import kalender_berlaku
from core.waktu import zona
from perizinan import tenggat as aturan
from perizinan.models import Permohonan, Riwayat

UKURAN = 2000


@dataclass(frozen=True, slots=True)
class Beda:
    """One file whose stored due date is not what its log says."""

    nomor: str
    tersimpan: str
    hitung_ulang: str


def periksa_semua() -> tuple[int, list[Beda]]:
    """(files looked at, differences), streaming. Files in a final state keep the calendar they had: left out."""
    kalender, jumlah, beda = kalender_berlaku(), 0, []
    for p, peristiwa in _berkas():
        jumlah += 1
        rentang = aturan.rentang(peristiwa)
        # An open pause moves the date only when it ends: the stored one is that of the pause's start.
        jeda = [j for j in rentang.jeda if j.selesai is not None]
        assert p.mulai_hitung is not None  # noqa: S101 asked for below
        assert p.hari_sop is not None  # noqa: S101 constraint permohonan_terdaftar_berjam
        hitung = aturan.tenggat(p.mulai_hitung, p.hari_sop, jeda, kalender)
        if rentang.mulai != p.mulai_hitung or hitung != p.tenggat:
            beda.append(Beda(p.nomor or str(p.pk), _tulis(p.tenggat), _tulis(hitung)))
    return jumlah, beda


def _berkas() -> Iterator[tuple[Permohonan, list[tuple[str, datetime]]]]:
    terbuka = Permohonan.objects.filter(
        mulai_hitung__isnull=False, selesai_pada__isnull=True, terbit_pada__isnull=True
    )
    log = (
        Riwayat.objects.filter(permohonan__in=terbuka, objek="")
        .exclude(jam="")
        .order_by("permohonan", "urut")
        .values_list("permohonan", "jam", "berlaku_pada")
    )
    per_berkas = groupby(log.iterator(UKURAN), key=lambda b: b[0])
    kolom = ("nomor", "mulai_hitung", "hari_sop", "tenggat", "status", "versi")
    peristiwa: dict[int, list[tuple[str, datetime]]] = {}
    for p in terbuka.only(*kolom).order_by("pk").iterator(UKURAN):
        while p.pk not in peristiwa:
            pk, baris = next(per_berkas, (p.pk, iter(())))
            peristiwa[pk] = [(jam, pada) for _pk, jam, pada in baris]
        yield p, peristiwa.pop(p.pk)


def _tulis(t: datetime | None) -> str:
    return t.astimezone(zona()).isoformat(timespec="minutes") if t else ""
