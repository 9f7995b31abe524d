"""`hitung_ikm`: the index of a CSV of answers (contracts.md). By the decrees as shipped; no database is asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.bilangan import bulatkan, tulis
from ikm.acuan import baca
from ikm.berkas_jawaban import GalatSel, hitung_berkas
from ikm.enums import ModeBobot
from ikm.kata import kalimat
from ikm.rumus import Hasil, hitung


class Command(BaseCommand):
    help = "Hitung IKM dari berkas CSV: satu baris satu responden, kolom u1..u14 atau u1..u9, nilai 1 sampai 4."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--instrumen", required=True, choices=[i["kode"] for i in baca.instrumen()])
        parser.add_argument("--bobot", default=ModeBobot.EKSAK, choices=ModeBobot.values)
        parser.add_argument("--json", action="store_true", help="satu nilai JSON di stdout")
        parser.add_argument("file", metavar="FILE.csv")

    def handle(self, *args: Any, **opsi: Any) -> None:
        aturan = baca.aturan(opsi["instrumen"])
        try:
            with Path(opsi["file"]).open("rb") as berkas:
                _n, isi = hitung_berkas(berkas, len(aturan.unsur))
        except OSError as galat:
            raise CommandError(f"FILE {opsi['file']!r}: {galat.strerror}.", returncode=2) from galat
        except GalatSel as galat:
            raise CommandError(str(galat), returncode=2) from galat
        hasil = hitung(aturan, isi, opsi["bobot"])
        self.stdout.write(json.dumps(_isi(hasil), ensure_ascii=False) if opsi["json"] else _teks(hasil))


def _isi(h: Hasil) -> dict[str, Any]:
    resmi = h.indeks[h.mode]
    return {
        "n": h.n,
        "jumlah": {f"u{i}": u.jumlah for i, u in enumerate(h.unsur, start=1)},
        "nrr": {f"u{i}": str(bulatkan(u.nrr or 0, 3)) for i, u in enumerate(h.unsur, start=1)},
        "ikm": str(resmi.nilai),
        "mutu": resmi.mutu,
        "kinerja": resmi.kinerja,
        "peringatan": [kalimat(p) for p in h.peringatan],
    }


def _teks(h: Hasil) -> str:
    resmi = h.indeks[h.mode]
    baris = [f"IKM {tulis(resmi.nilai)}, mutu {resmi.mutu} ({resmi.kinerja}), {tulis(h.n, 0)} responden"]
    baris += [
        f"  u{i} {u.kode}: jumlah {tulis(u.jumlah, 0)}, NRR {tulis(u.nrr, 3)}" for i, u in enumerate(h.unsur, 1)
    ]
    return "\n".join(baris + [f"Perhatian: {kalimat(p)}" for p in h.peringatan])
