"""What LKPJ and Evkin ask of a Perangkat Daerah, from the lines of Formulir E.81.

LKPJ: money and outputs of the year, what hindered and what was done. Evkin: the same per quarter with its grade.
The city's own report is written by the Pemerintah Daerah; these are the tables it collects.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from core.lembar import Sel
from renstra.evaluasi import akhir_triwulan
from renstra.laporan import lampiran
from renstra.laporan.bahan import (
    Bahan,
    Baris,
    angka,
    bahan,
    catatan_triwulan,
    jumlah_kegiatan,
    pertama,
    tanpa_keluaran,
)
from renstra.laporan.bentuk import Bagian, Buku, Kolom, Tabel
from renstra.laporan.e81 import ROMAWI
from renstra.laporan.kinerja import BELUM
from renstra.laporan.renja import nama, ukuran
from renstra.models import Rencana
from renstra.rumus import predikat, serapan

_UKURAN: Final = Kolom("Indikator (satuan)", lebar=36)
_URAIAN: Final = (Kolom("Kode"), Kolom("Program dan kegiatan", lebar=40))
_UANG: Final = (
    Kolom("Anggaran (Rp)", angka=True, desimal=0, kosong="-"),
    Kolom("Realisasi (Rp)", angka=True, desimal=0, kosong="-"),
    Kolom("Serapan (%)", angka=True, desimal=2, kosong="n/a"),
)
_KINERJA: Final = (
    Kolom("Target", angka=True, kosong="-"),
    Kolom("Realisasi", angka=True, kosong="-"),
    Kolom("Capaian (%)", angka=True, desimal=2, kosong="n/a"),
)
_KOSONG: Final = "Rencana ini belum memuat indikator program dan kegiatan."


def _uang(b: Baris) -> list[Sel]:
    """Budget, realisation, absorption, on the first line of a programme or activity."""
    if not pertama(b):
        return ["", "", ""]
    return [angka(b["target"]["rp"]) or None, angka(b["realisasi"]["rp"]), angka(b["capaian"]["rp"])]


def _jumlah_uang(satu: Bahan) -> list[Sel]:
    """All activities together; the ratio is that of the sums."""
    anggaran, realisasi = (jumlah_kegiatan(satu.baris, k) for k in ("target", "realisasi"))
    rasio: Fraction | None = serapan(realisasi, anggaran)
    return [anggaran or None, realisasi, rasio]


def _kinerja(b: Baris) -> list[Sel]:
    return [angka(b["target"]["k"]), angka(b["realisasi"]["k"]), angka(b["capaian"]["k"])]


def lkpj(rencana: Rencana, tahun: int) -> Buku:
    """The tables of LKPJ: budget, realisation, outputs; then what hindered, quarter by quarter."""
    satu = bahan(rencana, tahun)
    baris: list[Sequence[Sel]] = [[*nama(b), ukuran(b), *_kinerja(b), *_uang(b)] for b in satu.baris]
    kaki = 1 if baris else 0
    if baris:
        baris.append(["", "Jumlah kegiatan", "", "", "", "", *_jumlah_uang(satu)])
    realisasi = Tabel(
        "LKPJ",
        f"Realisasi program dan kegiatan tahun {tahun}",
        [*_URAIAN, _UKURAN, *_KINERJA, *_UANG],
        baris,
        kaki=kaki,
        sumber=satu.dari,
        catatan=[
            "Uang program adalah jumlah uang kegiatannya. Serapan pada jumlah adalah jumlah realisasi dibagi jumlah "
            "anggaran.",
            *tanpa_keluaran(rencana, tahun),
        ],
        kosong=_KOSONG,
    )
    bagian = [
        Bagian("realisasi", "Realisasi", paragraf=[] if satu.terlapor else [BELUM], tabel=[realisasi]),
        Bagian("masalah", "Permasalahan dan upaya", tabel=[_masalah(rencana, tahun)]),
    ]
    buku = Buku(f"Bahan LKPJ {tahun}", rencana.nama, bagian, mendatar=True)
    return lampiran.lengkapi(buku, lampiran.dari_isi(satu.isi))


def _masalah(rencana: Rencana, tahun: int) -> Tabel:
    """What the foot of E.81 says of each quarter; a quarter of which nobody wrote anything is left out."""
    baris: list[Sequence[Sel]] = []
    for tw, c in zip(ROMAWI, catatan_triwulan(rencana, tahun), strict=True):
        isi = [c["penghambat"], c["triwulan_berikut"], c["renja_berikut"]]
        if any(isi):
            baris.append([tw, *isi])
    kolom = [
        Kolom("Triwulan"),
        Kolom("Permasalahan (faktor penghambat)", lebar=50),
        Kolom("Upaya pada triwulan berikut", lebar=50),
        Kolom("Upaya pada Renja berikut", lebar=50),
    ]
    return Tabel(
        "Permasalahan",
        f"Permasalahan dan upaya tahun {tahun}",
        kolom,
        baris,
        sumber="catatan di kaki Formulir E.81 tiap triwulan",
        kosong="Belum ada catatan evaluasi yang ditulis untuk tahun ini.",
    )


def evkin(rencana: Rencana, tahun: int, triwulan: int) -> Buku:
    """Evaluasi kinerja of a quarter: target, realisation, achievement, grade, absorption, and the foot of E.81."""
    satu, hari = bahan(rencana, tahun, triwulan), akhir_triwulan(tahun, triwulan)
    baris: list[Sequence[Sel]] = [_baris_evkin(b, triwulan, hari) for b in satu.baris]
    rata, kriteria = satu.isi.get("rata") or {}, satu.isi.get("predikat") or {}
    kaki = 1 if baris else 0
    if baris:
        mutu: list[Sel] = [angka(rata.get("k")), kriteria.get("k") or "n/a"]
        baris.append(["", "Rata-rata capaian", "", "", "", "", *mutu, "", "", angka(rata.get("rp"))])
    romawi = ROMAWI[triwulan - 1]
    kolom = [
        *_URAIAN,
        _UKURAN,
        Kolom("Target tahun", angka=True, kosong="-"),
        Kolom(f"Realisasi triwulan {romawi}", angka=True, kosong="-"),
        Kolom(f"Realisasi sampai triwulan {romawi}", angka=True, kosong="-"),
        Kolom("Capaian (%)", angka=True, desimal=2, kosong="n/a"),
        Kolom("Predikat"),
        *_UANG,
    ]
    tabel = Tabel(
        "Evkin",
        f"Evaluasi kinerja sampai triwulan {romawi} {tahun}",
        kolom,
        baris,
        kaki=kaki,
        sumber=satu.dari,
        catatan=[
            "Capaian dibandingkan dengan target setahun. Rata-rata adalah rata-rata sederhana semua baris terukur, "
            "seperti pada Formulir E.81.",
            *tanpa_keluaran(rencana, tahun),
        ],
        kosong=_KOSONG,
    )
    catatan = satu.isi.get("catatan") or {}
    buku = Buku(
        f"Evaluasi kinerja triwulan {romawi} {tahun}",
        rencana.nama,
        [Bagian("evkin", "", paragraf=[] if satu.terlapor else [BELUM], tabel=[tabel])],
        mendatar=True,
        penutup=[
            ("Faktor penghambat", catatan.get("penghambat", "") or "Belum ditulis."),
            ("Tindak lanjut pada triwulan berikut", catatan.get("triwulan_berikut", "") or "Belum ditulis."),
            ("Tindak lanjut pada Renja berikut", catatan.get("renja_berikut", "") or "Belum ditulis."),
        ],
    )
    return lampiran.lengkapi(buku, lampiran.dari_isi(satu.isi))


def _baris_evkin(b: Baris, triwulan: int, hari: date) -> list[Sel]:
    capai: Decimal | None = angka(b["capaian"]["k"])
    mutu = predikat(capai, hari)
    kinerja: list[Sel] = [
        angka(b["target"]["k"]),
        angka(b["triwulan"][triwulan - 1]["k"]),
        angka(b["realisasi"]["k"]),
        capai,
        mutu.kriteria if mutu else "n/a",
    ]
    return [*nama(b), ukuran(b), *kinerja, *_uang(b)]
