"""P9: a permit's PDF, ours against WeasyPrint as it is usually used. Goal: >= 1.3x a naive render of the same page.

Two peers in the same run: the page with Bootstrap's style sheet, and the harder one, the same flex page with a dozen
rules of its own; both draw the QR as SVG. Ours goes the whole way a worker goes, fence included. The four must show
the same facts.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
from pathlib import Path
from typing import Any

from tests.bench.alat import baris, berselang, kondisi, median, tulis
from tests.bench.halaman import ISIAN, KETENTUAN, kita, naif

RONDE = 9
SASARAN = 1.3
TOKEN = "k3Jq9fXw2LmV7tRbZ1cYdA"
GAYA_KECIL = """body{font-family:sans-serif;line-height:1.3}.row{display:flex}.d-flex{display:flex}
.col-4{width:33.33%}.col-8{width:66.66%}.flex-fill{flex:1}.text-center{text-align:center}.fs-4{font-size:16pt}
.fs-5{font-size:12pt}.fw-bold{font-weight:bold}.small,small{font-size:8pt}.text-uppercase{text-transform:uppercase}
.h4{font-size:13pt}.border{border:1px solid}.p-2{padding:2mm}.border-top{border-top:1px solid}p{margin:0 0 2mm}
ol{margin:0}"""


def bootstrap() -> str:
    asal = importlib.util.find_spec("django_include_bootstrap")
    assert asal is not None
    assert asal.origin is not None
    return (Path(asal.origin).parent / "static" / "css" / "bootstrap.min.css").read_text()


def biasa(html: str) -> bytes:
    """WeasyPrint as its documentation shows it, with the same PDF variant and attachment."""
    from weasyprint import HTML, Attachment

    lampiran = [Attachment(string=b"{}", name="izin.json")]
    pdf: bytes = HTML(string=html).write_pdf(pdf_variant="pdf/a-3b", pdf_tags=True, attachments=lampiran)
    return pdf


def fakta(pdf: bytes) -> set[str]:
    """Which of the page's facts a reader finds in the text."""
    hasil = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    teks = re.sub(r"\s", "", hasil.stdout.decode())
    return {satu for satu in (*(v for _, v in ISIAN), *KETENTUAN) if re.sub(r"\s", "", satu) in teks}


def ukur() -> dict[str, Any]:
    from core.cetak import cetak_pdf
    from core.cetak_dalam import susun

    gaya = bootstrap()
    kepala = {"judul": "SIUP", "dibuat": None, "nama_lampiran": ["izin.json"]}
    cara = {
        "kita (cetak_pdf, di balik pagar)": lambda: cetak_pdf(
            kita(TOKEN), judul="SIUP", lampiran={"izin.json": b"{}"}
        ),
        "kita tanpa pagar": lambda: susun(kepala, kita(TOKEN), [b"{}"]),
        "naif, gaya kecil": lambda: biasa(naif(TOKEN, GAYA_KECIL)),
        "naif, Bootstrap": lambda: biasa(naif(TOKEN, gaya)),
    }
    terbaca = {nama: fakta(satu()) for nama, satu in cara.items()}
    sama = all(len(satu) == len(ISIAN) + len(KETENTUAN) for satu in terbaca.values())
    waktu = berselang(cara, RONDE)
    tengah = median(waktu)
    milik = tengah["kita (cetak_pdf, di balik pagar)"]
    rasio = {
        "lawan naif Bootstrap": tengah["naif, Bootstrap"] / milik,
        "lawan naif gaya kecil": tengah["naif, gaya kecil"] / milik,
    }
    return {
        "nama": "p09_cetak",
        "kondisi": kondisi(ronde=RONDE, isi_sama=sama),
        "hasil": baris(waktu),
        "rasio": rasio,
        "target": dict.fromkeys(rasio, SASARAN),
        "lulus": sama and all(nilai >= SASARAN for nilai in rasio.values()),
    }


if __name__ == "__main__":
    tulis(ukur())
