"""Back-pressure and failover: a gateway in trouble is left alone for a while, and the next one stands in (B13).

Truth is one row a gateway (`KeadaanGerbang`), so that all workers know it and a restart does not forget. A
gateway pauses when it says so (Retry-After), after 5 errors in a row, or after more than 50 in a minute; the
pause doubles from 30 s to 5 minutes until something succeeds.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from notifications.gateway import GalatGerbang, Gerbang, daftar_gerbang
from notifications.models import KeadaanGerbang

BERUNTUN_MAKS = 5
JENDELA = timedelta(seconds=60)
JENDELA_MAKS = 50
JEDA = timedelta(seconds=30)
JEDA_MAKS = timedelta(minutes=5)


def hidup(kanal: str, kini: datetime) -> list[Gerbang]:
    """The channel's gateways that may be spoken to now, the preferred one first. One query."""
    tunda = dict(KeadaanGerbang.objects.filter(tunda_sampai__gt=kini).values_list("nama", "tunda_sampai"))
    return [g for g in daftar_gerbang(kanal) if g.nama not in tunda]


def bangun(kanal: str, kini: datetime) -> datetime:
    """When the first of the channel's gateways may be spoken to again."""
    tunda = dict(KeadaanGerbang.objects.filter(tunda_sampai__gt=kini).values_list("nama", "tunda_sampai"))
    saat = [tunda.get(g.nama) or kini for g in daftar_gerbang(kanal)]
    return min(saat, default=kini)


def berhasil(nama: str) -> None:
    """A gateway took something: whatever was counted against it is forgotten."""
    KeadaanGerbang.objects.filter(nama=nama, beruntun__gt=0).update(
        beruntun=0, pembukaan=0, tunda_sampai=None, jendela_galat=0
    )


@transaction.atomic
def gagal(nama: str, galat: GalatGerbang, kini: datetime) -> bool:
    """Count an error of a gateway; returns whether it pauses now. An error of the message alone never counts."""
    if galat.permanen:
        return False
    KeadaanGerbang.objects.get_or_create(nama=nama)
    k = KeadaanGerbang.objects.select_for_update().get(nama=nama)
    if k.jendela_mulai is None or kini - k.jendela_mulai > JENDELA:
        k.jendela_mulai, k.jendela_galat = kini, 0
    k.jendela_galat += 1
    k.beruntun += 1
    k.galat = str(galat)[:240]
    jeda = timedelta(seconds=galat.tunggu)
    if not jeda and (k.beruntun >= BERUNTUN_MAKS or k.jendela_galat > JENDELA_MAKS):
        jeda = min(JEDA * 2 ** min(k.pembukaan, 10), JEDA_MAKS)
        k.pembukaan += 1
    if jeda:
        k.tunda_sampai = kini + jeda
    k.save()
    return bool(jeda)
