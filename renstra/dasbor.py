"""The dashboard's figures, each with the list that it counts (renstra_rules.md section 5; issue 5, item 5).

Figures of months and years come from the monthly summary, those of today from the files. A figure is never computed
a second time here: `perizinan.statistik` has the one definition, and the list behind the link counts the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import Unit
from core.bilangan import tulis
from core.grafik import Butir, Grafik, Titik, batang, garis
from core.templatetags.tampilan import rupiah
from perizinan import statistik
from perizinan.enums import Ukuran, UkuranKini
from perizinan.models import JenisIzin
from perizinan.statistik import Lingkup
from renstra.models import BarisCetak
from renstra.tabel import IZIN

U = Ukuran


@dataclass(frozen=True, slots=True)
class Angka:
    """One figure: as people read it, as a spreadsheet takes it, the way to its list and how many rows that has."""

    teks: str
    nilai: Fraction | int | None
    tautan: str = ""
    cacah: int | None = None


@dataclass(frozen=True, slots=True)
class Baris:
    """One row of a table: its head and its figures."""

    kepala: str | Promise
    isi: list[Angka]


@dataclass(frozen=True, slots=True)
class Tabel:
    """One table of the dashboard; `kode` names it in the address of its CSV. `berkata`: words, not figures."""

    kode: str
    judul: str
    kolom: list[str]
    baris: list[Baris]
    catatan: str = ""
    berkata: bool = False


@dataclass(frozen=True, slots=True)
class Saring:
    """What the reader asked for, and what they answer for."""

    tahun: int
    layanan: str
    jenis: frozenset[int] | None
    kini: date

    @property
    def akhir(self) -> date:
        """The last month that is shown: the present one in this year, else December."""
        return self.kini.replace(day=1) if self.tahun == self.kini.year else date(self.tahun, 12, 1)

    def masa(self, dari: date, sampai: date) -> Lingkup:
        return Lingkup(dari, sampai, self.layanan, jenis=self.jenis)

    @property
    def setahun(self) -> Lingkup:
        return self.masa(date(self.tahun, 1, 1), self.akhir)

    @property
    def tahun_lalu(self) -> Lingkup:
        """The same months of the year before."""
        return self.masa(date(self.tahun - 1, 1, 1), self.akhir.replace(year=self.tahun - 1))


class Dasbor:
    """Everything that the page and its downloads show, computed when it is asked for."""

    def __init__(self, saring: Saring) -> None:
        self.saring = saring

    # --- today ------------------------------------------------------------------------------------------------------

    @cached_property
    def hari_ini(self) -> list[tuple[str | Promise, Angka]]:
        """Live figures, in the order in which they matter to who leads."""
        jumlah = statistik.jumlah_kini(layanan=self.saring.layanan, jenis=self.saring.jenis)
        tanya = f"?{urlencode({'layanan': self.saring.layanan})}" if self.saring.layanan else ""
        return [
            (u.label, Angka(tulis(jumlah[u], 0), jumlah[u], reverse("statistik_rinci", args=[u]) + tanya, jumlah[u]))
            for u in UkuranKini
        ]

    # --- month and year ---------------------------------------------------------------------------------------------

    @cached_property
    def ringkasan(self) -> Tabel:
        """The main figures of this month, this year, and the same months of the year before."""
        masa = [(_("Tahun %(t)s") % {"t": self.saring.tahun}, self.saring.setahun)]
        if self.saring.tahun == self.saring.kini.year:
            masa.insert(0, (_("Bulan ini"), self.saring.masa(self.saring.akhir, self.saring.akhir)))
        masa.append((_rentang(self.saring.tahun_lalu), self.saring.tahun_lalu))
        kolom = [_kolom_ringkas(lingkup) for _nama, lingkup in masa]
        baris = [Baris(kepala, [k[n][1] for k in kolom]) for n, (kepala, _angka) in enumerate(kolom[0])]
        return Tabel("ringkasan", _("Bulan dan tahun"), [_("Ukuran"), *(nama for nama, _l in masa)], baris)

    # --- by month and by year ---------------------------------------------------------------------------------------

    @cached_property
    def _bulanan(self) -> tuple[dict[date, int], dict[date, int], dict[date, int]]:
        """Issued, of it in time, and issued in the same months of the year before."""
        tahun = self.saring.setahun
        lalu = self.saring.masa(date(self.saring.tahun - 1, 1, 1), date(self.saring.tahun - 1, 12, 1))
        return (
            statistik.per_bulan(U.TERBIT, tahun),
            statistik.per_bulan(U.TEPAT, tahun),
            statistik.per_bulan(U.TERBIT, lalu),
        )

    @cached_property
    def grafik_bulan(self) -> Grafik:
        """Issued by month over last year's dashed line."""
        terbit, _tepat, lalu = self._bulanan
        titik = [
            Titik(
                str(MONTHS_3[b.month]).capitalize(),
                terbit.get(b.replace(year=self.saring.tahun)),
                tulis(terbit.get(b.replace(year=self.saring.tahun)), 0),
                n,
                tulis(n, 0),
            )
            for b, n in lalu.items()
        ]
        judul = _("Izin terbit per bulan, %(t)s dan %(l)s") % {"t": self.saring.tahun, "l": self.saring.tahun - 1}
        gambar = garis(
            "terbit-bulan",
            judul,
            titik,
            dari=0,
            sampai=max([1, *terbit.values(), *lalu.values()]),
            kolom=(_("Bulan"), str(self.saring.tahun), str(self.saring.tahun - 1)),
        )
        return _tanpa_tabel(gambar)

    @cached_property
    def bulanan(self) -> Tabel:
        """The same as a table, every figure with its list."""
        terbit, tepat, lalu = self._bulanan
        baris = []
        for b, n_lalu in lalu.items():
            kini = b.replace(year=self.saring.tahun)
            satu = self.saring.masa(kini, kini)
            ada = kini in terbit
            isi = [
                _hitung(terbit[kini], U.TERBIT, satu) if ada else Angka("", None),
                _persen(tepat[kini], terbit[kini], U.TEPAT, satu) if ada else Angka("", None),
                _hitung(n_lalu, U.TERBIT, self.saring.masa(b, b)),
            ]
            baris.append(Baris(str(MONTHS[b.month]).capitalize(), isi))
        tahun = self.saring.tahun
        kolom = [_("Bulan"), _("Terbit %(t)s") % {"t": tahun}, _("Tepat waktu")]
        return Tabel("bulan", _("Izin terbit per bulan"), [*kolom, _("Terbit %(t)s") % {"t": tahun - 1}], baris)

    @cached_property
    def tahunan(self) -> Tabel:
        """Issued by year: what the plan printed for 2009-2013, then the portal's own. Printed ones have no list."""
        pertama = statistik.bulan_pertama() or self.saring.kini.replace(month=1, day=1)
        semua = self.saring.masa(pertama.replace(month=1), self.saring.kini.replace(day=1))
        sebagian = bool(self.saring.layanan) or self.saring.jenis is not None
        baris, sumber = ([], "") if sebagian else _tercetak()
        for tahun, n in statistik.per_tahun(U.TERBIT, semua).items():
            satu = self.saring.masa(date(tahun, 1, 1), date(tahun, 12, 1))
            baris.append(Baris(str(tahun), [_hitung(n, U.TERBIT, satu), Angka(_("portal"), None)]))
        return Tabel("tahun", _("Izin terbit per tahun"), [_("Tahun"), _("Terbit"), _("Sumber")], baris, sumber)

    @cached_property
    def grafik_tahun(self) -> Grafik:
        butir = [Butir(str(b.kepala), int(b.isi[0].nilai or 0), b.isi[0].teks) for b in self.tahunan.baris]
        sampai = max([1, *(int(b.nilai or 0) for b in butir)])
        return _tanpa_tabel(batang("terbit-tahun", _("Izin terbit per tahun"), butir, sampai=sampai))

    # --- by service, by SKPD ----------------------------------------------------------------------------------------

    @cached_property
    def per_layanan(self) -> Tabel:
        """The year of each service: what came in and out, how much in time against its SOP, and in how many days."""
        tahun = self.saring.setahun
        isi, sebaran = statistik.per_layanan_semua(tahun), statistik.sebaran_layanan(tahun)
        nama = dict(JenisIzin.objects.filter(kode__in=isi).order_by("nama").values_list("kode", "nama"))
        urut = sorted(isi, key=lambda kode: (-isi[kode][U.TERBIT], nama[kode]))
        baris = [Baris(nama[kode], _kolom_layanan(isi[kode], sebaran.get(kode, {}), tahun, kode)) for kode in urut]
        kolom = [_("Layanan"), _("Masuk"), _("Terbit"), _("Tepat waktu"), _("Lewat"), _("Median hari")]
        return Tabel(
            "layanan", _("Per layanan, %(t)s") % {"t": self.saring.tahun}, [*kolom, _("90% dalam hari")], baris
        )

    @cached_property
    def per_dinas(self) -> Tabel:
        """What each SKPD gave, how much of it late, in how many working days, and what it had put right."""
        tahun = self.saring.setahun
        ukuran = (U.SARAN, U.SARAN_LEWAT, U.SARAN_HARI, U.MINTA_DINAS)
        beri, lewat, hari, minta = (statistik.per_butir(u, tahun) for u in ukuran)
        unit = {u.pk: u for u in Unit.objects.filter(pk__in=beri.keys() | minta.keys())}
        baris = []
        for pk in sorted(unit, key=lambda pk: (-lewat.get(pk, 0), -beri.get(pk, 0), unit[pk].nama)):
            skpd, diberi, terlambat = unit[pk].kode, beri.get(pk, 0), lewat.get(pk, 0)
            rata = Fraction(hari.get(pk, 0), diberi) if diberi else None
            isi = [
                _hitung(diberi, U.SARAN, tahun, skpd),
                _hitung(terlambat, U.SARAN_LEWAT, tahun, skpd),
                _persen(terlambat, diberi, U.SARAN_LEWAT, tahun, skpd),
                Angka("-", None)
                if rata is None
                else Angka(tulis(rata, 1), rata, tautan(U.SARAN_HARI, tahun, skpd), diberi),
                _hitung(minta.get(pk, 0), U.MINTA_DINAS, tahun, skpd),
            ]
            baris.append(Baris(unit[pk].nama_pendek or unit[pk].nama, isi))
        kolom = [_("Dinas"), _("Diberikan"), _("Terlambat"), _("Bagian terlambat"), _("Rata-rata hari")]
        judul = _("Rekomendasi dinas, %(t)s") % {"t": self.saring.tahun}
        return Tabel("dinas", judul, [*kolom, _("Butir perbaikan diminta")], baris)

    @property
    def tabel(self) -> list[Tabel]:
        """Every table, in the order of the page; what is downloaded."""
        return [self.ringkasan, self.bulanan, self.tahunan, self.per_layanan, self.per_dinas]

    @property
    def angka(self) -> list[Angka]:
        """Every figure of the page that has a list."""
        isi = [a for _nama, a in self.hari_ini] + [a for t in self.tabel for b in t.baris for a in b.isi]
        return [a for a in isi if a.tautan]


