"""The office's calendar as data that an admin edits: HariLibur, JamKantor, and every state they ever had.

Each change writes a new VersiKalender with the whole calendar in the same transaction. Processes notice it by
one primary-key lookup, and a closed file can still be derived again with the calendar it had.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import waktu

_T = TypeVar("_T")


class SumberBaris(models.TextChoices):
    """Who has the last word on a row: reference data may renew its own rows, never an edited one."""

    ACUAN = "acuan", _("data acuan")
    SUNTINGAN = "suntingan", _("disunting admin")


class JenisLibur(models.TextChoices):
    LIBUR_NASIONAL = "libur_nasional", _("Libur nasional")
    CUTI_BERSAMA = "cuti_bersama", _("Cuti bersama")
    LIBUR_SETEMPAT = "libur_setempat", _("Libur setempat")


class VersiKalender(models.Model):
    """One state of the calendar, complete and never changed. The newest is in force."""

    versi = models.PositiveIntegerField(primary_key=True)
    sidik = models.CharField(max_length=64, help_text="SHA-256 isi")
    isi = models.TextField(help_text="JSON: libur (tanggal -> keterangan), jam (daftar jam kantor)")
    pada = models.DateTimeField()

    class Meta:
        verbose_name = "versi kalender"
        verbose_name_plural = "versi kalender"
        ordering = ["-versi"]

    def __str__(self) -> str:
        return f"kalender versi {self.versi}"


class KalenderQuerySet(models.QuerySet[Any]):
    """A bulk change is an edit too: it also writes a VersiKalender."""

    def update(self, **nilai: Any) -> int:
        return _lalu_catat(lambda: super(KalenderQuerySet, self).update(**nilai))

    def delete(self) -> tuple[int, dict[str, int]]:
        return _lalu_catat(lambda: super(KalenderQuerySet, self).delete())

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        return _lalu_catat(lambda: super(KalenderQuerySet, self).bulk_create(objs, *args, **kwargs))


class BarisKalender(models.Model):
    """A row of the calendar. Saving or deleting it by hand makes it an edited row and writes a version.

    `kunci_acuan` ties a row to its line in the reference data, so that an edited date is still recognised.
    """

    sumber = models.CharField(max_length=9, choices=SumberBaris, default=SumberBaris.SUNTINGAN, editable=False)

    kunci_acuan = models.CharField(max_length=40, unique=True, null=True, blank=True, editable=False)

    objects: ClassVar[models.Manager[Any]] = KalenderQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sumber = SumberBaris.SUNTINGAN
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "sumber"}
        _lalu_catat(lambda: super(BarisKalender, self).save(*args, **kwargs))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        return _lalu_catat(lambda: super(BarisKalender, self).delete(*args, **kwargs))


class HariLibur(BarisKalender):
    """A date on which the office is closed, with its reason and legal basis (SKB 3 Menteri, Kepwal).

    `pasti` is False for a date that is only estimated. A cancelled holiday gets `berlaku` False; deleting a
    reference row is no use, since loading the reference data brings it back.
    """

    tanggal = models.DateField(unique=True)
    jenis = models.CharField(max_length=14, choices=JenisLibur)
    keterangan = models.CharField(max_length=120)
    dasar = models.CharField("dasar hukum", max_length=200, blank=True)
    pasti = models.BooleanField(default=True, help_text="Kosongkan bila tanggalnya masih perkiraan.")
    berlaku = models.BooleanField(default=True, help_text="Kosongkan bila kantor tetap buka pada tanggal ini.")

    class Meta:
        verbose_name = "hari libur"
        verbose_name_plural = "hari libur"
        ordering = ["tanggal"]
        constraints = [
            models.CheckConstraint(condition=Q(jenis__in=JenisLibur.values), name="hari_libur_jenis_dikenal")
        ]

    def __str__(self) -> str:
        return f"{self.tanggal} {self.keterangan}"


class JamKantor(BarisKalender):
    """Office hours from a day on, for all weekdays or for those in `hari` (0 is Monday).

    Of several rows that cover a day the newest wins; of the same start, the one naming weekdays; then the one
    entered last.
    """

    berlaku_mulai = models.DateField()
    berlaku_sampai = models.DateField(null=True, blank=True)
    hari = models.JSONField(
        null=True, blank=True, help_text="Kosong: semua hari. Atau daftar, 0 (Senin) sampai 6 (Minggu): [4]"
    )
    buka = models.TimeField()
    tutup = models.TimeField()
    batas_loket = models.TimeField("batas terima di loket")
    keterangan = models.CharField(max_length=120)

    class Meta:
        verbose_name = "jam kantor"
        verbose_name_plural = "jam kantor"
        ordering = ["berlaku_mulai", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(buka__lte=F("batas_loket"), batas_loket__lte=F("tutup")),
                name="jam_kantor_berurutan",
                violation_error_message="Jam kantor harus berurutan: buka, batas loket, tutup.",
            ),
            models.CheckConstraint(
                condition=Q(berlaku_sampai__isnull=True) | Q(berlaku_sampai__gte=F("berlaku_mulai")),
                name="jam_kantor_masa_sah",
                violation_error_message="Akhir berlaku tidak boleh sebelum mulai berlaku.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.buka:%H.%M}-{self.tutup:%H.%M} sejak {self.berlaku_mulai}"

    def clean(self) -> None:
        """Weekdays are a non-empty list of 0-6, or nothing at all."""
        sah = self.hari is None or (
            isinstance(self.hari, list)
            and self.hari
            and all(type(hari) is int and 0 <= hari <= 6 for hari in self.hari)
        )
        if not sah:
            raise ValidationError({"hari": _("Tulis hari 0 (Senin) sampai 6 (Minggu), misalnya [0, 1, 4].")})


def susun_isi() -> str:
    """The tables' present content as canonical JSON; the same calendar always gives the same text."""
    libur = HariLibur.objects.filter(berlaku=True).values_list("tanggal", "keterangan")
    jam = [
        {
            "mulai": baris.berlaku_mulai.isoformat(),
            "sampai": baris.berlaku_sampai.isoformat() if baris.berlaku_sampai else None,
            "hari": sorted(baris.hari) if baris.hari is not None else None,
            "buka": baris.buka.isoformat(),
            "tutup": baris.tutup.isoformat(),
            "batas_loket": baris.batas_loket.isoformat(),
        }
        for baris in JamKantor.objects.order_by("berlaku_mulai", "pk")
    ]
    isi = {"libur": {tanggal.isoformat(): sebab for tanggal, sebab in libur}, "jam": jam}
    return json.dumps(isi, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def catat_versi() -> int:
    """Write a VersiKalender if the content differs from the newest one; returns the number in force.

    Holds the newest version's row until the transaction ends, so that two edits cannot take one number and
    the later one sees what the earlier one wrote.
    """
    with transaction.atomic():
        VersiKalender.objects.select_for_update().order_by("-versi").first()
        isi = susun_isi()
        sidik = hashlib.sha256(isi.encode()).hexdigest()
        terakhir = VersiKalender.objects.order_by("-versi").first()
        if terakhir is not None and terakhir.sidik == sidik:
            return terakhir.versi
        versi = terakhir.versi + 1 if terakhir else 1
        VersiKalender.objects.create(versi=versi, sidik=sidik, isi=isi, pada=waktu.sekarang())
        return versi


def _lalu_catat(ubah: Callable[[], _T]) -> _T:
    """Do a change and write the version it leads to, in one transaction."""
    with transaction.atomic():
        hasil = ubah()
        catat_versi()
    return hasil
