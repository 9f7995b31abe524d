"""B29, the part of the core: no altered file passes, no genuine one is refused, each refusal has its reason.

Negative control: the verdict of a good library on the first signature alone accepts forgeries.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils.misc import PdfError

from core.tanda_tangan.periksa import jelaskan_pdf, tanda_tangan_sah
from core.tanda_tangan.sertifikat import akar_tepercaya
from tests.bar.conftest import Catat
from tests.bar.terbitan import KADIS, izin_bertanda_tangan
from tests.core.pemalsu import MUTASI, Asli, hanya_tanda_tangan_pertama

pytestmark = pytest.mark.bar
JUMLAH = 200 if os.environ.get("TINGKAT") == "penuh" else 20


def test_b29_tidak_ada_pemalsuan_yang_lolos(catat: Catat, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    akar = akar_tepercaya()
    izin = list(izin_bertanda_tangan(JUMLAH))
    salah_tolak = sum(not tanda_tangan_sah(isi, akar) for _, isi, _, _ in izin)
    lolos, alasan_salah, tertipu = [], [], []
    for nama, (palsukan, alasan) in MUTASI.items():
        for (_, isi, sebelum, sifat), (_, _, lain, _) in zip(izin[:3], izin[3:6], strict=True):
            palsu = palsukan(Asli(isi, sebelum, lain, sifat, KADIS.nama))
            assert palsu != isi
            if tanda_tangan_sah(palsu, akar):
                lolos.append(nama)
            if jelaskan_pdf(palsu, akar) not in alasan:
                alasan_salah.append(nama)
        try:
            tertipu += [nama] * hanya_tanda_tangan_pertama(palsu, akar[0])
        except (PdfError, ValueError, IndexError, KeyError, TypeError):
            continue
    nilai = f"{len(MUTASI)} cara: {len(lolos)} lolos, {len(alasan_salah)} salah alasan, {salah_tolak} asli ditolak"
    lulus = len(MUTASI) >= 14 and not lolos and not alasan_salah and not salah_tolak
    catat("B29", nilai, "0, 0 dan 0", lulus, len(tertipu) >= 2)
