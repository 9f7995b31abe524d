"""`isi_contoh`: demo data by walking the real services with a moving clock (contracts.md)."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Isi data contoh: permohonan berbagai layanan yang berjalan lewat layanan yang sebenarnya."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--benih", type=int, default=2026, metavar="N")
        parser.add_argument("--permohonan", type=int, default=60, metavar="N")

    def handle(self, *args: Any, benih: int, permohonan: int, **opsi: Any) -> None:
        from bpptportal.contoh.musim import Musim
        from bpptportal.contoh.rencana import buat_rencana
        from bpptportal.contoh.survei import isi_survei

        if settings.PRODUKSI:
            self.stderr.write("isi_contoh tidak dijalankan di produksi.")
            sys.exit(2)
        if permohonan < 1:
            self.stderr.write(f"--permohonan harus paling sedikit 1, bukan {permohonan}.")
            sys.exit(2)
        musim = Musim(benih)
        jumlah = musim.jalankan(permohonan, lambda n: self._maju(n, permohonan))
        self.stderr.write("")
        pemeran = musim.pemeran.segarkan()
        menjawab = isi_survei(pemeran, musim.acak)
        buat_rencana(pemeran.prita, pemeran.kadis)  # last: its indicators read what the others made
        self.stdout.write(f"{jumlah} permohonan contoh dibuat, {menjawab} survei dijawab.")

    def _maju(self, n: int, semua: int) -> None:
        self.stderr.write(f"\rMengisi data contoh: {n} dari {semua}", ending="")
        self.stderr.flush()
