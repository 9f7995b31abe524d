"""What the passing of time does to a file, and at which instant: reminders, escalation, lateness, lapse.

Pure: no ORM, no settings, no clock. `efek_tersisa` tells every effect that a file still has before it, each with
the closing at which it falls due and a key that is its identity: an effect whose key was worked off is not told
again, so that any number of sweeps, at any time, does each exactly once (reliability.md R6).

An instant of p percent is the closing floor(p x n / 100) of a span of n closings, pauses left out, as
perizinan/tenggat.py counts. Budgets and the ladder are data (perizinan/acuan/waktu.toml), editable, own proposal.
Source: sla.md section 2 (5-7), state_machine.csv rows 27-29, product.md "the clock".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from core.hari_kerja import Kalender
from perizinan import tenggat as aturan

#: A permit is signed or the file is over: the clock's own effects end.
_BERJALAN = frozenset(
    {
        "terdaftar",
        "verifikasi",
        "kajian_teknis",
        "penetapan_retribusi",
        "penyusunan_sk",
        "paraf_berjenjang",
        "menunggu_tanda_tangan",
        "usul_tolak",
    }
)
_MENUNGGU_PEMOHON = frozenset({"perbaikan_berkas", "perbaikan", "menunggu_pembayaran"})


class Lingkup(StrEnum):
    """What a rung of the ladder measures."""

    TAHAP = "tahap"
    BERKAS = "berkas"
    REKOMENDASI = "rekomendasi"


class Jenis(StrEnum):
    """Kinds of effects."""

    INGAT_TAHAP = "ingat_tahap"
    INGAT_BERKAS = "ingat_berkas"
    INGAT_REKOMENDASI = "ingat_rekom"
    LEWAT = "lewat"
    FIKTIF = "fiktif"
    INGAT_PEMOHON = "ingat_pemohon"
    GUGUR = "gugur"
    TINJAU_BESOK = "tinjau_besok"
    BELUM_DIAMBIL = "belum_diambil"


class Anak(NamedTuple):
    """One rung: at `persen` of the span (and so many working days later) this role is told."""

    lingkup: Lingkup
    persen: int
    tambah_hari: int
    kepada: str
    sms: bool


@dataclass(frozen=True, slots=True)
class Aturan:
    """The configuration in force."""

    tangga: tuple[Anak, ...] = ()
    anggaran: Mapping[str, int] = field(default_factory=dict)  # state -> percent of the SOP days
    ingat_pemohon: tuple[int, ...] = (50, 86)  # percent of the applicant's own limit: days 7 and 12 of 14
    belum_diambil: tuple[int, ...] = (5, 20)  # working days after the signature


@dataclass(frozen=True, slots=True)
class Diminta:
    """A recommendation that is asked for; `terbuka` until it is given or withdrawn."""

    pk: int
    unit: int
    diminta: datetime
    tenggat: datetime
    tinjau: datetime | None
    terbuka: bool


@dataclass(frozen=True, slots=True)
class Keadaan:
    """A file as far as time is concerned. `ke` numbers the log row by which it came into its state."""

    status: str
    ke: int
    sejak: datetime
    mulai: datetime | None = None
    hari: int | None = None
    tenggat: datetime | None = None
    jeda: tuple[aturan.Jeda, ...] = ()
    batas_periksa: datetime | None = None
    batas_pemohon: datetime | None = None
    tambahan_waktu: int = 0
    terbit: datetime | None = None
    fiktif: bool = False
    rekomendasi: tuple[Diminta, ...] = ()
    sudah: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class Efek:
    """One effect: due at `jatuh`; `tingkat` is its percent or its number of days; `kepada` a role or empty."""

    jatuh: datetime
    kunci: str
    jenis: Jenis
    tingkat: int = 0
    kepada: str = ""
    unit: int | None = None
    sms: bool = False


def efek_tersisa(k: Keadaan, a: Aturan, kalender: Kalender) -> list[Efek]:
    """Every effect that is still to come while the file stays as it is, the earliest first."""
    semua = [*_tahap(k, a, kalender), *_berkas(k, a, kalender), *_pemohon(k, a, kalender)]
    semua += [*_rekomendasi(k, a, kalender), *_sesudah_terbit(k, a, kalender)]
    return sorted(e for e in semua if e.kunci not in k.sudah)


def hari_tahap(persen: int, hari_sop: int) -> int:
    """Working days that a stage may take: its share of the SOP days, at least one where there is more than a day."""
    return max(min(1, hari_sop), round(persen * hari_sop / 100))


def _antara(awal: datetime, akhir: datetime, persen: int, kalender: Kalender) -> datetime:
    """The closing at `persen` of the closings between two instants."""
    mulai = kalender.indeks(awal)
    banyak = max(0, kalender.indeks(akhir) - mulai)
    return kalender.penutupan(mulai + banyak * persen // 100)


def _tambah(saat: datetime, hari: int, kalender: Kalender) -> datetime:
    """The closing `hari` working days after a closing; 0 leaves it."""
    return kalender.penutupan(kalender.indeks(saat) + hari) if hari else saat


def _tahap(k: Keadaan, a: Aturan, kalender: Kalender) -> Iterator[Efek]:
    """The stage's own budget. The completeness check has a limit of its own and is swept like a stage."""
    anak = [t for t in a.tangga if t.lingkup == Lingkup.TAHAP]
    if k.status == "diajukan" and k.batas_periksa is not None:
        for t in anak:
            saat = _tambah(_antara(k.sejak, k.batas_periksa, t.persen, kalender), t.tambah_hari, kalender)
            yield _ingat(Jenis.INGAT_TAHAP, f"tahap/{k.ke}", t, saat)
        return
    if k.status not in _BERJALAN or k.status not in a.anggaran or k.hari is None or k.tenggat is None:
        return
    hari = hari_tahap(a.anggaran[k.status], k.hari)
    for t in anak:
        saat = aturan.tenggat(k.sejak, hari * t.persen // 100, k.jeda, kalender)
        # A stage never outlives the file's own date.
        saat = _tambah(min(saat, k.tenggat), t.tambah_hari, kalender)
        yield _ingat(Jenis.INGAT_TAHAP, f"tahap/{k.ke}", t, saat)


def _ingat(jenis: Jenis, awalan: str, t: Anak, saat: datetime, unit: int | None = None) -> Efek:
    kunci = f"{awalan}/{t.persen}+{t.tambah_hari}/{t.kepada}"
    return Efek(saat, kunci, jenis, t.persen, t.kepada, unit, t.sms)


def _berkas(k: Keadaan, a: Aturan, kalender: Kalender) -> Iterator[Efek]:
    """The whole file: the ladder, then lateness (row 28) and what the law makes of it (row 29)."""
    if k.status not in _BERJALAN or k.mulai is None or k.hari is None or k.tenggat is None:
        return
    for t in a.tangga:
        if t.lingkup == Lingkup.BERKAS:
            saat = k.tenggat
            if t.persen < 100:
                saat = aturan.tenggat(k.mulai, k.hari * t.persen // 100, k.jeda, kalender)
            yield _ingat(Jenis.INGAT_BERKAS, "berkas", t, _tambah(saat, t.tambah_hari, kalender))
    yield Efek(k.tenggat, "lewat", Jenis.LEWAT)
    if k.fiktif:
        yield Efek(k.tenggat, "lewat/fiktif", Jenis.FIKTIF)


def _pemohon(k: Keadaan, a: Aturan, kalender: Kalender) -> Iterator[Efek]:
    """The applicant's own limit: reminders, then the lapse, never sooner than a working day after the last one."""
    if k.status not in _MENUNGGU_PEMOHON or k.batas_pemohon is None:
        return
    awalan = f"pemohon/{k.ke}.{k.tambahan_waktu}"
    ingatan = [
        Efek(_antara(k.sejak, k.batas_pemohon, p, kalender), f"{awalan}/{p}", Jenis.INGAT_PEMOHON, p)
        for p in a.ingat_pemohon
    ]
    yield from ingatan
    gugur = k.batas_pemohon
    if ingatan:
        if ingatan[-1].kunci not in k.sudah:
            return  # the lapse has no date before the applicant was reminded
        gugur = max(gugur, _tambah(k.sudah[ingatan[-1].kunci], 1, kalender))
    yield Efek(gugur, f"{awalan}/gugur", Jenis.GUGUR)


def _rekomendasi(k: Keadaan, a: Aturan, kalender: Kalender) -> Iterator[Efek]:
    """Each SKPD's own time while the file's clock runs, and the working day before a visit."""
    if k.status not in {"kajian_teknis", "perbaikan"}:
        return
    for r in k.rekomendasi:
        if not r.terbuka:
            continue
        if k.status == "kajian_teknis":
            banyak = max(0, kalender.indeks(r.tenggat) - kalender.indeks(r.diminta))
            for t in a.tangga:
                if t.lingkup == Lingkup.REKOMENDASI:
                    saat = aturan.tenggat(r.diminta, banyak * t.persen // 100, k.jeda, kalender)
                    awalan = f"rekomendasi/{r.pk}.{r.tenggat:%Y%m%d}"
                    yield _ingat(Jenis.INGAT_REKOMENDASI, awalan, t, _tambah(saat, t.tambah_hari, kalender), r.unit)
        if r.tinjau is not None:
            hari = kalender.setempat(r.tinjau).date()
            kunci = f"tinjau/{r.pk}.{r.tinjau:%Y%m%d%H%M}"
            yield Efek(kalender.buka(_hari_kerja_sebelum(hari, kalender)), kunci, Jenis.TINJAU_BESOK, r.pk)


def _hari_kerja_sebelum(hari: date, kalender: Kalender) -> date:
    while True:
        hari -= timedelta(days=1)
        if kalender.hari_kerja(hari):
            return hari


def _sesudah_terbit(k: Keadaan, a: Aturan, kalender: Kalender) -> Iterator[Efek]:
    """A permit that nobody collected."""
    if k.status != "terbit" or k.terbit is None:
        return
    for hari in a.belum_diambil:
        saat = kalender.penutupan(kalender.indeks(k.terbit) + hari)
        yield Efek(saat, f"belum_diambil/{hari}", Jenis.BELUM_DIAMBIL, hari)
