"""Formulir E.81: evaluation of a year's work plan per quarter, its columns, achievements, means and grades.

Columns 5-15 as renstra_rules.md section 3 prints them: K is the achievement, Rp the money. Column 12 is the sum of
the quarters for cumulative indicators and the last reported quarter for levels; column 14 adds what came before.
Everything is exact; rounding is for the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from renstra.angka import Pecahan
from renstra.enums import MANUAL, TipeIndikator
from renstra.models import Anggaran, CatatanEvaluasi, Kegiatan, Keluaran, Program, RealisasiKinerja, Rencana, Target
from renstra.rumus import Arah, capaian, predikat, rata_rata, serapan, tampil

TRIWULAN = (1, 2, 3, 4)
CATATAN = ("pendorong", "penghambat", "triwulan_berikut", "renja_berikut")


@dataclass(frozen=True, slots=True)
class Pasangan:
    """K and Rp of one column; None is "n/a" for a ratio and "not reported" for a figure."""

    k: Fraction | None = None
    rp: Fraction | None = None


@dataclass(slots=True)
class Baris:
    """One line: a programme's outcome or an activity's output. Money stands on the first line of an activity."""

    kode: str
    uraian: str
    tingkat: str  # program | kegiatan
    indikator: str
    satuan: str
    sumber: str
    sasaran: str = ""  # 2
    target_akhir: Pasangan = field(default_factory=Pasangan)  # 5
    sampai_lalu: Pasangan = field(default_factory=Pasangan)  # 6
    target: Pasangan = field(default_factory=Pasangan)  # 7
    triwulan: list[Pasangan] = field(default_factory=list)  # 8-11
    realisasi: Pasangan = field(default_factory=Pasangan)  # 12
    capaian: Pasangan = field(default_factory=Pasangan)  # 13
    sampai_kini: Pasangan = field(default_factory=Pasangan)  # 14
    capaian_renstra: Pasangan = field(default_factory=Pasangan)  # 15
    unit: str = ""  # 16
    keterangan: str = ""  # 17


@dataclass(slots=True)
class Evaluasi:
    """The form of one year, as far as a quarter."""

    rencana: Rencana
    tahun: int
    triwulan: int
    baris: list[Baris]
    catatan: dict[str, str] = field(default_factory=dict)

    @property
    def rata(self) -> Pasangan:
        """Simple means of column 13, K and Rp separately (E.81's footer)."""
        return Pasangan(rata_rata(b.capaian.k for b in self.baris), rata_rata(b.capaian.rp for b in self.baris))

    def kriteria(self, nilai: Fraction | None) -> str:
        """The grade of a mean on the last day of the quarter; empty where there is no figure."""
        hasil = predikat(nilai, akhir_triwulan(self.tahun, self.triwulan))
        return hasil.kriteria if hasil else ""


def akhir_triwulan(tahun: int, triwulan: int) -> date:
    """A day at the end of the quarter: the grades in force on it count."""
    return date(tahun, triwulan * 3, 28)


def susun(rencana: Rencana, tahun: int, triwulan: int) -> Evaluasi:
    """Gather the form from plan, budgets and what was reported. A fixed number of queries."""
    data = _Data(rencana, tahun, triwulan)
    return Evaluasi(rencana, tahun, triwulan, list(_semua(rencana, data)), catatan(rencana, tahun, triwulan))


def catatan(rencana: Rencana, tahun: int, triwulan: int) -> dict[str, str]:
    """What people wrote in the foot of the form, by the name of the field; empty texts where nobody did."""
    satu = CatatanEvaluasi.objects.filter(rencana=rencana, tahun=tahun, triwulan=triwulan).first()
    return {nama: getattr(satu, nama, "") for nama in CATATAN}


def _semua(rencana: Rencana, data: _Data) -> Iterator[Baris]:
    for program in _program(rencana):
        semua_kegiatan = list(program.kegiatan.all())
        uang = data.uang([k.pk for k in semua_kegiatan])
        for ke, hasil in enumerate(program.hasil.all()):
            yield data.baris(hasil, program, "program", uang if ke == 0 else None)
        for kegiatan in semua_kegiatan:
            uang = data.uang([kegiatan.pk])
            for ke, keluaran in enumerate(kegiatan.keluaran.all()):
                yield data.baris(keluaran, kegiatan, "kegiatan", uang if ke == 0 else None)


def _program(rencana: Rencana) -> Iterable[Program]:
    daftar = Program.objects.filter(rencana=rencana).select_related("sasaran")
    return daftar.prefetch_related("hasil", "kegiatan__keluaran", "kegiatan__unit")


@dataclass(slots=True)
class _Uang:
    """Money of activities: whole plan, before the year, the year's budget, the quarters of the year."""

    akhir: Fraction
    lalu: Fraction
    pagu: Fraction
    triwulan: list[Fraction | None]


class _Data:
    """What the lines are made of, read once."""

    def __init__(self, rencana: Rencana, tahun: int, triwulan: int) -> None:
        self.tahun, self.sampai = tahun, triwulan
        milik = Keluaran.objects.filter(kegiatan__program__rencana=rencana) | Keluaran.objects.filter(
            program__rencana=rencana
        )
        self.target: dict[int, dict[int, Fraction]] = {}
        for t in Target.objects.filter(keluaran__in=milik, angka__isnull=False):
            if t.keluaran_id is not None and t.angka is not None:
                self.target.setdefault(t.keluaran_id, {})[t.tahun] = Fraction(t.angka)
        self.realisasi: dict[int, dict[tuple[int, int], Fraction]] = {}
        self.catatan: dict[int, str] = {}
        for r in RealisasiKinerja.objects.filter(keluaran__in=milik, tahun__lte=tahun).order_by("tahun", "triwulan"):
            if r.keluaran_id is not None and (r.tahun, r.triwulan) <= (tahun, triwulan):
                self.realisasi.setdefault(r.keluaran_id, {})[r.tahun, r.triwulan] = Fraction(r.angka)
                if r.tahun == tahun and r.keterangan:
                    self.catatan[r.keluaran_id] = r.keterangan
        self.anggaran: dict[int, list[Anggaran]] = {}
        daftar = Anggaran.objects.filter(kegiatan__program__rencana=rencana, sub_kegiatan__isnull=True)
        for a in daftar.prefetch_related("realisasi"):
            self.anggaran.setdefault(a.kegiatan_id, []).append(a)

    def uang(self, kegiatan: Iterable[int]) -> _Uang:
        """The money of these activities together."""
        pagu, akhir, lalu = Fraction(0), Fraction(0), Fraction(0)
        triwulan: list[Fraction | None] = [None] * 4
        for a in (a for pk in kegiatan for a in self.anggaran.get(pk, ())):
            akhir += a.pagu
            if a.tahun == self.tahun:
                pagu += a.pagu
            for r in a.realisasi.all():
                if a.tahun < self.tahun:
                    lalu += r.rupiah
                elif a.tahun == self.tahun and r.triwulan <= self.sampai:
                    triwulan[r.triwulan - 1] = (triwulan[r.triwulan - 1] or Fraction(0)) + r.rupiah
        return _Uang(akhir, lalu, pagu, triwulan)

    def baris(self, ukuran: Keluaran, induk: Program | Kegiatan, tingkat: str, uang: _Uang | None) -> Baris:
        """One line of the form."""
        level = ukuran.tipe == TipeIndikator.LEVEL
        target = self.target.get(ukuran.pk, {})
        ada = self.realisasi.get(ukuran.pk, {})
        lalu = gabung([v for (t, _tw), v in ada.items() if t < self.tahun], level=level)
        kini = [ada.get((self.tahun, tw)) for tw in TRIWULAN]
        tahun_ini = gabung([v for v in kini if v is not None], level=level)
        semua = gabung([v for v in (lalu, tahun_ini) if v is not None], level=level)
        akhir = target_akhir(ukuran, target, level=level)
        arah = Arah(ukuran.arah)
        rp = uang or _Uang(Fraction(0), Fraction(0), Fraction(0), [None] * 4)
        rp_kini = _jumlah([v for v in rp.triwulan if v is not None]) if uang else None
        rp_semua = rp.lalu + (rp_kini or 0) if uang else None
        sasaran = target.get(self.tahun)
        return Baris(
            kode=induk.kode or str(induk.no),
            uraian=induk.nama,
            tingkat=tingkat,
            indikator=ukuran.nama,
            satuan=ukuran.satuan,
            sumber=ukuran.sumber,
            sasaran=_sasaran(induk),
            target_akhir=Pasangan(akhir, rp.akhir if uang else None),
            sampai_lalu=Pasangan(lalu, rp.lalu if uang else None),
            target=Pasangan(sasaran, rp.pagu if uang else None),
            triwulan=[Pasangan(k, r if uang else None) for k, r in zip(kini, rp.triwulan, strict=True)],
            realisasi=Pasangan(tahun_ini, rp_kini),
            capaian=Pasangan(_capaian(tahun_ini, sasaran, arah), serapan(rp_kini, rp.pagu) if uang else None),
            sampai_kini=Pasangan(semua, rp_semua),
            capaian_renstra=Pasangan(_capaian(semua, akhir, arah), serapan(rp_semua, rp.akhir) if uang else None),
            unit=_unit(induk),
            keterangan=self.catatan.get(ukuran.pk, ""),
        )


def _sasaran(induk: Program | Kegiatan) -> str:
    """The objective that a programme serves; its activities stand below it."""
    return induk.sasaran.uraian if isinstance(induk, Program) and induk.sasaran else ""


def _unit(induk: Program | Kegiatan) -> str:
    return str(induk.unit or "") if isinstance(induk, Kegiatan) else ""


def _capaian(nilai: Fraction | None, target: Fraction | None, arah: Arah) -> Fraction | None:
    return None if target is None else capaian(nilai, target, arah)


def _jumlah(nilai: Sequence[Fraction]) -> Fraction | None:
    return sum(nilai, Fraction(0)) if nilai else None


def gabung(nilai: Sequence[Fraction], *, level: bool) -> Fraction | None:
    """Several reports as one: the last of a level, the sum of what adds up; None where nothing was reported."""
    if not nilai:
        return None
    return nilai[-1] if level else sum(nilai, Fraction(0))


def target_akhir(ukuran: Keluaran, target: dict[int, Fraction], *, level: bool) -> Fraction | None:
    """The target at the end of the plan: the printed condition, else the last target or the sum of all."""
    if ukuran.akhir is not None and level:
        return Fraction(ukuran.akhir)
    return gabung([target[t] for t in sorted(target)], level=level)


def sebagai_data(evaluasi: Evaluasi) -> dict[str, Any]:
    """The form as it is frozen and compared: numbers as exact text, every line with its source."""
    rata = evaluasi.rata
    return {
        "format": 1,
        "rencana": f"{evaluasi.rencana.kode}/{evaluasi.rencana.edisi}",
        "tahun": evaluasi.tahun,
        "triwulan": evaluasi.triwulan,
        "baris": [_baris_data(b) for b in evaluasi.baris],
        "rata": {"k": _teks(tampil(rata.k)), "rp": _teks(tampil(rata.rp))},
        "predikat": {"k": evaluasi.kriteria(rata.k), "rp": evaluasi.kriteria(rata.rp)},
        "catatan": evaluasi.catatan,
    }


def _baris_data(b: Baris) -> dict[str, Any]:
    kolom = ("target_akhir", "sampai_lalu", "target", "realisasi", "sampai_kini")
    persen = ("capaian", "capaian_renstra")  # printed with two decimals: rounded once, from the exact figure
    return {
        "kode": b.kode,
        "uraian": b.uraian,
        "tingkat": b.tingkat,
        "indikator": b.indikator,
        "satuan": b.satuan,
        "sumber": b.sumber or MANUAL,
        "sasaran": b.sasaran,
        **{k: _pasangan(getattr(b, k)) for k in kolom},
        **{k: _pasangan(getattr(b, k), 2) for k in persen},
        "triwulan": [_pasangan(p) for p in b.triwulan],
        "unit": b.unit,
        "keterangan": b.keterangan,
    }


def _pasangan(p: Pasangan, desimal: int = 4) -> dict[str, str | None]:
    return {"k": _teks(tampil(p.k, desimal)), "rp": _teks(tampil(p.rp))}


def _teks(nilai: Pecahan | None) -> str | None:
    return None if nilai is None else str(nilai)


def beda(lama: dict[str, Any], baru: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """What changed between two editions: indicator, column, before, after."""
    kunci = ("uraian", "indikator")
    sebelum = {tuple(b[k] for k in kunci): b for b in lama.get("baris", [])}
    hasil = []
    for b in baru.get("baris", []):
        a = sebelum.get(tuple(b[k] for k in kunci), {})
        for kolom in ("target", "realisasi", "capaian", "sampai_kini", "capaian_renstra"):
            for sisi in ("k", "rp"):
                x, y = (a.get(kolom) or {}).get(sisi), b[kolom][sisi]
                if x != y:
                    hasil.append((b["indikator"], f"{kolom}.{sisi}", x or "", y or ""))
    return hasil
