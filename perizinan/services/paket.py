"""Services of one SOP number filed together (docs/keputusan/0006-paket.md).

The members share the start of the clock: the first one registered starts it for all, and since they share the SOP
row they share the limit. Each satisfies the others' prerequisite (`persyaratan`). A pause is a member's own: it is
the applicant's time on that member only.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Akun
from core.galat import TidakBerwenang, TransisiDitolak
from perizinan.enums import StatusPermohonan
from perizinan.models import JenisIzin, Paket, Permohonan
from perizinan.perms import peran_bertindak
from perizinan.services.pengajuan import PEMOHON, buat, simpan_isian


def layanan_sepaket(permohonan: Permohonan) -> list[JenisIzin]:
    """Services that may still be added to a draft's package: same package code, not in it yet."""
    kode = permohonan.jenis_izin.paket
    if not kode or permohonan.status != StatusPermohonan.DRAF:
        return []
    ada = {permohonan.jenis_izin_id}
    if permohonan.paket_id:
        ada |= set(Permohonan.objects.filter(paket=permohonan.paket_id).values_list("jenis_izin_id", flat=True))
    return list(JenisIzin.objects.filter(paket=kode, aktif=True).exclude(pk__in=ada))


def saudara_sepaket(permohonan: Permohonan) -> list[Permohonan]:
    """The other files of the package, in the order in which they were begun."""
    if permohonan.paket_id is None:
        return []
    semua = Permohonan.objects.filter(paket=permohonan.paket_id).exclude(pk=permohonan.pk)
    return list(semua.select_related("jenis_izin").order_by("pk"))


def tambah_sepaket(
    permohonan: Permohonan, jenis_izin: JenisIzin, *, oleh: Akun, kunci: str | None = None
) -> Permohonan:
    """Start another draft of the same package for the same party; what is asked by the same name is carried over.

    Raises TransisiDitolak when the service does not belong to the package, or the file was sent already.
    """
    if peran_bertindak(permohonan, oleh, PEMOHON) is None:
        raise TidakBerwenang(_("Berkas ini bukan milik Anda."))
    for saudara in saudara_sepaket(permohonan):
        if saudara.jenis_izin_id == jenis_izin.pk and saudara.status == StatusPermohonan.DRAF:
            return saudara  # the same wish said twice
    if jenis_izin.pk not in {j.pk for j in layanan_sepaket(permohonan)}:
        raise TransisiDitolak(_("Layanan itu tidak dapat ditambahkan ke permohonan ini."))
    paket = _paket(permohonan)
    baru = buat(
        oleh=oleh,
        jenis_izin=jenis_izin,
        pemohon=permohonan.pemohon,
        jenis_permohonan=permohonan.jenis_permohonan,
        kuasa=permohonan.kuasa,
        unit_penerbit=permohonan.unit_penerbit,
        paket=paket,
        kunci=kunci,
    )
    simpan_isian(baru, {**permohonan.isian, **permohonan.isian_rahasia}, oleh=oleh)
    return baru


@transaction.atomic
def _paket(permohonan: Permohonan) -> Paket:
    """The file's package, made when it has none."""
    if permohonan.paket is not None:
        return permohonan.paket
    paket = Paket.objects.create(kode=permohonan.jenis_izin.paket)
    Permohonan.objects.filter(pk=permohonan.pk, paket__isnull=True).update(paket=paket)
    permohonan.paket = paket
    return paket
