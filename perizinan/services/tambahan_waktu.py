"""The applicant's own limit: one extension for the asking (ux.md 27), and a day more after an outage (ux.md 15)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.enums import Peran
from accounts.models import Akun
from core.galat import TidakBerwenang, TransisiDitolak
from core.kalender import kalender_berlaku
from core.waktu import sekarang
from perizinan.enums import MENUNGGU_PEMOHON, StatusSkrd
from perizinan.models import Gangguan, Permohonan
from perizinan.perms import peran_bertindak
from perizinan.services import _efek, _keluar
from perizinan.services._alur import catat_waktu
from perizinan.tetap import lengkapi

_BOLEH = (Peran.PEMOHON, Peran.KUASA, Peran.LOKET)


def boleh_tambah_waktu(p: Permohonan) -> bool:
    """Whether the one extension of this limit is still to be had."""
    if p.status not in MENUNGGU_PEMOHON or p.batas_pemohon is None or p.batas_pemohon < sekarang():
        return False
    jejak = p.riwayat.filter(Q(objek="") | Q(verba="tambah_waktu")).order_by("-urut")
    for objek, dari, ke in jejak.values_list("objek", "dari", "ke"):
        if objek or dari != ke:  # the latest of: an extension, the coming into this state
            return not objek
    return False


def tambah_waktu(permohonan: Permohonan, *, oleh: Akun) -> datetime:
    """Give the applicant the one extension of the present limit; our own clock stays paused. Returns the new limit.

    Raises TidakBerwenang, or TransisiDitolak when nothing is waited for, or the extension was used.
    """
    with transaction.atomic(durable=True):
        p = _terkunci(permohonan.pk)
        peran = peran_bertindak(p, oleh, _BOLEH)
        if peran is None:
            raise TidakBerwenang(_("Anda tidak berwenang melakukan ini pada berkas ini."))
        if not boleh_tambah_waktu(p):
            raise TransisiDitolak(_("Tambahan waktu hanya sekali, selama batasnya belum lewat."))
        assert p.batas_pemohon is not None  # noqa: S101 asked for above
        kalender = kalender_berlaku()
        hari = int(_efek.setelan("tambahan_pemohon_hari", 14))
        baru = kalender.penutupan(kalender.indeks(p.batas_pemohon) + hari)
        _pindah(p, baru, "tambah_waktu", sekarang(), {"hari": hari}, oleh=oleh, peran=peran)
    return baru


def geser_karena_gangguan(pk: int) -> bool:
    """Move a limit that fell into an outage of more than two hours to the next working day after it."""
    with transaction.atomic(durable=True):
        p = _terkunci(pk)
        if p.batas_pemohon is None:
            return False
        paling_sedikit = timedelta(minutes=int(_efek.setelan("gangguan_menit", 120)))
        gangguan = Gangguan.objects.filter(mulai__lte=p.batas_pemohon, selesai__gt=p.batas_pemohon)
        satu = next((g for g in gangguan.order_by("-selesai") if g.selesai - g.mulai > paling_sedikit), None)
        if satu is None:
            return False
        kalender = kalender_berlaku()
        hari = kalender.hari_kerja_ke(kalender.setempat(satu.selesai).date(), 1)
        _pindah(p, kalender.tutup(hari), "geser_batas", sekarang(), {"gangguan": satu.pk})
    return True


def _terkunci(pk: int) -> Permohonan:
    return lengkapi(
        Permohonan.objects.select_for_update(no_key=True, of=("self",)).select_related("kuasa").get(pk=pk)
    )


def _pindah(
    p: Permohonan,
    baru: datetime,
    verba: str,
    kini: datetime,
    rinci: dict[str, object],
    *,
    oleh: Akun | None = None,
    peran: Peran = Peran.SISTEM,
) -> None:
    lama = p.batas_pemohon
    Permohonan.objects.filter(pk=p.pk).update(batas_pemohon=baru)
    p.batas_pemohon = baru
    p.perbaikan.filter(ditutup_pada__isnull=True).update(batas=baru)
    p.skrd.filter(status=StatusSkrd.BERLAKU).update(jatuh_tempo=baru)
    batas = [t.astimezone(kini.tzinfo).isoformat(timespec="minutes") for t in (lama, baru) if t]
    riwayat = catat_waktu(p, verba, kini, rinci | {"batas": batas}, oleh=oleh, peran=peran)
    hal = {"hal": _keluar.hal_ditunggu(p.status), "batas": _keluar.tanggal_pendek(baru)}
    _keluar.tulis_pesan(p, "SMS_INGAT", riwayat, hal)
