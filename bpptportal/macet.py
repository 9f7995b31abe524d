"""What stands still until a person looks: rows that were given up, in one list per kind, each with another try.

A kind of work joins by an entry in SUMBER: which rows, how a row is told, and the function that tries it again.
That function is a conditional UPDATE of its own app, so that two admins who click at once try it once. Nothing
here shows a name, a number of a person or a text: those stand on the file, for who may see the file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Akun
from core.catatan import sensor
from core.colek import colek
from notifications import layanan
from notifications.enums import StatusPesan
from notifications.models import Pesan
from perizinan import dokumen
from perizinan.enums import StatusDokumen
from perizinan.models import Dokumen


@dataclass(frozen=True, slots=True)
class Baris:
    """One row as the page prints it."""

    pk: int
    nama: str
    perihal: str
    keadaan: str
    galat: str
    percobaan: int
    sejak: datetime
    awas: str | Promise = ""  # what another try may cause


@dataclass(frozen=True, slots=True)
class Sumber:
    """One kind of work that can get stuck."""

    judul: str | Promise
    benda: str | Promise
    daftar: Callable[[], QuerySet[Any]]
    baris: Callable[[Any], Baris]
    ulang: Callable[[int, Akun], bool]


def _pesan_macet() -> QuerySet[Pesan]:
    return Pesan.objects.filter(status__in=(StatusPesan.GAGAL, StatusPesan.TIDAK_PASTI)).order_by("dibuat_pada", "pk")


def _baris_pesan(p: Pesan) -> Baris:
    ragu = p.status == StatusPesan.TIDAK_PASTI
    return Baris(
        pk=p.pk,
        nama=f"{p.kode} ({p.get_kanal_display()})",
        perihal=p.perihal,
        keadaan=p.get_status_display(),
        galat=sensor(p.galat),
        percobaan=p.percobaan,
        sejak=p.dibuat_pada,
        awas=_("Mungkin sudah sampai; bila diulang, penerima bisa menerimanya dua kali.") if ragu else "",
    )


def _dokumen_macet() -> QuerySet[Dokumen]:
    gagal = Dokumen.objects.filter(status=StatusDokumen.GAGAL)
    return gagal.select_related("permohonan").order_by("diminta_pada", "pk")


def _baris_dokumen(d: Dokumen) -> Baris:
    return Baris(
        pk=d.pk,
        nama=d.get_jenis_display(),
        perihal=d.permohonan.acuan,
        keadaan=d.get_status_display(),
        galat=sensor(d.galat),
        percobaan=d.percobaan,
        sejak=d.diminta_pada,
    )


def _ulang_dokumen(pk: int, _oleh: Akun) -> bool:
    from perizinan.tasks import buat_dokumen

    diulang = dokumen.ulangi(pk)
    if diulang:
        colek(buat_dokumen, pk)
    return diulang


SUMBER: Final = {
    "pesan": Sumber(_("Pesan yang tidak terkirim"), _("pesan"), _pesan_macet, _baris_pesan, layanan.ulang),
    "dokumen": Sumber(_("Dokumen yang gagal dibuat"), _("dokumen"), _dokumen_macet, _baris_dokumen, _ulang_dokumen),
}


def jumlah() -> dict[str, int]:
    """How many rows of each kind stand still."""
    return {kode: sumber.daftar().count() for kode, sumber in SUMBER.items()}
