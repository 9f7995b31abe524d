"""What everybody may see: signed editions and the years before the portal, nothing that still moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.grafik import Grafik
from ikm.deret import deret_tahunan, edisi_terbit
from ikm.halaman import gambar
from ikm.halaman.dasbor import Kartu, bagian_hasil, kartu
from ikm.models import Edisi, TindakLanjut


@dataclass(frozen=True, slots=True)
class Publikasi:
    """The page of one edition; without any, only the years."""

    edisi: Edisi | None
    hasil: dict[str, Any]
    kartu: Kartu | None
    lain: list[Edisi]
    tahunan: Grafik
    unsur: Grafik | None
    bagian: list[Grafik]
    tindak_lanjut: list[TindakLanjut]


def susun(kode: str) -> Publikasi | None:
    """The newest signed edition of a period, by default the newest period. None for a code without one."""
    semua = list(edisi_terbit().defer("hasil")[:40])
    edisi = next((e for e in semua if not kode or e.periode.kode == kode), None)
    if kode and edisi is None:
        return None
    hasil: dict[str, Any] = edisi.hasil if edisi else {}
    ada = bool(hasil.get("ikm"))
    return Publikasi(
        edisi=edisi,
        hasil=hasil,
        kartu=kartu(hasil) if ada else None,
        lain=[e for e in semua if e != edisi],
        tahunan=gambar.garis_indeks(
            "grafik-tahunan", _("Indeks dan target tiap tahun"), deret_tahunan(), kolom=_("Tahun")
        ),
        unsur=gambar.batang_unsur(hasil) if ada else None,
        bagian=bagian_hasil(hasil) if ada else [],
        tindak_lanjut=list(
            TindakLanjut.objects.filter(periode=edisi.periode).select_related("unsur").order_by("batas", "pk")
        )
        if edisi
        else [],
    )
