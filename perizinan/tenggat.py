"""The service clock: when it starts, when it is due, how many days it has used, and why, line by line.

hari_terpakai = closings of the office on working days that pass while the clock runs. All intervals are
half-open: a closing counts when start <= closing < end, so an act at exactly 16.00.00 is still in time. The
due instant is the (hari+1)-th counted closing; the start day's own closing is the first. A file is late if
and only if hari_terpakai > hari. The clock pauses only while the next act is the applicant's.

Pure: no ORM, no settings, no clock. Every instant is aware; the calendar is `core.hari_kerja.Kalender`.
Source: Tabel 3.2.1 (Kepwal 060/Kep.506-BPPT/XII/2012, hari kerja); Permendagri 24/2006.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from core.hari_kerja import SENIN_JUMAT, Kalender

#: A longer limit is taken for a typing error.
HARI_MAKS = 10_000
_SEHARI = timedelta(days=1)
_Selang = tuple[datetime, datetime]


def gettext_noop(teks: str) -> str:
    """Mark a sentence for the catalogue and return it; Django's own needs settings, this module has none."""
    return teks


LIBUR = gettext_noop("Libur: %(sebab)s")
AKHIR_PEKAN = gettext_noop("Akhir pekan")
BUKAN_HARI_LAYANAN = gettext_noop("Bukan hari layanan")
LEWAT_LOKET = gettext_noop(
    "Diterima pukul %(jam)s, sesudah batas loket pukul %(batas)s: hitungan mulai hari kerja berikutnya"
)
BELUM_MULAI = gettext_noop("Hitungan belum mulai")
BERHENTI = gettext_noop("Hitungan berhenti: menunggu Anda")
DIHITUNG = gettext_noop("Hari kerja ke-%(ke)d dari %(hari)d")
LEWAT_BATAS = gettext_noop("Hari kerja ke-%(ke)d, lewat dari batas %(hari)d hari kerja")
SELESAI = gettext_noop("Selesai pukul %(jam)s, belum lewat jam tutup pukul %(tutup)s: hari ini tidak dihitung")
SUDAH_SELESAI = gettext_noop("Sudah selesai")
BATAS_TERCAPAI = gettext_noop("Batas waktu pukul %(tutup)s; sudah selesai lebih dulu")
BATAS_TERLEWATI = gettext_noop(
    "Batas waktu pukul %(tutup)s terlewati: hari kerja ke-%(ke)d, padahal batasnya %(hari)d"
)
BATAS_WAKTU = gettext_noop("Batas waktu: selambat-lambatnya pukul %(tutup)s")
BELUM_LEWAT = gettext_noop("Hari kerja ke-%(ke)d dari %(hari)d, belum lewat")


@dataclass(frozen=True, slots=True)
class Jeda:
    """A time in which the next act was the applicant's: mulai <= t < selesai; selesai None means still open.

    Raises ValueError when it ends before it starts or an instant has no zone.
    """

    mulai: datetime
    selesai: datetime | None = None

    def __post_init__(self) -> None:
        if self.mulai.tzinfo is None or (self.selesai is not None and self.selesai.tzinfo is None):
            raise ValueError("Waktu jeda harus menyebut zonanya.")
        if self.selesai is not None and self.selesai < self.mulai:
            raise ValueError("Jeda berakhir sebelum dimulai.")


@dataclass(frozen=True, slots=True)
class Baris:
    """One date of the arithmetic. `pola` is an Indonesian msgid, so that a page can show it in English."""

    tanggal: date
    dihitung: bool
    pola: str
    isian: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def alasan(self) -> str:
        """The reason in plain Indonesian."""
        return self.pola % self.isian


@dataclass(frozen=True, slots=True)
class Hitungan:
    """The whole arithmetic: `baris` has one line a date, and as many counted ones as `hari_terpakai`."""

    mulai: datetime
    tenggat: datetime
    hari: int
    hari_terpakai: int
    tepat_waktu: bool
    baris: tuple[Baris, ...]


class Rentang(NamedTuple):
    """The clock's life as the log tells it; `mulai` None: not started, `henti` None: not ended."""

    mulai: datetime | None
    jeda: tuple[Jeda, ...]
    henti: datetime | None


def mulai_efektif(lengkap: datetime, kalender: Kalender) -> datetime:
    """A file accepted up to the loket's cut-off starts then (not before opening), else at the next opening.

    15.00.00 itself is in time. Applying it twice changes nothing.
    """
    lengkap = kalender.setempat(lengkap)
    hari = lengkap.date()
    if kalender.hari_kerja(hari) and lengkap <= kalender.batas_loket(hari):
        return max(lengkap, kalender.buka(hari))
    return kalender.buka(kalender.hari_kerja_ke(hari, 1))


