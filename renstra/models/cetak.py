"""The tables of a plan exactly as they were read: every cell's text, whatever it says.

They are the input of the checks and of the re-export; the tree of the plan is what reports compute with.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from renstra.models.rencana import Rencana


class TabelCetak(models.Model):
    """One file of a plan's tables: `berkas` its name, `kode` the printed number, `kolom` its columns in order."""

    rencana = models.ForeignKey(Rencana, on_delete=models.CASCADE, related_name="tabel")
    berkas = models.CharField("berkas", max_length=60)
    kode = models.CharField("nomor tabel", max_length=12, blank=True)
    judul = models.CharField("judul", max_length=200)
    urutan = models.PositiveSmallIntegerField("urutan")
    kolom = models.JSONField("kolom")

    class Meta:
        verbose_name = "tabel tercetak"
        verbose_name_plural = "tabel tercetak"
        ordering: ClassVar[list[str]] = ["rencana_id", "urutan"]
        constraints = [models.UniqueConstraint(fields=["rencana", "berkas"], name="tabel_cetak_unik")]

    def __str__(self) -> str:
        return f"Tabel {self.kode} {self.judul}" if self.kode else self.judul


class BarisCetak(models.Model):
    """One row; `sel` the texts in the order of the table's columns."""

    tabel = models.ForeignKey(TabelCetak, on_delete=models.CASCADE, related_name="baris")
    urutan = models.PositiveSmallIntegerField("urutan")
    sel = models.JSONField("sel")

    class Meta:
        verbose_name = "baris tercetak"
        verbose_name_plural = "baris tercetak"
        ordering: ClassVar[list[str]] = ["tabel_id", "urutan"]
        constraints = [models.UniqueConstraint(fields=["tabel", "urutan"], name="baris_cetak_unik")]

    def __str__(self) -> str:
        return f"{self.tabel_id}:{self.urutan}"
