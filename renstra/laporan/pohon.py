"""T-C.25, T-C.27 and T-C.28: the forms of a plan, written from its tree, as printed or recomputed.

*Tercetak*: a cell holds its printed text where the document has one, and its number otherwise. *Hitung ulang*: the
number where there is one. Totals are always computed. Columns: renstra_rules.md section 1; Permendagri 86/2017
(recalled).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.db.models import QuerySet

from core.lembar import Sel
from renstra import angka
from renstra.cetak import Mode
from renstra.cetak.kata import kata_mode
from renstra.enums import TipeIndikator
from renstra.evaluasi import gabung, target_akhir
from renstra.laporan import lampiran
from renstra.laporan.bentuk import Bagian, Buku, Kolom, Tabel, bersatuan
from renstra.models import Anggaran, Indikator, Kegiatan, Keluaran, Program, Rencana, Target, Tujuan

#: A number with decimals as the tables hold it: one point, and no grouping.
_MESIN: Final = re.compile(r"\d+\.(\d+)")


@dataclass(frozen=True, slots=True)
class Cara:
    """How a cell is written. `bercetak`: the plan's printed tables are here, so a blank cell was left blank."""

    mode: Mode
    bercetak: bool

    @property
    def tercetak(self) -> bool:
        return self.mode is Mode.TERCETAK

    def sel(self, teks: str, nilai: Decimal | Fraction | int | None) -> Sel:
        """The text as printed, or the number. Nothing where the document prints nothing or a dash."""
        if self.tercetak and teks.strip():
            return _tanpa_titik(teks.strip(), nilai)
        if self.bercetak and not nilai and angka.kosong(teks):
            return "" if self.tercetak else None
        return nilai if nilai is not None else teks.strip() or None


def _tanpa_titik(teks: str, nilai: Decimal | Fraction | int | None) -> str:
    """`79.99` as the tables hold a number becomes `79,99`; what the document itself prints stays as it is."""
    mesin = _MESIN.fullmatch(teks)
    return angka.tulis(nilai, len(mesin.group(1))) if mesin and nilai and Decimal(teks) == nilai else teks


def _cara(rencana: Rencana, mode: Mode) -> Cara:
    return Cara(mode, rencana.tabel.exists())


def _buku(rencana: Rencana, mode: Mode, tabel: Tabel, kertas: str = "A4") -> Buku:
    anak = f"{rencana.nama}. {kata_mode(mode) if mode is Mode.TERCETAK else 'Dihitung ulang'}"
    buku = Buku(tabel.judul, anak, [Bagian("formulir", "", tabel=[tabel])], mendatar=True, kertas=kertas)
    return lampiran.lengkapi(buku)


def _sumber(rencana: Rencana, tabel: str, *, bercetak: bool) -> str:
    return f"{rencana.nama}, {tabel}" if bercetak else f"{rencana.nama}, data rencana di portal"


def _satuan(u: Indikator | Keluaran) -> str:
    return bersatuan(u.nama, u.satuan)


# --- T-C.25 and T-C.28: objectives and their indicators -----------------------------------------------------------


def tc_25(rencana: Rencana, mode: Mode = Mode.TERCETAK) -> Buku:
    """T-C.25: aims, objectives, their indicators, and each year's target. Four queries."""
    cara = _cara(rencana, mode)
    baris: list[Sequence[Sel]] = []
    for no, tujuan in enumerate(_tujuan(rencana), start=1):
        awal: tuple[Sel, Sel] = (no, tujuan.uraian)
        for sasaran in tujuan.sasaran.all():
            kepala: Sel = sasaran.uraian
            daftar: list[Indikator | None] = [*sasaran.indikator.all()]
            for indikator in daftar or [None]:
                target = _per_tahun(indikator)
                nama = _satuan(indikator) if indikator else ""
                baris.append([*awal, kepala, nama, *(_target(cara, target.get(t)) for t in rencana.tahun)])
                awal, kepala = ("", ""), ""
        if awal[0]:
            baris.append([*awal, "", "", *(None for _ in rencana.tahun)])
    kolom = [
        Kolom("No", angka=True),
        Kolom("Tujuan", lebar=40),
        Kolom("Sasaran", lebar=40),
        Kolom("Indikator tujuan dan sasaran (satuan)", lebar=36),
        *(Kolom(str(t), "Target kinerja pada tahun", angka=True, kosong="-") for t in rencana.tahun),
    ]
    return _buku(
        rencana,
        mode,
        Tabel(
            "T-C.25",
            "T-C.25 Tujuan dan sasaran jangka menengah",
            kolom,
            baris,
            sumber=_sumber(rencana, "Tabel 4.1", bercetak=cara.bercetak),
            kosong="Rencana ini belum memuat tujuan dan sasaran.",
            bernomor=True,
            senyap=True,
        ),
    )


