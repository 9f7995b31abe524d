"""Words that go with an act: the reason of a return, the grounds of a refusal. Never in the log itself."""

from __future__ import annotations

from django.db import models


class Catatan(models.Model):
    """A note written with one act of the log (`riwayat_urut`). Append-only by use."""

    permohonan = models.ForeignKey("perizinan.Permohonan", on_delete=models.PROTECT, related_name="catatan")
    riwayat_urut = models.PositiveIntegerField()
    verba = models.CharField(max_length=24)
    teks = models.TextField()
    dasar_hukum = models.CharField(max_length=240, blank=True)
    syarat = models.ForeignKey("perizinan.Syarat", null=True, blank=True, on_delete=models.PROTECT)
    oleh = models.ForeignKey("accounts.Akun", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    pada = models.DateTimeField()

    class Meta:
        verbose_name = "catatan"
        verbose_name_plural = "catatan"
        ordering = ["permohonan", "riwayat_urut"]

    def __str__(self) -> str:
        return f"{self.verba}: {self.teks[:40]}"
