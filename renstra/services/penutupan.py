"""Closing a quarter: computed numbers are drawn, the form is frozen by a planner and signed by somebody who leads."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import Peran
from accounts.models import Akun
from core.galat import Bentrok, IsianTidakSah, TidakBerwenang, TransisiDitolak
from core.waktu import sekarang
from perizinan.statistik import segarkan
from renstra.enums import StatusRencana
from renstra.evaluasi import sebagai_data, susun
from renstra.models import Potret, Rencana
from renstra.services.realisasi import PELAPOR, tarik, terkunci
from renstra.sumber import Masa
from renstra.susunan import potret_seedisi

PENGESAH = (Peran.KABID, Peran.PENANDATANGAN)


def susun_potret(rencana: Rencana, masa: Masa, *, oleh: Akun, alasan: str = "") -> Potret:
    """Freeze the quarter as it stands; an unsigned edition is frozen anew, after a signed one comes the next.

    Raises TransisiDitolak before the quarter is over, IsianTidakSah for a correction without its reason.
    """
    if not oleh.berperan(*PELAPOR):
        raise TidakBerwenang(_("Triwulan disusun oleh perencana."))
    if sekarang() < masa.triwulan_ini.rentang[1]:
        raise TransisiDitolak(_("Triwulan ini belum berakhir."))
    segarkan()
    with transaction.atomic():
        akhir = _terakhir(rencana, masa)
        if akhir is not None and akhir.disahkan_pada is None:
            edisi, alasan = akhir.edisi, akhir.alasan
            if akhir.rencana_id != rencana.pk:  # frozen under an edition of the plan that was replaced since
                edisi, alasan = akhir.edisi + 1, _("Rencana direvisi: edisi %(n)d.") % {"n": rencana.edisi}
        else:
            edisi = akhir.edisi + 1 if akhir else 1
        if edisi > 1 and not alasan.strip():
            raise IsianTidakSah(_("Tulis alasan koreksi."), {"alasan": [_("Mengapa triwulan ini dibuka lagi?")]})
        if not terkunci(rencana, masa):
            tarik(rencana, masa, oleh=oleh)
        isi = sebagai_data(susun(rencana, masa.tahun, masa.triwulan))
        potret, _baru = Potret.objects.update_or_create(
            rencana=rencana,
            tahun=masa.tahun,
            triwulan=masa.triwulan,
            edisi=edisi,
            defaults={
                "isi": isi,
                "alasan": alasan.strip(),
                "disusun_oleh": oleh,
                "disusun_pada": sekarang(),
            },
        )
    return potret


def sahkan(pk: int, *, oleh: Akun) -> Potret:
    """Sign a frozen quarter. Raises TidakBerwenang for who froze it, Bentrok when it is signed, or grew old."""
    if not oleh.berperan(*PENGESAH):
        raise TidakBerwenang(_("Triwulan disahkan oleh Kepala Bidang atau Kepala Badan."))
    with transaction.atomic():
        potret = Potret.objects.select_for_update().select_related("rencana").get(pk=pk)
        if potret.disahkan_pada is not None:
            raise Bentrok(_("Potret ini sudah disahkan."))
        if potret.rencana.status != StatusRencana.BERLAKU:
            raise Bentrok(_("Rencana direvisi sejak potret disusun. Minta perencana menyusunnya lagi."))
        if potret.disusun_oleh_id == oleh.pk:
            raise TidakBerwenang(_("Yang mengesahkan harus orang lain."), kode="orang_sama")
        if sebagai_data(susun(potret.rencana, potret.tahun, potret.triwulan)) != potret.isi:
            raise Bentrok(_("Angkanya berubah sejak potret disusun. Minta perencana menyusunnya lagi."))
        potret.disahkan_oleh, potret.disahkan_pada = oleh, sekarang()
        potret.save(update_fields=["disahkan_oleh", "disahkan_pada"])
    return potret


def buka_lagi(rencana: Rencana, masa: Masa, alasan: str, *, oleh: Akun) -> Potret:
    """Open a signed quarter for a correction: the next edition begins as a copy, with its reason."""
    if not oleh.berperan(*PELAPOR):
        raise TidakBerwenang(_("Triwulan dibuka lagi oleh perencana."))
    if not alasan.strip():
        raise IsianTidakSah(_("Tulis alasan koreksi."), {"alasan": [_("Mengapa triwulan ini dibuka lagi?")]})
    with transaction.atomic():
        akhir = _terakhir(rencana, masa)
        if akhir is None or akhir.disahkan_pada is None:
            raise TransisiDitolak(_("Triwulan ini belum disahkan; tidak perlu dibuka lagi."))
        return Potret.objects.create(
            rencana=rencana,
            tahun=masa.tahun,
            triwulan=masa.triwulan,
            edisi=akhir.edisi + 1,
            isi=akhir.isi,
            alasan=alasan.strip()[:240],
            disusun_oleh=oleh,
            disusun_pada=sekarang(),
        )


def _terakhir(rencana: Rencana, masa: Masa) -> Potret | None:
    return potret_seedisi(rencana, masa).select_for_update(of=("self",)).last()
