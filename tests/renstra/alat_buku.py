"""How the tests of books make one and find their way in its tables."""

from __future__ import annotations

from renstra.cetak import Mode
from renstra.laporan import daftar
from renstra.laporan.daftar import PEMBUAT, Permintaan
from renstra.sumber import Masa

ALAMAT = "/petugas/renstra/buku/"
#: Books that the registry makes itself.
DIBUAT = [k for k, p in PEMBUAT.items() if p.susun]


def susun(kode, rencana, tahun, triwulan=4, mode=Mode.TERCETAK):
    return daftar.cari(kode).susun(Permintaan(rencana, Masa(tahun, triwulan), mode))


def sel(tabel, baris, judul, kelompok=""):
    return baris[next(n for n, k in enumerate(tabel.kolom) if (k.judul, k.kelompok) == (judul, kelompok))]


def berbaris(tabel, kata):
    """The one row in which a cell begins so."""
    (satu,) = [b for b in tabel.baris if any(isinstance(s, str) and s.startswith(kata) for s in b)]
    return satu


def rapat(teks):
    return "".join(teks.split())
