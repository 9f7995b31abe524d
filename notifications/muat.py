"""Reference data of the messages: the texts, and the longest value that each variable may take."""

from __future__ import annotations

import csv
from pathlib import Path

from django.db import transaction

from core.kalender import HasilMuat
from notifications.layanan import lupakan_templat
from notifications.models import TemplatPesan

ACUAN = Path(__file__).parent / "acuan"
SUMBER = "acuan/templat.csv"


def muat_templat(folder: Path = ACUAN) -> HasilMuat:
    """Load the SMS texts; twice is the same as once. A text that is already there is never overwritten."""
    with (folder / "templat.csv").open(encoding="utf-8", newline="") as isi:
        acuan = {baris["kode"]: baris for baris in csv.DictReader(isi)}
    with transaction.atomic():
        ada = {t.kode: t for t in TemplatPesan.objects.filter(kode__in=acuan)}
        baru = [TemplatPesan(sumber=SUMBER, **acuan[kode]) for kode in acuan.keys() - ada.keys()]
        TemplatPesan.objects.bulk_create(sorted(baru, key=lambda t: t.kode))
    lupakan_templat()
    sama = sum((t.teks, t.kepada) == (acuan[k]["teks"], acuan[k]["kepada"]) for k, t in ada.items())
    return HasilMuat(baru=len(baru), sama=sama, suntingan=len(ada) - sama)


def contoh_terpanjang(folder: Path = ACUAN) -> dict[str, str]:
    """Each variable's longest realistic value, for the check when a text or a service name is saved."""
    with (folder / "variabel.csv").open(encoding="utf-8", newline="") as isi:
        return {baris["variabel"]: baris["contoh"] for baris in csv.DictReader(isi)}
