"""What was found, said and promised: earlier results and targets, frozen editions, follow-up plans."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from ikm.enums import StatusTindakLanjut
from ikm.models.instrumen import Instrumen, Unsur
from ikm.models.periode import Periode


class HasilLama(models.Model):
    """A year's printed index and target, from before the portal or set by the plan. `sumber` names the page."""

    tahun = models.PositiveSmallIntegerField(unique=True)
    nilai = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    instrumen = models.ForeignKey(Instrumen, on_delete=models.PROTECT, related_name="+")
    sumber = models.CharField(max_length=160)

    class Meta:
        verbose_name = "hasil dan target tahunan"
        verbose_name_plural = "hasil dan target tahunan"
        ordering: ClassVar[list[str]] = ["tahun"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(nilai__isnull=True) | Q(nilai__gte=25, nilai__lte=100))
                & (Q(target__isnull=True) | Q(target__gte=25, target__lte=100)),
                name="hasil_lama_rentang",
                violation_error_message="Indeks antara 25 dan 100.",
            )
        ]

    def __str__(self) -> str:
        return str(self.tahun)


class Edisi(models.Model):
    """A period's result as it was frozen. A correction makes the next edition; an edition is never changed.

    `hasil` is everything that book, page and API print. One person prepares, another one signs off; only a
    signed edition is published.
    """

    periode = models.ForeignKey(Periode, on_delete=models.PROTECT, related_name="edisi")
    nomor = models.PositiveSmallIntegerField()
    hasil = models.JSONField()
    alasan = models.CharField("alasan koreksi", max_length=240, blank=True)
    disusun_oleh = models.ForeignKey("accounts.Akun", on_delete=models.PROTECT, related_name="+")
    dibuat_pada = models.DateTimeField()
    disahkan_oleh = models.ForeignKey(
        "accounts.Akun", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    disahkan_pada = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "edisi hasil"
        verbose_name_plural = "edisi hasil"
        ordering: ClassVar[list[str]] = ["periode", "nomor"]
        constraints = [
            models.UniqueConstraint(fields=["periode", "nomor"], name="edisi_nomor_unik"),
            models.CheckConstraint(
                condition=Q(disahkan_oleh__isnull=True) | ~Q(disahkan_oleh=F("disusun_oleh")),
                name="edisi_dua_orang",
                violation_error_message="Yang mengesahkan harus orang lain.",
            ),
            models.CheckConstraint(
                condition=Q(disahkan_oleh__isnull=True, disahkan_pada__isnull=True)
                | Q(disahkan_oleh__isnull=False, disahkan_pada__isnull=False),
                name="edisi_pengesahan_lengkap",
            ),
            models.CheckConstraint(
                condition=Q(nomor=1) | ~Q(alasan=""),
                name="edisi_koreksi_beralasan",
                violation_error_message="Tulis alasan koreksi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.periode_id} edisi {self.nomor}"


class TindakLanjut(models.Model):
    """What the office promises for one of a period's lowest unsur: who, until when, and what came of it."""

    periode = models.ForeignKey(Periode, on_delete=models.PROTECT, related_name="tindak_lanjut")
    unsur = models.ForeignKey(Unsur, on_delete=models.PROTECT, related_name="+")
    rencana = models.TextField(max_length=1000)
    penanggung_jawab = models.CharField(max_length=120)
    batas = models.DateField()
    status = models.CharField(max_length=8, choices=StatusTindakLanjut, default=StatusTindakLanjut.RENCANA)
    bukti = models.FileField(blank=True, upload_to="ikm/bukti/", max_length=160)
    catatan = models.TextField(max_length=1000, blank=True)
    oleh = models.ForeignKey("accounts.Akun", on_delete=models.PROTECT, related_name="+")
    pada = models.DateTimeField()

    class Meta:
        verbose_name = "tindak lanjut"
        verbose_name_plural = "tindak lanjut"
        ordering: ClassVar[list[str]] = ["periode", "unsur", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=StatusTindakLanjut.SELESAI) | ~Q(catatan=""),
                name="tindak_lanjut_selesai_bercatatan",
                violation_error_message="Tulis apa yang sudah dikerjakan.",
            )
        ]

    def __str__(self) -> str:
        return self.rencana[:60]
