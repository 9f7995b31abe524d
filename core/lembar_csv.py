"""A list as a CSV sheet: exact numbers, capped, and with no cell that a spreadsheet would run (B38, ASVS V1.2.10)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.http import StreamingHttpResponse
from rest_framework.renderers import BaseRenderer

from core.lembar import BERBAHAYA

#: Rows of one sheet; a longer one is asked for in parts.
BARIS_MAKS = 50_000
_RUMUS: Final = (*BERBAHAYA, "\n")
#: What no spreadsheet runs although it begins like a formula: a number, and the dash that stands for nothing.
_POLOS: Final = re.compile(r"-(\d+(\.\d+)?)?")


class PenyajiCsv(BaseRenderer):
    """Makes `?format=csv` a known form. Rows are written by the functions below; only refusals are rendered here."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return json.dumps(data, ensure_ascii=False, default=str).encode()


def sel_aman(nilai: Any) -> str:
    """One cell. What a spreadsheet would take for a formula gets an apostrophe in front."""
    if isinstance(nilai, bool):
        return "true" if nilai else "false"
    teks = "" if nilai is None else str(nilai)
    return f"'{teks}" if teks.startswith(_RUMUS) and not _POLOS.fullmatch(teks) else teks


def tulis_baris(sel: Iterable[Any]) -> str:
    """One line of a sheet, with its end."""
    keluar = io.StringIO()
    csv.writer(keluar).writerow([sel_aman(s) for s in sel])
    return keluar.getvalue()


def isi_csv(kolom: Iterable[str], baris: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The sheet line by line, head first."""
    judul = list(kolom)
    yield tulis_baris(judul)
    for satu in baris:
        yield tulis_baris(satu[k] for k in judul)


def lembar_csv(kolom: Iterable[str], baris: Iterable[Mapping[str, Any]], nama: str) -> StreamingHttpResponse:
    """The sheet as a download, row by row."""
    respons = StreamingHttpResponse(isi_csv(kolom, baris), content_type="text/csv; charset=utf-8")
    respons["Content-Disposition"] = f'attachment; filename="{nama}"'
    return respons
