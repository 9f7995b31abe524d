"""The monthly summary: bring it up to date, make it anew, or compare it with the files."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from perizinan import rekap


class Command(BaseCommand):
    help = "Memutakhirkan rekap bulanan. --ulang membuat semuanya lagi, --periksa membandingkan dengan berkas."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ulang", action="store_true", help="hitung lagi semua bulan dari berkas")
        parser.add_argument(
            "--periksa", action="store_true", help="bandingkan semua sel; keluar 1 bila ada yang beda"
        )
        parser.add_argument("--json", action="store_true", help="satu nilai JSON di keluaran")

    def handle(self, *args: Any, **options: Any) -> None:
        hasil: dict[str, Any] = {}
        if options["ulang"]:
            hasil["bulan"] = 0
            for bulan in rekap.bangun_ulang():
                hasil["bulan"] += 1
                self.stderr.write(f"{bulan:%Y-%m} selesai")
        rekap.isi_hari_kotor(10_000)
        hasil["berkas"] = rekap.segarkan(putaran=10_000)
        if options["periksa"]:
            hasil["beda"] = rekap.periksa()
        if options["json"]:
            self.stdout.write(json.dumps(hasil))
        else:
            self.stdout.write(", ".join(f"{kata}: {nilai}" for kata, nilai in hasil.items()))
        if hasil.get("beda"):
            raise SystemExit(1)
