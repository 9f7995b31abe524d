"""A book as a tagged PDF and as a workbook."""

from __future__ import annotations

from datetime import datetime

from django.template.loader import render_to_string

from core import lembar
from core.cetak import cetak_pdf
from renstra.laporan.bentuk import Buku
from renstra.laporan.bentuk import lembar as jadi_lembar

#: E.81 of 15 activities (40 rows of 28 cells) and a book of a year take some seconds on a small machine.
BATAS_DETIK = 30.0


def pdf(buku: Buku, *, kantor: str, dibuat: datetime) -> bytes:
    """The book laid out. Raises GagalCetak when it cannot be."""
    konteks = {"buku": buku, "kantor": kantor, "dibuat": dibuat}
    html = render_to_string("dokumen/buku_renstra.html", konteks)
    return cetak_pdf(html, judul=f"{buku.judul}: {buku.anak_judul}", dibuat=dibuat, detik=BATAS_DETIK)


def xlsx(buku: Buku, *, kantor: str, dibuat: datetime) -> bytes:
    """Its tables, one sheet each. Raises ValueError for a book without any."""
    kepala = [k for k in (buku.judul, kantor, buku.anak_judul, buku.tanda) if k]
    return lembar.xlsx([jadi_lembar(t, kepala) for t in buku.tabel], dibuat=dibuat, judul=buku.judul, penyusun=kantor)
