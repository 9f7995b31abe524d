"""The rules of an instrument as its rows have them now, an admin's edits included."""

from __future__ import annotations

from ikm import rumus
from ikm.acuan.baca import tabel_sampel
from ikm.enums import AturanSampel
from ikm.models import Instrumen
from ikm.rumus import Aturan, Rentang


def aturan_instrumen(instrumen: Instrumen) -> Aturan:
    """For `rumus.hitung`. Three queries, none when unsur, bobot and rentang_mutu are prefetched."""
    berjenjang = instrumen.aturan_sampel == AturanSampel.KREJCIE_MORGAN
    return Aturan(
        kode=instrumen.kode,
        unsur=tuple(u.kode for u in sorted(instrumen.unsur.all(), key=lambda u: u.urutan)),
        bobot={b.mode: rumus.bobot(b.nilai) for b in instrumen.bobot.all()},
        rentang=tuple(Rentang(r.mutu, r.kinerja, r.persepsi, r.batas_bawah) for r in instrumen.rentang_mutu.all()),
        sampel_tetap=None if berjenjang else instrumen.sampel_tetap,
        tabel_sampel=tabel_sampel() if berjenjang else (),
    )
