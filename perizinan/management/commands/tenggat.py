"""Work out one due date, with its reasons, from the HariLibur and JamKantor tables."""

from __future__ import annotations

import json
from datetime import datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import waktu
from core.hari_kerja import Kalender
from core.kalender import kalender_tabel
from perizinan.tenggat import HARI_MAKS, Hitungan, Jeda, hitung

SALAH = 2  # exit status for bad input


class Command(BaseCommand):
    help = "Menghitung batas waktu layanan dan alasannya hari demi hari, menurut tabel hari libur."

    def add_arguments(self, parser: CommandParser) -> None:
        jam = "waktu ISO 8601, misalnya 2026-06-02T10:00; tanpa selisih zona berarti waktu kantor"
        parser.add_argument("--lengkap", required=True, metavar="T", help=f"berkas lengkap dan benar: {jam}")
        parser.add_argument("--hari", required=True, metavar="N", help="batas SOP dalam hari kerja, 0 atau lebih")
        parser.add_argument(
            "--jeda",
            action="append",
            default=[],
            metavar="A/B",
            help="hitungan berhenti dari A sampai B, boleh berulang; A/ berarti masih berhenti",
        )
        parser.add_argument("--terbit", metavar="T", help="waktu selesai")
        parser.add_argument("--kini", metavar="T", help="dihitung per waktu ini bila belum selesai; bawaan: sekarang")
        parser.add_argument("--json", action="store_true", help="satu nilai JSON di stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        kalender = kalender_tabel()
        lengkap = _waktu("--lengkap", options["lengkap"], kalender)
        terbit = _waktu("--terbit", options["terbit"], kalender) if options["terbit"] is not None else None
        kini = _waktu("--kini", options["kini"], kalender) if options["kini"] is not None else None
        for nama, akhir in (("terbit", terbit), ("kini", kini)):
            if akhir is not None and akhir < lengkap and (nama == "terbit" or terbit is None):
                raise _salah(f"--{nama}", options[nama], "sebelum --lengkap")
        hari = _hari(options["hari"])
        jeda = [_jeda(teks, kalender) for teks in options["jeda"]]
        try:
            hasil = hitung(lengkap, hari, jeda, kalender, terbit=terbit, kini=kini or max(waktu.sekarang(), lengkap))
        except ValueError as galat:
            raise CommandError(str(galat), returncode=SALAH) from galat
        self.stdout.write(json.dumps(_isi(hasil), ensure_ascii=False) if options["json"] else _teks(hasil))


def _isi(hasil: Hitungan) -> dict[str, Any]:
    """The answer in the shape that other systems rely on."""
    return {
        "mulai": hasil.mulai.isoformat(),
        "tenggat": hasil.tenggat.date().isoformat(),
        "pukul": f"{hasil.tenggat:%H:%M}",
        "hari_terpakai": hasil.hari_terpakai,
        "tepat_waktu": hasil.tepat_waktu,
        "baris": [
            {"tanggal": baris.tanggal.isoformat(), "dihitung": baris.dihitung, "alasan": baris.alasan}
            for baris in hasil.baris
        ],
    }


def _teks(hasil: Hitungan) -> str:
    """The answer for a person at a terminal."""
    putusan = "tepat waktu" if hasil.tepat_waktu else "TERLAMBAT"
    kepala = [
        f"Mulai dihitung {hasil.mulai:%Y-%m-%d %H.%M}",
        f"Selambat-lambatnya {hasil.tenggat:%Y-%m-%d} pukul {hasil.tenggat:%H.%M}",
        f"Terpakai {hasil.hari_terpakai} dari {hasil.hari} hari kerja: {putusan}",
    ]
    badan = [f"  {b.tanggal}  {'x' if b.dihitung else ' '}  {b.alasan}" for b in hasil.baris]
    return "\n".join([*kepala, *badan])


def _salah(nama: str, nilai: object, sebab: str) -> CommandError:
    return CommandError(f"{nama} {nilai!r}: {sebab}.", returncode=SALAH)


def _waktu(nama: str, teks: str, kalender: Kalender) -> datetime:
    """An aware instant; without an offset it is the office's own time. A date alone is not a time."""
    try:
        saat = datetime.fromisoformat(teks)
    except ValueError:
        raise _salah(nama, teks, "bukan waktu ISO 8601 seperti 2026-06-02T10:00") from None
    if saat.time() == time.min and len(teks.strip()) <= len("2026-06-02"):
        raise _salah(nama, teks, "jamnya belum disebut, tulis seperti 2026-06-02T10:00")
    saat = saat if saat.tzinfo else saat.replace(tzinfo=kalender.zona)
    try:
        kalender.indeks(saat)
    except (ValueError, OverflowError):
        raise _salah(nama, teks, "di luar jangkauan kalender") from None
    return saat


def _jeda(teks: str, kalender: Kalender) -> Jeda:
    """A pause A/B, or A/ for one that is still open."""
    mulai, pisah, selesai = teks.partition("/")
    if not pisah or not mulai:
        raise _salah("--jeda", teks, "tulis MULAI/SELESAI, atau MULAI/ bila masih berhenti")
    awal = _waktu("--jeda", mulai, kalender)
    akhir = _waktu("--jeda", selesai, kalender) if selesai else None
    if akhir is not None and akhir < awal:
        raise _salah("--jeda", teks, "berakhir sebelum dimulai")
    return Jeda(awal, akhir)


def _hari(teks: str) -> int:
    """A limit in working days: plain digits, 0 to HARI_MAKS."""
    if not (teks.isascii() and teks.isdigit() and len(teks) <= len(str(HARI_MAKS)) and int(teks) <= HARI_MAKS):
        raise _salah("--hari", teks, f"harus bilangan bulat 0 sampai {HARI_MAKS}")
    return int(teks)
