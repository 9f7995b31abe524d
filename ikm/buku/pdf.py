"""The book as a tagged PDF/A with contents and page numbers, laid out by the house's printer."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from core.cetak import cetak_pdf
from core.grafik import Grafik
from core.konfigurasi import kantor
from core.templatetags.tampilan import data_svg
from core.waktu import zona
from ikm.buku.isi import Buku, bagian, judul_bagian
from ikm.enums import ModeBobot
from ikm.halaman import gambar

#: A book of fourteen unsur and forty services takes some seconds on a small machine.
BATAS_DETIK: Final = 30.0


def pdf(buku: Buku) -> tuple[bytes, str]:
    """The book and its media type. Raises GagalCetak when it cannot be laid out in time."""
    judul = f"Buku Indeks Kepuasan Masyarakat {buku.nama}"
    with translation.override("id"):
        html = render_to_string("dokumen/buku_ikm.html", konteks(buku) | {"judul": judul})
    isi = cetak_pdf(html, judul=f"{judul} ({buku.cap})", dibuat=buku.pada.astimezone(zona()), detik=BATAS_DETIK)
    return isi, "application/pdf"


def konteks(buku: Buku) -> dict[str, Any]:
    """What the template prints: the book, the office, the charts."""
    k = kantor()
    return {
        "buku": buku,
        "hasil": buku.hasil,
        "kop": {
            "pemerintah": k.pemerintah,
            "instansi": k.nama,
            "alamat": k.alamat,
            "lambang": data_svg(k.lambang_svg or _lambang()),
        },
        "bobot": [
            {**i, "kata": ModeBobot(mode).label, "bobot": i["bobot"].replace(".", ","), "resmi": mode == _mode(buku)}
            for mode, i in buku.hasil.get("indeks", {}).items()
        ],
        "terendah": sorted((u for u in buku.unsur if u.terendah), key=lambda u: (u.nrr or 0, u.nomor)),
        "grafik": _grafik(buku),
        "bagian": [(kata, bagian(buku.hasil, d)) for d, kata in judul_bagian() if bagian(buku.hasil, d)],
    }


def _mode(buku: Buku) -> str:
    mode: str = buku.hasil["mode_bobot"]
    return mode


def _grafik(buku: Buku) -> dict[str, Grafik | None]:
    """The same drawings as on the pages."""
    tahunan = gambar.garis_indeks("buku-tahunan", _("Indeks dan target tiap tahun"), buku.tahunan, kolom=_("Tahun"))
    tren = gambar.garis_indeks("buku-tren", _("Indeks tiap periode"), buku.tren, kolom=_("Periode"))
    return {
        "unsur": gambar.batang_unsur(buku.hasil),
        "sebaran": gambar.sebaran(buku.hasil),
        "tahunan": tahunan if buku.tahunan else None,
        "tren": tren if len(buku.tren) > 1 else None,
    }


def _lambang() -> str:
    """The drawn emblem that stands in until the office configures its own."""
    return (Path(settings.BASE_DIR) / "static" / "img" / "lambang.svg").read_text(encoding="utf-8")
