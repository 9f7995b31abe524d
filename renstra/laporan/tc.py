"""T-C.23 and T-C.24 with their ratios and growth computed, which the printed plan leaves out or replaces by targets.

T-C.23 is the achievement of the office, T-C.24 its money; both over the years before the plan (from the printed
tables 2.3.1 and 2.3.2, where the plan has them) and over the plan's own years (from what was reported). Source:
renstra_rules.md section 1; Permendagri 86/2017.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q

from core.bilangan import Pecahan
from core.lembar import Sel
from renstra import tabel as tabel_cetak
from renstra.enums import MANUAL, TipeIndikator
from renstra.evaluasi import gabung
from renstra.halaman_evaluasi import URUTAN
from renstra.laporan import lampiran
from renstra.laporan.bentuk import Bagian, Buku, Kolom, Tabel
from renstra.models import Anggaran, Indikator, Keluaran, RealisasiAnggaran, RealisasiKinerja, Rencana, Target
from renstra.rumus import Arah, capaian, rata_pertumbuhan, serapan
from renstra.susunan import tabel_rencana

Deret = Sequence[Pecahan | None]


@dataclass(frozen=True, slots=True)
class Capai:
    """One indicator over the years: targets, what was achieved, and the ratio where both are there."""

    nama: str
    satuan: str
    target: Deret
    realisasi: Deret
    arah: Arah = Arah.POSITIF

    @property
    def rasio(self) -> list[Fraction | None]:
        """Achievement of each year in percent."""
        pasangan = zip(self.realisasi, self.target, strict=True)
        return [None if t is None else capaian(r, t, self.arah) for r, t in pasangan]


@dataclass(frozen=True, slots=True)
class Biaya:
    """One activity over the years, whole rupiah; None where it had no budget or nothing was reported."""

    nama: str
    anggaran: Deret
    realisasi: Deret

    @property
    def rasio(self) -> list[Fraction | None]:
        """Absorption of each year in percent."""
        return [serapan(r, a) for r, a in zip(self.realisasi, self.anggaran, strict=True)]


def jumlah(biaya: Sequence[Biaya]) -> Biaya:
    """All of them together: a year in which nobody has a figure has none."""

    def kolom(deret: Iterable[Deret]) -> list[Pecahan | None]:
        return [_jumlah(satu) for satu in zip(*deret, strict=True)]

    return Biaya("Jumlah", kolom(b.anggaran for b in biaya), kolom(b.realisasi for b in biaya))


def _jumlah(nilai: Iterable[Pecahan | None]) -> Fraction | None:
    ada = [Fraction(n) for n in nilai if n is not None]
    return sum(ada, Fraction(0)) if ada else None


def tabel_23(capai: Sequence[Capai], tahun: Sequence[int], judul: str, sumber: str) -> Tabel:
    """T-C.23: target, realisation and ratio of every year."""
    kolom = [
        Kolom("No", angka=True),
        Kolom("Indikator (satuan)", lebar=40),
        *_per_tahun("Target Renstra", tahun, None, "-"),
        *_per_tahun("Realisasi", tahun, None, "-"),
        *_per_tahun("Rasio capaian (%)", tahun, 2, "n/a"),
    ]
    baris: list[Sequence[Sel]] = [
        [n, f"{c.nama} ({c.satuan})", *_sel(c.target), *_sel(c.realisasi), *c.rasio]
        for n, c in enumerate(capai, start=1)
    ]
    catatan = ("Rasio dihitung dari target dan realisasi. n/a: salah satunya tidak ada, atau targetnya nol.",)
    return Tabel("T-C.23", judul, kolom, baris, sumber=sumber, catatan=catatan)


def tabel_24(biaya: Sequence[Biaya], tahun: Sequence[int], judul: str, sumber: str) -> Tabel:
    """T-C.24: budget, realisation, ratio of every year, and the mean growth of both."""
    kolom = [
        Kolom("No", angka=True),
        Kolom("Uraian", lebar=40),
        *_per_tahun("Anggaran (Rp)", tahun, 0, "-"),
        *_per_tahun("Realisasi (Rp)", tahun, 0, "-"),
        *_per_tahun("Rasio (%)", tahun, 2, "n/a"),
        Kolom("Anggaran", "Rata-rata pertumbuhan (%)", angka=True, desimal=2, kosong="n/a"),
        Kolom("Realisasi", "Rata-rata pertumbuhan (%)", angka=True, desimal=2, kosong="n/a"),
    ]
    baris: list[Sequence[Sel]] = [_baris_24(n, b) for n, b in enumerate(biaya, start=1)]
    if biaya:
        baris.append(_baris_24("", jumlah(biaya)))
    return Tabel(
        "T-C.24",
        judul,
        kolom,
        baris,
        kaki=1 if biaya else 0,
        sumber=sumber,
        catatan=(
            "Rasio jumlah adalah jumlah realisasi dibagi jumlah anggaran. Rata-rata pertumbuhan adalah rata-rata "
            "pertumbuhan antartahun yang kedua tahunnya ada angkanya.",
        ),
    )


def _per_tahun(kelompok: str, tahun: Sequence[int], desimal: int | None, kosong: str) -> list[Kolom]:
    return [Kolom(str(t), kelompok, angka=True, desimal=desimal, kosong=kosong) for t in tahun]


def _baris_24(no: Sel, b: Biaya) -> list[Sel]:
    pertumbuhan = [rata_pertumbuhan(b.anggaran), rata_pertumbuhan(b.realisasi)]
    return [no, b.nama, *_sel(b.anggaran), *_sel(b.realisasi), *b.rasio, *pertumbuhan]


def _sel(deret: Deret) -> list[Sel]:
    return list(deret)


# --- from the plan's tree -----------------------------------------------------------------------------------------


def capai_rencana(rencana: Rencana) -> list[Capai]:
    """Main indicators, then outcomes and outputs, over the plan's years. Five queries."""
    milik = Q(kegiatan__program__rencana=rencana) | Q(program__rencana=rencana)
    keluaran = list(Keluaran.objects.filter(milik).order_by(*URUTAN))
    indikator = list(Indikator.objects.filter(sasaran__tujuan__rencana=rencana).order_by("sasaran__tujuan__no", "no"))
    target: dict[tuple[str, int], dict[int, Decimal]] = {}
    for t in Target.objects.filter(Q(indikator__in=indikator) | Q(keluaran__in=keluaran), angka__isnull=False):
        if t.angka is not None:
            target.setdefault(_kunci(t.indikator_id, t.keluaran_id), {})[t.tahun] = t.angka
    lapor: dict[tuple[str, int], dict[int, list[Fraction]]] = {}
    daftar = RealisasiKinerja.objects.filter(Q(indikator__in=indikator) | Q(keluaran__in=keluaran))
    for r in daftar.order_by("tahun", "triwulan"):
        per_tahun = lapor.setdefault(_kunci(r.indikator_id, r.keluaran_id), {})
        per_tahun.setdefault(r.tahun, []).append(Fraction(r.angka))
    sama = {k.sumber: lapor.get(("k", k.pk), {}) for k in keluaran if k.sumber != MANUAL}
    hasil = []
    semua: list[tuple[str, Indikator | Keluaran]] = [("i", i) for i in indikator]
    semua += [("k", k) for k in keluaran]
    for huruf, ukuran in semua:
        ada = lapor.get((huruf, ukuran.pk)) or (sama.get(ukuran.sumber, {}) if huruf == "i" else {})
        level = ukuran.tipe == TipeIndikator.LEVEL
        realisasi = [gabung(ada.get(t, []), level=level) for t in rencana.tahun]
        sasaran = [target.get((huruf, ukuran.pk), {}).get(t) for t in rencana.tahun]
        hasil.append(Capai(ukuran.nama, ukuran.satuan, sasaran, realisasi, Arah(ukuran.arah)))
    return hasil


