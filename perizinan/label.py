"""The words for a state: what the applicant reads, what the officer reads, how its badge looks.

Data, not code: acuan/label_status.csv. A sentence may hold variables in braces that the page fills in.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from perizinan.acuan.baca import AKAR


@dataclass(frozen=True, slots=True)
class LabelStatus:
    """One line of the table; `langkah_publik` is one of the five steps that the public sees, or `-`."""

    langkah_publik: str
    label_pemohon: str
    kalimat_pemohon: str
    label_petugas: str
    warna_ikon: str

    @property
    def langkah(self) -> int | None:
        """The number of the public step (0 before filing, 5 at the end), or None outside them."""
        nomor = self.langkah_publik.partition(" ")[0]
        return int(nomor) if nomor.isdigit() else None

    @property
    def kata(self) -> str:
        """The applicant's word for the state, in the reader's language."""
        return _(self.label_pemohon) if self.label_pemohon else ""

    def kalimat(self, **nilai: object) -> str:
        """The applicant's sentence with its variables filled in. Raises KeyError for a variable without a value."""
        return _(self.kalimat_pemohon).format_map(nilai) if self.kalimat_pemohon else ""


def label_status(mesin: str, status: str) -> LabelStatus:
    """The words for a state of a machine (permohonan, rekomendasi, izin). Raises KeyError for an unknown one."""
    return semua_label()[mesin, status]


@lru_cache(maxsize=1)
def semua_label() -> dict[tuple[str, str], LabelStatus]:
    """Every line of the table by (machine, state)."""
    with (AKAR / "label_status.csv").open(encoding="utf-8", newline="") as isi:
        return {(baris.pop("mesin"), baris.pop("status")): LabelStatus(**baris) for baris in csv.DictReader(isi)}
