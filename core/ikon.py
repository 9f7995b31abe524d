"""The portal's own line icons: drawn on a 24 x 24 grid, stroke only, coloured by the text around them.

Each entry is the body of one <svg>, inlined: no further request, no style attribute.
"""

from __future__ import annotations

from typing import Final


def _p(*d: str) -> str:
    return "".join(f'<path d="{satu}"/>' for satu in d)


def _c(x: float, y: float, r: float) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{r}"/>'


def _r(x: float, y: float, lebar: float, tinggi: float, sudut: float = 1.5) -> str:
    return f'<rect x="{x}" y="{y}" width="{lebar}" height="{tinggi}" rx="{sudut}"/>'


_LINGKAR = _c(12, 12, 9)

IKON: Final[dict[str, str]] = {
    # states
    "tangan": _p(
        "M7.5 12V6.5a1.5 1.5 0 0 1 3 0V11",
        "M10.5 10.5v-6a1.5 1.5 0 0 1 3 0v6",
        "M13.5 10.5v-5a1.5 1.5 0 0 1 3 0V12",
        "M16.5 11V8.5a1.5 1.5 0 0 1 3 0v6A6.5 6.5 0 0 1 13 21h-.8a6.5 6.5 0 0 1-5.3-2.7L3.9 14a1.6 1.6 0 0 1 "
        "2.5-2l1.1 1.3",
    ),
    "putar": _p("M20 12a8 8 0 1 1-2.4-5.7L20 8.2", "M20 3.5v4.7h-4.7"),
    "jeda": _LINGKAR + _p("M9.8 8.5v7", "M14.2 8.5v7"),
    "jam": _LINGKAR + _p("M12 7v5l3.5 2"),
    "centang": _p("M4.5 12.5l5 5L19.5 7"),
    "silang": _p("M6 6l12 12", "M18 6L6 18"),
    "strip": _p("M6 12h12"),
    "pensil": _p("M4 20l1-4.2L15.8 5a2 2 0 0 1 2.8 0l.4.4a2 2 0 0 1 0 2.8L8.2 19z", "M13.5 7.5l3 3"),
    "dompet": _p("M17 8V5H6.5a2.5 2.5 0 0 0 0 5H20v9H6a2 2 0 0 1-2-2V7.5", "M16 14.5h.01"),
    "pena": _p("M4 21h16", "M14 4.5l4.5 4.5-8 8L5 18l1-5.5z", "M12 6.5l4.5 4.5"),
    "timbang": _p(
        "M12 4v16",
        "M7.5 20h9",
        "M5 7h14",
        "M5 7l-2.6 6a2.8 2.8 0 0 0 5.2 0z",
        "M19 7l-2.6 6a2.8 2.8 0 0 0 5.2 0z",
    ),
    "pin": _p("M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21z") + _c(12, 9.5, 2.5),
    "peringatan": _p("M12 4l9 16H3z", "M12 10v4.5", "M12 17.2h.01"),
    "info": _LINGKAR + _p("M12 11v5", "M12 7.8h.01"),
    # acts and moves
    "panah": _p("M4.5 12h15", "M13 5.5l6.5 6.5-6.5 6.5"),
    "panah-kiri": _p("M19.5 12h-15", "M11 5.5L4.5 12l6.5 6.5"),
    "buka": _p("M6 9l6 6 6-6"),
    "cari": _c(11, 11, 6.5) + _p("M16 16l4.5 4.5"),
    "unduh": _p("M12 4v11", "M7 10.5l5 5 5-5", "M4.5 20h15"),
    "unggah": _p("M12 16V5", "M7 9.5l5-5 5 5", "M4.5 20h15"),
    "kamera": _p("M4 8h3.5L9 5.5h6L16.5 8H20a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1z")
    + _c(12, 13, 3.5),
    "bagikan": _c(18, 5.5, 2.5) + _c(6, 12, 2.5) + _c(18, 18.5, 2.5) + _p("M8.3 10.8l7.4-4.1", "M8.3 13.2l7.4 4.1"),
    "salin": _r(8.5, 8.5, 11.5, 11.5) + _p("M15.5 8.5V5a1 1 0 0 0-1-1H5a1 1 0 0 0-1 1v9.5a1 1 0 0 0 1 1h3.5"),
    "cetak": _p(
        "M7 9V3.5h10V9",
        "M7 17H5a1.5 1.5 0 0 1-1.5-1.5v-5A1.5 1.5 0 0 1 5 9h14a1.5 1.5 0 0 1 1.5 1.5v5A1.5 1.5 0 0 1 19 17h-2",
        "M7 14h10v6.5H7z",
    ),
    "saring": _p("M4 6h16", "M7 12h10", "M10 18h4"),
    "tambah": _p("M12 5v14", "M5 12h14"),
    "masuk": _p("M14 4h4.5a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1H14", "M10 8l4 4-4 4", "M14 12H4.5"),
    "keluar": _p("M10 4H5.5a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1H10", "M15 8l4 4-4 4", "M19 12H9.5"),
    # things and people
    "rumah": _p("M4 11l8-7 8 7", "M6 9.5V20h12V9.5", "M10 20v-5.5h4V20"),
    "orang": _c(12, 8, 4) + _p("M4.5 20.5a7.5 7.5 0 0 1 15 0"),
    "telepon": _p(
        "M6.5 3.5h3l1.5 4-2 1.5a12 12 0 0 0 6 6l1.5-2 4 1.5v3a2 2 0 0 1-2.2 2A17 17 0 0 1 4.5 5.7a2 2 0 0 1 2-2.2z"
    ),
    "pesan": _p("M4 5h16v11.5h-9L6.5 20v-3.5H4z", "M8 9h8", "M8 12.5h5"),
    "dokumen": _p(
        "M6 3.5h8L18.5 8v12a.5.5 0 0 1-.5.5H6a.5.5 0 0 1-.5-.5V4a.5.5 0 0 1 .5-.5z",
        "M13.5 3.5v5h5",
        "M9 13h6",
        "M9 16.5h6",
    ),
    "kotak-masuk": _p(
        "M3.5 13.5L6 5.5h12l2.5 8V19a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1z", "M3.5 13.5h5L10 16h4l1.5-2.5h5"
    ),
    "kalender": _r(4, 5.5, 16, 15) + _p("M4 10h16", "M8.5 3v4", "M15.5 3v4"),
    "kantor": _p("M3.5 9.5L12 4l8.5 5.5z", "M4 20h16", "M6.5 10v7", "M10.2 10v7", "M13.8 10v7", "M17.5 10v7"),
    "perisai": _p("M12 3.5L19.5 6v5.5c0 4.6-3.1 7.7-7.5 9-4.4-1.3-7.5-4.4-7.5-9V6z", "M8.5 12l2.5 2.5 4.5-5"),
    "gembok": _r(5, 11, 14, 9.5) + _p("M8 11V8a4 4 0 0 1 8 0v3"),
    "mata": _p("M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z") + _c(12, 12, 3),
    "grafik": _p("M5 20v-8", "M12 20V5", "M19 20v-5.5"),
    "bahasa": _LINGKAR + _p("M3 12h18", "M12 3c3.2 3.4 3.2 14.6 0 18", "M12 3c-3.2 3.4-3.2 14.6 0 18"),
    # needs, as people name them
    "toko": _p(
        "M4 9.5l1.5-5h13l1.5 5",
        "M4 9.5a2.65 2.65 0 0 0 5.3 0 2.7 2.7 0 0 0 5.4 0 2.65 2.65 0 0 0 5.3 0z",
        "M5.5 12.5V20h13v-7.5",
        "M10 20v-4.5h4V20",
    ),
    "bangunan": _p(
        "M5 20.5V5l8-1.5v17", "M13 9l6 1.5v10", "M3 20.5h18", "M8 8.5h2", "M8 12h2", "M8 15.5h2", "M16 14h.01"
    ),
    "kesehatan": _p("M9.5 4h5v5.5H20v5h-5.5V20h-5v-5.5H4v-5h5.5z"),
    "reklame": _p("M4 5h16v9H4z", "M8 14v6.5", "M16 14v6.5", "M7.5 9.5h9"),
    "hiburan": _p("M4 7h16v3.2a2 2 0 0 0 0 3.6V17H4v-3.2a2 2 0 0 0 0-3.6z", "M14 7v2", "M14 11v2", "M14 15v2"),
    "angkutan": _r(5, 4.5, 14, 13)
    + _p("M5 11.5h14", "M8 17.5v2.5", "M16 17.5v2.5", "M8.5 14.5h.01", "M15.5 14.5h.01"),
    "air": _p("M12 3.5c3.5 4.4 6 7.6 6 10.8a6 6 0 0 1-12 0c0-3.2 2.5-6.4 6-10.8z"),
    "sekolah": _p("M2.5 9.5L12 5l9.5 4.5L12 14z", "M6.5 11.5V16c0 1.2 2.5 2.5 5.5 2.5s5.5-1.3 5.5-2.5v-4.5"),
    "makam": _p("M8 20V9.5L12 5l4 4.5V20", "M4.5 20h15", "M10.5 12h3"),
    "modal": _r(4, 8, 16, 11.5) + _p("M9 8V5.5h6V8", "M4 13h16"),
    "aset": _c(8, 15.5, 4) + _p("M11 12.5l8.5-8.5", "M16 7.5l2.5 2.5"),
}
