"""A file as time sees it: loads what perizinan/efek.py asks for, and writes down an effect that was worked off."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from accounts.models import Unit
from core.galat import TransisiDitolak
from core.kalender import kalender_berlaku
from perizinan import tenggat as aturan
from perizinan.efek import Anak, Aturan, Diminta, Efek, Jenis, Keadaan, Lingkup, efek_tersisa
from perizinan.enums import JenisEfek, KebijakanFiktif, StatusRekomendasi
from perizinan.models import AnggaranTahap, EfekWaktu, Permohonan, SetelanWaktu, TanggaEskalasi
from perizinan.models.riwayat import WAKTU

#: A process sees an edit of budgets, ladder and settings within so many seconds; a sweep reads them anew.
UMUR_DETIK = 30.0
_simpanan: tuple[float, Aturan, dict[str, Any]] | None = None


def setelan(kode: str, bawaan: Any) -> Any:
    """One setting of time; the value in the code serves an installation that has not loaded it."""
    return _muat()[1].get(kode, bawaan)


def aturan_waktu() -> Aturan:
    """Budgets and ladder in force."""
    return _muat()[0]


def _muat() -> tuple[Aturan, dict[str, Any]]:
    global _simpanan  # noqa: PLW0603 one small table per process
    if _simpanan is None or _simpanan[0] <= time.monotonic():
        isi, bawaan = dict(SetelanWaktu.objects.values_list("kode", "nilai")), Aturan()
        aturan_kini = Aturan(
            tangga=tuple(
                Anak(Lingkup(t.lingkup), t.persen, t.tambah_hari, t.kepada, t.sms)
                for t in TanggaEskalasi.objects.all()
            ),
            anggaran=dict(AnggaranTahap.objects.values_list("tahap", "persen")),
            ingat_pemohon=tuple(isi.get("ingat_pemohon_persen", bawaan.ingat_pemohon)),
            belum_diambil=tuple(isi.get("belum_diambil_hari", bawaan.belum_diambil)),
        )
        _simpanan = (time.monotonic() + UMUR_DETIK, aturan_kini, isi)
    return _simpanan[1], _simpanan[2]


def lupakan_aturan() -> None:
    """Read budgets, ladder and settings anew: at the start of a sweep, after an edit, between tests."""
    global _simpanan  # noqa: PLW0603 one small table per process
    _simpanan = None


def keadaan(p: Permohonan) -> Keadaan:
    """The file's state, clock, limits, recommendations and the effects it has had. Four small queries."""
    jejak = list(
        p.riwayat.order_by("urut").values_list("urut", "objek", "verba", "dari", "ke", "jam", "berlaku_pada")
    )
    masuk = next(b for b in reversed(jejak) if b[1] == "" and b[3] != b[4])
    tambahan = sum(1 for b in jejak if b[1] == WAKTU and b[2] == "tambah_waktu" and b[0] > masuk[0])
    rentang = aturan.rentang((b[5], b[6]) for b in jejak if b[1] == "" and b[5])
    awalan = len(f"{p.pk}/")
    return Keadaan(
        status=p.status,
        ke=masuk[0],
        sejak=masuk[6],
        mulai=p.mulai_hitung,
        hari=p.hari_sop,
        tenggat=p.tenggat,
        jeda=tuple(j for j in rentang.jeda if j.selesai is not None),
        batas_periksa=p.batas_periksa,
        batas_pemohon=p.batas_pemohon,
        tambahan_waktu=tambahan,
        terbit=p.terbit_pada,
        fiktif=p.versi_layanan.kebijakan_fiktif != KebijakanFiktif.MATI,
        rekomendasi=_diminta(p),
        sudah={k[awalan:]: pada for k, pada in p.efek_waktu.values_list("kunci", "dikerjakan_pada")},
    )


def _diminta(p: Permohonan) -> tuple[Diminta, ...]:
    tutup = {StatusRekomendasi.DIBERIKAN, StatusRekomendasi.DITARIK}
    return tuple(
        Diminta(
            pk=r.pk,
            unit=r.skpd_id,
            diminta=r.diminta_pada,
            tenggat=r.tenggat,
            tinjau=r.tinjau_pada if r.status == StatusRekomendasi.DIJADWALKAN else None,
            terbuka=r.status not in tutup,
        )
        for r in p.rekomendasi.all()
    )


def tersisa(p: Permohonan) -> list[Efek]:
    """Effects that the file still has before it, the earliest first."""
    return efek_tersisa(keadaan(p), aturan_waktu(), kalender_berlaku())


def wajib_jatuh(p: Permohonan, jenis: Jenis, kini: datetime) -> Efek:
    """The effect of a kind that is due now. Raises TransisiDitolak when its time has not come, or it was done."""
    ada = next((e for e in tersisa(p) if e.jenis == jenis and e.jatuh < kini), None)
    if ada is None:
        raise TransisiDitolak("Waktunya belum tiba, atau sudah dikerjakan.", kode="belum_waktunya")
    return ada


def catat(
    p: Permohonan,
    efek: Efek,
    kini: datetime,
    *,
    kepada: str = "",
    unit: Unit | int | None = None,
    rinci: dict[str, Any] | None = None,
) -> EfekWaktu:
    """Write that an effect took place. Its unique key makes a second time impossible (IntegrityError)."""
    return EfekWaktu.objects.create(
        kunci=f"{p.pk}/{efek.kunci}",
        permohonan=p,
        jenis=JenisEfek(efek.jenis.value),
        tahap=p.status,
        tingkat=efek.tingkat,
        kepada=kepada,
        unit_id=unit.pk if isinstance(unit, Unit) else unit,
        jatuh_pada=efek.jatuh,
        dikerjakan_pada=kini,
        rinci=rinci or {},
    )
