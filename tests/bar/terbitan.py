"""Permits made and signed by the core alone, for the checks that need no application behind them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime

from core.cetak import cetak_pdf
from core.tanda_tangan import Kredensial, SifatTandaTangan, penandatangan
from tests.bench.halaman import alamat, kita

KADIS = Kredensial("196301011989031001", "Drs. Amit Riyadi, M.Si.", "Kepala Badan")


def izin_bertanda_tangan(jumlah: int) -> Iterator[tuple[str, bytes, bytes, SifatTandaTangan]]:
    """(address in the QR, signed bytes, bytes before, how it was signed) of so many permits."""
    for n in range(jumlah):
        token = secrets.token_urlsafe(16)
        sebelum = cetak_pdf(kita(token), judul=f"Izin {n}", lampiran={"izin.json": f'{{"n": {n}}}'.encode()})
        sifat = SifatTandaTangan("Penerbitan izin", "Bekasi", datetime.now(UTC).replace(microsecond=0))
        yield alamat(token), penandatangan().tanda_tangani(sebelum, sifat, KADIS), sebelum, sifat
