"""One table as a tagged PDF, laid out by the house's printer."""

from __future__ import annotations

from datetime import datetime

from django.template.loader import render_to_string

from core.cetak import cetak_pdf
from renstra.cetak.isi import Lembaran, Mode
from renstra.cetak.kata import kalimat_nota, kata_mode

#: The biggest table of the plan (59 rows of 15 cells) takes some seconds on a small machine.
BATAS_DETIK = 20.0


def pdf(satu: Lembaran, *, rencana: str, mode: Mode, dibuat: datetime) -> bytes:
    """The sheet, landscape; `GagalCetak` when it cannot be laid out."""
    judul = f"Tabel {satu.kode} {satu.judul}"
    konteks = {
        "judul": judul,
        "rencana": rencana,
        "mode": kata_mode(mode),
        "lembar": satu,
        "kertas": "A3" if len(satu.kolom) > 16 else "A4",
        "kelas": "sedang" if len(satu.kolom) > 16 else "rapat" if len(satu.kolom) > 12 else "",
        "nota": [kalimat_nota(n, t) for n, t in satu.nota],
        "dibuat": dibuat,
    }
    html = render_to_string("dokumen/tabel_renstra.html", konteks)
    return cetak_pdf(html, judul=f"{judul} ({kata_mode(mode)})", dibuat=dibuat, detik=BATAS_DETIK)
