"""The cells of a tagged PDF's tables, as assistive software reads them (`pdfinfo -struct-text` of poppler)."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from tests.core.alat import jalankan

_UNSUR = re.compile(r"^( *)(Table|TR|TH|TD)\b")
_TEKS = re.compile(r'^ *"(.*)"$', re.DOTALL)


def tabel_pdf(isi: bytes) -> list[list[list[str]]]:
    """Every table of the file, row by row, cell by cell; a cell's lines joined as they were written."""
    with tempfile.TemporaryDirectory() as folder:
        berkas = Path(folder) / "satu.pdf"
        berkas.write_bytes(isi)
        keluar = jalankan("pdfinfo", "-struct-text", berkas, detik=600)
    tabel: list[list[list[str]]] = []
    dalam = -1  # indentation of the table that is being read
    for baris in keluar.splitlines():
        tepi = len(baris) - len(baris.lstrip(" "))
        if unsur := _UNSUR.match(baris):
            if unsur[2] == "Table":
                tabel.append([])
                dalam = tepi
            elif unsur[2] == "TR":
                tabel[-1].append([])
            else:
                tabel[-1][-1].append("")
        elif dalam >= 0 and tepi <= dalam and baris.strip():
            dalam = -1
        elif dalam >= 0 and (teks := _TEKS.match(baris)) and tabel[-1] and tabel[-1][-1]:
            tabel[-1][-1][-1] += teks[1]
    return tabel
