"""Who used the days of a month: per stage and desk the files, their median and 90th percentile, what was over.

Counted over the files that were decided in that month (signed or refused), from their ledgers. Figures only, no
file and no person is named. Kept for some minutes: a month of a big office is thousands of ledgers.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.cache import cache
from django.db.models import Q

from accounts.enums import Peran
from accounts.models import Akun, Unit
from core.waktu import sekarang
from perizinan import kata_waktu as kata
from perizinan.buku_waktu import PEMOHON, Baris, Buku
from perizinan.enums import StatusPermohonan
from perizinan.halaman.kinerja import batas_bulan, geser
from perizinan.halaman.kotak import lingkup
from perizinan.models import Permohonan
from perizinan.muat_buku import buku_banyak
from perizinan.querysets import PermohonanQuerySet

#: Who sees this page.
PIMPINAN = (Peran.KABID, Peran.PENANDATANGAN, Peran.TIM_PEMBINA)
SIMPAN_DETIK = 600
_Kunci = tuple[str, str, str, bool]


@dataclass(frozen=True, slots=True)
class BarisMeja:
    """One stage at one desk or SKPD; days are what the ledger holds against the budget."""

    tahap: str
    peran: str
    unit: str
    sejajar: bool
    berkas: int
    median: int
    p90: int
    berjatah: int
    lewat: int

    @property
    def persen_lewat(self) -> int | None:
        """Whole percent over the budget, rounded up so that 0 means none; None where nobody had a budget."""
        return -(-self.lewat * 100 // self.berjatah) if self.berjatah else None


@dataclass(frozen=True, slots=True)
class BarisTampil:
    """A row with its words."""

    tahap: str
    meja: str
    unit: str
    isi: BarisMeja


@dataclass(frozen=True, slots=True)
class WaktuMeja:
    """A month as the page shows it; `pada` is when it was counted."""

    bulan: date
    berkas: int
    pada: datetime
    baris: list[BarisTampil]
    sebelumnya: str
    berikutnya: str


def berkas_bulan(akun: Akun, bulan: date) -> PermohonanQuerySet:
    """Files decided in the month that this person answers for; the steering team sees the figures of all."""
    asal = Permohonan.objects.all() if akun.berperan(Peran.TIM_PEMBINA) else lingkup(akun)
    awal, akhir = batas_bulan(bulan)
    terbit = Q(terbit_pada__gte=awal, terbit_pada__lt=akhir)
    ditolak = Q(status=StatusPermohonan.DITOLAK, selesai_pada__gte=awal, selesai_pada__lt=akhir)
    return asal.filter(terbit | ditolak)


def susun(akun: Akun, bulan: date) -> WaktuMeja:
    """The month for this person, counted at most once in ten minutes by a process."""
    kunci = f"waktu-meja/{akun.pk}/{bulan:%Y-%m}"
    hasil = cache.get(kunci)
    if hasil is None:
        kini = sekarang()
        buku = list(buku_banyak(berkas_bulan(akun, bulan), kini))
        hasil = (kini, len(buku), hitung(buku))
        cache.set(kunci, hasil, SIMPAN_DETIK)
    pada, berkas, baris = hasil
    return WaktuMeja(
        bulan, berkas, pada, _dengan_kata(baris), f"{geser(bulan, -1):%Y-%m}", f"{geser(bulan, 1):%Y-%m}"
    )


def hitung(buku: Iterable[Buku]) -> list[BarisMeja]:
    """The rows of many ledgers, in the order in which a file meets the desks; the applicant's time is left out."""
    kelompok: dict[_Kunci, list[Baris]] = defaultdict(list)
    letak: dict[str, list[int]] = defaultdict(list)
    for satu in buku:
        for nomor, b in enumerate(satu.baris):
            if b.peran != PEMOHON:
                kelompok[b.tahap, b.peran, b.unit, b.sejajar].append(b)
                letak[b.tahap].append(nomor)
    urut = {tahap: sum(n) / len(n) for tahap, n in letak.items()}
    baris = [_baris(kunci, isi) for kunci, isi in kelompok.items()]
    return sorted(baris, key=lambda b: (urut[b.tahap], b.tahap, b.peran, b.sejajar, -b.p90, b.unit))


def _baris(kunci: _Kunci, isi: list[Baris]) -> BarisMeja:
    hari = sorted(b.terlama for b in isi)
    return BarisMeja(
        *kunci,
        berkas=len(isi),
        median=persentil(hari, 0.5),
        p90=persentil(hari, 0.9),
        berjatah=sum(b.jatah is not None for b in isi),
        lewat=sum(b.lewat > 0 for b in isi),
    )


def persentil(urut: list[int], bagian: float) -> int:
    """The smallest value that at least this share of the sorted values does not exceed (nearest rank)."""
    return urut[max(0, math.ceil(bagian * len(urut)) - 1)]


def _dengan_kata(baris: list[BarisMeja]) -> list[BarisTampil]:
    kode = {b.unit for b in baris if b.unit}
    nama = {u.kode: u.nama_pendek or u.nama for u in Unit.objects.filter(kode__in=kode)}
    return [
        BarisTampil(
            kata.nama_tahap(b.tahap, b.peran), kata.nama_meja(b.peran, nama.get(b.unit, "")), nama.get(b.unit, ""), b
        )
        for b in baris
    ]
