"""`periksa_ikm`: count every answer again and compare. Exit 1 when a cell differs."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ikm.pemeriksaan import periksa_hitungan


class Command(BaseCommand):
    help = "Hitung ulang semua jawaban survei dan bandingkan dengan hitungan yang tersimpan. Keluar 1 bila berbeda."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="satu nilai JSON di stdout")

    def handle(self, *args: Any, **opsi: Any) -> None:
        jumlah, beda = periksa_hitungan()
        if opsi["json"]:
            self.stdout.write(json.dumps({"baris": jumlah, "rusak": [asdict(b) for b in beda]}, ensure_ascii=False))
        else:
            self.stdout.write(f"{jumlah} jawaban dihitung ulang, {len(beda)} sel berbeda.")
            for b in beda:
                tempat = " ".join(x for x in (b.periode, b.kelompok, b.layanan, b.saluran) if x)
                self.stdout.write(
                    f"  {tempat} u{b.urutan}={b.nilai}: tersimpan {b.tersimpan}, hitung ulang {b.hitung_ulang}"
                )
        if beda:
            sys.exit(1)
