"""The invitation to answer the satisfaction survey: one right per file, with its code, its reminders and its end.

What was answered lives in `ikm`, without a way back to here (docs/keputusan/0030-anonim.md).
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q

from perizinan.models.permohonan import Permohonan


class UndanganSurveiQuerySet(models.QuerySet["UndanganSurvei"]):
    """Invitations by what can still be done with them."""

    def terbuka(self, kini: datetime) -> UndanganSurveiQuerySet:
        """Those that can be answered at this moment: the code was not used, not declined, and is not too old."""
        return self.filter(kode__isnull=False, berlaku_sampai__gte=kini)


class UndanganSurvei(models.Model):
    """Whoever has the code may answer once for the file.

    `kode` is random and goes when it was used or declined. `periode` is the survey period in which the answer was
    counted, as coarse as the answer's own; no time of answering is kept.
    """

    permohonan = models.OneToOneField(Permohonan, on_delete=models.PROTECT, related_name="undangan_survei")
    kode = models.CharField(max_length=11, unique=True, null=True, blank=True)
    diundang_pada = models.DateTimeField()
    berlaku_sampai = models.DateTimeField()
    ditunda = models.PositiveSmallIntegerField("berapa kali lain kali", default=0)
    diingatkan = models.PositiveSmallIntegerField("berapa kali diingatkan", default=0)
    ingat_pada = models.DateTimeField("ingatkan lagi", null=True, blank=True)
    periode = models.CharField("dihitung pada periode", max_length=10, blank=True)

    objects = UndanganSurveiQuerySet.as_manager()

    class Meta:
        verbose_name = "undangan survei"
        verbose_name_plural = "undangan survei"
        indexes = [
            models.Index(fields=["ingat_pada"], name="survei_ingat", condition=Q(ingat_pada__isnull=False)),
            models.Index(fields=["diundang_pada"], name="survei_diundang"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(periode="") | Q(kode__isnull=True, ingat_pada__isnull=True),
                name="survei_terjawab_tanpa_kode",
                violation_error_message="Undangan yang sudah dijawab tidak menyimpan kode.",
            )
        ]

    def __str__(self) -> str:
        return f"survei {self.permohonan_id}"

    @property
    def alamat(self) -> str:
        """The short address that opens the survey, without its scheme: for an SMS and a printed receipt."""
        return f"{urlsplit(settings.SITUS).netloc}/s/{self.kode}"
