"""Check a plan's tables: every rule a pure function of the tables, none of them knows a particular plan.

`periksa` runs all rules, `tak_tercakup` lists the cells in which no rule would notice an error.
Source: checks.md (rules 1-9), contracts.md (`periksa_renstra`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from renstra.periksa.format import format_angka
from renstra.periksa.judul import judul_kolom
from renstra.periksa.jumlah import total_baris, total_kolom, total_umum
from renstra.periksa.kondisi import kondisi_akhir
from renstra.periksa.layanan import jumlah_layanan
from renstra.periksa.rasio import metode_rata_rata, rasio_sel, rasio_total
from renstra.periksa.silang import silang_tabel
from renstra.periksa.temuan import Hasil, Lokasi, SelTercakup, Temuan, Tingkat
from renstra.tabel import TabelRencana

#: In the order of contracts.md; the name of a function is the name of its rule.
ATURAN: Sequence[Callable[[TabelRencana], Hasil]] = (
    rasio_sel,
    rasio_total,
    total_baris,
    total_kolom,
    total_umum,
    format_angka,
    silang_tabel,
    judul_kolom,
    kondisi_akhir,
    metode_rata_rata,
    jumlah_layanan,
)


def periksa(rencana: TabelRencana) -> list[Temuan]:
    """Every finding, by rule, each once."""
    return list(dict.fromkeys(t for aturan in ATURAN for t in aturan(rencana).temuan))


def tak_tercakup(rencana: TabelRencana) -> list[tuple[str, Lokasi, str]]:
    """(table, place, text) of every cell that no rule covers, in the order of the tables."""
    tercakup = set().union(*(aturan(rencana).tercakup for aturan in ATURAN))
    return [
        (tabel.kode, Lokasi(b.nama, kolom), sel.teks)
        for tabel in rencana.tabel.values()
        for b in tabel.baris
        for kolom, sel in b.sel.items()
        if SelTercakup(tabel.berkas, b.nomor, kolom) not in tercakup
    ]


__all__ = ["ATURAN", "Hasil", "Lokasi", "Temuan", "Tingkat", "periksa", "tak_tercakup"]
