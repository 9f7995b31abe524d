"""How the due date is counted and who used the days: the same numbers as the page, as of the order's instant."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from core.templatetags.tampilan import waktu
from perizinan.buku_waktu import Baris
from perizinan.dokumen.halaman import BelumBisa, Halaman
from perizinan.dokumen.teks import isi_kalimat, teks
from perizinan.models import Dokumen
from perizinan.muat_buku import kalender_pada, rincian
from perizinan.tenggat import Baris as BarisTanggal

#: Lines of the arithmetic that are printed at each end of a file that was open for years; the page has them all.
UJUNG = 200


def rincian_waktu(dokumen: Dokumen) -> Halaman:
    """Arithmetic, ledger and intervals; the calendar is the one that was in force when it was ordered."""
    p, pada = dokumen.permohonan, dokumen.diminta_pada
    hasil = rincian(p, pada, kalender=kalender_pada(min(pada, p.terbit_pada or p.selesai_pada or pada)))
    hitungan = hasil.hitungan
    if hitungan is None:
        raise BelumBisa(_("Waktu layanan berkas ini belum dihitung."))
    return Halaman(
        templat="dokumen/rincian_waktu.html",
        judul=_("Rincian Waktu Layanan"),
        nomor=p.nomor_register or "",
        konteks={
            "rincian": hasil,
            "hitungan": hitungan,
            "bagian": _bagian(hitungan.baris),
            "dilewati": max(0, len(hitungan.baris) - 2 * UJUNG),
            "kalimat": isi_kalimat(teks()["rincian_waktu"]["isi"], pada=waktu(pada)),
        },
        data={
            "keadaan_per": pada.isoformat(timespec="seconds"),
            "mulai": hitungan.mulai.isoformat(timespec="seconds"),
            "tenggat": hitungan.tenggat.isoformat(timespec="seconds"),
            "hari_kerja": hitungan.hari,
            "hari_terpakai": hitungan.hari_terpakai,
            "buku": [_baris(b) for b in hasil.buku.baris],
        },
    )


def _bagian(baris: tuple[BarisTanggal, ...]) -> list[tuple[BarisTanggal, ...]]:
    """All lines as one part, or the two ends of very many."""
    return [baris] if len(baris) <= 2 * UJUNG else [baris[:UJUNG], baris[-UJUNG:]]


def _baris(b: Baris) -> dict[str, Any]:
    kolom = ("tahap", "peran", "unit", "sejajar", "hari", "hari_bersih", "menit_bersih", "jatah")
    return {k: getattr(b, k) for k in kolom}
