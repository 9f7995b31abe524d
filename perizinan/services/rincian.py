"""The paper "rincian waktu": how the due date is counted and who held the file, as of the order's instant."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from core.galat import TransisiDitolak
from core.waktu import sekarang
from perizinan.enums import JenisDokumen, StatusDokumen
from perizinan.models import Dokumen, Permohonan
from perizinan.services import _keluar


@transaction.atomic
def minta_rincian(permohonan: Permohonan) -> Dokumen:
    """Order the paper; while one of this file is being made, that one is the answer (one open order a file).

    Whoever may see the file may ask: the caller starts from `terlihat_oleh`. Locks the file, so that two clicks
    are one order. Raises TransisiDitolak before registration: there is nothing to count yet.
    """
    terkini = Permohonan.objects.select_for_update(no_key=True).get(pk=permohonan.pk)
    if terkini.terdaftar_pada is None:
        raise TransisiDitolak(_("Waktu layanan berkas ini belum dihitung."))
    dipesan = terkini.dokumen.filter(jenis=JenisDokumen.RINCIAN_WAKTU, status=StatusDokumen.DIMINTA).first()
    return dipesan or _keluar.minta_dokumen(
        terkini, JenisDokumen.RINCIAN_WAKTU, sekarang(), nomor=terkini.nomor_register or ""
    )