def _kunci(indikator: int | None, keluaran: int | None) -> tuple[str, int]:
    return ("i", indikator) if indikator is not None else ("k", keluaran or 0)


def biaya_rencana(rencana: Rencana) -> list[Biaya]:
    """Every activity's money over the plan's years. Two queries."""
    daftar = Anggaran.objects.filter(kegiatan__program__rencana=rencana, sub_kegiatan__isnull=True)
    pagu: dict[tuple[int, str], dict[int, int]] = {}
    for a in daftar.select_related("kegiatan").order_by("kegiatan__program__no", "kegiatan__no", "tahun"):
        pagu.setdefault((a.kegiatan_id, a.kegiatan.nama), {})[a.tahun] = a.pagu
    pakai: dict[int, dict[int, int]] = {}
    for r in RealisasiAnggaran.objects.filter(anggaran__in=daftar).select_related("anggaran").order_by("pk"):
        per_tahun = pakai.setdefault(r.anggaran.kegiatan_id, {})
        per_tahun[r.anggaran.tahun] = per_tahun.get(r.anggaran.tahun, 0) + r.rupiah
    return [
        Biaya(nama, [p.get(t) for t in rencana.tahun], [pakai.get(pk, {}).get(t) for t in rencana.tahun])
        for (pk, nama), p in pagu.items()
    ]


