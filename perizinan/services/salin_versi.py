"""Begin the next version of a service: a draft with everything that the last one said, ready to be changed."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.enums import Peran
from accounts.models import Akun
from core.galat import TidakBerwenang
from core.waktu import hari_ini
from perizinan.enums import StatusVersi
from perizinan.models import ButuhRekomendasi, Isian, Syarat, VersiLayanan

_ANAK: tuple[type[models.Model], ...] = (Syarat, Isian, ButuhRekomendasi)


@transaction.atomic
def salin_versi(pk: int, *, oleh: Akun) -> VersiLayanan:
    """A draft copied from a version, with the next number and today as its first day. Raises TidakBerwenang."""
    if not oleh.berperan(Peran.ADMIN):
        raise TidakBerwenang(_("Hanya admin yang membuat versi layanan."))
    asal = VersiLayanan.objects.get(pk=pk)
    terakhir = VersiLayanan.objects.filter(jenis_izin=asal.jenis_izin_id).aggregate(n=Max("nomor_versi"))["n"]
    baru = VersiLayanan(
        **_kolom(asal, tanpa={"id", "nomor_versi", "berlaku_mulai", "status", "diterbitkan_pada", "sidik_acuan"}),
        nomor_versi=(terakhir or 0) + 1,
        berlaku_mulai=hari_ini(),
        status=StatusVersi.DRAF,
    )
    baru.save(force_insert=True)
    for model in _ANAK:
        lama = model._default_manager.filter(versi=asal)
        model._default_manager.bulk_create(
            model(**_kolom(satu, tanpa={"id", "versi_id"}), versi_id=baru.pk) for satu in lama
        )
    return baru


def _kolom(baris: models.Model, tanpa: set[str]) -> dict[str, Any]:
    """The row's own columns by their attribute names, without some."""
    return {f.attname: getattr(baris, f.attname) for f in baris._meta.concrete_fields if f.attname not in tanpa}
