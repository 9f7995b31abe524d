"""Formulir E.81 as a table, from a frozen edition or from the form as it stands (`evaluasi.sebagai_data`).

Columns and numbers of the official form: renstra_rules.md section 3.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from core.lembar import Sel
from renstra.laporan import lampiran
from renstra.laporan.bentuk import Bagian, Buku, Kolom, Tabel
from renstra.laporan.lampiran import nama_sumber

ROMAWI: Final = ("I", "II", "III", "IV")
_PASANGAN: Final[tuple[tuple[str, str, bool], ...]] = (
    ("target_akhir", "5 Target Renstra pada akhir masa", False),
    ("sampai_lalu", "6 Realisasi Renstra sampai tahun lalu", False),
    ("target", "7 Target dan anggaran Renja tahun ini", False),
    *((f"triwulan.{n}", f"{8 + n} Realisasi triwulan {r}", False) for n, r in enumerate(ROMAWI)),
    ("realisasi", "12 Realisasi Renja yang dievaluasi", False),
    ("capaian", "13 Tingkat capaian Renja (%)", True),
    ("sampai_kini", "14 Realisasi Renstra sampai tahun ini", False),
    ("capaian_renstra", "15 Tingkat capaian Renstra (%)", True),
)
KOLOM: Final[tuple[Kolom, ...]] = (
    Kolom("1 No", angka=True),
    Kolom("2 Sasaran", lebar=24),
    Kolom("3 Kode, program, kegiatan", lebar=36),
    Kolom("4 Indikator (satuan)", lebar=32),
    *(
        Kolom(sisi, kelompok, angka=True, desimal=desimal, kosong="n/a" if persen else "-")
        for _kunci, kelompok, persen in _PASANGAN
        for sisi, desimal in (("K", 2 if persen else None), ("Rp", 2 if persen else 0))
    ),
    Kolom("16 Unit", lebar=18),
    Kolom("17 Keterangan", lebar=28),
)
_CAPAIAN: Final = 4 + 2 * [k for k, _, _ in _PASANGAN].index("capaian")


def tabel(isi: dict[str, Any]) -> Tabel:
    """The form. Means and grades of column 13 stand in its foot."""
    baris: list[list[Sel]] = [_baris(n, b) for n, b in enumerate(isi.get("baris", []), start=1)]
    rata, kriteria = isi.get("rata") or {}, isi.get("predikat") or {}
    kaki = [
        _kaki("Rata-rata capaian (%)", _angka(rata.get("k")), _angka(rata.get("rp"))),
        _kaki("Predikat", kriteria.get("k", ""), kriteria.get("rp", "")),
    ]
    return Tabel(
        "E.81",
        f"Formulir E.81: evaluasi hasil Renja tahun {isi.get('tahun')} sampai triwulan {_romawi(isi)}",
        KOLOM,
        [*baris, *kaki],
        kaki=len(kaki),
        sumber=", ".join(sumber_angka(isi)),
        catatan=(
            "K: kinerja. Rp: anggaran, pada baris pertama tiap program dan kegiatan; uang program adalah jumlah uang "
            "kegiatannya.",
            "Kolom 12 jumlah triwulan untuk indikator kumulatif, triwulan terakhir yang dilaporkan untuk indikator "
            "tingkat. n/a: tidak ada target atau realisasi yang dapat dibandingkan.",
        ),
    )


def buku(isi: dict[str, Any], *, rencana: str, tanda: str) -> Buku:
    """The form with the lines that people fill in below it."""
    satu = tabel(isi)
    catatan = isi.get("catatan") or {}
    kata = (
        ("pendorong", "Faktor pendorong"),
        ("penghambat", "Faktor penghambat"),
        ("triwulan_berikut", "Tindak lanjut pada triwulan berikut"),
        ("renja_berikut", "Tindak lanjut pada Renja berikut"),
    )
    penutup = [(k, catatan.get(kunci, "")) for kunci, k in kata]
    penutup += [("Disusun: Kepala Perangkat Daerah", ""), ("Dievaluasi: Kepala Bappeda", "")]
    hasil = Buku(
        "Evaluasi hasil Renja (Formulir E.81)",
        f"{rencana}, tahun {isi.get('tahun')}, sampai triwulan {_romawi(isi)}",
        [Bagian("e81", "", tabel=[satu])],
        tanda=tanda,
        mendatar=True,
        kertas="A3",
        penutup=penutup,
    )
    return lampiran.lengkapi(hasil, lampiran.dari_isi(isi))


def sumber_angka(isi: dict[str, Any]) -> list[str]:
    """What the lines name as their source, in words, each once."""
    return list(dict.fromkeys(nama_sumber(b.get("sumber", "")) for b in isi.get("baris", [])))


def _romawi(isi: dict[str, Any]) -> str:
    return ROMAWI[int(isi.get("triwulan", 1)) - 1]


def _baris(n: int, b: dict[str, Any]) -> list[Sel]:
    nama = f"{b['kode']} {b['uraian']}".strip()
    sel: list[Sel] = [n, b.get("sasaran", ""), nama, f"{b['indikator']} ({b['satuan']})"]
    for kunci, _kelompok, _persen in _PASANGAN:
        pasangan = b["triwulan"][int(kunci[-1])] if kunci.startswith("triwulan.") else b[kunci]
        sel += [_angka(pasangan["k"]), _angka(pasangan["rp"])]
    return [*sel, b["unit"], b["keterangan"]]


def _kaki(kata: str, k: Sel, rp: Sel) -> list[Sel]:
    sel: list[Sel] = [""] * len(KOLOM)
    sel[2], sel[_CAPAIAN], sel[_CAPAIAN + 1] = kata, k, rp
    return sel


def _angka(teks: str | None) -> Decimal | None:
    return None if teks is None else Decimal(teks)
