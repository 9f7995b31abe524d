"""Visibility is a queryset: pages, API, downloads, lists, counts and exports all start from here (R9).

`terlihat_oleh` is the one rule of who may see a file; `kotak_masuk` derives from the declared transitions
what somebody has to do, so that no hand-kept list of states stands beside the machine.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.enums import Peran
from core.waktu import sekarang
from perizinan.enums import BERJALAN, FINAL, HasilRekomendasi, StatusIzin, StatusPermohonan, StatusRekomendasi

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import Akun
    from perizinan.models import Izin, Permohonan, Rekomendasi  # noqa: F401 named in the bases below

#: Roles whose sight is everything of their issuing unit.
_PERAN_UNIT = (Peran.LOKET, Peran.BACK_OFFICE, Peran.BENDAHARA, Peran.PENANDATANGAN, Peran.AJUDAN)
_PERAN_SKPD = (Peran.TIM_TEKNIS, Peran.KOORDINATOR_TEKNIS)


def _tak_ada() -> Q:
    return Q(pk__in=[])


def _milik(akun: Akun) -> Q:
    """Own files, and files filed under a power of attorney that is in force now."""
    kini = sekarang()
    kuasa = Q(kuasa__penerima=akun.pk, kuasa__mulai__lte=kini, kuasa__dicabut_pada__isnull=True) & (
        Q(kuasa__sampai__isnull=True) | Q(kuasa__sampai__gt=kini)
    )
    return Q(pemohon__akun=akun.pk) | kuasa


def _rekomendasi_untuk(unit: frozenset[int]) -> Exists:
    from perizinan.models import Rekomendasi

    return Exists(
        Rekomendasi.objects.filter(permohonan=OuterRef("pk"), skpd__in=unit).exclude(status=StatusRekomendasi.DITARIK)
    )


class PermohonanQuerySet(models.QuerySet["Permohonan"]):
    """Scopes of applications."""

    def terlihat_oleh(self, akun: Any) -> PermohonanQuerySet:
        """Files that somebody may see: own, of the unit, of the bidang, routed to the SKPD; auditor all.

        Another person's draft is seen by the loket officer who is typing it, and by nobody else.
        """
        if not getattr(akun, "is_authenticated", False) or not akun.is_active:
            return self.none()
        boleh = _milik(akun)
        petugas = _tak_ada()
        if penerbit := akun.penerbit_peran(*_PERAN_UNIT):
            petugas |= Q(unit_penerbit__in=penerbit)
        if bidang := akun.unit_peran(Peran.KABID):
            petugas |= Q(bidang__in=bidang)
        if skpd := akun.unit_peran(*_PERAN_SKPD):
            petugas |= Q(_rekomendasi_untuk(skpd))
        if akun.berperan(Peran.AUDITOR):
            petugas |= Q(pk__isnull=False)
        draf = Q(status=StatusPermohonan.DRAF)
        bukan_penerima = Q(kuasa__isnull=True) | ~Q(kuasa__penerima=akun.pk)  # an agent's sight ends with the power
        ketikan = draf & Q(dibuat_oleh=akun.pk) & bukan_penerima
        return self.filter(boleh | (petugas & ~draf) | ketikan)

    def beracuan(self, acuan: str) -> PermohonanQuerySet:
        """Files addressed by a public number (as people type it) or by a draft's random key."""
        from perizinan.nomor import baca_nomor

        try:
            return self.filter(kunci=uuid.UUID(acuan))
        except ValueError:
            nomor = baca_nomor(acuan)
            return self.filter(nomor=nomor) if nomor else self.none()

    def terbuka(self) -> PermohonanQuerySet:
        """Files on which somebody still has to act."""
        return self.exclude(status__in=list(FINAL))

    def berjalan(self) -> PermohonanQuerySet:
        """Files whose clock runs."""
        return self.filter(status__in=sorted(BERJALAN))

    def lewat_tenggat(self, kini: datetime) -> PermohonanQuerySet:
        """Open files that are late at an instant: exactly those whose hari_terpakai exceeds the limit; no order.

        Read from the partial index on the stored due date. A file that paused before it was due is not late,
        however long the applicant takes; one that paused after it stays late.
        """
        terbuka = self.filter(selesai_pada__isnull=True, terbit_pada__isnull=True, tenggat__lt=kini)
        return terbuka.filter(Q(jeda_sejak__isnull=True) | Q(jeda_sejak__gt=F("tenggat")))

    def kotak_masuk(self, akun: Akun) -> PermohonanQuerySet:
        """Files that wait for this person, most urgent first."""
        syarat = _tak_ada()
        for peran in Peran:
            if peran in akun.daftar_peran:
                syarat |= tugas_peran(peran) & _relasi_kotak(peran, akun)
        return self.filter(syarat).order_by(
            F("tenggat").asc(nulls_first=True), F("batas_periksa").asc(nulls_last=True), "pk"
        )

    def menunggu_pemohon(self, akun: Akun) -> PermohonanQuerySet:
        """The applicant's own list of what to do."""
        return self.filter(_milik(akun)).filter(tugas_peran(Peran.PEMOHON))

    def untuk_daftar(self) -> PermohonanQuerySet:
        """Joined with what a row of a list shows."""
        return self.select_related("jenis_izin", "pihak", "unit_penerbit", "bidang", "versi_layanan")


