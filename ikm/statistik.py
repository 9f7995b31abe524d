"""The result of a period, from the counts alone: one value that page, API, book and edition print.

Decimals are texts as the API writes them (`76.45`), so that the frozen edition is what was seen. Withheld groups are
named and have no figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.utils import translation

from core.bilangan import bulatkan
from core.waktu import zona
from ikm.aturan import aturan_instrumen
from ikm.cakupan import DIMENSI, Isi, anggota, cacah_tetap, ditahan, isi_periode
from ikm.enums import PILIHAN_PROFIL, Dimensi, JenisPeriode, SaluranJawaban
from ikm.models import HasilLama, HitunganProfil, Instrumen, Periode
from ikm.rumus import Aturan, Hasil, hitung, nilai_mutu
from perizinan.enums import Kelompok
from perizinan.models import JenisIzin, UndanganSurvei

FORMAT: Final = 1
#: How many of the lowest unsur become follow-up plans (ikm.md section 7).
TERENDAH: Final = 3


def hasil_periode(periode: Periode) -> dict[str, Any]:
    """Everything about a period as of now (format 1, docs/panduan/api.md).

    A year or quarter pools its gathering periods of the same instrument; for a year the mean of its semesters stands
    beside the pooled value, labelled. Below five answers the whole is withheld. Words are Indonesian in any language.
    """
    with translation.override("id"):
        return _hasil(periode)


def _hasil(periode: Periode) -> dict[str, Any]:
    instrumen = Instrumen.objects.prefetch_related("unsur", "bobot", "rentang_mutu").get(pk=periode.instrumen_id)
    semua = anggota(periode)
    bagian = [p for p in semua if p.instrumen_id == instrumen.pk]
    aturan = aturan_instrumen(instrumen)
    isi = isi_periode(bagian, len(aturan.unsur))
    gelap = ditahan(periode, bagian)
    kepala = {
        "format": FORMAT,
        "periode": {
            "kode": periode.kode,
            "jenis": periode.jenis,
            "mulai": periode.mulai.isoformat(),
            "selesai": periode.selesai.isoformat(),
            "anggota": [p.kode for p in bagian],
            "berinstrumen_lain": [p.kode for p in semua if p.instrumen_id != instrumen.pk],
        },
        "instrumen": {"kode": instrumen.kode, "nama": instrumen.nama, "dasar": instrumen.dasar},
        "mode_bobot": periode.mode_bobot,
        "target": _target(periode),
    }
    if ("", "") in gelap:
        return kepala | {"ditahan": True}
    n = max((sum(c) for c in isi.semua), default=0)
    hasil = hitung(aturan, cacah_tetap(isi.semua), periode.mode_bobot, populasi=_populasi(bagian, n))
    return {
        **kepala,
        "ditahan": False,
        **_pokok(hasil, {u.kode: u.nama for u in instrumen.unsur.all()}),
        **{d: _bagian(d, isi, aturan, periode.mode_bobot, gelap) for d in DIMENSI},
        "profil": _profil(bagian),
        "rata_semester": _rata_semester(periode, bagian, aturan),
    }


def _pokok(h: Hasil, nama: Mapping[str, str]) -> dict[str, Any]:
    """The figures of the whole: index in every mode, unsur, sample, warnings."""
    resmi = h.resmi
    return {
        "n": h.n,
        "populasi": next((p.rinci["populasi"] for p in h.peringatan if p.kode == "sampel_kurang"), None),
        "minimum": h.minimum,
        "margin": None if h.margin is None else str(h.margin),
        "ikm": str(resmi.nilai) if resmi else None,
        "mutu": resmi.mutu if resmi else "",
        "kinerja": resmi.kinerja if resmi else "",
        "indeks": {
            m: {"bobot": _teks_bobot(i.bobot), "nilai": str(i.nilai), "mutu": i.mutu, "kinerja": i.kinerja}
            for m, i in h.indeks.items()
        },
        "unsur": [
            {
                "kode": u.kode,
                "nama": nama[u.kode],
                "n": u.n,
                "cacah": list(u.cacah),
                "jumlah": u.jumlah,
                "nrr": _teks(u.nrr),
                "tertimbang": _teks(u.tertimbang),
            }
            for u in h.unsur
        ],
        "terendah": [u.kode for u in h.terendah[:TERENDAH]],
        "peringatan": [{"kode": p.kode, "rinci": dict(p.rinci)} for p in h.peringatan],
    }


def _teks_bobot(w: Fraction) -> str:
    """`0.071` where a decimal says it exactly, else `1/14`."""
    return str(Decimal(w.numerator) / w.denominator) if 1000 % w.denominator == 0 else str(w)


def _teks(nilai: Fraction | None) -> str | None:
    """A mean with three decimals, as the forms print it."""
    return None if nilai is None else str(bulatkan(nilai, 3))


def _bagian(
    dimensi: str, isi: Isi, aturan: Aturan, mode: str, gelap: frozenset[tuple[str, str]]
) -> list[dict[str, Any]]:
    """The groups of one dimension: figures, or that they are withheld; answers without a named group come last."""
    nama = nama_kunci(dimensi, [k for d, k in isi.bagian if d == dimensi])
    hasil: list[dict[str, Any]] = []
    for (d, kunci), cacah in isi.bagian.items():
        if d != dimensi:
            continue
        kepala = {"kunci": kunci, "nama": nama.get(kunci, kunci)}
        if (d, kunci) in gelap:
            hasil.append(kepala | {"ditahan": True})
            continue
        h = hitung(aturan, cacah_tetap(cacah), mode)
        hasil.append(
            kepala
            | {
                "ditahan": False,
                "n": h.n,
                "ikm": str(h.resmi.nilai) if h.resmi else None,
                "mutu": h.resmi.mutu if h.resmi else "",
                "nrr": {u.kode: _teks(u.nrr) for u in h.unsur},
            }
        )
    return sorted(hasil, key=lambda g: (not g["kunci"], g["nama"]))


def nama_kunci(dimensi: str, kunci: Sequence[str]) -> dict[str, str]:
    """What a group is called; an empty key is answers whose group may not be named."""
    if dimensi == "kelompok":
        nama = {k: str(Kelompok(k).label) if k in Kelompok.values else k for k in kunci if k}
    elif dimensi == "saluran":
        nama = {k: str(SaluranJawaban(k).label) for k in kunci}
    else:
        nama = dict(JenisIzin.objects.filter(kode__in=kunci).values_list("kode", "nama"))
    return nama | {"": "Tidak disebutkan"}


def _profil(bagian: Sequence[Periode]) -> dict[str, list[dict[str, Any]]]:
    """How many told what of themselves, dimension by dimension, in the order of the questionnaire."""
    jumlah: dict[tuple[str, str], int] = {}
    for d, nilai, n in HitunganProfil.objects.filter(periode__in=bagian).values_list("dimensi", "nilai", "jumlah"):
        jumlah[d, nilai] = jumlah.get((d, nilai), 0) + n
    return {
        str(d): [
            {"kunci": str(nilai), "nama": str(kata), "n": jumlah.get((str(d), str(nilai)), 0)}
            for nilai, kata in PILIHAN_PROFIL[d].choices
        ]
        for d in Dimensi
    }


def _rata_semester(periode: Periode, bagian: Sequence[Periode], aturan: Aturan) -> dict[str, Any] | None:
    """The mean of the members' rounded indices, for a year that has several: not the official value."""
    if periode.jenis != JenisPeriode.TAHUN or len(bagian) < 2:
        return None
    nilai = []
    for p in bagian:
        h = hitung(aturan, cacah_tetap(isi_periode([p], len(aturan.unsur)).semua), periode.mode_bobot)
        if h.resmi is None or ("", "") in ditahan(p, [p]):
            return None
        nilai.append((p.kode, h.resmi.nilai))
    rata = bulatkan(Fraction(sum(n for _k, n in nilai)) / len(nilai))
    return {
        "nilai": str(rata),
        "mutu": nilai_mutu(aturan.rentang, rata).mutu,
        "semester": {kode: str(n) for kode, n in nilai},
    }


def _target(periode: Periode) -> dict[str, Any] | None:
    """The plan's target of the year in which the period ends, with the instrument it was set for."""
    baris = HasilLama.objects.filter(tahun=periode.selesai.year, target__isnull=False).select_related("instrumen")
    satu = baris.first()
    if satu is None:
        return None
    return {"tahun": satu.tahun, "nilai": str(satu.target), "instrumen": satu.instrumen.kode, "sumber": satu.sumber}


def _populasi(bagian: Sequence[Periode], n: int) -> int | None:
    """How many were asked in these days; None when more answered than the portal invited (imports, older files)."""
    jumlah = 0
    for p in bagian:
        awal = datetime.combine(p.mulai, time.min, zona())
        akhir = datetime.combine(p.selesai + timedelta(days=1), time.min, zona())
        jumlah += UndanganSurvei.objects.filter(diundang_pada__gte=awal, diundang_pada__lt=akhir).count()
    return jumlah if jumlah >= n and jumlah else None
