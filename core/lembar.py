"""Spreadsheets that people pass on: title, frozen head, typed cells, widths; nothing in them runs.

Numbers stay numbers and dates stay dates. Text is always text: a cell that a spreadsheet would take for a formula
is stored as a string with the quote prefix, so that what somebody wrote in a survey or a form is never executed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from core.bilangan import bulatkan

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

Sel = str | int | Decimal | Fraction | date | datetime | bool | None
#: A text that begins so would be run as a formula by one spreadsheet or another.
BERBAHAYA: Final = ("=", "+", "-", "@", "\t", "\r")
#: Control characters that no XLSX can hold.
_TAK_TERTULIS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LEBAR_MIN, _LEBAR_MAKS = 8, 60
_JUDUL_MAKS: Final = 31


@dataclass(frozen=True, slots=True)
class Kolom:
    """One column: head, decimals of its numbers (None: as they come), width in characters (None: by content)."""

    judul: str
    desimal: int | None = None
    lebar: int | None = None


@dataclass(slots=True)
class Lembar:
    """One sheet: the tab's name, the lines above the table, its columns and rows, the lines below it."""

    nama: str
    judul: Sequence[str]
    kolom: Sequence[Kolom]
    baris: Iterable[Sequence[Sel]]
    catatan: Sequence[str] = field(default_factory=tuple)


def xlsx(lembar: Sequence[Lembar], *, dibuat: datetime, judul: str = "", penyusun: str = "") -> bytes:
    """The workbook of these sheets; the same content and moment give the same cells. Raises ValueError for none."""
    from openpyxl import Workbook

    if not lembar:
        raise ValueError("Buku kerja tanpa lembar.")
    buku = Workbook()
    buku.remove(buku.worksheets[0])
    buku.properties.title, buku.properties.creator = judul, penyusun
    buku.properties.created = buku.properties.modified = dibuat.replace(tzinfo=None)
    terpakai: set[str] = set()
    for satu in lembar:
        _isi(buku.create_sheet(nama_lembar(satu.nama, terpakai)), satu)
    keluaran = io.BytesIO()
    buku.save(keluaran)
    return keluaran.getvalue()


def nama_lembar(nama: str, terpakai: set[str]) -> str:
    """A tab name that spreadsheets accept: no []:*?/\\, at most 31 letters, not twice."""
    dasar = re.sub(r"[\[\]:*?/\\]", " ", nama).strip("' ")[:_JUDUL_MAKS] or "Lembar"
    hasil, n = dasar, 1
    while hasil.casefold() in terpakai:
        n += 1
        hasil = f"{dasar[: _JUDUL_MAKS - len(str(n)) - 1]} {n}"
    terpakai.add(hasil.casefold())
    return hasil


def _isi(kertas: Worksheet, lembar: Lembar) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for n, kalimat in enumerate(lembar.judul, start=1):
        _tulis(kertas.cell(row=n, column=1), kalimat).font = Font(bold=n == 1, size=13 if n == 1 else 11)
    kepala = len(lembar.judul) + (2 if lembar.judul else 1)
    for k, kolom in enumerate(lembar.kolom, start=1):
        sel = _tulis(kertas.cell(row=kepala, column=k), kolom.judul)
        sel.font, sel.fill = Font(bold=True), PatternFill("solid", fgColor="E4F2EA")
        sel.alignment = Alignment(wrap_text=True, vertical="top")
    panjang = [len(k.judul) for k in lembar.kolom]
    baris = kepala
    for isi in lembar.baris:
        baris += 1
        for k, (nilai, kolom) in enumerate(zip(isi, lembar.kolom, strict=True), start=1):
            sel = _tulis(kertas.cell(row=baris, column=k), nilai, kolom.desimal)
            panjang[k - 1] = max(panjang[k - 1], len(str(sel.value)) if sel.value is not None else 0)
    for n, kalimat in enumerate(lembar.catatan, start=2):
        _tulis(kertas.cell(row=baris + n, column=1), kalimat).font = Font(italic=True)
    for k, kolom in enumerate(lembar.kolom, start=1):
        lebar = kolom.lebar or min(max(panjang[k - 1] + 2, _LEBAR_MIN), _LEBAR_MAKS)
        kertas.column_dimensions[get_column_letter(k)].width = lebar
    kertas.freeze_panes = f"A{kepala + 1}"
    kertas.print_title_rows = f"{kepala}:{kepala}"
    kertas.page_setup.orientation, kertas.page_setup.paperSize = "landscape", "9"
    kertas.page_setup.fitToWidth, kertas.page_setup.fitToHeight = 1, 0
    kertas.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _tulis(sel: Cell | MergedCell, nilai: Sel, desimal: int | None = None) -> Cell | MergedCell:
    """One cell by the type of its value."""
    if isinstance(nilai, bool):
        sel.value = "ya" if nilai else "tidak"
    elif isinstance(nilai, str):
        _tulis_teks(sel, nilai)
    elif isinstance(nilai, Fraction | Decimal):
        tempat = 2 if desimal is None else desimal
        sel.value = bulatkan(nilai, tempat)
        sel.number_format = f"#,##0.{'0' * tempat}" if tempat else "#,##0"
    elif isinstance(nilai, int):
        sel.value, sel.number_format = nilai, "#,##0"
    elif isinstance(nilai, datetime):
        sel.value, sel.number_format = nilai.replace(tzinfo=None), "dd/mm/yyyy hh:mm"
    elif isinstance(nilai, date):
        sel.value, sel.number_format = nilai, "dd/mm/yyyy"
    return sel


def _tulis_teks(sel: Cell | MergedCell, teks: str) -> None:
    """Text that stays text: never a formula, and with the mark that spreadsheets keep when the cell is edited."""
    sel.value = _TAK_TERTULIS.sub("", teks)
    sel.data_type = "s"
    if teks.startswith(BERBAHAYA):
        sel.quotePrefix = True