def _relasi_kotak(peran: Peran, akun: Akun) -> Q:
    if peran == Peran.KABID:
        return Q(bidang__in=akun.unit_peran(peran))
    if peran in _PERAN_SKPD:
        return Q(rekomendasi_skpd_terbuka(akun.unit_peran(peran)))
    return Q(unit_penerbit__in=akun.penerbit_peran(peran))


def rekomendasi_skpd_terbuka(unit: frozenset[int]) -> Exists:
    """Whether a file has a recommendation of these SKPD that is still to be given."""
    from perizinan.models import Rekomendasi

    return Exists(
        Rekomendasi.objects.filter(permohonan=OuterRef("pk"), skpd__in=unit).exclude(
            status__in=[StatusRekomendasi.DIBERIKAN, StatusRekomendasi.DITARIK]
        )
    )


def tugas_peran(peran: Peran) -> Q:
    """States in which a declared transition is somebody's duty, as a condition on applications."""
    from core.mesin import transisi_model
    from perizinan.models import Permohonan, Persetujuan, Rekomendasi

    status = {t.source for t in transisi_model(Permohonan) if peran in t.custom["tugas"]}
    syarat = Q(status__in=status)
    if peran in _PERAN_SKPD:
        syarat |= Q(status__in=[StatusPermohonan.KAJIAN_TEKNIS, StatusPermohonan.PERBAIKAN])
    if peran == Peran.KABID:
        ditolak = Rekomendasi.objects.filter(
            permohonan=OuterRef("pk"), hasil=HasilRekomendasi.TOLAK, status=StatusRekomendasi.DIBERIKAN
        )
        menunggu = Persetujuan.objects.filter(permohonan=OuterRef("pk"), diputus_pada__isnull=True)
        diminta = Rekomendasi.objects.filter(permohonan=OuterRef("pk")).exclude(status=StatusRekomendasi.DITARIK)
        syarat |= Q(status=StatusPermohonan.KAJIAN_TEKNIS) & (Q(Exists(ditolak)) | ~Q(Exists(diminta)))
        syarat |= Q(Exists(menunggu)) & ~Q(status__in=list(FINAL))
    if peran == Peran.LOKET:
        # What waits for a party that nobody can log in for is loket's to call about (invariant k).
        milik = {t.source for t in transisi_model(Permohonan) if Peran.PEMOHON in t.custom["tugas"]}
        syarat |= Q(status__in=milik) & _tanpa_wakil()
        # A draft is the applicant's until it is sent; loket's own drafts stand in "entri saya".
        syarat &= ~Q(status=StatusPermohonan.DRAF)
    return syarat


def _tanpa_wakil() -> Q:
    """Files of a party without an account, and without an agent whose power is in force now."""
    from accounts.models import Kuasa

    kuasa = Kuasa.objects.berlaku(sekarang()).filter(pk=OuterRef("kuasa"))
    return Q(pemohon__akun__isnull=True) & ~Q(Exists(kuasa))


class RekomendasiQuerySet(models.QuerySet["Rekomendasi"]):
    """Scopes of recommendations."""

    def terlihat_oleh(self, akun: Any) -> RekomendasiQuerySet:
        """Recommendations of files that somebody may see; a team sees only its own SKPD's."""
        from perizinan.models import Permohonan

        berkas = Permohonan.objects.terlihat_oleh(akun)
        daftar = self.filter(permohonan__in=berkas)
        skpd = akun.unit_peran(*_PERAN_SKPD) if akun.is_authenticated else frozenset()
        hanya_teknis = skpd and not akun.daftar_peran - set(_PERAN_SKPD)
        return daftar.filter(skpd__in=skpd) if hanya_teknis else daftar

    def terbuka(self) -> RekomendasiQuerySet:
        return self.exclude(status__in=[StatusRekomendasi.DIBERIKAN, StatusRekomendasi.DITARIK])


class IzinQuerySet(models.QuerySet["Izin"]):
    """Scopes of permits."""

    def terlihat_oleh(self, akun: Any) -> IzinQuerySet:
        """Permits of files that somebody may see."""
        from perizinan.models import Permohonan

        return self.filter(permohonan__in=Permohonan.objects.terlihat_oleh(akun))

    def sampai_akhirnya(self) -> IzinQuerySet:
        """Permits that end on their last day: in force, or frozen (invariant f). Partial index `izin_berakhir`."""
        return self.filter(status__in=[StatusIzin.BERLAKU, StatusIzin.DIBEKUKAN])

    def bertoken(self, token: str) -> IzinQuerySet:
        """The permit that a QR names."""
        return self.filter(token=token)
