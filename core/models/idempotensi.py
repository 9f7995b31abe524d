"""Idempotency keys, written in the same transaction as the effect (reliability.md R7)."""

from __future__ import annotations

from django.db import connection, models
from django.db.models.functions import Now

from core.galat import KunciDipakaiUlang


class KunciUlang(models.Model):
    """One row per (actor, key): it commits or vanishes together with what it protects."""

    pelaku = models.CharField(max_length=80)
    kunci = models.CharField(max_length=80)
    sidik = models.CharField(max_length=64, help_text="SHA-256 isi permintaan")
    acuan = models.CharField(max_length=80, help_text="objek yang dihasilkan atau diubah")
    dibuat_pada = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "kunci ulang"
        verbose_name_plural = "kunci ulang"
        constraints = [models.UniqueConstraint(fields=["pelaku", "kunci"], name="kunci_ulang_unik")]

    def __str__(self) -> str:
        return f"{self.pelaku} {self.kunci}"


def pakai_kunci(*, pelaku: str, kunci: str, sidik: str, acuan: str) -> str | None:
    """Claim a key inside the running transaction.

    Returns None when the key is new (go on and do it), or the reference kept by the first use (answer
    that again). A concurrent holder of the key is waited for. Raises KunciDipakaiUlang for other content.
    """
    with connection.cursor() as kursor:
        kursor.execute(
            "INSERT INTO core_kunciulang (pelaku, kunci, sidik, acuan, dibuat_pada)"
            " VALUES (%s, %s, %s, %s, CURRENT_TIMESTAMP) ON CONFLICT (pelaku, kunci) DO NOTHING",
            [pelaku, kunci, sidik, acuan],
        )
        if kursor.rowcount == 1:
            return None
    lama = KunciUlang.objects.get(pelaku=pelaku, kunci=kunci)
    if lama.sidik != sidik:
        raise KunciDipakaiUlang(
            "Formulir ini sudah terkirim dengan isi lain. Buka halaman itu lagi, lalu periksa isinya."
        )
    return lama.acuan