# --- from the printed tables of the years before ------------------------------------------------------------------


def tabel_lalu(rencana: Rencana) -> list[Tabel]:
    """T-C.23 and T-C.24 of the years before the plan, where its printed tables 2.3.1 and 2.3.2 hold them."""
    isi = tabel_rencana(rencana)
    hasil = []
    kinerja, uang = isi[tabel_cetak.KINERJA], isi[tabel_cetak.ANGGARAN]
    if kinerja:
        tahun = kinerja.tahun("target_")
        capai = [
            Capai(b.teks("indikator"), "%", _cetak(b, "target", tahun), _cetak(b, "realisasi", tahun))
            for b in kinerja.isi
        ]
        hasil.append(
            tabel_23(capai, tahun, _judul("T-C.23 Pencapaian kinerja pelayanan", tahun), "Renstra, Tabel 2.3.1")
        )
    if uang:
        tahun = uang.tahun("anggaran_")
        biaya = [
            Biaya(b.teks("indikator"), *(_cetak(b, awalan, tahun) for awalan in ("anggaran", "realisasi")))
            for b in uang.isi
        ]
        judul = _judul("T-C.24 Anggaran dan realisasi pendanaan", tahun)
        hasil.append(tabel_24(biaya, tahun, judul, "Renstra, Tabel 2.3.2; jumlah dihitung ulang"))
    return hasil


def _cetak(b: tabel_cetak.Baris, awalan: str, tahun: Sequence[int]) -> Deret:
    return [b[f"{awalan}_{t}"].angka for t in tahun]


def _judul(kata: str, tahun: Sequence[int]) -> str:
    return f"{kata}, {tahun[0]}-{tahun[-1]}"


def tabel_kini(rencana: Rencana) -> list[Tabel]:
    """T-C.23 and T-C.24 of the plan's own years, from what was reported."""
    tahun = list(rencana.tahun)
    sumber = f"{rencana.nama}; realisasi yang dicatat dan dihitung portal"
    return [
        tabel_23(capai_rencana(rencana), tahun, _judul("T-C.23 Pencapaian kinerja pelayanan", tahun), sumber),
        tabel_24(biaya_rencana(rencana), tahun, _judul("T-C.24 Anggaran dan realisasi pendanaan", tahun), sumber),
    ]


def buku(rencana: Rencana) -> Buku:
    """T-C.23 and T-C.24 of the years before the plan and of its own."""
    bagian = [Bagian("lalu", "Tahun-tahun sebelum rencana", tabel=tabel_lalu(rencana))]
    bagian.append(Bagian("kini", "Tahun-tahun rencana", tabel=tabel_kini(rencana)))
    hasil = Buku("Tabel T-C.23 dan T-C.24", rencana.nama, [b for b in bagian if b.tabel], mendatar=True, kertas="A3")
    return lampiran.lengkapi(hasil, lampiran.dari_rencana(rencana))
