"""The findings of an edition that its planner can still change, and which of them wait for a reason.

The eleven rules run over all tables of the edition; of their findings those count here that stand in the tables of
the tree (4.1, 5.1, 6.1). What is printed of the years before the plan is not the draft's to change. Two questions
are asked of an edition only: is it empty, and what was reported of lines that it drops.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from renstra.models import AlasanTemuan, Indikator, Kegiatan, Keluaran, Rencana
from renstra.periksa import Lokasi, Temuan, Tingkat, periksa
from renstra.pohon import KUNCI, berkas
from renstra.services.salin import milik_rencana, tertinggal
from renstra.susunan import tabel_rencana
from renstra.tabel import TabelRencana

_BERKAS: Final = frozenset(berkas(k) for k in KUNCI)
LAPORAN_TERTINGGAL: Final = "laporan_tertinggal"


def kunci(t: Temuan) -> str:
    """The digest by which a reason belongs to a finding: another number, another finding."""
    return hashlib.sha256(json.dumps(t.sebagai_dict(), sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class TemuanEdisi:
    """A finding, and the reason for which it may stand; `pk` numbers it on its page."""

    isi: Temuan
    kunci: str
    alasan: AlasanTemuan | None

    @property
    def wajib(self) -> bool:
        """An error is corrected or explained; a warning may be."""
        return self.isi.tingkat is Tingkat.KESALAHAN

    @property
    def menahan(self) -> bool:
        return self.wajib and self.alasan is None


def temuan_pohon(isi: TabelRencana) -> list[Temuan]:
    """What the rules say of the tree's tables."""
    return [t for t in periksa(isi) if t.sel is not None and t.sel.berkas in _BERKAS]


def temuan_edisi(rencana: Rencana, isi: TabelRencana | None = None) -> list[TemuanEdisi]:
    """Every finding of the draft with its reason, errors first; `isi` are its tables where they were read already."""
    alasan = {a.kunci: a for a in AlasanTemuan.objects.filter(rencana=rencana).select_related("oleh").order_by("pk")}
    semua = [*_tertinggal(rencana), *temuan_pohon(isi or tabel_rencana(rencana))]
    hasil = [TemuanEdisi(t, k, alasan.get(k)) for t in semua for k in [kunci(t)]]
    return sorted(hasil, key=lambda t: not t.wajib)


def _tertinggal(rencana: Rencana) -> list[Temuan]:
    return [
        Temuan(
            LAPORAN_TERTINGGAL,
            "5.1",
            Lokasi(nama, "realisasi"),
            str(n),
            "0",
            Tingkat.KESALAHAN,
            _("%(n)d laporan realisasi tidak ikut ke edisi ini karena barisnya dihapus.") % {"n": n},
        )
        for nama, n in tertinggal(rencana)
    ]


def kekurangan(rencana: Rencana) -> list[str]:
    """What an edition must have before it can be submitted, in words; nothing explains its absence."""
    kurang = []
    if not rencana.visi.strip():
        kurang.append(_("Visi belum diisi."))
    if not Indikator.objects.filter(sasaran__tujuan__rencana=rencana).exists():
        kurang.append(_("Belum ada satu pun indikator sasaran."))
    if not milik_rencana(rencana).filter(kegiatan__isnull=False).exists():
        kurang.append(_("Belum ada satu pun kegiatan dengan keluaran."))
    if Keluaran.objects.filter(pk__in=milik_rencana(rencana).values("pk"), target__isnull=True).exists():
        kurang.append(_("Ada keluaran tanpa target sama sekali."))
    kurang += [
        _("Kegiatan %(nama)s berpagu, tetapi belum mempunyai keluaran. Uangnya tidak akan tercantum pada E.81.")
        % {"nama": kegiatan.nama}
        for kegiatan in Kegiatan.objects.filter(
            program__rencana=rencana, keluaran__isnull=True, anggaran__pagu__gt=0
        ).distinct()
    ]
    return kurang
