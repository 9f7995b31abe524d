"""Write the next audit seal now. Exit 0 when it was written, 1 when it could not be."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bpptportal import segel


class Command(BaseCommand):
    help = "Menulis segel riwayat berikutnya di luar basis data; terjadwal setiap jam."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="satu nilai JSON di stdout")

    def handle(self, *args: Any, **opsi: Any) -> None:
        try:
            baru = segel.buat()
        except (segel.TanpaKunci, OSError, ValueError) as galat:
            self.stderr.write(str(galat))
            sys.exit(1)
        if baru is None:
            self.stderr.write("Segel dengan nomor itu baru saja ditulis proses lain.")
            sys.exit(1)
        if opsi["json"]:
            self.stdout.write(json.dumps({"urut": baru.urut, "sidik": baru.sidik, "kepala": len(baru.kepala)}))
        else:
            self.stdout.write(f"Segel {baru.jangkar}, {len(baru.kepala)} berkas.")
