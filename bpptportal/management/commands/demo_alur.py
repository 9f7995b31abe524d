"""`demo_alur`: one application from filing to hand-over (contracts.md)."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from perizinan.models import JenisIzin


class Command(BaseCommand):
    help = "Jalankan satu permohonan contoh dari pengajuan sampai penyerahan, lalu verifikasi surat izinnya."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--layanan", default="imb", type=str.lower, metavar="KODE")
        parser.add_argument("--keluaran", type=Path, default=settings.VAR_DIR / "demo", metavar="DIR")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, layanan: str, keluaran: Path, **opsi: Any) -> None:
        from bpptportal.contoh.demo import HasilDemo, jalankan_demo

        if settings.PRODUKSI:
            self._gagal("demo_alur tidak dijalankan di produksi.")
        if not JenisIzin.objects.filter(kode=layanan).exists():
            self._gagal(f"Layanan tidak dikenal: {layanan}")
        hasil: HasilDemo = jalankan_demo(layanan, keluaran)
        if opsi["json"]:
            self.stdout.write(json.dumps(asdict(hasil), ensure_ascii=False))
        else:
            self._cetak(hasil)
        if not hasil.berhasil:
            sys.exit(1)

    def _gagal(self, sebab: str) -> None:
        self.stderr.write(sebab)
        sys.exit(2)

    def _cetak(self, hasil: Any) -> None:
        self.stdout.write(f"\nPermohonan {hasil.nomor}, register {hasil.nomor_register}")
        for langkah in hasil.langkah:
            ke = f"-> {langkah['ke']}" if langkah["ke"] != langkah["dari"] else ""
            self.stdout.write(f"  {langkah['pada'][:16]}  {langkah['verba']:<20} {langkah['oleh']:<24} {ke}")
        self.stdout.write(f"Surat izin {hasil.nomor_izin}: {hasil.verifikasi['alasan']}")
        self.stdout.write(f"Hari terpakai {hasil.hari_terpakai}, batas {hasil.tenggat}")
        self.stdout.write(f"SMS: {len(hasil.sms)}, terakhir: {hasil.sms[-1]['teks'] if hasil.sms else '-'}")
        for jenis, jalur in hasil.berkas.items():
            self.stdout.write(f"  {jenis}: {jalur or '-'}")
