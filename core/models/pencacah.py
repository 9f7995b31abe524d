"""Counters whose row lives in the same transaction as what they number: no gaps, no duplicates (B05)."""

from __future__ import annotations

from django.db import connection, models


class Pencacah(models.Model):
    """The last number given out in one series, for example `register/503/2026`."""

    seri = models.CharField(max_length=120, primary_key=True)
    nilai = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = "pencacah"
        verbose_name_plural = "pencacah"

    def __str__(self) -> str:
        return f"{self.seri}={self.nilai}"


def nomor_berikut(seri: str) -> int:
    """The next number of a series, from 1. Holds the series' row until the transaction ends.

    A rollback gives the number back, so a series is contiguous. Must run inside a transaction.
    """
    with connection.cursor() as kursor:
        kursor.execute(
            "INSERT INTO core_pencacah (seri, nilai) VALUES (%s, 1)"
            " ON CONFLICT (seri) DO UPDATE SET nilai = core_pencacah.nilai + 1 RETURNING nilai",
            [seri],
        )
        baris = kursor.fetchone()
    return int(baris[0])
