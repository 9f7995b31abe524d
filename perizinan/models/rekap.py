"""The monthly summary: every figure of a dashboard, per service, made from the files and remade when one changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from perizinan.enums import Ukuran
from perizinan.models.layanan import JenisIzin


class Rekap(models.Model):
    """What one measure came to in one month for one service.

    `bulan` is the first day of the month by the office's calendar. `butir` splits a measure: days used for HARI, the
    SKPD's id for SARAN and its kin and for MINTA_DINAS, else 0. `jumlah` counts; rupiah for RETRIBUSI, working days
    for SARAN_HARI.
    Derived: `perizinan.rekap` can make all of it anew, and nothing else writes here.
    """

    ukuran = models.CharField(max_length=12, choices=Ukuran)
    bulan = models.DateField()
    jenis_izin = models.ForeignKey(JenisIzin, on_delete=models.CASCADE, related_name="+")
    butir = models.PositiveIntegerField(default=0)
    jumlah = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = "rekap bulanan"
        verbose_name_plural = "rekap bulanan"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["ukuran", "bulan", "jenis_izin", "butir"], name="rekap_sel_unik")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["bulan", "jenis_izin"], name="rekap_bulan"),
            # All that the figures of one service or of a kabid's services read, so that they never visit the rows.
            models.Index(fields=["ukuran", "jenis_izin", "bulan", "butir", "jumlah"], name="rekap_per_layanan"),
        ]

    def __str__(self) -> str:
        return f"{self.ukuran} {self.bulan:%Y-%m}: {self.jumlah}"


class RekapSemua(models.Model):
    """The same over all services: what most figures ask for. Written together with the month's cells (`Rekap`).

    It has as many rows as a month has measures and splits, however many services and files there are.
    """

    ukuran = models.CharField(max_length=12, choices=Ukuran)
    bulan = models.DateField()
    butir = models.PositiveIntegerField(default=0)
    jumlah = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = "rekap bulanan semua layanan"
        verbose_name_plural = "rekap bulanan semua layanan"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["ukuran", "bulan", "butir"], name="rekap_semua_unik")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["bulan"], name="rekap_semua_bulan")]

    def __str__(self) -> str:
        return f"{self.ukuran} {self.bulan:%Y-%m}: {self.jumlah}"


class PutaranRekap(models.Model):
    """The one row whose lock lets one roll-up run at a time."""

    kunci = models.PositiveSmallIntegerField(primary_key=True, default=1)

    class Meta:
        verbose_name = "putaran rekap"
        verbose_name_plural = "putaran rekap"

    def __str__(self) -> str:
        return "rekap"
