"""RKT and Perjanjian Kinerja of a year: what is promised, for what money, and how the quarters stand against it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.lembar import Sel
from renstra.laporan import lampiran
from renstra.laporan.bahan import Bahan, Baris, angka, bahan, jumlah_kegiatan, pertama, tanpa_keluaran
from renstra.laporan.bentuk import Bagian, Buku, Kolom, Tabel, bersatuan
from renstra.laporan.e81 import ROMAWI
from renstra.laporan.renja import nama, rencana_data, ukuran
from renstra.models import Indikator, Rencana

_UKURAN: Final = Kolom("Indikator (satuan)", lebar=40)
BELUM: Final = "Belum ada realisasi yang dicatat untuk tahun ini."


def tabel_sasaran(rencana: Rencana, tahun: int) -> Tabel:
    """Objectives, their indicators, and the target of the year. Two queries."""
    daftar = Indikator.objects.filter(sasaran__tujuan__rencana=rencana).select_related("sasaran")
    baris: list[Sequence[Sel]] = []
    lama = None
    for i in daftar.order_by("sasaran__tujuan__no", "sasaran__no", "no").prefetch_related("target"):
        target = next((t for t in i.target.all() if t.tahun == tahun), None)
        nilai: Sel = (target.teks.strip() or target.angka) if target else None
        baru = i.sasaran_id != lama
        lama = i.sasaran_id
        baris.append([len(baris) + 1, i.sasaran.uraian if baru else "", bersatuan(i.nama, i.satuan), nilai])
    kolom = [Kolom("No", angka=True), Kolom("Sasaran", lebar=44), _UKURAN, Kolom("Target", angka=True, kosong="-")]
    return Tabel(
        "Sasaran",
        f"Sasaran dan target tahun {tahun}",
        kolom,
        baris,
        sumber=rencana.nama,
        kosong="Rencana ini belum memuat sasaran dan indikatornya.",
    )


def rkt(rencana: Rencana, tahun: int) -> Buku:
    """Rencana Kinerja Tahunan: objectives, programmes, activities, money; realisation per quarter against the year.

    The plan has targets by year only, so no target of a quarter is made up.
    """
    satu = bahan(rencana, tahun)
    bagian = [
        Bagian("sasaran", "Sasaran", tabel=[tabel_sasaran(rencana, tahun)]),
        Bagian("kegiatan", "Program, kegiatan, dan anggaran", tabel=[_tabel_kegiatan(rencana, tahun, satu)]),
        Bagian(
            "triwulan",
            "Realisasi per triwulan terhadap target tahun",
            paragraf=[
                "Rencana menetapkan target per tahun; target per triwulan tidak ada.",
                *([] if satu.terlapor else [BELUM]),
            ],
            tabel=[_tabel_triwulan(tahun, satu)],
        ),
    ]
    buku = Buku(f"Rencana Kinerja Tahunan {tahun}", rencana.nama, bagian, mendatar=True)
    return lampiran.lengkapi(buku, lampiran.dari_isi(satu.isi))


def _tabel_kegiatan(rencana: Rencana, tahun: int, satu: Bahan) -> Tabel:
    baris: list[Sequence[Sel]] = [
        [*nama(b), ukuran(b), angka(b["target"]["k"]), _pagu(b), b.get("unit", "") if pertama(b) else ""]
        for b in satu.baris
    ]
    kaki = 1 if baris else 0
    if baris:
        baris.append(["", "Jumlah", "", "", jumlah_kegiatan(satu.baris, "target"), ""])
    kolom = [
        Kolom("Kode"),
        Kolom("Program dan kegiatan", lebar=44),
        _UKURAN,
        Kolom("Target", angka=True, kosong="-"),
        Kolom("Anggaran (Rp)", angka=True, desimal=0, kosong="-"),
        Kolom("Unit", lebar=20),
    ]
    return Tabel(
        "Kegiatan",
        f"Program dan kegiatan tahun {tahun}",
        kolom,
        baris,
        kaki=kaki,
        sumber=satu.dari,
        catatan=[
            "Anggaran program adalah jumlah anggaran kegiatannya, dan tidak dijumlahkan lagi.",
            *tanpa_keluaran(rencana, tahun),
        ],
        kosong="Rencana ini belum memuat program dan kegiatan.",
    )


def _pagu(b: Baris) -> Sel:
    return (angka(b["target"]["rp"]) or None) if pertama(b) else ""


def _tabel_triwulan(tahun: int, satu: Bahan) -> Tabel:
    baris: list[Sequence[Sel]] = []
    for n, b in enumerate(satu.baris, start=1):
        tw = [angka(p["k"]) for p in b["triwulan"]]
        akhir = [angka(b["realisasi"]["k"]), angka(b["capaian"]["k"]), angka(b["capaian"]["rp"])]
        if not pertama(b):
            baris.append([n, ukuran(b), angka(b["target"]["k"]), *tw, *akhir[:2], ""])
        else:
            baris.append([n, ukuran(b), angka(b["target"]["k"]), *tw, *akhir])
    kolom = [
        Kolom("No", angka=True),
        _UKURAN,
        Kolom("Target tahun", angka=True, kosong="-"),
        *(Kolom(r, "Realisasi triwulan", angka=True, kosong="-") for r in ROMAWI),
        Kolom("Realisasi tahun", angka=True, kosong="-"),
        Kolom("Capaian (%)", angka=True, desimal=2, kosong="n/a"),
        Kolom("Serapan (%)", angka=True, desimal=2, kosong="n/a"),
    ]
    return Tabel(
        "Triwulan",
        f"Realisasi per triwulan tahun {tahun}",
        kolom,
        baris,
        sumber=satu.dari,
        kosong="Rencana ini belum memuat indikator program dan kegiatan.",
    )


def perjanjian(rencana: Rencana, tahun: int) -> Buku:
    """Perjanjian Kinerja on one page: objectives with targets, programmes with their money, two signatures."""
    baris: list[Sequence[Sel]] = []
    semua: list[Baris] = rencana_data(rencana, tahun)["baris"]
    uang = jumlah_kegiatan(semua, "target")
    for b in semua:
        if b["tingkat"] == "program" and pertama(b):
            baris.append([len(baris) + 1, b["uraian"], angka(b["target"]["rp"]) or None])
    kaki = 1 if baris else 0
    if baris:
        baris.append(["", "Jumlah anggaran kegiatan", uang or None])
    program = Tabel(
        "Program",
        f"Program dan anggaran tahun {tahun}",
        [
            Kolom("No", angka=True),
            Kolom("Program", lebar=60),
            Kolom("Anggaran (Rp)", angka=True, desimal=0, kosong="-"),
        ],
        baris,
        kaki=kaki,
        sumber=rencana.nama,
        catatan=tanpa_keluaran(rencana, tahun),
        kosong="Rencana ini belum memuat program.",
    )
    buku = Buku(
        f"Perjanjian Kinerja {tahun}",
        rencana.nama,
        [
            Bagian("sasaran", "Sasaran", tabel=[tabel_sasaran(rencana, tahun)]),
            Bagian("program", "Program", tabel=[program]),
        ],
        penutup=[("Pihak kedua: Wali Kota", ""), ("Pihak pertama: Kepala Perangkat Daerah", "")],
    )
    asal = Indikator.objects.filter(sasaran__tujuan__rencana=rencana).order_by("sasaran__tujuan__no", "no")
    return lampiran.lengkapi(buku, list(asal.values_list("nama", "sumber")))
