"""A list as a CSV sheet: streamed, capped, and with no cell that a spreadsheet would run (B38)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import StreamingHttpResponse
from rest_framework.renderers import BaseRenderer

#: Rows of one sheet; a longer one is asked for in parts.
BARIS_MAKS = 50_000
_RUMUS = ("=", "+", "-", "@", "\t", "\r", "\n")


class PenyajiCsv(BaseRenderer):
    """Makes `?format=csv` a known form. Rows are streamed by `lembar_csv`; only refusals are rendered here."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return json.dumps(data, ensure_ascii=False, default=str).encode()


class _Gema:
    """A file that hands back what is written to it."""

    def write(self, nilai: str) -> str:
        return nilai


def sel_aman(nilai: Any) -> str:
    """One cell. What a spreadsheet would take for a formula gets an apostrophe in front (ASVS V1.2.10)."""
    teks = "" if nilai is None else str(nilai)
    return f"'{teks}" if teks.startswith(_RUMUS) else teks


def lembar_csv(kolom: Iterable[str], baris: Iterable[Mapping[str, Any]], nama: str) -> StreamingHttpResponse:
    """The sheet as a download, row by row."""
    judul = list(kolom)
    tulis = csv.writer(_Gema())

    def isi() -> Iterator[str]:
        yield tulis.writerow(judul)
        for satu in baris:
            yield tulis.writerow([sel_aman(satu[k]) for k in judul])

    respons = StreamingHttpResponse(isi(), content_type="text/csv; charset=utf-8")
    respons["Content-Disposition"] = f'attachment; filename="{nama}"'
    return respons
