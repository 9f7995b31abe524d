"""The log: append-only, hash-chained per application, free of personal data (reliability.md R16).

The hash covers a stored canonical text that carries its own format version, so that a new column never
breaks an old chain. `(permohonan, urut)` makes a forked chain impossible. Triggers refuse UPDATE, DELETE
and TRUNCATE; what a superuser changes all the same is found by `periksa_riwayat`.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.db import models

from accounts.enums import Peran
from perizinan.enums import Jam

FORMAT = 1
#: The object of acts on the clock alone, which move no state (a calendar edit, more time).
WAKTU = "waktu"


def teks_kanonik(baris: Riwayat, *, kunci_permohonan: str, sebelum: str) -> str:
    """The text that is hashed: JSON with sorted keys, times in UTC with microseconds."""
    isi: dict[str, Any] = {
        "format": FORMAT,
        "permohonan": kunci_permohonan,
        "urut": baris.urut,
        "objek": baris.objek,
        "verba": baris.verba,
        "dari": baris.dari,
        "ke": baris.ke,
        "oleh": baris.oleh_id,
        "peran": baris.peran,
        "pada": _utc(baris.pada),
        "jam": baris.jam,
        "berlaku": _utc(baris.berlaku_pada),
        "rinci": baris.rinci,
        "sebelum": sebelum,
    }
    return json.dumps(isi, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _utc(t: datetime) -> str:
    return t.astimezone(UTC).isoformat(timespec="microseconds")


def sidik_teks(teks: str) -> str:
    """SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(teks.encode()).hexdigest()


class Riwayat(models.Model):
    """One act on a file. `berlaku_pada` is when it counts for the clock (a bank's date, a sending time)."""

    permohonan = models.ForeignKey("perizinan.Permohonan", on_delete=models.PROTECT, related_name="riwayat")
    urut = models.PositiveIntegerField()
    objek = models.CharField("objek (kosong = permohonan)", max_length=60, blank=True)
    verba = models.CharField(max_length=24)
    dari = models.CharField(max_length=24, blank=True)
    ke = models.CharField(max_length=24, blank=True)
    oleh = models.ForeignKey("accounts.Akun", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    peran = models.CharField(max_length=20, choices=Peran)
    pada = models.DateTimeField()
    jam = models.CharField(max_length=6, choices=Jam, blank=True)
    berlaku_pada = models.DateTimeField()
    rinci = models.JSONField(default=dict, blank=True)
    format = models.PositiveSmallIntegerField(default=FORMAT)
    kanonik = models.TextField()
    sidik = models.CharField(max_length=64)

    class Meta:
        verbose_name = "riwayat"
        verbose_name_plural = "riwayat"
        ordering = ["permohonan", "urut"]
        constraints = [models.UniqueConstraint(fields=["permohonan", "urut"], name="riwayat_urut_unik")]
        indexes = [models.Index(fields=["verba", "pada"], name="riwayat_verba_pada")]

    def __str__(self) -> str:
        return f"{self.permohonan_id}/{self.urut} {self.verba}"
