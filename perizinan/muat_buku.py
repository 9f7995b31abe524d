"""Loads what the time ledger and the arithmetic of a due date are derived from: the log, and nothing else.

Page, API and paper all start from `rincian`, so that they show the same numbers; a paper says them as of the
instant at which it was ordered, whatever happened to the file since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Q, QuerySet

from accounts.enums import Peran
from core.hari_kerja import Kalender
from core.kalender import kalender_berlaku, kalender_versi
from core.models import VersiKalender
from perizinan import buku_waktu
from perizinan import kata_waktu as kata
from perizinan import tenggat as aturan
from perizinan.enums import Jam
from perizinan.models import Permohonan, Rekomendasi, Riwayat

UKURAN = 2000
#: Rows of the log that are about the file itself or one of its recommendations.
_SEBERKAS = Q(objek="") | Q(objek__startswith="rekomendasi:")
_KOLOM = ("objek", "ke", "pada", "jam", "berlaku_pada")


@dataclass(frozen=True, slots=True)
class BarisTampil:
    """One row of the ledger with the words for its stage and desk."""

    tahap: str
    meja: str
    isi: buku_waktu.Baris

    @property
    def lama(self) -> str:
        """Office hours while the clock ran."""
        return kata.jam_menit(self.isi.menit_bersih)

    @property
    def batas(self) -> str:
        """The budget in words; empty without one."""
        return kata.hari_kerja(self.isi.jatah) if self.isi.jatah is not None else ""


@dataclass(frozen=True, slots=True)
class SelangTampil:
    """One interval of the ledger with the words for its stage, desk and state."""

    tahap: str
    meja: str
    keadaan: str
    isi: buku_waktu.Selang


@dataclass(frozen=True, slots=True)
class Rincian:
    """Everything about a file's time as of an instant; `hitungan` is None before registration."""

    pada: datetime
    hitungan: aturan.Hitungan | None
    buku: buku_waktu.Buku
    nama_unit: Mapping[str, str]

    def _meja(self, satu: buku_waktu.Baris | buku_waktu.Selang) -> str:
        return kata.nama_meja(satu.peran, self.nama_unit.get(satu.unit, ""))

    @property
    def baris(self) -> list[BarisTampil]:
        """The ledger's rows in the reader's language."""
        return [BarisTampil(kata.nama_tahap(b.tahap, b.peran), self._meja(b), b) for b in self.buku.baris]

    @property
    def selang(self) -> list[SelangTampil]:
        """Who held the file, one after the other, in the reader's language."""
        return [
            SelangTampil(kata.nama_tahap(s.tahap, s.peran), self._meja(s), kata.nama_keadaan(s.keadaan), s)
            for s in self.buku.selang
        ]

    @property
    def lama(self) -> str:
        """Office hours while the clock ran, all stages together."""
        return kata.jam_menit(self.buku.menit_bersih)

    @property
    def batas(self) -> str:
        """The service's limit in words; empty before registration."""
        return kata.hari_kerja(self.hitungan.hari) if self.hitungan else ""


def rincian(
    permohonan: Permohonan,
    kini: datetime,
    *,
    kalender: Kalender | None = None,
    jatah: buku_waktu.Jatah | None = None,
) -> Rincian:
    """Arithmetic and ledger of a file as its log stood at `kini`.

    A file whose clock has ended keeps the calendar that was in force then. `jatah` adds working days for
    (stage, unit); the completeness limit and each recommendation's own days are always there.
    """
    log = [buku_waktu.Peristiwa(*b) for b in _log(permohonan, kini)]
    rentang = aturan.rentang((p.jam, p.berlaku) for p in log if not p.objek and p.jam)
    if kalender is None:
        kalender = kalender_pada(rentang.henti) if rentang.henti else kalender_berlaku()
    minta = list(
        permohonan.rekomendasi.filter(diminta_pada__lte=kini)
        .order_by("pk")
        .values_list("pk", "skpd__kode", "skpd__nama_pendek", "skpd__nama", "diminta_pada", "hari_kerja")
    )
    bidang, penerbit = permohonan.bidang, permohonan.unit_penerbit
    buku = buku_waktu.susun(
        log,
        kini=kini,
        kalender=kalender,
        permintaan=[buku_waktu.Permintaan(f"rekomendasi:{pk}", u, pada, h) for pk, u, _p, _n, pada, h in minta],
        unit=_unit(bidang.kode, penerbit.kode),
        jatah={(buku_waktu.DIAJUKAN, ""): permohonan.versi_layanan.batas_periksa_hari} | dict(jatah or {}),
    )
    nama = {b.kode: b.nama_pendek or b.nama for b in (bidang, penerbit)}
    nama |= {kode: pendek or panjang for _pk, kode, pendek, panjang, _pada, _hari in minta}
    return Rincian(kini, _hitungan(permohonan, rentang, kini, kalender), buku, nama)


