"""Ratios of Tabel 2.3.2 (realisation to budget), cell by cell, in total, and on average.

A ratio is right when it matches after half-up rounding to the decimals printed (checks.md). A ratio to a budget of
nothing is undefined and stays empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from renstra import angka
from renstra.periksa.temuan import Hasil, Tingkat
from renstra.tabel import ANGGARAN, Baris, Sel, Tabel, TabelRencana

RASIO_TOTAL = "rasio_total_tercetak"
TOTAL = ("total_anggaran_tercetak", "total_realisasi_tercetak")


def rasio(realisasi: Decimal | None, anggaran: Decimal | None) -> Fraction | None:
    """Realisation in percent of the budget; None where one of them is missing or the budget is nothing."""
    if realisasi is None or not anggaran:
        return None
    return Fraction(realisasi) / Fraction(anggaran) * 100


def cocok(tercetak: Sel, benar: Fraction) -> bool:
    """Does the printed ratio equal the right one at the decimals that it shows?"""
    return tercetak.angka is not None and angka.bulat(benar, _desimal(tercetak)) == tercetak.angka


def _desimal(sel: Sel) -> int:
    """Decimals shown; `92.48%` with a point shows two as well."""
    if sel.angka is None:
        return 2
    eksponen = sel.angka.as_tuple().exponent
    return max(sel.desimal, -eksponen if isinstance(eksponen, int) and sel.angka % 1 else 0)


class _Tempat(NamedTuple):
    """A ratio and the two amounts that it is made of."""

    baris: Baris
    tahun: int
    kolom: str
    anggaran: Decimal | None
    realisasi: Decimal | None

    @property
    def benar(self) -> Fraction | None:
        return rasio(self.realisasi, self.anggaran)


def rasio_sel(rencana: TabelRencana) -> Hasil:
    """rasio_sel: realisation / budget x 100, rounded as printed, is the printed ratio of that year."""
    hasil = Hasil("rasio_sel")
    tabel = rencana[ANGGARAN]
    if tabel is None:
        return hasil
    semua = list(_tempat(tabel))
    for t in semua:
        hasil.cakup(tabel, t.baris, t.kolom)
        _periksa_sel(hasil, tabel, t, semua)
    return hasil


def _tempat(tabel: Tabel) -> Iterator[_Tempat]:
    """Ratios of every row and year; the row of sums only where it prints ratios."""
    for tahun in tabel.tahun("rasio_", "_tercetak"):
        kolom = f"rasio_{tahun}_tercetak"
        if not {f"anggaran_{tahun}", f"realisasi_{tahun}"} <= set(tabel.kolom):
            continue
        for b in tabel.baris:
            if not (b.jumlah and _tanpa_rasio(tabel, b)):
                yield _Tempat(b, tahun, kolom, b[f"anggaran_{tahun}"].angka, b[f"realisasi_{tahun}"].angka)


def _tanpa_rasio(tabel: Tabel, baris: Baris) -> bool:
    return all(baris[f"rasio_{t}_tercetak"].kosong for t in tabel.tahun("rasio_", "_tercetak"))


def _periksa_sel(hasil: Hasil, tabel: Tabel, t: _Tempat, semua: list[_Tempat]) -> None:
    sel = t.baris[t.kolom]
    if t.benar is None:
        if not sel.kosong and (sel.angka or t.anggaran is None):
            kurang = "anggaran" if not t.anggaran else "realisasi"
            hasil.catat(tabel, t.baris, t.kolom, "-", f"Rasio {t.tahun} tercetak padahal {kurang}nya tidak ada.")
        return
    if sel.kosong:
        if t.benar:
            teks = angka.tulis_persen(t.benar)
            hasil.catat(tabel, t.baris, t.kolom, teks, f"Rasio {t.tahun} tidak tercetak. {_dari(t)}")
        return
    if not cocok(sel, t.benar):
        benar = angka.tulis_persen(t.benar, _desimal(sel))
        hasil.catat(tabel, t.baris, t.kolom, benar, f"{_dari(t)} {_dugaan(t, semua)}".strip())


def _dari(t: _Tempat) -> str:
    return f"{angka.tulis(t.realisasi or 0)} / {angka.tulis(t.anggaran or 0)}."


def _dugaan(t: _Tempat, semua: list[_Tempat]) -> str:
    """Where the wrong number may have been copied from: a ratio elsewhere that it fits."""
    sel = t.baris[t.kolom]
    for lain in semua:
        if lain is not t and lain.benar is not None and _desimal(sel) and cocok(sel, lain.benar):
            return f"Sama dengan rasio no. {lain.baris.nama} tahun {lain.tahun}; diduga tersalin."
    return ""


def jumlah_sel(tabel: Tabel, baris: Baris, jenis: str) -> Decimal | None:
    """Sum of a row's years (`anggaran` or `realisasi`); None where no year holds a number."""
    nilai = [baris[f"{jenis}_{t}"].angka for t in tabel.tahun(f"{jenis}_")]
    ada = [n for n in nilai if n is not None]
    return sum(ada, Decimal(0)) if ada else None


def rasio_total(rencana: TabelRencana) -> Hasil:
    """rasio_total: total realisation / total budget of a row is its printed total ratio.

    Right by the printed totals or by the sums of the cells: a wrong total is total_baris's finding, not this one's.
    """
    hasil = Hasil("rasio_total")
    tabel = rencana[ANGGARAN]
    if tabel is None or RASIO_TOTAL not in tabel.kolom:
        return hasil
    for b in tabel.baris:
        if b.jumlah and not _total_tercetak(b):
            continue  # an average without its amounts is metode_rata_rata's
        hasil.cakup(tabel, b, RASIO_TOTAL)
        _periksa_total(hasil, tabel, b, rata=_rata(tabel) if b.jumlah else None)
    return hasil


