"""The words of the exports."""

from __future__ import annotations

from renstra.cetak.isi import Mode, kepala_kolom
from renstra.periksa import Temuan

_MODE = {
    Mode.TERCETAK: "Seperti tercetak",
    Mode.HITUNG_ULANG: "Dihitung ulang; yang berbeda dari cetakan diberi catatan",
}


def kata_mode(mode: Mode) -> str:
    """What stands in the cells, in words."""
    return _MODE[mode]


def kalimat_nota(nomor: int, t: Temuan) -> str:
    """One note: where, what is printed, what was recomputed, why."""
    tercetak = t.tercetak or "(kosong)"
    kolom = t.lokasi.kolom if ".." in t.lokasi.kolom else kepala_kolom(t.lokasi.kolom)
    return (
        f"({nomor}) {t.tingkat.capitalize()}, baris {t.lokasi.baris}, {kolom}: tercetak {tercetak}; "
        f"hitung ulang {t.hitung_ulang}. {t.keterangan}"
    )
