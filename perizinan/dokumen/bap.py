"""The berita acara of a visit: who went, where, what was found, photos. In the file for the applicant too."""

from __future__ import annotations

import base64
import io
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image

from perizinan.dokumen.halaman import Halaman
from perizinan.models import Dokumen, FotoPemeriksaan

SISI_FOTO = 1000  # pixels of the longer side: 80 mm at 300 dpi
MUTU_FOTO = 78
MAKS_FOTO = 12

_HASIL = {
    "sesuai": gettext_lazy("Sesuai"),
    "tidak": gettext_lazy("Tidak sesuai"),
    "tidak_sesuai": gettext_lazy("Tidak sesuai"),
    "tidak_ada": gettext_lazy("Tidak ada"),
}


def bap(dokumen: Dokumen) -> Halaman:
    """One visit's record; `acuan` is the recommendation's key."""
    rekomendasi = dokumen.permohonan.rekomendasi.select_related("skpd").get(kunci=dokumen.acuan)
    ba = rekomendasi.berita_acara
    foto = [_gambar(f) for f in ba.foto.order_by("pk")[:MAKS_FOTO]]
    return Halaman(
        templat="dokumen/bap.html",
        judul=_("Berita Acara Pemeriksaan"),
        nomor=ba.nomor,
        konteks={
            "ba": ba,
            "rekomendasi": rekomendasi,
            "titik": f"{ba.lintang}, {ba.bujur}",
            "butir": [_butir(b) for b in ba.daftar_periksa],
            "baris_foto": [foto[i : i + 2] for i in range(0, len(foto), 2)],
            "lokasi": str(dokumen.permohonan.isian.get("lokasi", "")),
        },
        data={
            "skpd": rekomendasi.skpd.kode,
            "dilaksanakan_pada": ba.dilaksanakan_pada.isoformat(timespec="seconds"),
            "titik": [str(ba.lintang), str(ba.bujur)],
            "daftar_periksa": ba.daftar_periksa,
            "foto": [f["sidik"] for f in foto],
        },
    )


def _butir(b: dict[str, Any]) -> dict[str, str]:
    hasil = str(b.get("hasil", ""))
    return {
        "butir": str(b.get("butir", "")),
        "hasil": str(_HASIL.get(hasil, hasil)),
        "catatan": str(b.get("catatan", "")),
    }


def _gambar(foto: FotoPemeriksaan) -> dict[str, str]:
    """A photo made small enough for print, as a data URI; it was re-encoded when it came in (R11)."""
    with foto.file.open("rb") as aliran, Image.open(aliran) as asli:
        kecil = asli.convert("RGB")
        kecil.thumbnail((SISI_FOTO, SISI_FOTO))
    keluar = io.BytesIO()
    kecil.save(keluar, "JPEG", quality=MUTU_FOTO, optimize=True)
    data = base64.b64encode(keluar.getvalue()).decode()
    return {"data": f"data:image/jpeg;base64,{data}", "keterangan": foto.keterangan, "sidik": foto.sidik}
