"""Check the log against every seal, and its chains. Exit 0 when all fits, 1 when not, 2 for a bad anchor."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bpptportal import segel
from perizinan import riwayat


class Command(BaseCommand):
    help = "Memeriksa riwayat terhadap semua segel di luar basis data, beserta rantainya sendiri."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="satu nilai JSON di stdout")
        parser.add_argument("--jangkar", default="", help="NOMOR:SIDIK segel yang dahulu disimpan di luar kantor")
        parser.add_argument("--tanpa-rantai", action="store_true", help="hanya segel, tanpa rantai di basis data")

    def handle(self, *args: Any, **opsi: Any) -> None:
        if opsi["jangkar"] and not re.fullmatch(r"[1-9]\d{0,7}:[0-9a-f]{64}", opsi["jangkar"]):
            self.stderr.write(f"Jangkar harus NOMOR:SIDIK, bukan {opsi['jangkar']!r}.")
            sys.exit(2)
        try:
            laporan = segel.periksa(opsi["jangkar"])
        except segel.TanpaKunci as galat:
            self.stderr.write(str(galat))
            sys.exit(2)
        rantai = () if opsi["tanpa_rantai"] else riwayat.periksa_semua().rusak
        akhir = laporan.terakhir
        if opsi["json"]:
            isi = {
                "segel": laporan.segel,
                "kepala": laporan.kepala,
                "terakhir": {"pada": akhir.pada.isoformat(), "jangkar": akhir.jangkar} if akhir else None,
                "rusak": [asdict(t) for t in laporan.rusak],
                "rantai": [asdict(r) for r in rantai],
            }
            self.stdout.write(json.dumps(isi, ensure_ascii=False))
        else:
            self._kata(laporan, rantai)
        if laporan.rusak or rantai or not laporan.segel:
            sys.exit(1)

    def _kata(self, laporan: segel.Laporan, rantai: tuple[riwayat.Rusak, ...]) -> None:
        for t in laporan.rusak:
            baris = f" {t.permohonan} baris {t.urut}" if t.permohonan else ""
            self.stdout.write(f"segel {t.segel}{baris}: {t.sebab}")
        for r in rantai:
            self.stdout.write(f"{r.permohonan} baris {r.urut}: {r.sebab}")
        if laporan.terakhir is None:
            self.stdout.write("Belum ada segel.")
            return
        jumlah = len(laporan.rusak) + len(rantai)
        putusan = f"{jumlah} temuan" if jumlah else "utuh"
        self.stdout.write(f"{laporan.segel} segel, {laporan.kepala} kepala rantai: {putusan}")
        self.stdout.write(f"Terakhir {laporan.terakhir.pada.isoformat()}, jangkar {laporan.terakhir.jangkar}")
