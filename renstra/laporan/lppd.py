"""What LPPD asks of the office: indicators of the service over two years, each with its formula and its source.

Figures are those of the registered sources (renstra/sumber.py) and of the monthly summary, asked for whole years.
Which indicators the year's instructions name (IKK) is decided by the government; the columns beside are its.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from core.lembar import Sel
from perizinan import statistik
from perizinan.enums import Ukuran
from renstra.laporan import lampiran
from renstra.laporan.bentuk import Bagian, Buku, Kolom, Tabel
from renstra.laporan.bulanan import rata_hari
from renstra.models import Rencana
from renstra.rumus import tampil
from renstra.sumber import SUMBER, Masa

_BERKAS: Final = "ringkasan bulanan portal dari berkas permohonan dan SK"
_SURVEI: Final = "survei kepuasan: edisi yang disahkan, atau jawaban sampai kini"
_PENGADUAN: Final = "Pengaduan belum dicatat di portal; barisnya diisi tangan."


@dataclass(frozen=True, slots=True)
class Ikk:
    """One indicator of the service: unit, formula, source in words, and how a year's figure is had."""

    nama: str
    satuan: str
    rumus: str
    sumber: str
    hitung: Callable[[int], Fraction | int | None]


def _jumlah(ukuran: Ukuran) -> Callable[[int], int]:
    return lambda tahun: statistik.jumlah(ukuran, Masa(tahun, 4).sejak_januari)


def _sumber(kode: str, triwulan: int = 4) -> Callable[[int], Fraction | None]:
    return lambda tahun: SUMBER[kode].hitung(Masa(tahun, triwulan))


def _rata_hari(tahun: int) -> Fraction | None:
    return rata_hari(statistik.per_butir(Ukuran.HARI, Masa(tahun, 4).sejak_januari))


DAFTAR: Final = (
    Ikk(
        "Permohonan masuk",
        "permohonan",
        "Banyaknya permohonan yang diajukan dalam setahun",
        _BERKAS,
        _jumlah(Ukuran.DIAJUKAN),
    ),
    Ikk("Izin terbit", "izin", "Banyaknya izin yang ditandatangani dalam setahun", _BERKAS, _jumlah(Ukuran.TERBIT)),
    Ikk(
        "Izin terbit tepat waktu", "%", "Izin terbit tepat waktu / izin terbit x 100", _BERKAS, _sumber("tepat_waktu")
    ),
    Ikk(
        "Rata-rata waktu penerbitan",
        "hari kerja",
        "Jumlah hari kerja terpakai / izin terbit, tanpa waktu menunggu pemohon",
        _BERKAS,
        _rata_hari,
    ),
    Ikk(
        "Median waktu penerbitan",
        "hari kerja",
        "Hari kerja yang cukup untuk separuh izin terbit",
        _BERKAS,
        _sumber("hari_median"),
    ),
    Ikk(
        "Permohonan tidak disetujui",
        "permohonan",
        "Banyaknya permohonan yang tidak disetujui dalam setahun",
        _BERKAS,
        _jumlah(Ukuran.DITOLAK),
    ),
    Ikk(
        "Indeks kepuasan masyarakat semester I",
        "indeks",
        "Nilai rata-rata tertimbang unsur x 25",
        _SURVEI,
        _sumber("ikm", 2),
    ),
    Ikk(
        "Indeks kepuasan masyarakat semester II",
        "indeks",
        "Nilai rata-rata tertimbang unsur x 25",
        _SURVEI,
        _sumber("ikm"),
    ),
)


def lppd(rencana: Rencana, tahun: int) -> Buku:
    """The indicators of the year before and of the year."""
    awal = statistik.bulan_pertama()
    pertama = awal.year if awal else None
    baris: list[Sequence[Sel]] = []
    for n, satu in enumerate(DAFTAR, start=1):
        nilai = [_nilai(satu, t, pertama) for t in (tahun - 1, tahun)]
        baris.append([n, satu.nama, satu.satuan, satu.rumus, *nilai, satu.sumber, ""])
    rumus = "Pengaduan yang selesai / pengaduan yang masuk x 100"
    baris.append(
        [len(baris) + 1, "Pengaduan yang ditindaklanjuti", "%", rumus, None, None, "belum ada di portal", ""]
    )
    kolom = [
        Kolom("No", angka=True),
        Kolom("Indikator kinerja", lebar=40),
        Kolom("Satuan"),
        Kolom("Rumus", lebar=44),
        Kolom(str(tahun - 1), "Capaian tahun", angka=True, kosong="-"),
        Kolom(str(tahun), "Capaian tahun", angka=True, kosong="-"),
        Kolom("Sumber data", lebar=40),
        Kolom("Keterangan", lebar=20),
    ]
    catatan = [
        "Tanda - berarti portal tidak mempunyai angkanya untuk tahun itu. Keterangan diisi tangan.",
        _PENGADUAN,
    ]
    tabel = Tabel(
        "LPPD",
        f"Indikator kinerja pelayanan perizinan {tahun - 1} dan {tahun}",
        kolom,
        baris,
        sumber="portal perizinan; sumber tiap baris tercantum",
        catatan=catatan,
    )
    ada = any(b[k] is not None for b in baris for k in (4, 5))
    paragraf = [] if ada else ["Portal belum mempunyai angka untuk kedua tahun ini."]
    bagian = [Bagian("lppd", "", paragraf=paragraf, tabel=[tabel])]
    buku = Buku(f"Bahan LPPD {tahun}", rencana.nama, bagian, mendatar=True)
    return lampiran.lengkapi(buku)


def _nilai(satu: Ikk, tahun: int, pertama: int | None) -> Sel:
    """A year's figure; None for a year before the portal held any file, which is not the same as nothing done."""
    if satu.sumber != _SURVEI and (pertama is None or tahun < pertama):
        return None
    nilai = satu.hitung(tahun)
    return nilai if isinstance(nilai, int) else tampil(nilai, 2)
