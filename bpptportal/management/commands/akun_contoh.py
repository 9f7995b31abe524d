"""`akun_contoh`: print the demo accounts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from bpptportal.contoh.pemeran import PETUGAS, RANAH, SANDI, WARGA


class Command(BaseCommand):
    help = "Cetak akun contoh (tidak ada di produksi)."

    def handle(self, *args: Any, **opsi: Any) -> None:
        if settings.PRODUKSI:
            return
        self.stdout.write(f"Akun contoh, semua dengan kata sandi {SANDI}:")
        for kunci, (nama, hp) in WARGA.items():
            self.stdout.write(f"  {kunci + '@' + RANAH:<34} pemohon          {nama} ({hp})")
        for kunci, (nama, peran, _unit) in PETUGAS.items():
            self.stdout.write(f"  {kunci + '@' + RANAH:<34} {peran.value:<16} {nama}")
