"""B30: the renderer reaches no network and no file, even where a template forgot to escape.

Every payload runs twice: as a value in a template (escaped) and as raw HTML. The negative control renders the same
raw payloads with the library's default fetcher, which must reach the canaries, or this check checks nothing.
"""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.template import Context, Engine

from core.cetak import GagalCetak, cetak_pdf
from tests.bar.conftest import Catat

pytestmark = pytest.mark.bar
KENARI = b"KENARI-7c1f4e"
MUATAN = {
    "gambar": '<img src="{web}/gambar.svg">',
    "gaya impor": "<style>@import url({web}/impor.css);</style>",
    "lembar gaya": '<link rel="stylesheet" href="{web}/gaya.css">',
    "latar": '<div style="background:url({web}/latar.svg);height:9px">x</div>',
    "huruf": '<style>@font-face{{font-family:X;src:url({web}/huruf.ttf)}}</style><p style="font-family:X">x',
    "gambar dalam SVG": '<svg xmlns="http://www.w3.org/2000/svg"><image href="{web}/dalam.svg" width="9"/></svg>',
    "pengalihan": '<img src="{web}/alih">',
    "isi buatan": "<style>p::before{{content:url({web}/isi.svg)}}</style><p>x</p>",
    "daftar": '<ul style="list-style-image:url({web}/daftar.svg)"><li>x</ul>',
    "objek": '<object data="{web}/objek.svg" type="image/svg+xml"></object>',
    "alamat dasar": '<base href="{web}/"><img src="dasar.svg">',
    "lampiran berkas": '<link rel="attachment" href="{berkas}">',
    "tautan lampiran": '<a rel="attachment" href="{berkas}">x</a>',
    "gambar berkas": '<img src="{svg}">',
}


class Pencatat(BaseHTTPRequestHandler):
    """Counts who comes; `/alih` redirects to an inner address."""

    def do_GET(self) -> None:
        self.server.kunjungan.append(self.path)  # type: ignore[attr-defined]
        if self.path == "/alih":
            self.send_response(302)
            self.send_header("Location", "/di-dalam")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "image/svg+xml")
        self.end_headers()
        self.wfile.write(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class names it
        """Quiet."""


@pytest.fixture
def kenari(tmp_path: Path) -> Iterator[tuple[dict[str, str], list[str]]]:
    rahasia, svg = tmp_path / "rahasia.txt", tmp_path / "rahasia.svg"
    rahasia.write_bytes(KENARI)
    svg.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><text y="9">{KENARI.decode()}</text></svg>')
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pencatat)
    server.kunjungan = kunjungan = []  # type: ignore[attr-defined]
    utas = threading.Thread(target=server.serve_forever, daemon=True)
    utas.start()
    yield (
        {"web": f"http://127.0.0.1:{server.server_port}", "berkas": rahasia.as_uri(), "svg": svg.as_uri()},
        kunjungan,
    )
    server.shutdown()
    server.server_close()
    utas.join(10)


def bocor(pdf: bytes) -> bool:
    """Is the canary anywhere in the file, unpacked: streams, attachments, strings?"""
    with pikepdf.open(io.BytesIO(pdf)) as dokumen:
        return any(
            KENARI in (objek.read_bytes() if isinstance(objek, pikepdf.Stream) else objek.unparse())
            for objek in dokumen.objects
        )


def cetak_biasa(html: str) -> bytes:
    """The library as it comes: default fetcher, in this process."""
    from weasyprint import HTML

    return HTML(string=html).write_pdf()


def test_b30_tidak_ada_yang_keluar_atau_terbaca(catat: Catat, kenari: tuple[dict[str, str], list[str]]) -> None:
    alamat, kunjungan = kenari
    pola = Engine().from_string("<!doctype html><title>x</title><p title='{{ isi }}'>{{ isi }}</p>")
    bocoran = 0
    for muatan in MUATAN.values():
        mentah = muatan.format(**alamat)
        bocoran += bocor(cetak_pdf(pola.render(Context({"isi": mentah}))))
        with suppress(GagalCetak):
            bocoran += bocor(cetak_pdf(f"<!doctype html><title>x</title>{mentah}"))
    tercatat = len(kunjungan)
    kontrol = [bocor(cetak_biasa(muatan.format(**alamat))) for muatan in MUATAN.values()]
    nilai = f"{len(MUATAN)} muatan: {tercatat} kunjungan, {bocoran} bocor"
    catat("B30", nilai, "0 dan 0", not tercatat and not bocoran, len(set(kunjungan)) >= 7 and any(kontrol))


def test_b30_masukan_satu_megabyte_berakhir(catat: Catat) -> None:
    terlama = 0.0
    for jahat in ("<div>" * 150_000, "<td>x" * 200_000, "a" * 1_000_000, "<b>a " * 200_000, "&#x202e;<i>" * 90_000):
        mulai = time.monotonic()
        with suppress(GagalCetak):
            cetak_pdf(f"<!doctype html><title>x</title><table><tr>{jahat}")
        terlama = max(terlama, time.monotonic() - mulai)
    assert cetak_pdf("<p>sesudahnya</p>")
    catat("B30", f"{terlama:.1f} detik", "10 detik", terlama <= 10)


def test_b30_anak_berpagar_memori(catat: Catat, tmp_path: Any) -> None:
    from core import cetak

    cetak_pdf("<p>x</p>")
    anak = cetak._kandang.anak
    assert anak is not None
    batas = Path(f"/proc/{anak.proses.pid}/limits").read_text()
    baris = next(b for b in batas.splitlines() if b.startswith("Max address space"))
    catat("B30", baris.split()[3], str(1 << 30), baris.split()[3] == str(1 << 30))
