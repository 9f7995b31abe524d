"""Verify the whole audit chain. Exit 0 when it is sound, 1 when anything is not."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from perizinan.riwayat import periksa_semua


class Command(BaseCommand):
    help = "Memeriksa rantai riwayat semua permohonan: isi, sidik, sambungan, kepala, jalur status, versi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="satu nilai JSON di stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        laporan = periksa_semua()
        if options["json"]:
            isi = {"baris": laporan.baris, "rusak": [asdict(r) for r in laporan.rusak]}
            self.stdout.write(json.dumps(isi, ensure_ascii=False))
        else:
            for r in laporan.rusak:
                self.stdout.write(f"{r.permohonan} baris {r.urut}: {r.sebab}")
            putusan = "utuh" if not laporan.rusak else f"{len(laporan.rusak)} temuan"
            self.stdout.write(f"{laporan.baris} baris riwayat: {putusan}")
        if laporan.rusak:
            sys.exit(1)
