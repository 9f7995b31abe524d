"""The ledger of a file's time: who held it, from when to when, and which of those days counted.

The file always has one holder (a role), so the stages of a file follow each other without a hole and without
an overlap; SKPD that advise in parallel are told apart in rows of their own (`sejajar`), beside that sum. Every
interval is cut where the clock starts, stops, resumes and ends, so it is wholly one of

* belum: before the clock starts (the completeness check in time);
* jalan: the clock runs; the closings of these intervals add up to hari_terpakai of perizinan/tenggat.py;
* jeda: the next act is the applicant's;
* sesudah: the clock has ended (a signed permit that waits to be handed over).

An act counts for its holder when it was done, for the clock when it takes effect: between the bank's date and
the entry of a payment the clock runs and the bendahara holds the file (sla.md section 2, no. 5 and 6).

Pure: no ORM, no settings, no clock. Every instant is aware; the calendar is `core.hari_kerja.Kalender`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from core.hari_kerja import Kalender
from perizinan import tenggat as aturan

BELUM, JALAN, JEDA, SESUDAH = "belum", "jalan", "jeda", "sesudah"
PEMOHON, SKPD, KABID = "pemohon", "tim_teknis", "kabid"

DIAJUKAN, KAJIAN = "diajukan", "kajian_teknis"
#: Who holds the file in each state; a state that is not here ends the ledger.
PEMEGANG: Mapping[str, str] = {
    "draf": PEMOHON,  # taken back by the applicant after filing
    DIAJUKAN: "loket",
    "perbaikan_berkas": PEMOHON,
    "terdaftar": "back_office",
    "verifikasi": "back_office",
    KAJIAN: SKPD,
    "perbaikan": PEMOHON,
    "penetapan_retribusi": "back_office",
    "menunggu_pembayaran": PEMOHON,
    "penyusunan_sk": "back_office",
    "paraf_berjenjang": KABID,
    "menunggu_tanda_tangan": "penandatangan",
    "usul_tolak": "penandatangan",
    "terbit": "loket",
}
#: A paused state while the clock already runs again: the applicant has acted, this desk has not recorded it yet.
PENCATAT: Mapping[str, tuple[str, str]] = {
    "menunggu_pembayaran": ("pencatatan_pembayaran", "bendahara"),
    "perbaikan": ("pencatatan_perbaikan", "loket"),
}
#: Time of the package before this member of it was filed (docs/keputusan/0006-paket.md).
PAKET = "paket"
#: The states in which a recommendation can be acted on; outside of them an SKPD holds nothing.
_DIKAJI = frozenset({KAJIAN, "perbaikan"})
#: Stages whose limit begins anew each time they are entered; the others have one budget for all their visits.
_BATAS_BARU = frozenset({DIAJUKAN})
_MENIT = timedelta(minutes=1)

Jatah = Mapping[tuple[str, str], int]
_Rentang = tuple[datetime, datetime]


class Peristiwa(NamedTuple):
    """One row of the log: `objek` "" is the file, else `rekomendasi:7`; `ke` the state it came to."""

    objek: str
    ke: str
    pada: datetime
    jam: str
    berlaku: datetime


class Permintaan(NamedTuple):
    """One SKPD that was asked, under the name that its acts bear in the log; `jatah` its own working days."""

    objek: str
    unit: str
    diminta: datetime
    jatah: int | None = None


@dataclass(frozen=True, slots=True)
class Selang:
    """Half-open time in one hand. `hari`, `menit`: closings and office minutes; `_bersih`: while the clock ran."""

    tahap: str
    peran: str
    unit: str
    keadaan: str
    mulai: datetime
    selesai: datetime
    hari: int
    hari_bersih: int
    menit: int
    menit_bersih: int

    @property
    def kotor(self) -> timedelta:
        """Calendar time."""
        return self.selesai - self.mulai

    @property
    def kunci(self) -> tuple[str, str, str]:
        """The row that it belongs to."""
        return self.tahap, self.peran, self.unit


@dataclass(frozen=True, slots=True)
class Baris:
    """All intervals of one stage in one hand, summed. `terlama` is what the budget is held against.

    `terlama`: the longest visit by the counting of its own limit (cut-off rule, pauses out) where a limit begins
    anew with each visit (completeness check, an SKPD's request), else hari_bersih. `sejajar`: an SKPD's own time,
    which is contained in the stage's and not added to it. `kini`: the file is in this hand now.
    """

    tahap: str
    peran: str
    unit: str
    sejajar: bool
    kini: bool
    kotor: timedelta
    hari: int
    hari_bersih: int
    menit: int
    menit_bersih: int
    terlama: int
    jatah: int | None

    @property
    def lewat(self) -> int:
        """Working days beyond the budget; 0 without one."""
        return max(0, self.terlama - self.jatah) if self.jatah is not None else 0


@dataclass(frozen=True, slots=True)
class Buku:
    """The ledger up to `sampai`: `selang` covers it without hole or overlap, `sejajar` lies beside it."""

    sampai: datetime
    tutup: bool
    selang: tuple[Selang, ...]
    sejajar: tuple[Selang, ...]
    baris: tuple[Baris, ...]

    @property
    def hari_terpakai(self) -> int:
        """The clock's days: the sum over the file's stages."""
        return sum(s.hari_bersih for s in self.selang)

    @property
    def menit_bersih(self) -> int:
        """Office minutes while the clock ran."""
        return sum(s.menit_bersih for s in self.selang)


def susun(
    peristiwa: Iterable[Peristiwa],
    *,
    kini: datetime,
    kalender: Kalender,
    permintaan: Iterable[Permintaan] = (),
    unit: Mapping[str, str] | None = None,
    jatah: Jatah | None = None,
) -> Buku:
    """The ledger of the log up to `kini`; rows of the log after it must be left out by the caller.

    `unit` names the unit of a role (the SKPD's stand in `permintaan`); `jatah` gives working days for
    (stage, unit), or (stage, "") for whatever unit. A file that was never filed has an empty ledger.
    """
    log = list(peristiwa)
    minta = list(permintaan)
    jam = _Jam(aturan.rentang((p.jam, p.berlaku) for p in log if not p.objek and p.jam), kini)
    keadaan, tutup = _keadaan([p for p in log if not p.objek], kini)
    akhir = keadaan[-1].selesai if keadaan else kini
    terbuka = {m.objek: _terbuka(m, log, akhir) for m in minta}
    pencatat = _Penyusun(kalender, jam, unit or {})
    selang = pencatat.gabung(pencatat.berkas(keadaan, terbuka))
    sejajar = [s for m in minta for s in pencatat.gabung(pencatat.dinas(m, terbuka[m.objek], keadaan))]
    batas = dict(jatah or {})
    baris = [
        *pencatat.baris(selang, akhir, tutup, batas),
        *pencatat.baris_dinas(sejajar, akhir, tutup, minta, batas),
    ]
    return Buku(akhir, tutup, tuple(selang), tuple(sejajar), tuple(_dinas_di_bawah_tahapnya(baris)))


class _Keadaan(NamedTuple):
    status: str
    mulai: datetime
    selesai: datetime


def _keadaan(log: list[Peristiwa], kini: datetime) -> tuple[list[_Keadaan], bool]:
    """The file's states from its first filing on, and whether the last one ends the ledger.

    An act that bears an earlier time than the one before it (a machine's clock was set back) takes that time.
    """
    awal = next((n for n, p in enumerate(log) if p.ke == DIAJUKAN), None)
    if awal is None:
        return [], False
    hasil: list[_Keadaan] = []
    status, sejak = log[awal].ke, log[awal].pada
    for p in log[awal + 1 :]:
        pada = max(sejak, p.pada)
        if p.ke != status:
            hasil.append(_Keadaan(status, sejak, pada))
            status, sejak = p.ke, pada
    if status in PEMEGANG:
        return [*hasil, _Keadaan(status, sejak, max(sejak, kini))], False
    return hasil, True


def _terbuka(minta: Permintaan, log: list[Peristiwa], akhir: datetime) -> list[_Rentang]:
    """When a request was open: from the request, or from being asked again, until it is given or withdrawn."""
    hasil: list[_Rentang] = []
    sejak: datetime | None = minta.diminta
    for p in log:
        if p.objek != minta.objek:
            continue
        if p.ke in {"diberikan", "ditarik"}:
            if sejak is not None:
                hasil.append((sejak, p.pada))
            sejak = None
        elif p.ke == "diminta" and sejak is None:
            sejak = p.pada
    if sejak is not None:
        hasil.append((sejak, akhir))
    return [(a, b) for a, b in hasil if a < b]


class _Jam:
    """The clock's life, asked for its state at an instant."""

    def __init__(self, rentang: aturan.Rentang, kini: datetime) -> None:
        self.mulai = rentang.mulai
        self.henti = rentang.henti
        self.jeda = sorted((j.mulai, j.selesai or kini) for j in rentang.jeda)
        titik = {t for t in (self.mulai, self.henti) if t is not None}
        self.batas = sorted(titik.union(*self.jeda))

    def pada(self, saat: datetime) -> str:
        """One of BELUM, JALAN, JEDA, SESUDAH."""
        if any(a <= saat < b for a, b in self.jeda):
            return JEDA
        if self.mulai is None or saat < self.mulai:
            return BELUM if self.henti is None or saat < self.henti else SESUDAH
        return SESUDAH if self.henti is not None and saat >= self.henti else JALAN

    def potong(self, mulai: datetime, selesai: datetime, lain: Iterable[datetime] = ()) -> Iterator[_Rentang]:
        """The parts of an interval, cut at every change of the clock and at the instants `lain`."""
        titik = [mulai, *sorted({t for t in (*self.batas, *lain) if mulai < t < selesai}), selesai]
        return ((a, b) for a, b in pairwise(titik) if a < b)


@dataclass(frozen=True, slots=True)
class _Penyusun:
    """Writes intervals and rows for one calendar and one clock."""

    kalender: Kalender
    jam: _Jam
    unit: Mapping[str, str]

    def berkas(self, keadaan: list[_Keadaan], terbuka: Mapping[str, list[_Rentang]]) -> Iterator[Selang]:
        """The file's own intervals, in order."""
        if keadaan and self.jam.mulai is not None and self.jam.mulai < keadaan[0].mulai:
            for a, b in self.jam.potong(self.jam.mulai, keadaan[0].mulai):
                yield self._selang(PAKET, PEMOHON, "", a, b)
        ujung = [t for daftar in terbuka.values() for r in daftar for t in r]
        for k in keadaan:
            for a, b in self.jam.potong(k.mulai, k.selesai, ujung if k.status == KAJIAN else ()):
                tahap, peran = self._pemegang(k.status, a, terbuka)
                yield self._selang(tahap, peran, self.unit.get(peran, ""), a, b)

    def _pemegang(self, status: str, saat: datetime, terbuka: Mapping[str, list[_Rentang]]) -> tuple[str, str]:
        """Stage and role at an instant of a state."""
        if status in PENCATAT and self.jam.pada(saat) != JEDA:
            return PENCATAT[status]
        if status == KAJIAN and not any(a <= saat < b for daftar in terbuka.values() for a, b in daftar):
            return KAJIAN, KABID  # all are in and one refuses, or all were withdrawn
        return status, PEMEGANG[status]

    def dinas(self, minta: Permintaan, terbuka: list[_Rentang], keadaan: list[_Keadaan]) -> Iterator[Selang]:
        """One SKPD's intervals: its request was open and the file was where it can be acted on."""
        for a, b in terbuka:
            for k in keadaan:
                if k.status in _DIKAJI:
                    for c, d in self.jam.potong(max(a, k.mulai), min(b, k.selesai)):
                        yield self._selang(KAJIAN, SKPD, minta.unit, c, d)

    def _selang(self, tahap: str, peran: str, unit: str, mulai: datetime, selesai: datetime) -> Selang:
        keadaan = self.jam.pada(mulai)
        hari = self.kalender.indeks(selesai) - self.kalender.indeks(mulai)
        menit = menit_kantor(mulai, selesai, self.kalender)
        bersih = (hari, menit) if keadaan == JALAN else (0, 0)
        return Selang(tahap, peran, unit, keadaan, mulai, selesai, hari, bersih[0], menit, bersih[1])

    def gabung(self, daftar: Iterable[Selang]) -> list[Selang]:
        """Neighbours in the same hand and state of the clock become one interval."""
        hasil: list[Selang] = []
        for s in daftar:
            lama = hasil[-1] if hasil else None
            if lama and (lama.kunci, lama.keadaan, lama.selesai) == (s.kunci, s.keadaan, s.mulai):
                hasil[-1] = self._selang(*s.kunci, lama.mulai, s.selesai)
            else:
                hasil.append(s)
        return hasil

    def baris(self, selang: list[Selang], akhir: datetime, tutup: bool, jatah: Jatah) -> list[Baris]:
        """One row for each stage and hand, in the order of their first day."""
        kelompok: dict[tuple[str, str, str], list[Selang]] = {}
        for s in selang:
            kelompok.setdefault(s.kunci, []).append(s)
        return [
            self._baris(isi, jatah.get((t, u), jatah.get((t, ""))), isi[-1].selesai == akhir and not tutup)
            for (t, _p, u), isi in kelompok.items()
        ]

    def baris_dinas(
        self, sejajar: list[Selang], akhir: datetime, tutup: bool, minta: list[Permintaan], jatah: Jatah
    ) -> list[Baris]:
        """One row for each SKPD, with its own working days unless `jatah` says otherwise."""
        sendiri = {m.unit: m.jatah for m in minta}
        kelompok: dict[str, list[Selang]] = {}
        for s in sejajar:
            kelompok.setdefault(s.unit, []).append(s)
        return [
            self._baris(isi, jatah.get((KAJIAN, u), sendiri[u]), isi[-1].selesai == akhir and not tutup, sejajar=True)
            for u, isi in kelompok.items()
        ]

    def _baris(self, isi: list[Selang], jatah: int | None, kini: bool, *, sejajar: bool = False) -> Baris:
        bersih = sum(s.hari_bersih for s in isi)
        per_kunjungan = sejajar or isi[0].tahap in _BATAS_BARU
        return Baris(
            *isi[0].kunci,
            sejajar=sejajar,
            kini=kini,
            kotor=sum((s.kotor for s in isi), timedelta(0)),
            hari=sum(s.hari for s in isi),
            hari_bersih=bersih,
            menit=sum(s.menit for s in isi),
            menit_bersih=sum(s.menit_bersih for s in isi),
            terlama=max(self._kunjungan(isi)) if per_kunjungan else bersih,
            jatah=jatah,
        )

    def _kunjungan(self, isi: list[Selang]) -> Iterator[int]:
        """Days of each visit by the counting of a limit: from the cut-off rule's start on, pauses out."""
        sejak, jeda = isi[0].mulai, list[aturan.Jeda]()
        for s, berikut in zip(isi, [*isi[1:], None], strict=True):
            if s.keadaan == JEDA:
                jeda.append(aturan.Jeda(s.mulai, s.selesai))
            if berikut is None or berikut.mulai != s.selesai:
                mulai = aturan.mulai_efektif(sejak, self.kalender)
                yield aturan.hari_terpakai(mulai, jeda, max(mulai, s.selesai), self.kalender)
                if berikut is not None:
                    sejak, jeda = berikut.mulai, []


def menit_kantor(mulai: datetime, selesai: datetime, kalender: Kalender) -> int:
    """Whole minutes of opening hours on working days with mulai <= t < selesai."""
    jumlah = timedelta(0)
    nomor = kalender.indeks(mulai)
    while True:
        tutup = kalender.penutupan(nomor)
        buka = kalender.buka(tutup.date())
        if buka >= selesai:
            return jumlah // _MENIT
        jumlah += max(timedelta(0), min(tutup, selesai) - max(buka, mulai))
        nomor += 1


def _dinas_di_bawah_tahapnya(baris: list[Baris]) -> Iterator[Baris]:
    """The SKPD's rows stand right under the row of the stage that contains them."""
    dinas = [b for b in baris if b.sejajar]
    berkas = [b for b in baris if not b.sejajar]
    letak = next((n for n, b in enumerate(berkas) if b.peran == SKPD), len(berkas) - 1)
    yield from (*berkas[: letak + 1], *dinas, *berkas[letak + 1 :])