def tenggat(
    mulai: datetime, hari: int, jeda: Iterable[Jeda], kalender: Kalender, *, kini: datetime | None = None
) -> datetime:
    """The due instant: the (hari+1)-th closing from `mulai` on that lies in no pause.

    An open pause lasts until `kini`. Raises ValueError for an open pause without `kini`, or a limit outside
    0..HARI_MAKS.
    """
    jeda = list(jeda)
    if kini is None and any(selang.selesai is None for selang in jeda):
        raise ValueError("Jeda yang masih terbuka memerlukan waktu kini.")
    return _jatuh_tempo(mulai, hari, _gabung(jeda, kini or mulai), kalender)


def hari_kotor(mulai: datetime, sampai: datetime, kalender: Kalender) -> int:
    """Working days from the start of the clock to an instant, the applicant's own time included; never below 0."""
    return max(0, kalender.indeks(sampai) - kalender.indeks(mulai))


def hari_terpakai(mulai: datetime, jeda: Iterable[Jeda], sampai: datetime, kalender: Kalender) -> int:
    """Closings with mulai <= closing < sampai that lie in no pause; an open pause lasts until `sampai`.

    Raises ValueError when `sampai` is before `mulai`.
    """
    if sampai < mulai:
        raise ValueError("Akhir hitungan sebelum mulainya.")
    awal, akhir = kalender.indeks(mulai), kalender.indeks(sampai)
    terpakai = akhir - awal
    for a, b in _gabung(jeda, sampai):
        terpakai -= max(0, min(kalender.indeks(b), akhir) - max(kalender.indeks(a), awal))
    return terpakai


def batas_hari_kerja(sejak: datetime, hari: int, kalender: Kalender) -> datetime:
    """The limit of an act that has `hari` working days from an instant: by the same counting, without pauses.

    The instant goes through the cut-off rule first. Used for the completeness check and the applicant's acts.
    """
    return tenggat(mulai_efektif(sejak, kalender), hari, (), kalender)


def mulai_dari_batas(diajukan: datetime, didaftarkan: datetime, batas_hari: int, kalender: Kalender) -> datetime:
    """The clock starts at registration, at the latest at the limit of the completeness check.

    The cut-off rule applies to both, so nobody can delay the start by registering late.
    Raises ValueError when the file is registered before it was filed.
    """
    if didaftarkan < diajukan:
        raise ValueError("Berkas didaftarkan sebelum diajukan.")
    batas = batas_hari_kerja(diajukan, batas_hari, kalender)
    return mulai_efektif(min(didaftarkan, batas), kalender)


def rentang(peristiwa: Iterable[tuple[str, datetime]]) -> Rentang:
    """Fold the log into the clock's life. `peristiwa` are (efek, pada) in the order of the log.

    efek: mulai (a later one starts anew), jeda, lanjut, henti; jalan and "" leave the clock alone. A time
    between henti and the next lanjut or jeda is a pause: reopening a file keeps the days it had used. `pada`
    is when the effect takes place (a payment's bank date), so a lanjut may lie before its pause: then the
    pause was empty. Raises ValueError for another efek.
    """
    mulai: datetime | None = None
    jeda: list[Jeda] = []
    sejak: datetime | None = None  # start of the open pause
    henti: datetime | None = None
    for efek, pada in peristiwa:
        if efek == "mulai":
            mulai, jeda, sejak, henti = pada, [], None, None
        elif efek == "jeda":
            sejak, henti = sejak or henti or pada, None
        elif efek in ("lanjut", "henti"):
            awal = sejak or henti
            if awal is not None and awal < pada:
                jeda.append(Jeda(awal, pada))
            sejak, henti = None, pada if efek == "henti" else None
        elif efek not in ("jalan", ""):
            raise ValueError(f"Efek jam tidak dikenal: {efek!r}")
    if sejak is not None:
        jeda.append(Jeda(sejak))
    return Rentang(mulai, tuple(jeda), henti)


def hitung(
    lengkap: datetime,
    hari: int,
    jeda: Iterable[Jeda],
    kalender: Kalender,
    *,
    terbit: datetime | None = None,
    kini: datetime | None = None,
    mulai: datetime | None = None,
) -> Hitungan:
    """The whole arithmetic of a file that was complete and correct at `lengkap`, as of `terbit`, else `kini`.

    `mulai` overrules the start where the completeness limit set it. What of a pause lies outside the clock's
    life counts nothing. The lines go from the first of `lengkap` and the start to the last of the due date
    and the end; a line is counted if its closing is one of hari_terpakai.
    Raises ValueError when the end is before `lengkap`, or neither end is given.
    """
    sampai = terbit or kini
    if sampai is None:
        raise ValueError("Sebutkan waktu terbit atau waktu kini.")
    if sampai < lengkap:
        raise ValueError("Waktu akhir sebelum berkas lengkap dan benar.")
    mulai = mulai or mulai_efektif(lengkap, kalender)
    sampai = max(sampai, mulai)
    selang = _gabung(jeda, sampai)
    if terbit is not None:
        selang = [(a, min(b, sampai)) for a, b in selang if a < sampai]
    jatuh_tempo = _jatuh_tempo(mulai, hari, selang, kalender)
    terpakai = hari_terpakai(mulai, [Jeda(a, b) for a, b in selang], sampai, kalender)
    peta = _Peta(kalender, lengkap, mulai, sampai, terbit, jatuh_tempo, hari, selang)
    return Hitungan(mulai, jatuh_tempo, hari, terpakai, terpakai <= hari, tuple(peta.baris()))


