"""Load all reference data: calendar, office, units, messages, catalogue, survey, plan. Twice is the same as once."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.muat import muat_kantor, muat_unit
from core.galat import IsianTidakSah
from core.kalender import HasilMuat, muat_kalender
from ikm.acuan.baca import GalatAcuan as GalatSurvei
from ikm.muat import muat_survei
from notifications.muat import muat_templat
from perizinan.acuan.baca import GalatAcuan
from perizinan.muat import muat_katalog
from renstra.muat import muat_renstra
from renstra.tabel import GalatTabel


class Command(BaseCommand):
    help = "Memuat semua data acuan. Aman diulang; yang disunting admin tidak ditimpa."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="satu nilai JSON di keluaran")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            hasil = {
                "kalender": muat_kalender(),
                "kantor": muat_kantor(),
                "unit": muat_unit(),
                "templat pesan": muat_templat(),
                **muat_katalog(),
                **muat_survei(),
                **muat_renstra(),
            }
        except (GalatAcuan, GalatSurvei, GalatTabel) as galat:
            raise CommandError(f"Data acuan tidak dapat dimuat. {galat}", returncode=2) from galat
        except IsianTidakSah as galat:
            rincian = "; ".join(f"{k}: {' '.join(v)}" for k, v in galat.rincian.items())
            raise CommandError(f"{galat.pesan} {rincian}", returncode=2) from galat
        if options["json"]:
            self.stdout.write(json.dumps({nama: asdict(h) for nama, h in hasil.items()}))
            return
        for nama, h in hasil.items():
            self.stdout.write(f"{nama}: {_kalimat(h)}")
        jumlah = sum(hasil.values(), HasilMuat())
        if not (jumlah.baru or jumlah.diubah or jumlah.dihapus):
            self.stdout.write("Tidak ada perubahan.")


def _kalimat(h: HasilMuat) -> str:
    """`50 baru, 3 disunting admin (dibiarkan)`; only what is not zero."""
    bagian = [
        (h.baru, "baru"),
        (h.diubah, "berubah"),
        (h.dihapus, "dihapus"),
        (h.sama, "tetap"),
        (h.suntingan, "disunting admin (dibiarkan)"),
    ]
    return ", ".join(f"{n} {kata}" for n, kata in bagian if n) or "kosong"
