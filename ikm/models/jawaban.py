"""Answers without a name, and the counts that every figure is made of (R9: nobody is found through an answer).

An answer row holds no time, no account, no file and no token, under a random key. Profile and free text stand
in tables of their own that nothing joins to it. What a database administrator could still infer is said in
docs/keputusan/0030-anonim.md.
"""

from __future__ import annotations

import secrets
import uuid
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from ikm.enums import UNSUR_MAKS, Dimensi, SaluranJawaban
from ikm.models.periode import Periode

#: Column of the answer row for each place of the instrument: `u1` .. `u14`.
KOLOM_UNSUR: Final = tuple(f"u{n}" for n in range(1, UNSUR_MAKS + 1))


def _nilai() -> models.PositiveSmallIntegerField[int | None, int | None]:
    return models.PositiveSmallIntegerField(null=True, blank=True)


def kunci_acak() -> int:
    """A random key of 63 bits: it says nothing of the order in which answers came."""
    return secrets.randbelow(2**63 - 1) + 1


class Jawaban(models.Model):
    """One respondent's values, 1 to 4, in the instrument's order; columns beyond its last unsur are null.

    `kelompok` and `layanan` are empty where naming them could point at a file (ikm/services/menjawab.py).
    An answer is never edited; it may be left out of the count with a recorded reason.
    """

    kunci = models.BigIntegerField(primary_key=True, default=kunci_acak, editable=False)
    # No index of its own: `jawaban_periode_seragam` begins with it (performance.md P8 counts the bytes).
    periode = models.ForeignKey(Periode, on_delete=models.PROTECT, related_name="jawaban", db_index=False)
    saluran = models.CharField(max_length=8, choices=SaluranJawaban)
    kelompok = models.CharField(max_length=16, blank=True)
    layanan = models.CharField(max_length=40, blank=True)
    u1 = _nilai()
    u2 = _nilai()
    u3 = _nilai()
    u4 = _nilai()
    u5 = _nilai()
    u6 = _nilai()
    u7 = _nilai()
    u8 = _nilai()
    u9 = _nilai()
    u10 = _nilai()
    u11 = _nilai()
    u12 = _nilai()
    u13 = _nilai()
    u14 = _nilai()
    seragam = models.BooleanField("semua nilai sama", default=False)
    dikecualikan = models.BooleanField("tidak dihitung", default=False)

    class Meta:
        verbose_name = "jawaban"
        verbose_name_plural = "jawaban"
        ordering: ClassVar[list[str]] = ["kunci"]
        indexes = [models.Index(fields=["periode", "seragam"], name="jawaban_periode_seragam")]
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{k}__isnull": True}) | Q(**{f"{k}__gte": 1, f"{k}__lte": 4}),
                name=f"jawaban_{k}_nilai",
                violation_error_message="Nilai antara 1 dan 4.",
            )
            for k in KOLOM_UNSUR
        ]

    def __str__(self) -> str:
        return str(self.kunci)

    @property
    def nilai(self) -> tuple[int, ...]:
        """The values in the instrument's order."""
        semua = (getattr(self, k) for k in KOLOM_UNSUR)
        return tuple(n for n in semua if n is not None)


class Pengecualian(models.Model):
    """What was decided about an answer that looked odd, why, and who said so. Without this row every answer counts.

    `dihitung`: somebody looked and left it in the count.
    """

    jawaban = models.OneToOneField(Jawaban, on_delete=models.PROTECT, related_name="pengecualian")
    dihitung = models.BooleanField("tetap dihitung", default=False)
    alasan = models.CharField(max_length=240)
    oleh = models.ForeignKey("accounts.Akun", on_delete=models.PROTECT, related_name="+")
    pada = models.DateTimeField()

    class Meta:
        verbose_name = "pengecualian jawaban"
        verbose_name_plural = "pengecualian jawaban"

    def __str__(self) -> str:
        return self.alasan


class Hitungan(models.Model):
    """How many counted answers gave one value to one unsur, for one group, service and channel of a period.

    Kept in the transaction that writes the answer; `ikm.statistik.periksa_hitungan` compares both.
    """

    periode = models.ForeignKey(Periode, on_delete=models.PROTECT, related_name="hitungan")
    kelompok = models.CharField(max_length=16, blank=True)
    layanan = models.CharField(max_length=40, blank=True)
    saluran = models.CharField(max_length=8, choices=SaluranJawaban)
    urutan = models.PositiveSmallIntegerField()
    nilai = models.PositiveSmallIntegerField()
    jumlah = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "hitungan jawaban"
        verbose_name_plural = "hitungan jawaban"
        constraints = [
            models.UniqueConstraint(
                fields=["periode", "kelompok", "layanan", "saluran", "urutan", "nilai"], name="hitungan_unik"
            ),
            models.CheckConstraint(
                condition=Q(urutan__gte=1, urutan__lte=UNSUR_MAKS, nilai__gte=1, nilai__lte=4),
                name="hitungan_sel",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.periode_id} U{self.urutan}={self.nilai}: {self.jumlah}"


class HitunganProfil(models.Model):
    """How many respondents of a period told one thing of themselves. Never crossed with answers or each other."""

    periode = models.ForeignKey(Periode, on_delete=models.PROTECT, related_name="hitungan_profil")
    dimensi = models.CharField(max_length=16, choices=Dimensi)
    nilai = models.CharField(max_length=16)
    jumlah = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "hitungan responden"
        verbose_name_plural = "hitungan responden"
        constraints = [models.UniqueConstraint(fields=["periode", "dimensi", "nilai"], name="hitungan_profil_unik")]

    def __str__(self) -> str:
        return f"{self.dimensi} {self.nilai}: {self.jumlah}"


class Komentar(models.Model):
    """What somebody wrote of their own accord, apart from their values. `tanda` are words that staff gave it."""

    kunci = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    periode = models.ForeignKey(Periode, on_delete=models.PROTECT, related_name="komentar")
    kelompok = models.CharField(max_length=16, blank=True)
    teks = models.TextField(max_length=1000)
    tanda = models.JSONField(default=list, blank=True)
    disembunyikan = models.BooleanField("tidak diterbitkan", default=True)

    class Meta:
        verbose_name = "komentar survei"
        verbose_name_plural = "komentar survei"
        ordering: ClassVar[list[str]] = ["kunci"]

    def __str__(self) -> str:
        return self.teks[:60]
