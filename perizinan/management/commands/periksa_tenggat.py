"""`periksa_tenggat`: re-derive every stored due date from the log (contracts.md)."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from perizinan.pemeriksaan_tenggat import periksa_semua


class Command(BaseCommand):
    help = "Hitung ulang batas waktu setiap berkas terbuka dari riwayatnya. Keluar 1 bila ada yang berbeda."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **opsi: Any) -> None:
        jumlah, beda = periksa_semua()
        if opsi["json"]:
            self.stdout.write(json.dumps({"baris": jumlah, "rusak": [asdict(b) for b in beda]}, ensure_ascii=False))
        else:
            self.stdout.write(f"{jumlah} berkas diperiksa, {len(beda)} berbeda.")
            for b in beda:
                self.stdout.write(f"  {b.nomor}: tersimpan {b.tersimpan}, hitung ulang {b.hitung_ulang}")
        if beda:
            sys.exit(1)