# --- figures ------------------------------------------------------------------------------------------------------

#: What the summary table counts plainly, after the shares and days.
_BIASA: Final = (U.DITOLAK, U.GUGUR, U.DIBATALKAN)


def tautan(ukuran: Ukuran, lingkup: Lingkup, skpd: str = "", layanan: str = "") -> str:
    """Where the rows behind a figure are listed."""
    tanya = {"dari": f"{lingkup.dari:%Y-%m}", "sampai": f"{lingkup.sampai:%Y-%m}"}
    if kode := layanan or lingkup.layanan:
        tanya["layanan"] = kode
    if skpd:
        tanya["skpd"] = skpd
    return reverse("statistik_rinci", args=[ukuran], query=tanya)


def _hitung(n: int, ukuran: Ukuran, lingkup: Lingkup, skpd: str = "", layanan: str = "") -> Angka:
    return Angka(tulis(n, 0), n, tautan(ukuran, lingkup, skpd, layanan), n)


def _persen(n: int, dari: int, ukuran: Ukuran, lingkup: Lingkup, skpd: str = "", layanan: str = "") -> Angka:
    """A share in percent; its list are the files that count for it."""
    if not dari:
        return Angka("-", None)
    nilai = Fraction(n * 100, dari)
    return Angka(f"{tulis(nilai, 1)}%", nilai, tautan(ukuran, lingkup, skpd, layanan), n)


