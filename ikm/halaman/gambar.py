"""The charts of a result: from the same value that the tables, the API and the book print."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from core.bilangan import tulis
from core.grafik import Butir, Grafik, Titik, Tumpukan, batang, garis, tumpuk
from ikm.deret import TitikDeret

_BATAS: Final = (Decimal(70), Decimal(90))


def garis_indeks(kode: str, judul: str, deret: Sequence[TitikDeret], *, kolom: str) -> Grafik:
    """Index against target over time, broken where instrument or weight changes."""
    titik = [
        Titik(
            t.label,
            t.nilai,
            _("belum ada") if t.nilai is None else tulis(t.nilai),
            t.target,
            tulis(t.target),
            t.ruas,
        )
        for t in deret
    ]
    nilai = [x for t in deret for x in (t.nilai, t.target) if x is not None]
    dari = min([_BATAS[0], *(n // 5 * 5 for n in nilai)])
    sampai = max([_BATAS[1], *(n // 5 * 5 + 5 for n in nilai)])
    bantu = [(n, str(n)) for n in range(int(dari) + 5, int(sampai), 5 if sampai - dari <= 25 else 10)]
    return garis(
        kode, judul, titik, dari=dari, sampai=min(sampai, Decimal(105)), garis_bantu=bantu,
        keterangan=_kalimat(deret), kolom=(kolom, _("Indeks"), _("Target")),
    )  # fmt: skip


def _kalimat(deret: Sequence[TitikDeret]) -> str:
    """The line in words, for who does not see it."""
    ada = [t for t in deret if t.nilai is not None]
    if not ada:
        return _("Belum ada hasil.")
    kata = {"awal": ada[0].label, "n1": tulis(ada[0].nilai), "akhir": ada[-1].label, "n2": tulis(ada[-1].nilai)}
    return _("Dari %(n1)s (%(awal)s) menjadi %(n2)s (%(akhir)s).") % kata


def batang_unsur(hasil: dict[str, Any]) -> Grafik:
    """The means of the unsur, lowest first; the three lowest stand out."""
    unsur = sorted((u for u in hasil["unsur"] if u["nrr"]), key=lambda u: (Decimal(u["nrr"]), u["kode"]))
    butir = [
        Butir(
            u["nama"],
            Decimal(u["nrr"]),
            tulis(Decimal(u["nrr"]), 3),
            "g-terendah" if u["kode"] in hasil["terendah"] else "",
        )
        for u in unsur
    ]
    return batang(
        "grafik-unsur", _("Nilai rata-rata tiap unsur (1 sampai 4), terendah di atas"), butir, dari=1, sampai=4,
        keterangan=_("Terendah: %(nama)s.") % {"nama": butir[0].label} if butir else "",
        kolom=(_("Unsur"), _("Nilai rata-rata")),
    )  # fmt: skip


def sebaran(hasil: dict[str, Any]) -> Grafik:
    """How the answers to each unsur are spread over the four values."""
    return tumpuk(
        "grafik-sebaran",
        _("Sebaran jawaban tiap unsur"),
        (_("1 tidak baik"), _("2 kurang baik"), _("3 baik"), _("4 sangat baik")),
        [Tumpukan(u["nama"], tuple(u["cacah"])) for u in hasil["unsur"]],
        kolom=_("Unsur"),
    )


def batang_bagian(kode: str, judul: str, bagian: Sequence[dict[str, Any]]) -> Grafik:
    """Index of each group; a withheld one is named without a figure."""
    butir = [
        Butir(g["nama"], None, _("ditahan"))
        if g["ditahan"]
        else Butir(
            g["nama"],
            Decimal(g["ikm"]) if g["ikm"] else None,
            tulis(Decimal(g["ikm"])) if g["ikm"] else _("belum ada"),
        )
        for g in bagian
    ]
    return batang(kode, judul, butir, dari=25, sampai=100, kolom=(judul, _("Indeks")))