def tc_28(rencana: Rencana, mode: Mode = Mode.TERCETAK) -> Buku:
    """T-C.28: the main indicators, their condition at the start and the end, and each year's target.

    Where none is marked as a main one, all indicators of the objectives.
    """
    cara = _cara(rencana, mode)
    semua = [i for t in _tujuan(rencana) for s in t.sasaran.all() for i in s.indikator.all()]
    utama = [i for i in semua if i.iku] or semua
    baris: list[Sequence[Sel]] = []
    for no, indikator in enumerate(utama, start=1):
        target = _per_tahun(indikator)
        akhir = indikator.akhir if indikator.akhir is not None else _akhir(indikator, target)
        tahunan = [_target(cara, target.get(t)) for t in rencana.tahun]
        awal = cara.sel(indikator.awal_teks, indikator.awal)
        baris.append([no, _satuan(indikator), awal, *tahunan, cara.sel(indikator.akhir_teks, akhir)])
    kolom = [
        Kolom("No", angka=True),
        Kolom("Indikator (satuan)", lebar=44),
        Kolom("Awal RPJMD", "Kondisi kinerja", angka=True, kosong="-"),
        *(Kolom(str(t), "Target capaian setiap tahun", angka=True, kosong="-") for t in rencana.tahun),
        Kolom("Akhir RPJMD", "Kondisi kinerja", angka=True, kosong="-"),
    ]
    return _buku(
        rencana,
        mode,
        Tabel(
            "T-C.28",
            "T-C.28 Indikator kinerja yang mengacu pada RPJMD",
            kolom,
            baris,
            sumber=_sumber(rencana, "Tabel 6.1", bercetak=cara.bercetak),
            kosong="Rencana ini belum memuat indikator.",
            bernomor=True,
            senyap=True,
        ),
    )


def _tujuan(rencana: Rencana) -> QuerySet[Tujuan]:
    return rencana.tujuan.order_by("no").prefetch_related("sasaran__indikator__target")


def _per_tahun(ukuran: Indikator | Keluaran | None) -> dict[int, Target]:
    return {t.tahun: t for t in ukuran.target.all()} if ukuran else {}


def _target(cara: Cara, t: Target | None) -> Sel:
    return cara.sel(t.teks, t.angka) if t else None


def _akhir(ukuran: Indikator, target: Mapping[int, Target]) -> Fraction | None:
    nilai = [Fraction(n) for t in sorted(target) if (n := target[t].angka) is not None]
    return gabung(nilai, level=ukuran.tipe == TipeIndikator.LEVEL)


# --- T-C.27: programmes, activities, money ------------------------------------------------------------------------


def tc_27(rencana: Rencana, mode: Mode = Mode.TERCETAK) -> Buku:
    """T-C.27: programmes and activities with targets and money of each year, and the condition at the end.

    Money stands on the first line of an activity; a programme's is the sum of its activities, and is left out where
    the printed form leaves it out. The last row sums the activities.
    """
    cara = _cara(rencana, mode)
    isi = _Pohon(rencana, cara)
    baris: list[Sequence[Sel]] = [*isi.baris()]
    kaki = 1 if baris else 0
    if baris:
        baris.append(isi.jumlah())
    kolom = [
        Kolom("Tujuan", lebar=30),
        Kolom("Sasaran", lebar=30),
        Kolom("Kode"),
        Kolom("Program dan kegiatan", lebar=40),
        Kolom("Indikator program (outcome) dan kegiatan (output)", lebar=36),
        Kolom("Data capaian pada tahun awal perencanaan", lebar=20),
        *(k for t in rencana.tahun for k in _pasangan(f"Tahun {t}")),
        *_pasangan("Kondisi pada akhir periode"),
        Kolom("Unit kerja penanggung jawab", lebar=20),
        Kolom("Lokasi", lebar=16),
    ]
    catatan = [
        "K: target kinerja. Rp: pagu indikatif, pada baris pertama tiap kegiatan. Rp pada akhir periode adalah "
        "jumlah semua tahun, dan baris terakhir jumlah semua kegiatan; keduanya dihitung portal."
    ]
    if not (cara.tercetak and cara.bercetak):
        catatan.append("Uang program adalah jumlah uang kegiatannya, dan tidak ikut dijumlahkan lagi.")
    if not cara.tercetak:
        catatan.append("Kondisi akhir kinerja dihitung ulang dari target setiap tahun untuk indikator kumulatif.")
    return _buku(
        rencana,
        mode,
        Tabel(
            "T-C.27",
            "T-C.27 Rencana program, kegiatan, dan pendanaan",
            kolom,
            baris,
            kaki=kaki,
            sumber=_sumber(rencana, "Tabel 5.1", bercetak=cara.bercetak),
            catatan=catatan,
            kosong="Rencana ini belum memuat program dan kegiatan.",
            bernomor=True,
            senyap=True,
        ),
        "A3",
    )


