"""Who may sign a service of an issuing unit at an instant (sla.md section 3, reliability.md R19)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.models import Akun, Kewenangan, LingkupKewenangan, Unit
from accounts.models.kewenangan import SEMUA_LAYANAN


def pejabat_berwenang(unit_id: int, kode_layanan: str, pada: datetime) -> Kewenangan | None:
    """The one authority in force: the row that names the service goes before the row for all of them."""
    lingkup = (
        LingkupKewenangan.objects.filter(
            unit=unit_id, kode_layanan__in=[kode_layanan, SEMUA_LAYANAN], mulai__lte=pada
        )
        .filter(Q(sampai__isnull=True) | Q(sampai__gt=pada))
        .select_related("kewenangan__pejabat")
    )
    berurut = sorted(lingkup, key=lambda baris: baris.kode_layanan == SEMUA_LAYANAN)
    return next((b.kewenangan for b in berurut if b.kewenangan.berlaku(pada)), None)


@transaction.atomic
def beri_kewenangan(
    *,
    pejabat: Akun,
    unit: Unit,
    jenis: str,
    jabatan: str,
    nomor_sk: str,
    mulai: datetime,
    sampai: datetime | None = None,
    layanan: tuple[str, ...] = (SEMUA_LAYANAN,),
    nama_tercetak: str = "",
    nip: str = "",
    pangkat: str = "",
) -> Kewenangan:
    """Record an authority and its scope. An overlap is refused by the database (IntegrityError)."""
    kewenangan = Kewenangan.objects.create(
        pejabat=pejabat,
        unit=unit,
        jenis=jenis,
        jabatan=jabatan,
        nomor_sk=nomor_sk,
        mulai=mulai,
        sampai=sampai,
        nama_tercetak=nama_tercetak or pejabat.nama,
        nip=nip,
        pangkat=pangkat,
    )
    LingkupKewenangan.objects.bulk_create(
        LingkupKewenangan(kewenangan=kewenangan, unit=unit, kode_layanan=kode, mulai=mulai, sampai=sampai)
        for kode in layanan
    )
    return kewenangan


@transaction.atomic
def cabut_kewenangan(kewenangan: Kewenangan, pada: datetime) -> None:
    """End an authority at an instant; the rest of its window becomes free for a successor."""
    Kewenangan.objects.filter(pk=kewenangan.pk).update(dicabut_pada=pada)
    kewenangan.lingkup.filter(Q(sampai__isnull=True) | Q(sampai__gt=pada)).filter(mulai__lt=pada).update(sampai=pada)
    kewenangan.lingkup.filter(mulai__gte=pada).delete()
    kewenangan.dicabut_pada = pada