def _gabung(jeda: Iterable[Jeda], akhir: datetime) -> list[_Selang]:
    """Pauses as disjoint, ascending intervals; an open one lasts until `akhir`, empty ones are dropped."""
    selang: list[_Selang] = []
    for a, b in sorted((j.mulai, j.selesai or akhir) for j in jeda):
        if b <= a:
            continue
        if selang and a <= selang[-1][1]:
            selang[-1] = (selang[-1][0], max(b, selang[-1][1]))
        else:
            selang.append((a, b))
    return selang


def _jatuh_tempo(mulai: datetime, hari: int, selang: list[_Selang], kalender: Kalender) -> datetime:
    """Closing number `hari` from `mulai` on, every pause pushing it on by the closings that it swallows."""
    if not 0 <= hari <= HARI_MAKS:
        raise ValueError(f"Batas hari harus 0 sampai {HARI_MAKS}.")
    awal = kalender.indeks(mulai)
    nomor = awal + hari
    for a, b in selang:
        dari = max(kalender.indeks(a), awal)
        if dari > nomor:
            break
        nomor += max(0, kalender.indeks(b) - dari)
    return kalender.penutupan(nomor)


@dataclass(slots=True)
class _Peta:
    """Writes the lines of one calculation; `ke` is the number of the working day last met."""

    kalender: Kalender
    lengkap: datetime
    mulai: datetime
    sampai: datetime
    terbit: datetime | None
    tenggat: datetime
    hari: int
    selang: list[_Selang]
    ke: int = 0

    def baris(self) -> Iterator[Baris]:
        """One line a date, in order."""
        hari = self._tanggal(min(self.lengkap, self.mulai))
        akhir = self._tanggal(max(self.sampai, self.tenggat))
        while hari <= akhir:
            yield self._tutup_kantor(hari) or self._hari_kerja(hari, self.kalender.tutup(hari))
            hari += _SEHARI

    def _tanggal(self, saat: datetime) -> date:
        return self.kalender.setempat(saat).date()

    def _jam(self, saat: datetime) -> str:
        return f"{self.kalender.setempat(saat):%H.%M}"

    def _tutup_kantor(self, hari: date) -> Baris | None:
        """The line of a day on which the office is closed, or None."""
        if self.kalender.hari_kerja(hari):
            return None
        if hari in self.kalender.libur:
            return Baris(hari, False, LIBUR, {"sebab": self.kalender.libur[hari]})
        return Baris(hari, False, BUKAN_HARI_LAYANAN if hari.weekday() in SENIN_JUMAT else AKHIR_PEKAN)

    def _hari_kerja(self, hari: date, tutup: datetime) -> Baris:
        """The line of a working day, told by what its closing meets."""
        if tutup < self.mulai:
            if hari != self._tanggal(self.lengkap):
                return Baris(hari, False, BELUM_MULAI)
            batas = self._jam(self.kalender.batas_loket(hari))
            return Baris(hari, False, LEWAT_LOKET, {"jam": self._jam(self.lengkap), "batas": batas})
        if any(a <= tutup < b for a, b in self.selang):
            return Baris(hari, False, BERHENTI)
        self.ke += 1
        jatuh_tempo = hari == self._tanggal(self.tenggat)
        isian: dict[str, str | int] = {"ke": self.ke, "hari": self.hari, "tutup": self._jam(tutup)}
        if tutup >= self.sampai:
            return Baris(hari, False, self._belum_dihitung(hari, jatuh_tempo), isian | self._isian_selesai())
        if jatuh_tempo:
            return Baris(hari, True, BATAS_TERLEWATI, isian)
        return Baris(hari, True, DIHITUNG if self.ke <= self.hari else LEWAT_BATAS, isian)

    def _belum_dihitung(self, hari: date, jatuh_tempo: bool) -> str:
        """Why a closing from the end of the clock's life on is not counted."""
        if self.terbit is None:
            return BATAS_WAKTU if jatuh_tempo else BELUM_LEWAT
        if hari == self._tanggal(self.terbit):
            return SELESAI
        return BATAS_TERCAPAI if jatuh_tempo else SUDAH_SELESAI

    def _isian_selesai(self) -> dict[str, str]:
        return {"jam": self._jam(self.terbit)} if self.terbit is not None else {}
