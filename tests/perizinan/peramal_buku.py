"""An independent oracle of the time ledger: it walks through the days in quarters of an hour and asks each time
who holds the file and whether the clock runs. Plain local times, tables written by hand, no shared code.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tests.perizinan.peramal import BUKA, TUTUP, kerja

SEPEREMPAT = timedelta(minutes=15)
#: Role in every state of the file, from sla.md sections 2 and 3.
PEMEGANG = {
    "draf": "pemohon", "diajukan": "loket", "perbaikan_berkas": "pemohon", "terdaftar": "back_office",
    "verifikasi": "back_office", "kajian_teknis": "tim_teknis", "perbaikan": "pemohon",
    "penetapan_retribusi": "back_office", "menunggu_pembayaran": "pemohon", "penyusunan_sk": "back_office",
    "paraf_berjenjang": "kabid", "menunggu_tanda_tangan": "penandatangan", "usul_tolak": "penandatangan",
    "terbit": "loket",
}  # fmt: skip


@dataclass
class Cerita:
    """A file's life: what happened to it, to its clock, and to what the SKPD were asked."""

    berkas: list[tuple[str, datetime]]  # (state, since)
    jam: list[tuple[str, datetime]]  # (effect, when it counts), in the order of the log
    dinas: dict[str, list[tuple[datetime, datetime | None]]]  # when each SKPD's request was open
    sampai: datetime

    def status(self, t: datetime) -> str:
        return next((s for s, sejak in reversed(self.berkas) if sejak <= t), "paket")


@dataclass
class Jumlah:
    """What one hand used."""

    kotor: timedelta = timedelta(0)
    hari: int = 0
    hari_bersih: int = 0
    menit: int = 0
    menit_bersih: int = 0

    def tambah(self, t: datetime, libur: set[date], *, jalan: bool) -> None:
        self.kotor += SEPEREMPAT
        if not kerja(t.date(), libur):
            return
        if t.time() == TUTUP:
            self.hari += 1
            self.hari_bersih += jalan
        if BUKA <= t.time() < TUTUP:
            self.menit += 15
            self.menit_bersih += 15 * jalan


@dataclass
class Ramalan:
    """Per (stage, role), and per SKPD."""

    berkas: dict[tuple[str, str], Jumlah] = field(default_factory=lambda: defaultdict(Jumlah))
    dinas: dict[str, Jumlah] = field(default_factory=lambda: defaultdict(Jumlah))


def jam_pada(jam: list[tuple[str, datetime]], t: datetime) -> str:
    """The clock at an instant, told from the events alone."""
    mulai = next((saat for efek, saat in jam if efek == "mulai"), None)
    henti = next((saat for efek, saat in jam if efek == "henti"), None)
    sejak = None
    for efek, saat in jam:
        if efek == "jeda":
            sejak = saat
        elif sejak is not None and efek in {"lanjut", "henti"}:
            if sejak <= t < saat:
                return "jeda"
            sejak = None
    if sejak is not None and t >= sejak:
        return "jeda"
    if henti is not None and t >= henti:
        return "sesudah"
    return "belum" if mulai is None or t < mulai else "jalan"


def ramal_buku(cerita: Cerita, libur: set[date]) -> Ramalan:
    """Quarter by quarter from the first filing (or the package's start, if that is earlier) to the end."""
    hasil = Ramalan()
    t = min([cerita.berkas[0][1], *(saat for efek, saat in cerita.jam if efek == "mulai")])
    while t < cerita.sampai:
        status, keadaan = cerita.status(t), jam_pada(cerita.jam, t)
        tahap, peran = status, PEMEGANG.get(status, "pemohon")
        terbuka = [u for u, daftar in cerita.dinas.items() if any(a <= t and (b is None or t < b) for a, b in daftar)]
        if status == "kajian_teknis" and not terbuka:
            peran = "kabid"
        if status == "menunggu_pembayaran" and keadaan != "jeda":
            tahap, peran = "pencatatan_pembayaran", "bendahara"
        if status == "perbaikan" and keadaan != "jeda":
            tahap, peran = "pencatatan_perbaikan", "loket"
        hasil.berkas[tahap, peran].tambah(t, libur, jalan=keadaan == "jalan")
        if status in {"kajian_teknis", "perbaikan"}:
            for u in terbuka:
                hasil.dinas[u].tambah(t, libur, jalan=keadaan == "jalan")
        t += SEPEREMPAT
    return hasil


def bulatkan(t: datetime) -> datetime:
    return datetime.combine(t.date(), time(t.hour, t.minute // 15 * 15))
