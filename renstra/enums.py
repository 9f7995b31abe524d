"""Words of the plan: directions and kinds of indicators, states of an edition."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatusRencana(models.TextChoices):
    """A draft may be edited; a plan in force is what reports compare with; a replaced one is history."""

    DRAF = "draf", _("Draf")
    BERLAKU = "berlaku", _("Berlaku")
    DIGANTI = "diganti", _("Diganti")


class ArahIndikator(models.TextChoices):
    """Is more better, or less? The values are those of `renstra.rumus.Arah`."""

    POSITIF = "positif", _("Makin besar makin baik")
    NEGATIF = "negatif", _("Makin kecil makin baik")


class TipeIndikator(models.TextChoices):
    """Does it stand at a level, or add up? The values are those of `renstra.rumus.Tipe`."""

    LEVEL = "level", _("Tingkat")
    KUMULATIF = "kumulatif", _("Kumulatif")


class BagianNaskah(models.TextChoices):
    """Where people write in the book of a year, in its order (renstra_rules.md section 4)."""

    RINGKASAN = "ringkasan", _("Catatan ringkasan eksekutif")
    ISU = "isu", _("Isu strategis")
    SEBAB = "sebab", _("Sebab")
    EFISIENSI = "efisiensi", _("Catatan efisiensi")
    PENUNJANG = "penunjang", _("Program dan kegiatan penunjang")
    PENUTUP = "penutup", _("Penutup")
    LANGKAH = "langkah", _("Langkah perbaikan")


#: Source of an indicator that no registered function counts: a person enters it, with evidence.
MANUAL = "manual"
