"""Freeze the holidays into core/acuan/hari_libur.csv, which `muat_acuan` loads."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandParser

from core.kalender import ACUAN
from core.models.kalender import JenisLibur

KOLOM = ("tanggal", "jenis", "keterangan", "dasar", "pasti")
PERKIRAAN = " (perkiraan)"
SALAH_KETIK = {"Pegangti": "Pengganti"}


class Command(BaseCommand):
    help = (
        "Menyusun core/acuan/hari_libur.csv dari pustaka holidays; tahun yang punya berkas skb_<tahun>.csv"
        " diambil dari SKB 3 Menteri itu."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dari", type=int, default=2013, metavar="TAHUN")
        parser.add_argument("--sampai", type=int, default=2027, metavar="TAHUN")
        parser.add_argument("--keluaran", type=Path, default=ACUAN / "hari_libur.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        keluaran: Path = options["keluaran"]
        with keluaran.open("w", encoding="utf-8", newline="") as isi:
            banyak = tulis(isi, options["dari"], options["sampai"])
        self.stderr.write(f"{banyak} hari libur ditulis ke {keluaran}.")


def tulis(isi: TextIO, dari: int, sampai: int) -> int:
    """Write the years `dari` to `sampai` as CSV, oldest first; returns the number of dates."""
    pena = csv.DictWriter(isi, KOLOM, lineterminator="\n")
    pena.writeheader()
    banyak = 0
    for tahun in range(dari, sampai + 1):
        skb = ACUAN / f"skb_{tahun}.csv"
        for baris in baca_skb(skb) if skb.exists() else baca_pustaka(tahun):
            pena.writerow(baris)
            banyak += 1
    return banyak


def baca_skb(berkas: Path) -> Iterator[dict[str, str]]:
    """The dates of a joint ministerial decree, as printed: these are certain."""
    with berkas.open(encoding="utf-8", newline="") as isi:
        for baris in csv.DictReader(isi):
            yield {kolom: baris[kolom] for kolom in KOLOM[:-1]} | {"pasti": "ya"}


def baca_pustaka(tahun: int) -> Iterator[dict[str, str]]:
    """The dates that the library knows, with cuti bersama; what it marks as an estimate is not certain."""
    import holidays

    dasar = f"Pustaka holidays {version('holidays')}, SKB 3 Menteri {tahun} belum dicocokkan"
    libur = holidays.country_holidays(
        "ID", categories=("public", "government"), language="id", years=tahun, expand=False
    )
    for tanggal, nama in sorted(libur.items()):
        keterangan = nama.replace(PERKIRAAN, "")
        for salah, betul in SALAH_KETIK.items():
            keterangan = keterangan.replace(salah, betul)
        cuti = "Cuti Bersama" in keterangan
        yield {
            "tanggal": tanggal.isoformat(),
            "jenis": JenisLibur.CUTI_BERSAMA if cuti else JenisLibur.LIBUR_NASIONAL,
            "keterangan": keterangan,
            "dasar": dasar,
            "pasti": "tidak" if PERKIRAAN in nama else "ya",
        }
