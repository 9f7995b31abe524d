"""Paper sheets: typed twice by two people before they count (double entry)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from ikm.enums import StatusLembar
from ikm.models.periode import Periode


class LembarKertas(models.Model):
    """One sheet by the number that is written on it. Its values are kept only until they are counted.

    `isi_1` and `isi_2` are what each of the two typed: `{"nilai": [..], "profil": {..}, "teks": ".."}`.
    """

    periode = models.ForeignKey(Periode, on_delete=models.PROTECT, related_name="lembar")
    nomor = models.CharField("nomor lembar", max_length=20)
    kelompok = models.CharField(max_length=16, blank=True)
    status = models.CharField(max_length=16, choices=StatusLembar, default=StatusLembar.ENTRI_PERTAMA)
    isi_1 = models.JSONField(null=True, blank=True)
    oleh_1 = models.ForeignKey("accounts.Akun", on_delete=models.PROTECT, related_name="+")
    isi_2 = models.JSONField(null=True, blank=True)
    oleh_2 = models.ForeignKey("accounts.Akun", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    catatan = models.CharField(max_length=240, blank=True)

    class Meta:
        verbose_name = "lembar survei"
        verbose_name_plural = "lembar survei"
        ordering: ClassVar[list[str]] = ["periode", "nomor"]
        constraints = [
            models.UniqueConstraint(
                fields=["periode", "nomor"],
                name="lembar_nomor_unik",
                violation_error_message="Lembar bernomor ini sudah dientri.",
            ),
            models.CheckConstraint(
                condition=Q(oleh_2__isnull=True) | ~Q(oleh_2=F("oleh_1")),
                name="lembar_dua_orang",
                violation_error_message="Entri kedua harus oleh orang lain.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[StatusLembar.SELESAI, StatusLembar.BATAL])
                | Q(isi_1__isnull=True, isi_2__isnull=True),
                name="lembar_selesai_tanpa_isi",
                violation_error_message="Lembar yang selesai tidak menyimpan isinya.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.periode_id} lembar {self.nomor}"

    @property
    def perlu_putusan(self) -> bool:
        """Whether somebody has to decide between two entries."""
        return self.status == StatusLembar.BEDA