def _hari(hari: int | None, terbit: int, lingkup: Lingkup, layanan: str = "") -> Angka:
    if hari is None:
        return Angka("-", None)
    return Angka(tulis(hari, 0), hari, tautan(U.HARI, lingkup, layanan=layanan), terbit)


def _kolom_ringkas(lingkup: Lingkup) -> list[tuple[str | Promise, Angka]]:
    """One span of the summary table: the name of each row and its figure. Two queries."""
    n = statistik.ringkas(lingkup)
    tengah, p90 = statistik.persentil(lingkup, 50, 90)
    per_berkas = Fraction(n[U.PERBAIKAN], n[U.DIAJUKAN]) if n[U.DIAJUKAN] else None
    return [
        (U.DIAJUKAN.label, _hitung(n[U.DIAJUKAN], U.DIAJUKAN, lingkup)),
        (U.TERBIT.label, _hitung(n[U.TERBIT], U.TERBIT, lingkup)),
        (_("Tepat waktu"), _persen(n[U.TEPAT], n[U.TERBIT], U.TEPAT, lingkup)),
        (
            _("Tepat waktu, menunggu pemohon ikut dihitung"),
            _persen(n[U.TEPAT_KOTOR], n[U.TERBIT], U.TEPAT_KOTOR, lingkup),
        ),
        (_("Melewati batas"), _hitung(n[U.LEWAT], U.LEWAT, lingkup)),
        (_("Median hari kerja"), _hari(tengah, n[U.TERBIT], lingkup)),
        (_("9 dari 10 terbit dalam hari kerja"), _hari(p90, n[U.TERBIT], lingkup)),
        *((u.label, _hitung(n[u], u, lingkup)) for u in _BIASA),
        (
            _("Permintaan perbaikan per permohonan"),
            Angka(
                tulis(per_berkas) or "-",
                per_berkas,
                tautan(U.PERBAIKAN, lingkup) if per_berkas is not None else "",
                n[U.PERBAIKAN],
            ),
        ),
        (_("Retribusi dibayar"), Angka(rupiah(n[U.RETRIBUSI]), n[U.RETRIBUSI], tautan(U.RETRIBUSI, lingkup))),
    ]


