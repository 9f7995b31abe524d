"""Working days and office hours as a pure, immutable calendar with fast arithmetic over closing times.

A working day is Monday to Friday, minus national holidays, cuti bersama and local closures; extra working
days (a service point that opens on Sundays) beat all of those. Hours are dated rows, because Ramadan, Fridays
and new regulations change them. Source: Keppres 68/1995, then Perpres 21/2023; the yearly SKB 3 Menteri.
No ORM, no settings, no clock here.

Closing times are numbered: `indeks(t)` is how many closings lie before t (half-open intervals follow from
that), `penutupan(i)` is the closing with that number. Both are a bisection, so 200,000 files are cheap.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

SENIN_JUMAT = frozenset(range(5))
TAHUN_AWAL, TAHUN_AKHIR = 1970, 2200
_SEHARI = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class JamKerja:
    """Office hours from a day on. `hari` names weekdays (Monday is 0); None means all of them.

    Raises ValueError unless buka <= batas_loket <= tutup and every weekday is 0-6.
    """

    berlaku_mulai: date
    berlaku_sampai: date | None
    hari: frozenset[int] | None
    buka: time
    tutup: time
    batas_loket: time

    def __post_init__(self) -> None:
        if not self.buka <= self.batas_loket <= self.tutup:
            raise ValueError("Jam kantor harus berurutan: buka, batas loket, tutup.")
        if self.hari is not None and not self.hari <= frozenset(range(7)):
            raise ValueError("Hari ditulis 0 (Senin) sampai 6 (Minggu).")

    def berlaku(self, tanggal: date) -> bool:
        """Whether the row covers the date and its weekday."""
        if tanggal < self.berlaku_mulai or (self.berlaku_sampai is not None and tanggal > self.berlaku_sampai):
            return False
        return self.hari is None or tanggal.weekday() in self.hari


#: For a date that no row covers: opening 07.30 (Perpres 21/2023), closing 16.00, loket cut-off 15.00.
JAM_BAWAAN = JamKerja(date.min, None, None, time(7, 30), time(16, 0), time(15, 0))


class _Tahun(NamedTuple):
    """Closings of one year: the number of its first one, and all of them in UTC, ascending."""

    awal: int
    penutupan: list[datetime]


@dataclass(frozen=True, slots=True)
class Kalender:
    """One state of the office's calendar; an edited calendar is another object with another `versi`.

    `libur` maps a date to its reason, `masuk` an extra working day to its reason. Of several rows of hours
    that cover a day the newest wins; of the same start, the one naming weekdays; then the one listed last.
    """

    libur: Mapping[date, str] = field(default_factory=dict)
    jam: tuple[JamKerja, ...] = ()
    masuk: Mapping[date, str] = field(default_factory=dict)
    hari_pekan: frozenset[int] = SENIN_JUMAT
    zona: tzinfo = field(default_factory=lambda: ZoneInfo("Asia/Jakarta"))
    versi: int = 0
    _dasar: int = field(default=2000, init=False, repr=False, compare=False)
    _tahun: dict[int, _Tahun] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "libur", MappingProxyType(dict(self.libur)))
        object.__setattr__(self, "masuk", MappingProxyType(dict(self.masuk)))
        if self.libur:
            dasar = min(max(min(self.libur).year, TAHUN_AWAL), TAHUN_AKHIR)
            object.__setattr__(self, "_dasar", dasar)

    def hari_kerja(self, tanggal: date) -> bool:
        """Whether the office works on that date."""
        if tanggal in self.masuk:
            return True
        return tanggal.weekday() in self.hari_pekan and tanggal not in self.libur

    def jam_pada(self, tanggal: date) -> JamKerja:
        """The hours in force on a date."""
        terpilih, urutan = JAM_BAWAAN, (date.min, False)
        for baris in self.jam:
            bobot = (baris.berlaku_mulai, baris.hari is not None)
            if bobot >= urutan and baris.berlaku(tanggal):
                terpilih, urutan = baris, bobot
        return terpilih

    def buka(self, tanggal: date) -> datetime:
        """The opening instant of a date."""
        return datetime.combine(tanggal, self.jam_pada(tanggal).buka, self.zona)

    def tutup(self, tanggal: date) -> datetime:
        """The closing instant of a date; the number of the day is counted here."""
        return datetime.combine(tanggal, self.jam_pada(tanggal).tutup, self.zona)

    def batas_loket(self, tanggal: date) -> datetime:
        """The last instant, included, at which the loket accepts a file for that date."""
        return datetime.combine(tanggal, self.jam_pada(tanggal).batas_loket, self.zona)

    def setempat(self, saat: datetime) -> datetime:
        """The instant on the office's own clock. Raises ValueError without a zone."""
        if saat.tzinfo is None:
            raise ValueError("Waktu harus menyebut zonanya.")
        return saat.astimezone(self.zona)

    def indeks(self, saat: datetime) -> int:
        """How many closings lie before the instant, from a fixed but arbitrary zero (may be negative).

        `indeks(b) - indeks(a)` is the number of closings with a <= closing < b.
        Raises ValueError outside the years 1970-2200.
        """
        blok = self._blok(self.setempat(saat).year)
        return blok.awal + bisect_left(blok.penutupan, saat.astimezone(UTC))

    def penutupan(self, nomor: int) -> datetime:
        """The closing with that number, on the office's clock. Inverse of `indeks`."""
        tahun = self._dasar
        blok = self._blok(tahun)
        while nomor >= blok.awal + len(blok.penutupan):
            tahun += 1
            blok = self._blok(tahun)
        while nomor < blok.awal:
            tahun -= 1
            blok = self._blok(tahun)
        return blok.penutupan[nomor - blok.awal].astimezone(self.zona)

    def hari_kerja_ke(self, tanggal: date, banyak: int) -> date:
        """The working day `banyak` working days after a date (negative: before it); 0 is the date itself."""
        if banyak == 0:
            return tanggal
        batas = tanggal + _SEHARI if banyak > 0 else tanggal
        nomor = self.indeks(datetime.combine(batas, time.min, self.zona))
        return self.penutupan(nomor + banyak - (banyak > 0)).date()

    def banyak_hari_kerja(self, dari: date, sampai: date) -> int:
        """Working days from `dari` to `sampai`, both included."""
        awal = datetime.combine(dari, time.min, self.zona)
        return self.indeks(datetime.combine(sampai + _SEHARI, time.min, self.zona)) - self.indeks(awal)

    def _blok(self, tahun: int) -> _Tahun:
        """The closings of a year, built once, together with the years between it and the zero year.

        Two threads may build the same year: they write the same value.
        """
        ada = self._tahun.get(tahun)
        if ada is not None:
            return ada
        if not TAHUN_AWAL <= tahun <= TAHUN_AKHIR:
            raise ValueError(f"Tahun {tahun} di luar jangkauan kalender ({TAHUN_AWAL}-{TAHUN_AKHIR}).")
        dasar = self._dasar  # the year whose first closing is number 0
        blok = self._tahun.setdefault(dasar, _Tahun(0, self._susun(dasar)))
        for y in range(dasar + 1, tahun + 1):
            awal = blok.awal + len(blok.penutupan)
            blok = self._tahun.get(y) or self._tahun.setdefault(y, _Tahun(awal, self._susun(y)))
        for y in range(dasar - 1, tahun - 1, -1):
            isi = self._tahun[y].penutupan if y in self._tahun else self._susun(y)
            blok = self._tahun.setdefault(y, _Tahun(blok.awal - len(isi), isi))
        return blok

    def _susun(self, tahun: int) -> list[datetime]:
        """All closings of a year in UTC, ascending."""
        awal = date(tahun, 1, 1)
        hari = (awal + timedelta(days=n) for n in range((date(tahun + 1, 1, 1) - awal).days))
        return [self.tutup(tanggal).astimezone(UTC) for tanggal in hari if self.hari_kerja(tanggal)]
