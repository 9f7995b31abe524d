"""The permit: its birth (row 51) and what time does to it (52, 54). Other acts come with the permit's own issue."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Peran
from core.mesin import Bermesin, StatusField
from perizinan.enums import StatusIzin
from perizinan.models._deklarasi import transisi
from perizinan.querysets import IzinQuerySet


class Izin(Bermesin):
    """A permit that was signed. Made by `berlakukan` in the act of signing; one per issued application."""

    kunci = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    permohonan = models.OneToOneField("perizinan.Permohonan", on_delete=models.PROTECT, related_name="izin")
    jenis_izin = models.ForeignKey("perizinan.JenisIzin", on_delete=models.PROTECT, related_name="izin")
    unit_penerbit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    nomor_izin = models.CharField(max_length=60, db_index=True)
    token = models.CharField(max_length=32, unique=True)
    status = StatusField(max_length=12, choices=StatusIzin, default=StatusIzin.BERLAKU)
    pemegang = models.CharField(max_length=120)
    lokasi = models.CharField(max_length=250, blank=True)
    kelurahan = models.CharField(max_length=60, blank=True)
    tanggal_terbit = models.DateField()
    mulai = models.DateField()
    akhir = models.DateField(null=True, blank=True)
    penandatangan = models.ForeignKey("accounts.Kewenangan", on_delete=models.PROTECT, related_name="+")
    status_sejak = models.DateTimeField()

    objects = IzinQuerySet.as_manager()

    class Meta:
        verbose_name = "izin"
        verbose_name_plural = "izin"
        ordering = ["-tanggal_terbit", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=StatusIzin.values), name="izin_status_dikenal"),
            models.CheckConstraint(
                condition=Q(akhir__isnull=True) | Q(akhir__gte=F("mulai")),
                name="izin_akhir_sesudah_mulai",
                violation_error_message="Akhir masa berlaku harus sesudah mulainya.",
            ),
        ]
        indexes = [
            models.Index(fields=["jenis_izin", "-tanggal_terbit"], name="izin_register"),
            models.Index(fields=["-tanggal_terbit", "-id"], name="izin_terbaru"),
            # Asked by every health check and every sweep: which permit ends first.
            models.Index(
                fields=["akhir"],
                condition=Q(status__in=[StatusIzin.BERLAKU, StatusIzin.DIBEKUKAN]),
                name="izin_berakhir",
            ),
        ]

    def __str__(self) -> str:
        return self.nomor_izin

    @transisi(
        StatusIzin.BERLAKU,
        None,
        no=52,
        label=_("Ingatkan akhir masa berlaku"),
        peran=(Peran.SISTEM,),
        pesan="SMS_HABIS",
    )
    def ingatkan(self) -> None:
        """90, 30 and 7 days before the end the holder hears of it."""

    @transisi(
        [StatusIzin.BERLAKU, StatusIzin.DIBEKUKAN],
        StatusIzin.KEDALUWARSA,
        no=54,
        label=_("Nyatakan kedaluwarsa"),
        peran=(Peran.SISTEM,),
        pesan="SMS_KEDALUWARSA",
    )
    def kedaluwarsakan(self, *, pada: datetime) -> None:
        """The day after its last: frozen time does not extend it (invariant f)."""
        self.status_sejak = pada