def _kolom_layanan(n: Mapping[Ukuran, int], sebaran: Mapping[int, int], lingkup: Lingkup, kode: str) -> list[Angka]:
    tengah, p90 = statistik.persentil_sebaran(sebaran, 50, 90)
    return [
        _hitung(n[U.DIAJUKAN], U.DIAJUKAN, lingkup, layanan=kode),
        _hitung(n[U.TERBIT], U.TERBIT, lingkup, layanan=kode),
        _persen(n[U.TEPAT], n[U.TERBIT], U.TEPAT, lingkup, layanan=kode),
        _hitung(n[U.LEWAT], U.LEWAT, lingkup, layanan=kode),
        _hari(tengah, n[U.TERBIT], lingkup, kode),
        _hari(p90, n[U.TERBIT], lingkup, kode),
    ]


def _tercetak() -> tuple[list[Baris], str]:
    """Issued permits as the plan in force printed them, a row a year, and which table that is."""
    daftar = BarisCetak.objects.filter(tabel__berkas=f"t_{IZIN}.csv", tabel__rencana__status="berlaku")
    baris, sumber = [], ""
    for satu in daftar.select_related("tabel__rencana").order_by("tabel__rencana", "urutan"):
        sel = dict(zip(satu.tabel.kolom, satu.sel, strict=True))
        isi = [
            Angka(sel["jumlah_izin_tercetak"], int(sel["jumlah_izin"])),
            Angka(_("tabel %(kode)s") % {"kode": satu.tabel.kode}, None),
        ]
        sumber = _("Tabel %(kode)s: %(rencana)s.") % {"rencana": satu.tabel.rencana.nama, "kode": satu.tabel.kode}
        baris.append(Baris(sel["tahun"], isi))
    return baris, sumber


def _rentang(lingkup: Lingkup) -> str:
    """`Jan-Nov 2025`."""
    awal, akhir = (str(MONTHS_3[b.month]).capitalize() for b in (lingkup.dari, lingkup.sampai))
    return f"{awal}-{akhir} {lingkup.dari.year}" if awal != akhir else f"{awal} {lingkup.dari.year}"


def _tanpa_tabel(g: Grafik) -> Grafik:
    """The drawing alone: its figures stand beside it in a table of their own, where each has its link."""
    return Grafik(g.kode, g.judul, g.keterangan, g.svg)
