"""Visits of a team: where, when, whom to call; what has no date yet comes last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.enums import Peran
from accounts.models import Akun
from core.kalender import kalender_berlaku
from core.waktu import zona
from perizinan.halaman.sisa import Sisa, sisa_batas
from perizinan.models import Rekomendasi
from perizinan.tindakan import Tindakan, tindakan

MAKS = 100


@dataclass(frozen=True, slots=True)
class Kunjungan:
    """One visit: the recommendation, the place, the limit, and the acts that are possible."""

    rekomendasi: Rekomendasi
    lokasi: str
    patokan: str
    titik: str
    sisa: Sisa
    tindakan: list[Tindakan]


@dataclass(frozen=True, slots=True)
class HariKunjungan:
    """Three piles of one team."""

    hari_ini: list[Kunjungan]
    nanti: list[Kunjungan]
    belum: list[Kunjungan]


def susun_kunjungan(akun: Akun, kini: datetime) -> HariKunjungan:
    """Open recommendations of the officer's SKPD that need a visit and have none yet."""
    milik = Rekomendasi.objects.terlihat_oleh(akun).terbuka()
    unit = akun.unit_peran(Peran.TIM_TEKNIS, Peran.KOORDINATOR_TEKNIS)
    daftar = milik.filter(skpd__in=unit, wajib_tinjau=True, berita_acara__isnull=True)
    terkait = ("permohonan__jenis_izin", "permohonan__pihak", "permohonan__pemohon", "permohonan__kuasa", "skpd")
    semua = [_satu(r, akun, kini) for r in daftar.select_related(*terkait).order_by("tinjau_pada", "tenggat")[:MAKS]]
    hari = kini.astimezone(zona()).date()
    jadwal = [(k, k.rekomendasi.tinjau_pada) for k in semua]
    return HariKunjungan(
        [k for k, pada in jadwal if pada and pada.astimezone(zona()).date() <= hari],
        [k for k, pada in jadwal if pada and pada.astimezone(zona()).date() > hari],
        [k for k, pada in jadwal if pada is None],
    )


def _satu(r: Rekomendasi, akun: Akun, kini: datetime) -> Kunjungan:
    isian = r.permohonan.isian
    titik = isian.get("titik")
    return Kunjungan(
        r,
        str(isian.get("lokasi") or r.permohonan.pihak.alamat),
        str(isian.get("patokan", "")),
        f"{titik['lintang']},{titik['bujur']}" if isinstance(titik, dict) else "",
        sisa_batas(r.tenggat, kini, kalender_berlaku()),
        [t for t in tindakan(r, akun) if t.tugas],
    )
