"""The tables of a dashboard as CSV, as a workbook, and the page as a tagged PDF with its charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from core.bilangan import bulatkan
from core.cetak import GagalCetak, cetak_pdf
from core.grafik import Grafik
from core.konfigurasi import kantor
from core.lembar import Kolom, Lembar, xlsx
from core.lembar_csv import tulis_baris
from core.waktu import sekarang, zona
from renstra.dasbor import Tabel

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BATAS_DETIK: Final = 20.0


@dataclass(frozen=True, slots=True)
class Potongan:
    """One piece of the printed page: sentences, a chart, its table; any of them may be missing."""

    kalimat: Sequence[str] = ()
    grafik: Grafik | None = None
    tabel: Tabel | None = None


@dataclass(frozen=True, slots=True)
class Bahan:
    """What the files of a dashboard are made of. `nama` begins the names of the files."""

    nama: str
    judul: str
    anak_judul: str
    tabel: Sequence[Tabel]
    potongan: Callable[[], Sequence[Potongan]]


def kirim(request: HttpRequest, bahan: Bahan) -> HttpResponse | None:
    """The file that the address asks for (`format`, for CSV with `tabel`); None for the page. Raises Http404."""
    bentuk = request.GET.get("format", "")
    if not bentuk:
        return None
    if bentuk == "xlsx":
        return _berkas(_buku(bahan), _XLSX, f"{bahan.nama}.xlsx")
    if bentuk == "pdf":
        return _pdf(bahan)
    kode = request.GET.get("tabel", "")
    tabel = next((t for t in bahan.tabel if t.kode == kode), None)
    if bentuk != "csv" or tabel is None:
        raise Http404
    return _berkas(_csv(tabel).encode(), "text/csv; charset=utf-8", f"{bahan.nama}-{kode}.csv")


def _csv(tabel: Tabel) -> str:
    """The table with exact numbers (a point before decimals); no cell that a spreadsheet would run."""
    baris = ([str(b.kepala), *(_polos(a.nilai, a.teks) for a in b.isi)] for b in tabel.baris)
    return "".join(tulis_baris(sel) for sel in (tabel.kolom, *baris))


def _polos(nilai: Any, teks: str) -> str:
    if nilai is None:
        return "" if teks == "-" else teks
    return str(nilai) if isinstance(nilai, int) else str(bulatkan(nilai, 4))


def _buku(bahan: Bahan) -> bytes:
    dihitung = _("Dihitung %(saat)s") % {"saat": f"{sekarang().astimezone(zona()):%d/%m/%Y %H.%M}"}
    lembar = [
        Lembar(
            t.judul,
            [t.judul, dihitung],
            [Kolom(k) for k in t.kolom],
            [[str(b.kepala), *(a.teks if a.nilai is None else a.nilai for a in b.isi)] for b in t.baris],
        )
        for t in bahan.tabel
    ]
    return xlsx(lembar, dibuat=sekarang(), judul=f"{bahan.judul} {bahan.anak_judul}")


def _pdf(bahan: Bahan) -> HttpResponse:
    konteks = {"bahan": bahan, "potongan": bahan.potongan(), "kantor": kantor().nama, "dibuat": sekarang()}
    html = render_to_string("dokumen/dasbor.html", konteks)
    try:
        isi = cetak_pdf(html, judul=f"{bahan.judul} {bahan.anak_judul}", dibuat=sekarang(), detik=_BATAS_DETIK)
    except GagalCetak as galat:
        return HttpResponse(str(galat), status=503, content_type="text/plain; charset=utf-8")
    return _berkas(isi, "application/pdf", f"{bahan.nama}.pdf")


def _berkas(isi: bytes, jenis: str, nama: str) -> HttpResponse:
    respons = HttpResponse(isi, content_type=jenis)
    respons["Content-Disposition"] = f'attachment; filename="{nama}"'
    respons["X-Content-Type-Options"] = "nosniff"
    respons["Cache-Control"] = "no-store, private"
    return respons
