"""Laporan penerbitan dan realisasi of a month: per service what came in, went out, in what time, for what money.

Figures come from the monthly summary (perizinan/statistik.py), so that they equal the lists behind them; days are
working days net of the applicant's own time. Source of the report: the seed's list of duties (issue 5, item 6).
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from django.db.models import Count, Sum

from core.lembar import Sel
from perizinan import statistik
from perizinan.enums import Ukuran
from perizinan.models import JenisIzin, Rekap
from perizinan.statistik import Lingkup
from renstra.laporan import lampiran
from renstra.laporan.bentuk import Bagian, Buku, Kolom, Tabel

BULAN: Final = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
UKURAN: Final = (Ukuran.DIAJUKAN, Ukuran.TERBIT, Ukuran.TEPAT, Ukuran.DITOLAK, Ukuran.RETRIBUSI)
KOLOM: Final = (
    Kolom("No", angka=True),
    Kolom("Layanan", lebar=44),
    Kolom("Permohonan masuk", angka=True),
    Kolom("Izin terbit", angka=True),
    Kolom("Terbit tepat waktu", angka=True),
    Kolom("Tepat waktu (%)", angka=True, desimal=2, kosong="n/a"),
    Kolom("Tidak disetujui", angka=True),
    Kolom("Rata-rata hari kerja", angka=True, desimal=2, kosong="n/a"),
    Kolom("Median hari kerja", angka=True, kosong="n/a"),
    Kolom("Retribusi dibayar (Rp)", angka=True),
)
_RETRIBUSI: Final = (
    Kolom("No", angka=True),
    Kolom("Layanan", lebar=44),
    Kolom("Pembayaran", angka=True),
    Kolom("Retribusi dibayar (Rp)", angka=True),
    Kolom("Sejak Januari (Rp)", angka=True),
)
SUMBER: Final = "ringkasan bulanan portal dari berkas permohonan, SK, dan pembayaran SKRD"
#: days used -> how many were issued in so many days
Sebaran = dict[int, int]


def nama_bulan(bulan: date) -> str:
    """`Mei 2026`."""
    return f"{BULAN[bulan.month - 1]} {bulan.year}"


def rata_hari(sebaran: Sebaran) -> Fraction | None:
    """Mean working days; None where nothing was issued."""
    n = sum(sebaran.values())
    return Fraction(sum(hari * banyak for hari, banyak in sebaran.items()), n) if n else None


def median_hari(sebaran: Sebaran) -> int | None:
    """Working days within which half were issued (nearest rank, as `statistik.persentil`)."""
    separuh, sejauh = -(-sum(sebaran.values()) // 2), 0
    for hari in sorted(sebaran):
        sejauh += sebaran[hari]
        if sejauh >= separuh > 0:
            return hari
    return None


def tabel_penerbitan(dari: date, sampai: date, judul: str) -> Tabel:
    """Every service that had anything in these months, by name, and the total. Eight queries."""
    lingkup = Lingkup(dari, sampai)
    angka = {u: statistik.per_layanan(u, lingkup) for u in UKURAN}
    hari = _hari(dari, sampai)
    kode = {k for satu in angka.values() for k, n in satu.items() if n}
    nama = dict(JenisIzin.objects.filter(kode__in=kode).order_by("nama").values_list("kode", "nama"))
    baris: list[list[Sel]] = [
        [n, sebutan, *_sel({u: angka[u].get(k, 0) for u in UKURAN}, hari.get(k, {}))]
        for n, (k, sebutan) in enumerate(nama.items(), start=1)
    ]
    semua: Sebaran = {}
    for satu in hari.values():
        for h, n in satu.items():
            semua[h] = semua.get(h, 0) + n
    jumlah: list[Sel] = ["", "Jumlah", *_sel({u: sum(angka[u].values()) for u in UKURAN}, semua)]
    return Tabel(
        "Penerbitan",
        judul,
        KOLOM,
        [*baris, jumlah] if baris else [],
        kaki=1 if baris else 0,
        sumber=SUMBER,
        catatan=(
            "Hari kerja dihitung tanpa waktu menunggu pemohon. Permohonan yang masuk dan izin yang terbit dalam "
            "bulan yang sama belum tentu berkas yang sama.",
        ),
    )


def _hari(dari: date, sampai: date) -> dict[str, Sebaran]:
    """How long each service took, from the same rows as `statistik.per_butir`."""
    daftar = Rekap.objects.filter(ukuran=Ukuran.HARI, bulan__gte=dari, bulan__lte=sampai).order_by()
    hasil: dict[str, Sebaran] = {}
    for kode, hari, n in daftar.values_list("jenis_izin__kode", "butir").annotate(n=Sum("jumlah")):
        hasil.setdefault(kode, {})[hari] = n
    return hasil


def _sel(n: dict[Ukuran, int], hari: Sebaran) -> list[Sel]:
    terbit, tepat = n[Ukuran.TERBIT], n[Ukuran.TEPAT]
    persen = Fraction(tepat * 100, terbit) if terbit else None
    akhir = [n[Ukuran.DITOLAK], rata_hari(hari), median_hari(hari), n[Ukuran.RETRIBUSI]]
    return [n[Ukuran.DIAJUKAN], terbit, tepat, persen, *akhir]


def tabel_retribusi(dari: date, sampai: date, judul: str) -> Tabel:
    """Payments per service: how many, how much, and how much since January. Totals below."""
    bulan, tahun = Lingkup(dari, sampai), Lingkup(date(sampai.year, 1, 1), sampai)
    bayar = statistik.daftar(Ukuran.RETRIBUSI, bulan).order_by()
    banyak = dict(bayar.values_list("skrd__permohonan__jenis_izin__kode").annotate(n=Count("pk")))
    kini, sejak = (statistik.per_layanan(Ukuran.RETRIBUSI, x) for x in (bulan, tahun))
    nama = dict(JenisIzin.objects.filter(kode__in={*kini, *sejak}).order_by("nama").values_list("kode", "nama"))
    baris: list[list[Sel]] = [
        [n, sebutan, banyak.get(k, 0), kini.get(k, 0), sejak.get(k, 0)]
        for n, (k, sebutan) in enumerate(nama.items(), start=1)
    ]
    jumlah: list[Sel] = ["", "Jumlah", sum(banyak.values()), sum(kini.values()), sum(sejak.values())]
    return Tabel(
        "Retribusi",
        judul,
        _RETRIBUSI,
        [*baris, jumlah] if baris else [],
        kaki=1 if baris else 0,
        sumber="pembayaran SKRD yang dicatat bendahara",
        kosong="Tidak ada pembayaran retribusi dalam masa ini.",
    )


def buku(bulan: date, *, sementara: bool) -> Buku:
    """The month's report: issuing, and the recap of retribusi."""
    masa = nama_bulan(bulan)
    penerbitan = tabel_penerbitan(bulan, bulan, f"Penerbitan menurut layanan, {masa}")
    retribusi = tabel_retribusi(bulan, bulan, f"Rekap retribusi, {masa}")
    hasil = Buku(
        "Laporan penerbitan dan realisasi",
        masa,
        [
            Bagian("penerbitan", "Penerbitan", tabel=[penerbitan]),
            Bagian("retribusi", "Retribusi", tabel=[retribusi]),
        ],
        tanda="Sementara: bulan belum berakhir" if sementara else "",
        mendatar=True,
    )
    return lampiran.lengkapi(hasil)
