"""Tell whether a PDF is a document of ours. Exit 0 genuine, 1 not, 2 no file to look at."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from perizinan.verifikasi import HasilVerifikasi, cek_berkas

_KALIMAT = {
    "asli": "ASLI",
    "tidak_dikenal": "TIDAK KAMI KENAL",
    "diubah": "TIDAK COCOK: isinya diubah setelah ditandatangani",
    "ditambah": "TIDAK COCOK: ada yang ditambahkan setelah ditandatangani",
    "tanda_tangan_asing": "TIDAK COCOK: ditandatangani pihak lain",
    "bukan_pdf": "BUKAN PDF",
}


class Command(BaseCommand):
    help = "Memeriksa apakah sebuah file PDF adalah dokumen terbitan kita, dan keadaan izinnya sekarang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="file PDF yang diperiksa")
        parser.add_argument("--json", action="store_true", help="satu nilai JSON di stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            isi = Path(options["file"]).read_bytes()
        except OSError as galat:
            raise CommandError(f"FILE {options['file']!r}: {galat.strerror}.", returncode=2) from galat
        hasil = cek_berkas(isi)
        self.stdout.write(json.dumps(_isi(hasil)) if options["json"] else _teks(hasil))
        if not hasil.cocok:
            sys.exit(1)


def _isi(hasil: HasilVerifikasi) -> dict[str, object]:
    return {
        "cocok": hasil.cocok,
        "alasan": hasil.alasan,
        "nomor_izin": hasil.nomor_izin,
        "status": hasil.status,
    }


def _teks(hasil: HasilVerifikasi) -> str:
    bagian = [_KALIMAT[hasil.alasan], hasil.nomor_izin, hasil.status and f"status sekarang: {hasil.status}"]
    return ", ".join(b for b in bagian if b)
