"""The registry of books: code, words, period, state, and the function that makes it, for addresses, page and tests.

Words stand in `renstra/acuan/buku.toml`; a book is there and here, or in neither (checked by a test).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from django.urls import reverse

from renstra.cetak import Mode
from renstra.laporan import kinerja, lkpj, lppd, pohon, renja, tc
from renstra.laporan.bahan import edisi_sah
from renstra.laporan.bentuk import Buku
from renstra.models import Rencana
from renstra.sumber import Masa

ACUAN: Final = Path(__file__).parent.parent / "acuan" / "buku.toml"
SEMENTARA: Final = "Sementara"
DISAHKAN: Final = "Dari potret disahkan"


class JenisMasa(StrEnum):
    """What the address has to name: a plan (by any of its years), a year, or a quarter."""

    RENCANA = "rencana"
    TAHUN = "tahun"
    TRIWULAN = "triwulan"


@dataclass(frozen=True)
class Permintaan:
    """Which book of which plan is asked for."""

    rencana: Rencana
    masa: Masa
    mode: Mode = Mode.TERCETAK

    @property
    def tahun(self) -> int:
        """The year of the book."""
        return self.masa.tahun

    @cached_property
    def edisi(self) -> dict[Masa, int]:
        """The signed editions of the plan, read once for all books of a page."""
        return edisi_sah(self.rencana)


@dataclass(frozen=True, slots=True)
class Pembuat:
    """How a book comes to be.

    `potret`: years (0 the book's own) whose signed fourth quarters it prints, for a quarter's book that quarter;
    empty: the plan alone; None: counted from what is recorded now. `halaman` names the page of its own that a book
    has, and then nothing is made here. `bermode`: as printed or recomputed.
    """

    masa: JenisMasa
    susun: Callable[[Permintaan], Buku] | None
    potret: tuple[int, ...] | None = None
    halaman: tuple[str, str] | None = None
    bermode: bool = False


PEMBUAT: Final[dict[str, Pembuat]] = {
    "tc-23-24": Pembuat(JenisMasa.RENCANA, lambda p: tc.buku(p.rencana)),
    "tc-25": Pembuat(JenisMasa.RENCANA, lambda p: pohon.tc_25(p.rencana, p.mode), (), bermode=True),
    "tc-27": Pembuat(JenisMasa.RENCANA, lambda p: pohon.tc_27(p.rencana, p.mode), (), bermode=True),
    "tc-28": Pembuat(JenisMasa.RENCANA, lambda p: pohon.tc_28(p.rencana, p.mode), (), bermode=True),
    "tc-29": Pembuat(JenisMasa.TAHUN, lambda p: renja.tc_29(p.rencana, p.tahun), (-2, -1)),
    "tc-30": Pembuat(JenisMasa.TAHUN, lambda p: renja.tc_30(p.rencana, p.tahun)),
    "tc-33": Pembuat(JenisMasa.TAHUN, lambda p: renja.tc_33(p.rencana, p.tahun), ()),
    "rkt": Pembuat(JenisMasa.TAHUN, lambda p: kinerja.rkt(p.rencana, p.tahun), (0,)),
    "pk": Pembuat(JenisMasa.TAHUN, lambda p: kinerja.perjanjian(p.rencana, p.tahun), ()),
    "bulanan": Pembuat(JenisMasa.TAHUN, None, halaman=("renstra_laporan", "")),
    "e81": Pembuat(JenisMasa.TRIWULAN, None, (0,), halaman=("renstra_evaluasi", "renstra_evaluasi_{bentuk}")),
    "evkin": Pembuat(JenisMasa.TRIWULAN, lambda p: lkpj.evkin(p.rencana, p.tahun, p.masa.triwulan), (0,)),
    "lkjip": Pembuat(JenisMasa.TAHUN, None, (0,), halaman=("renstra_lkjip", "renstra_lkjip_berkas")),
    "lkpj": Pembuat(JenisMasa.TAHUN, lambda p: lkpj.lkpj(p.rencana, p.tahun), (0,)),
    "lppd": Pembuat(JenisMasa.TAHUN, lambda p: lppd.lppd(p.rencana, p.tahun)),
}


@dataclass(frozen=True, slots=True)
class Entri:
    """One book of the registry."""

    kode: str
    kelompok: str
    judul: str
    guna: str
    penerima: str
    tenggat: str = ""
    tenggat_bulan: int = 0

    @property
    def pembuat(self) -> Pembuat:
        """How it is made. Raises KeyError for a book that only has words."""
        return PEMBUAT[self.kode]

    def jatuh(self, tahun: int) -> date | None:
        """The day it is due: the last of so many whole months after the year; None without a fixed date."""
        if not self.tenggat_bulan:
            return None
        return date(tahun + 1, self.tenggat_bulan + 1, 1) - timedelta(days=1)

    def keadaan(self, p: Permintaan) -> str:
        """Whether it prints what was signed, what may still change, or the plan."""
        potret = self.pembuat.potret
        if potret is None:
            return SEMENTARA
        if not potret:
            return f"Dari rencana, edisi {p.rencana.edisi}"
        triwulan = p.masa.triwulan if self.pembuat.masa is JenisMasa.TRIWULAN else 4
        masa = [Masa(p.tahun + n, triwulan) for n in potret if p.tahun + n in p.rencana.tahun]
        return DISAHKAN if masa and all(m in p.edisi for m in masa) else SEMENTARA

    def susun(self, p: Permintaan) -> Buku:
        """The book, marked with its state. Raises ValueError for one that has a page of its own."""
        if self.pembuat.susun is None:
            raise ValueError(self.kode)
        buku = self.pembuat.susun(p)
        buku.tanda = self.keadaan(p)
        return buku

    def tanya(self, p: Permintaan) -> dict[str, str]:
        """What its address says of the period; the signed edition of a quarter, where a newer one is open again."""
        query = {"tahun": str(p.tahun)}
        if self.pembuat.masa is JenisMasa.TRIWULAN:
            query["triwulan"] = str(p.masa.triwulan)
        if self.pembuat.halaman and self.pembuat.masa is JenisMasa.TRIWULAN and p.masa in p.edisi:
            query["edisi"] = str(p.edisi[p.masa])
        if self.pembuat.bermode and p.mode is Mode.HITUNG_ULANG:
            query["mode"] = p.mode.value
        return query

    def alamat(self, p: Permintaan) -> str:
        """The page on which it is read."""
        if self.pembuat.halaman is None:
            return reverse("renstra_buku_satu", args=[self.kode], query=self.tanya(p))
        nama = self.pembuat.halaman[0]
        return reverse(nama, query=self.tanya(p) if self.pembuat.halaman[1] else {})

    def alamat_berkas(self, p: Permintaan, bentuk: str) -> str:
        """The file; empty for the monthly report, whose month is chosen on its page."""
        if self.pembuat.halaman is None:
            return reverse("renstra_buku_berkas", args=[self.kode, bentuk], query=self.tanya(p))
        nama = self.pembuat.halaman[1]
        if "{bentuk}" in nama:
            edisi = {k: v for k, v in self.tanya(p).items() if k == "edisi"}
            return reverse(nama.format(bentuk=bentuk), args=[p.tahun, p.masa.triwulan], query=edisi)
        return reverse(nama, args=[bentuk], query=self.tanya(p)) if nama else ""

    def nama_berkas(self, p: Permintaan) -> str:
        """Name of the file without its ending."""
        masa = {
            JenisMasa.RENCANA: f"{p.rencana.tahun_mulai}-{p.rencana.tahun_akhir}",
            JenisMasa.TAHUN: str(p.tahun),
            JenisMasa.TRIWULAN: f"{p.tahun}-triwulan-{p.masa.triwulan}",
        }[self.pembuat.masa]
        return f"{self.kode}-{masa}"


@cache
def daftar(berkas: Path = ACUAN) -> tuple[Entri, ...]:
    """Every book, in the order of the file."""
    return tuple(Entri(**satu) for satu in tomllib.loads(berkas.read_text(encoding="utf-8"))["buku"])


def cari(kode: str) -> Entri | None:
    """The book with this code."""
    return next((e for e in daftar() if e.kode == kode), None)


def menurut_kelompok() -> dict[str, Sequence[Entri]]:
    """The books by their group, groups in the order in which they come first."""
    hasil: dict[str, list[Entri]] = {}
    for e in daftar():
        hasil.setdefault(e.kelompok, []).append(e)
    return dict(hasil)
