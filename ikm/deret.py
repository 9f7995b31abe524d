"""The index over time: the Renstra's years, signed editions, and where the measure changed.

Only signed editions are published. A change of instrument or of weight mode begins a new stretch (`ruas`): values of
two stretches are not one series, and a grade belongs to its own instrument (ikm.md section 7).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from ikm.aturan import aturan_instrumen
from ikm.enums import JenisPeriode
from ikm.models import Edisi, HasilLama, Instrumen
from ikm.rumus import nilai_mutu


@dataclass(frozen=True, slots=True)
class TitikDeret:
    """One year or period: value and target may be missing; `sumber` is a page, or an edition's number."""

    label: str
    nilai: Decimal | None
    mutu: str
    target: Decimal | None
    ruas: str
    sumber: str
    sementara: bool = False


def edisi_terbit() -> QuerySet[Edisi]:
    """The newest signed edition of every period, newest period first."""
    sah = Edisi.objects.filter(disahkan_pada__isnull=False)
    lebih_baru = sah.filter(periode=OuterRef("periode"), nomor__gt=OuterRef("nomor"))
    terbaru = sah.filter(~Exists(lebih_baru)).select_related("periode")
    return terbaru.order_by("-periode__mulai", "-periode__selesai")


def ruas(hasil: dict[str, Any]) -> str:
    """The stretch that a result belongs to: instrument, and the mode unless it is the exact one."""
    nama: str = hasil["instrumen"]["nama"]
    return (
        nama
        if hasil["mode_bobot"] == "eksak"
        else f"{nama}, bobot {hasil['indeks'][hasil['mode_bobot']]['bobot'].replace('.', ',')}"
    )


def deret_tahunan() -> list[TitikDeret]:
    """Years, oldest first: what the Renstra printed, and over it the signed edition of a year."""
    tahun = {h.tahun: _titik_lama(h, nilai) for h, nilai in _lama()}
    target = {t: satu.target for t, satu in tahun.items()}
    for edisi in edisi_terbit().filter(periode__jenis=JenisPeriode.TAHUN):
        n = edisi.periode.selesai.year
        tahun[n] = titik_hasil(edisi.hasil, str(n), target.get(n), sumber=f"Edisi {edisi.nomor}")
    return [tahun[n] for n in sorted(tahun)]


def deret_periode(jenis: str = JenisPeriode.SEMESTER) -> list[TitikDeret]:
    """Signed editions of one kind of period, oldest first."""
    target = dict(HasilLama.objects.values_list("tahun", "target"))
    edisi = edisi_terbit().filter(periode__jenis=jenis)
    return [
        titik_hasil(e.hasil, e.periode.kode, target.get(e.periode.selesai.year), sumber=f"Edisi {e.nomor}")
        for e in reversed(edisi)
    ]


def titik_hasil(
    hasil: dict[str, Any], label: str, target: Decimal | None, *, sumber: str, sementara: bool = False
) -> TitikDeret:
    """A result as a point; a withheld one has no value."""
    nilai = hasil.get("ikm")
    return TitikDeret(
        label,
        Decimal(nilai) if nilai else None,
        hasil.get("mutu", ""),
        target,
        ruas(hasil) if nilai else hasil["instrumen"]["nama"],
        sumber,
        sementara,
    )


def _lama() -> list[tuple[HasilLama, str]]:
    """The rows of before, each with the grade that its own instrument gives."""
    instrumen = {
        i.pk: aturan_instrumen(i).rentang
        for i in Instrumen.objects.filter(
            pk__in=HasilLama.objects.order_by().values_list("instrumen", flat=True)
        ).prefetch_related("unsur", "bobot", "rentang_mutu")
    }
    return [
        (h, nilai_mutu(instrumen[h.instrumen_id], h.nilai).mutu if h.nilai is not None else "")
        for h in HasilLama.objects.select_related("instrumen")
    ]


def _titik_lama(h: HasilLama, mutu: str) -> TitikDeret:
    return TitikDeret(str(h.tahun), h.nilai, mutu, h.target, h.instrumen.nama, h.sumber)
