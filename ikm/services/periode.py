"""Which period an answer of today belongs to. A semester opens by itself, so that no answer is ever turned away."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core.galat import TransisiDitolak
from ikm.enums import JenisPeriode
from ikm.models import Instrumen, Periode


def instrumen_berlaku(tanggal: date) -> Instrumen:
    """The instrument in force on a day, the newest that has begun. Raises TransisiDitolak when there is none."""
    berlaku = Instrumen.objects.filter(
        Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gte=tanggal), berlaku_dari__lte=tanggal
    )
    ada = berlaku.order_by("-berlaku_dari").first()
    if ada is None:
        raise TransisiDitolak(_("Belum ada instrumen survei yang berlaku. Beri tahu admin."), kode="tanpa_instrumen")
    return ada


def periode_berjalan(tanggal: date) -> Periode:
    """The gathering period that holds the day; the half year is opened when there is none (Renstra 2.4)."""
    ada = _memuat(tanggal)
    if ada is not None:
        return ada
    kode, mulai, selesai = semester(tanggal)
    instrumen = instrumen_berlaku(tanggal)
    try:
        with transaction.atomic():
            _tahun(tanggal.year, instrumen)
            return Periode.objects.create(
                kode=kode,
                jenis=JenisPeriode.SEMESTER,
                mulai=mulai,
                selesai=selesai,
                instrumen=instrumen,
                mengumpulkan=True,
            )
    except IntegrityError:  # somebody else opened it in this moment
        ada = _memuat(tanggal)
        if ada is None:
            raise
        return ada


def _tahun(tahun: int, instrumen: Instrumen) -> None:
    """The year that pools its half years stands ready with the first of them."""
    Periode.objects.get_or_create(
        kode=str(tahun),
        defaults={
            "jenis": JenisPeriode.TAHUN,
            "mulai": date(tahun, 1, 1),
            "selesai": date(tahun, 12, 31),
            "instrumen": instrumen,
        },
    )


def instrumen_kini(tanggal: date) -> Instrumen:
    """What an answer of the day is asked by; opens nothing, so that a page may call it."""
    ada = _memuat(tanggal)
    return ada.instrumen if ada else instrumen_berlaku(tanggal)


def _memuat(tanggal: date) -> Periode | None:
    daftar = Periode.objects.filter(mengumpulkan=True, mulai__lte=tanggal, selesai__gte=tanggal)
    return daftar.order_by("mulai").first()


def semester(tanggal: date) -> tuple[str, date, date]:
    """Code, first and last day of the half year: `2026-S2`, 1 July, 31 December."""
    if tanggal.month <= 6:
        return f"{tanggal.year}-S1", date(tanggal.year, 1, 1), date(tanggal.year, 6, 30)
    return f"{tanggal.year}-S2", date(tanggal.year, 7, 1), date(tanggal.year, 12, 31)