def _pasangan(kelompok: str) -> list[Kolom]:
    return [Kolom("K", kelompok, angka=True, kosong="-"), Kolom("Rp", kelompok, angka=True, desimal=0, kosong="-")]


class _Pohon:
    """The lines of T-C.27."""

    def __init__(self, rencana: Rencana, cara: Cara) -> None:
        self.cara, self.tahun = cara, rencana.tahun
        daftar = Program.objects.filter(rencana=rencana).order_by("no").select_related("sasaran__tujuan")
        self.program = list(daftar.prefetch_related("hasil__target", "kegiatan__keluaran__target", "kegiatan__unit"))
        self.pagu: dict[int, dict[int, Anggaran]] = {}
        milik = Anggaran.objects.filter(kegiatan__program__rencana=rencana, sub_kegiatan__isnull=True)
        for a in milik.order_by("kegiatan_id", "tahun"):
            self.pagu.setdefault(a.kegiatan_id, {})[a.tahun] = a

    def baris(self) -> Iterator[list[Sel]]:
        """Programmes in their order, each followed by its activities."""
        lama: tuple[str, str] = ("", "")
        for p in self.program:
            kini = (p.sasaran.tujuan.uraian, p.sasaran.uraian) if p.sasaran else ("", "")
            depan = ["" if k == sebelum else k for k, sebelum in zip(kini, lama, strict=True)]
            lama = kini
            uang = self._uang_program([k.pk for k in p.kegiatan.all()])
            yield from self._satu(p, list(p.hasil.all()), depan, uang, ["", ""])
            for k in p.kegiatan.all():
                akhir = [str(k.unit or ""), k.lokasi]
                yield from self._satu(k, list(k.keluaran.all()), ["", ""], self._uang(k.pk), akhir)

    def _satu(
        self,
        induk: Program | Kegiatan,
        ukuran: Sequence[Keluaran],
        depan: Sequence[str],
        uang: Sequence[Sel],
        akhir: Sequence[str],
    ) -> Iterator[list[Sel]]:
        """One programme or activity: a line for each of its indicators, its name and money on the first."""
        daftar: list[Keluaran | None] = [*ukuran]
        for ke, u in enumerate(daftar or [None]):
            pertama = ke == 0
            nama = [induk.kode or str(induk.no), induk.nama] if pertama else ["", ""]
            rp = uang if pertama else [""] * len(uang)
            kinerja = self._kinerja(u)
            pasangan = [s for satu in zip(kinerja[1:], rp, strict=True) for s in satu]
            kepala: list[Sel] = [*(depan if pertama else ["", ""]), *nama, _satuan(u) if u else "", kinerja[0]]
            yield [*kepala, *pasangan, *(akhir if pertama else ["", ""])]

    def _kinerja(self, u: Keluaran | None) -> list[Sel]:
        """Start, every year, end."""
        if u is None:
            return [""] * (len(self.tahun) + 2)
        target = _per_tahun(u)
        nilai = {t: Fraction(n) for t, satu in target.items() if (n := satu.angka) is not None}
        akhir = u.akhir if self.cara.tercetak and u.akhir is not None else self._hitung_akhir(u, nilai)
        awal = self.cara.sel(u.awal_teks, u.awal)
        tahunan = [_target(self.cara, target.get(t)) for t in self.tahun]
        return [awal, *tahunan, self.cara.sel(u.akhir_teks, akhir)]

    @staticmethod
    def _hitung_akhir(u: Keluaran, nilai: dict[int, Fraction]) -> Fraction | None:
        return target_akhir(u, nilai, level=u.tipe == TipeIndikator.LEVEL)

    def _uang(self, kegiatan: int) -> list[Sel]:
        ada = self.pagu.get(kegiatan, {})
        tahunan = [self.cara.sel(ada[t].teks, ada[t].pagu) if t in ada else None for t in self.tahun]
        return [*tahunan, sum(a.pagu for a in ada.values()) if ada else None]

    def _uang_program(self, kegiatan: Sequence[int]) -> list[Sel]:
        if self.cara.tercetak and self.cara.bercetak:
            return ["-"] * (len(self.tahun) + 1)
        return self._jumlah(lambda pk: pk in kegiatan)

    def _jumlah(self, milik: Callable[[int], bool]) -> list[Sel]:
        """Money of some activities by year, and of all years; nothing where none has any."""
        ada = [{t: a.pagu for t, a in satu.items()} for pk, satu in self.pagu.items() if milik(pk)]
        tahunan: list[Sel] = []
        for t in self.tahun:
            setahun = [p[t] for p in ada if t in p]
            tahunan.append(sum(setahun) if setahun else None)
        return [*tahunan, sum(sum(p.values()) for p in ada) if ada else None]

    def jumlah(self) -> list[Sel]:
        """The row of totals: every activity's money."""
        pasangan: list[Sel] = [s for rp in self._jumlah(lambda _pk: True) for s in ("", rp)]
        return ["", "", "", "Jumlah", "", "", *pasangan, "", ""]
