"""What the warnings of the computation say to people."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.bilangan import tulis
from ikm.enums import ModeBobot
from ikm.rumus import Peringatan


def kalimat(p: Peringatan) -> str:
    """One warning as a sentence."""
    r = p.rinci
    if p.kode == "kosong":
        return _("Belum ada jawaban yang lengkap untuk setiap unsur; indeks tidak dihitung.")
    if p.kode == "sampel_kurang":
        nilai = {"n": tulis(int(r["n"]), 0), "minimum": tulis(int(r["minimum"]), 0)}
        if int(r["populasi"]) < 0:
            return _("Responden %(n)s orang, di bawah minimum %(minimum)s.") % nilai
        nilai["populasi"] = tulis(int(r["populasi"]), 0)
        return _("Responden %(n)s orang, di bawah minimum %(minimum)s untuk %(populasi)s penerima layanan.") % nilai
    if p.kode == "di_bawah_tabel":
        return _("Indeks di bawah batas terendah tabel mutu; mutunya ditulis sebagai yang terendah.")
    return _("Mutu bergantung pada bobot: %(mutu)s dengan %(mode)s, %(mutu_lain)s dengan %(mode_lain)s.") % {
        "mutu": r["mutu"],
        "mutu_lain": r["mutu_lain"],
        "mode": _kecil(str(ModeBobot(str(r["mode"])).label)),
        "mode_lain": _kecil(str(ModeBobot(str(r["mode_lain"])).label)),
    }


def _kecil(kata: str) -> str:
    return kata[:1].lower() + kata[1:]