def _total_tercetak(b: Baris) -> bool:
    return all(k in b.sel and b[k].angka is not None for k in TOTAL)


def _calon(tabel: Tabel, b: Baris) -> list[Fraction]:
    """The ratio by the sums of the cells, then by the printed totals."""
    dari_sel = rasio(jumlah_sel(tabel, b, "realisasi"), jumlah_sel(tabel, b, "anggaran"))
    dari_cetak = rasio(b[TOTAL[1]].angka, b[TOTAL[0]].angka) if _total_tercetak(b) else None
    return [r for r in (dari_sel, dari_cetak) if r is not None]


def _periksa_total(hasil: Hasil, tabel: Tabel, b: Baris, *, rata: list[Fraction] | None) -> None:
    sel, calon = b[RASIO_TOTAL], _calon(tabel, b)
    if not calon:
        if not sel.kosong and sel.angka:
            hasil.catat(
                tabel, b, RASIO_TOTAL, "-", "Rasio total tercetak padahal anggaran atau realisasinya tidak ada."
            )
        return
    teks = angka.tulis_persen(calon[0])
    if sel.kosong:
        if calon[0]:
            hasil.catat(tabel, b, RASIO_TOTAL, teks, "Rasio total tidak tercetak.")
        return
    if any(cocok(sel, r) for r in [*calon, *(rata or [])]):
        return
    benar = angka.tulis_persen(calon[0], _desimal(sel))
    realisasi, anggaran = jumlah_sel(tabel, b, "realisasi") or 0, jumlah_sel(tabel, b, "anggaran") or 0
    hasil.catat(
        tabel,
        b,
        RASIO_TOTAL,
        benar,
        f"{angka.tulis(realisasi)} / {angka.tulis(anggaran)} = {teks}.{_tanpa_akhir(tabel, b)}",
    )


def _tanpa_akhir(tabel: Tabel, b: Baris) -> str:
    """What the ratio is when only years with realisation count, where that differs."""
    tahun = [
        t for t in tabel.tahun("anggaran_") if f"realisasi_{t}" in b.sel and b[f"realisasi_{t}"].angka is not None
    ]
    hanya = rasio(jumlah_sel(tabel, b, "realisasi"), sum((b[f"anggaran_{t}"].nilai for t in tahun), Decimal(0)))
    penuh = rasio(jumlah_sel(tabel, b, "realisasi"), jumlah_sel(tabel, b, "anggaran"))
    if hanya is None or hanya == penuh:
        return ""
    return f" Bila hanya tahun yang ada realisasinya dihitung: {angka.tulis_persen(hanya)}."


def _rata(tabel: Tabel) -> list[Fraction]:
    """The simple mean of the rows' total ratios: as printed, and recomputed."""
    if RASIO_TOTAL not in tabel.kolom:
        return []
    cetak = [Fraction(b[RASIO_TOTAL].angka or 0) for b in tabel.isi if b[RASIO_TOTAL].angka is not None]
    benar = [c[0] for b in tabel.isi if (c := _calon(tabel, b)) and b[RASIO_TOTAL].angka is not None]
    return [sum(r, Fraction(0)) / len(r) for r in (cetak, benar) if r]


def _tertimbang(tabel: Tabel) -> list[Fraction]:
    """The ratio of sums: of the cells, of the printed row totals, of the printed column totals."""
    calon = []
    sel = [
        sum((jumlah_sel(tabel, b, j) or Decimal(0) for b in tabel.isi), Decimal(0)) for j in ("realisasi", "anggaran")
    ]
    calon.append(rasio(sel[0], sel[1]))
    if set(TOTAL) <= set(tabel.kolom):
        baris = [sum((b[k].nilai for b in tabel.isi), Decimal(0)) for k in TOTAL]
        calon.append(rasio(baris[1], baris[0]))
    return [r for r in calon if r is not None]


def metode_rata_rata(rencana: TabelRencana) -> Hasil:
    """metode_rata_rata: the average in the row of sums is the ratio of sums; a mean of ratios has to be declared.

    A warning where the printed average is the simple mean of the ratios (which weighs a small activity like a large
    one), an error where it is neither.
    """
    hasil = Hasil("metode_rata_rata")
    tabel = rencana[ANGGARAN]
    if tabel is None or tabel.jumlah is None or RASIO_TOTAL not in tabel.kolom:
        return hasil
    b, sel, berat = tabel.jumlah, tabel.jumlah[RASIO_TOTAL], _tertimbang(tabel)
    if sel.kosong or not berat:
        return hasil
    hasil.cakup(tabel, b, RASIO_TOTAL)
    if any(cocok(sel, r) for r in berat):
        return hasil
    rata = _rata(tabel)
    teks = angka.tulis_persen(berat[0])
    if any(cocok(sel, r) for r in rata):
        kata = f"Tercetak rata-rata sederhana rasio; rasio jumlah adalah {teks}. Metode harus dinyatakan."
        hasil.catat(tabel, b, RASIO_TOTAL, teks, kata, tingkat=Tingkat.PERINGATAN)
    elif not _total_tercetak(b):  # else rasio_total tells it
        sederhana = angka.tulis_persen(rata[0]) if rata else "-"
        kata = f"Bukan rasio jumlah ({teks}) dan bukan rata-rata sederhana rasio ({sederhana})."
        hasil.catat(tabel, b, RASIO_TOTAL, teks, kata)
    return hasil
