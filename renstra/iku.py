"""The office's main indicator on a card: each year's target with the grade that each survey decree gives it.

The same index earns another grade under another decree (82,00 is A by KEP/25/M.PAN/2/2004 and B by Permenpan RB
14/2017), so a target without its instrument promises two things. Grade tables are ikm's instruments, data that an
admin edits. Source: renstra_rules.md section 2; ikm.md section 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.bilangan import bulatkan
from ikm.aturan import aturan_instrumen
from ikm.models import Instrumen
from ikm.rumus import nilai_mutu
from renstra.models import Indikator, Rencana

#: The source of indicators that are survey indices.
SUMBER_IKM = "ikm"


@dataclass(frozen=True, slots=True)
class Mutu:
    """The grade of a target under one instrument."""

    instrumen: str
    mutu: str
    kinerja: str


@dataclass(frozen=True, slots=True)
class TargetIku:
    """One year's target and its grades, in the order of the instruments."""

    tahun: int
    teks: str
    nilai: Decimal
    mutu: tuple[Mutu, ...]

    @property
    def berbeda(self) -> bool:
        """Whether the decrees call it by different grades."""
        return len({m.mutu for m in self.mutu}) > 1


@dataclass(frozen=True, slots=True)
class KartuIku:
    """One main indicator."""

    nama: str
    instrumen: tuple[str, ...]
    target: tuple[TargetIku, ...]

    @property
    def tahun_berbeda(self) -> list[int]:
        """The years whose target is called differently."""
        return [t.tahun for t in self.target if t.berbeda]


def kartu(rencana: Rencana) -> list[KartuIku]:
    """The plan's main indicators that are survey indices. A fixed number of queries."""
    aturan = [
        (i.nama, aturan_instrumen(i).rentang)
        for i in Instrumen.objects.order_by("berlaku_dari", "kode").prefetch_related("unsur", "bobot", "rentang_mutu")
    ]
    indikator = Indikator.objects.filter(sasaran__tujuan__rencana=rencana, iku=True, sumber=SUMBER_IKM)
    hasil = []
    for satu in indikator.order_by("sasaran__tujuan__no", "no").prefetch_related("target"):
        target = []
        for t in sorted(satu.target.all(), key=lambda t: t.tahun):
            if t.angka is None:
                continue
            nilai = bulatkan(t.angka)
            mutu = [(nama, nilai_mutu(rentang, nilai)) for nama, rentang in aturan]
            target.append(TargetIku(t.tahun, t.teks, nilai, tuple(Mutu(n, m.mutu, m.kinerja) for n, m in mutu)))
        hasil.append(KartuIku(satu.nama, tuple(nama for nama, _ in aturan), tuple(target)))
    return hasil
