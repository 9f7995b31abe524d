"""Seal every encrypted column again under the newest key of KUNCI_ENKRIPSI. Safe to repeat, and while people work."""

import json
from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from core.enkripsi import GagalDekripsi, bidang_terenkripsi, gantungan, putar_kunci


class Command(BaseCommand):
    help = "Menyegel ulang semua kolom terenkripsi dengan kunci terbaru. Ulangi sampai semua angka 0."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="satu nilai JSON pada keluaran")

    def handle(self, *args: Any, **opsi: Any) -> None:
        hasil: dict[str, int] = {}
        for model in apps.get_models():
            for bidang in bidang_terenkripsi(model):
                try:
                    hasil[f"{model._meta.label}.{bidang.name}"] = putar_kunci(model, bidang)
                except GagalDekripsi as galat:
                    raise CommandError(f"{model._meta.label}.{bidang.name}: {galat}") from galat
        if opsi["json"]:
            self.stdout.write(json.dumps({"kunci": gantungan().terbaru, "baris": hasil}))
            return
        for kolom, jumlah in hasil.items():
            self.stdout.write(f"{kolom}: {jumlah} baris disegel ulang dengan '{gantungan().terbaru}'")