def buku_banyak(
    daftar: QuerySet[Permohonan], kini: datetime, jatah: buku_waktu.Jatah | None = None
) -> Iterator[buku_waktu.Buku]:
    """The ledgers of many files in a few queries; each with the calendar that was in force when it ended."""
    kunci = daftar.order_by().values("pk")
    log = (
        Riwayat.objects.filter(_SEBERKAS, permohonan__in=kunci, pada__lte=kini)
        .order_by("permohonan", "urut")
        .values_list("permohonan", *_KOLOM)
    )
    per_berkas = {pk: list(baris) for pk, baris in groupby(log.iterator(UKURAN), key=lambda b: b[0])}
    minta: dict[int, list[buku_waktu.Permintaan]] = defaultdict(list)
    semua = Rekomendasi.objects.filter(permohonan__in=kunci, diminta_pada__lte=kini).order_by("pk")
    for pk, induk, skpd, saat, hari in semua.values_list(
        "pk", "permohonan_id", "skpd__kode", "diminta_pada", "hari_kerja"
    ):
        minta[induk].append(buku_waktu.Permintaan(f"rekomendasi:{pk}", skpd, saat, hari))
    kolom = ("pk", "bidang__kode", "unit_penerbit__kode", "versi_layanan__batas_periksa_hari")
    pada = _Kalender()
    for pk, bidang, penerbit, batas in daftar.order_by("pk").values_list(*kolom):
        peristiwa = [buku_waktu.Peristiwa(*b[1:]) for b in per_berkas.get(pk, ())]
        yield buku_waktu.susun(
            peristiwa,
            kini=kini,
            kalender=pada(next((p.berlaku for p in reversed(peristiwa) if p.jam == Jam.HENTI), kini)),
            permintaan=minta.get(pk, ()),
            unit=_unit(bidang, penerbit),
            jatah={(buku_waktu.DIAJUKAN, ""): batas} | dict(jatah or {}),
        )


def _log(permohonan: Permohonan, kini: datetime) -> list[tuple[str, str, datetime, str, datetime]]:
    """Rows of the log up to an instant that are about the file or one of its recommendations."""
    return list(
        Riwayat.objects.filter(_SEBERKAS, permohonan=permohonan, pada__lte=kini).order_by("urut").values_list(*_KOLOM)
    )


def _unit(bidang: str, penerbit: str) -> dict[str, str]:
    """The unit of each desk."""
    meja = (Peran.LOKET, Peran.BACK_OFFICE, Peran.BENDAHARA, Peran.PENANDATANGAN)
    return {**dict.fromkeys((str(p) for p in meja), penerbit), str(Peran.KABID): bidang}


def _hitungan(
    permohonan: Permohonan, rentang: aturan.Rentang, kini: datetime, kalender: Kalender
) -> aturan.Hitungan | None:
    """The due date line by line; the start is the log's, which the completeness limit may have set."""
    if permohonan.terdaftar_pada is None or permohonan.hari_sop is None or permohonan.terdaftar_pada > kini:
        return None
    return aturan.hitung(
        permohonan.terdaftar_pada,
        permohonan.hari_sop,
        rentang.jeda,
        kalender,
        terbit=rentang.henti,
        kini=kini,
        mulai=rentang.mulai,
    )


class _Kalender:
    """Calendars by instant: one query for all versions, each read once."""

    def __init__(self) -> None:
        self._versi = list(VersiKalender.objects.order_by("versi").values_list("versi", "pada"))
        self._isi: dict[int, Kalender] = {}

    def __call__(self, saat: datetime) -> Kalender:
        if not self._versi:
            return kalender_berlaku()
        berlaku = [versi for versi, pada in self._versi if pada <= saat]
        nomor = berlaku[-1] if berlaku else self._versi[0][0]
        if nomor not in self._isi:
            self._isi[nomor] = kalender_versi(nomor)
        return self._isi[nomor]


def kalender_pada(saat: datetime) -> Kalender:
    """The calendar that was in force at an instant; the first one for a time before it."""
    return _Kalender()(saat)
