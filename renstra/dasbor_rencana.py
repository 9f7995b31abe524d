"""The dashboard of the plan: one quarter's achievement, money, index and alerts, each with where it comes from.

Nothing is counted a second time: figures are those of the form E.81 (`evaluasi.sebagai_data`, the frozen edition
where there is one). What E.81 does not have is named as what it is: the mean of an activity's indicators, and money
over budget of all activities together (ratio of sums; E.81's own foot is the mean of ratios, renstra_rules.md 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.grafik import Butir, Grafik, batang
from core.grafik_kuadran import HURUF, TitikKuadran, kuadran
from renstra import angka, kartu_ikm
from renstra.dasbor import Angka, Baris, Tabel
from renstra.evaluasi import TRIWULAN, akhir_triwulan
from renstra.halaman_evaluasi import HalamanEvaluasi
from renstra.laporan.e81 import ROMAWI
from renstra.models import Keluaran
from renstra.peringatan import Titik, Ukur, batas
from renstra.rumus import predikat, rasio_jumlah, rata_rata
from renstra.sumber import SUMBER, Masa

#: Sources whose figure is a count of the rows behind its link.
_BERCACAH: Final = frozenset({"izin_terbit", "penolakan"})
#: Above the limit in both, in achievement only, in absorption only, in neither.
KUADRAN: Final = (
    gettext_lazy("Kinerja tinggi, anggaran terserap"),
    gettext_lazy("Kinerja tinggi, anggaran belum terserap"),
    gettext_lazy("Kinerja rendah, anggaran terserap"),
    gettext_lazy("Kinerja rendah, anggaran belum terserap"),
)


@dataclass(frozen=True, slots=True)
class BarisKegiatan:
    """One activity: its lines of the form; money stands on the first."""

    no: int
    nama: str
    baris: list[dict[str, Any]]

    @property
    def uang(self) -> dict[str, Any]:
        return self.baris[0]

    @property
    def titik(self) -> Titik:
        """Achievement is the mean of its indicators that have one."""
        rata = rata_rata(_desimal(b["capaian"]["k"]) for b in self.baris)
        kinerja = None if rata is None else angka.bulat(rata)
        return Titik(self.no, self.nama, kinerja, _desimal(self.uang["capaian"]["rp"]))


def letak(titik: Titik, tinggi: int) -> str | Promise:
    """The name of the field in which an activity lies; empty where one of the two figures is missing.

    Rounded half-up to the whole percent first, as grades are, so that a field never contradicts a grade.
    """
    if titik.capaian is None or titik.serapan is None:
        return ""
    kinerja, uang = (angka.bulat(n, 0) >= tinggi for n in (titik.capaian, titik.serapan))
    return KUADRAN[(0 if kinerja else 2) + (0 if uang else 1)]


class DasborRencana:
    """What page and files show of one quarter. `terbatas`: the reader's lists hold the own bidang only."""

    def __init__(self, h: HalamanEvaluasi, *, terbatas: bool) -> None:
        self.h, self.masa, self.terbatas = h, h.masa, terbatas
        self.batas = batas()

    @cached_property
    def isi(self) -> list[dict[str, Any]]:
        """The lines of the form."""
        baris: list[dict[str, Any]] = self.h.isi.get("baris", [])
        return baris

    @cached_property
    def kegiatan(self) -> list[BarisKegiatan]:
        """The activities in the order of the plan, numbered for the plot."""
        milik = [b for b in self.isi if b["tingkat"] == "kegiatan"]
        grup = groupby(milik, key=lambda b: (b["kode"], b["uraian"]))
        return [BarisKegiatan(n, nama, list(isi)) for n, ((_kode, nama), isi) in enumerate(grup, start=1)]

    @cached_property
    def keluaran(self) -> dict[tuple[str, str], Keluaran]:
        """Every output by what it belongs to and its name, as `evaluasi.beda` tells lines apart. One query."""
        semua = self.h.keluaran().select_related("program", "kegiatan")
        return {((k.program or k.kegiatan).nama, k.nama): k for k in semua if k.program or k.kegiatan}

    @cached_property
    def ikm(self) -> kartu_ikm.KartuIkm:
        return kartu_ikm.susun(self.h.rencana, self.masa)

    # --- where a figure comes from ----------------------------------------------------------------------------------

    def e81(self, triwulan: int, pecahan: str = "e81") -> str:
        """The form of a quarter of the year, at its table or at the origin of one output."""
        tanya = {"tahun": self.masa.tahun, "triwulan": triwulan}
        return f"{reverse('renstra_evaluasi', query=tanya)}#{pecahan}"

    def asal(self, b: dict[str, Any], triwulan: int) -> str:
        """The list that the portal counted, where the reader sees all of it; else the line with its evidence."""
        sumber = SUMBER.get(b["sumber"])
        if sumber is not None and not self.terbatas and (alamat := sumber.tautan(Masa(self.masa.tahun, triwulan))):
            return alamat
        k = self.keluaran.get((b["uraian"], b["indikator"]))
        return self.e81(triwulan, f"asal-{k.pk}" if k else "e81")

    @property
    def akhir(self) -> date:
        """The day by whose decree achievements are graded: the one that E.81 takes."""
        return akhir_triwulan(self.masa.tahun, self.masa.triwulan)

    # --- tables -----------------------------------------------------------------------------------------------------

    @cached_property
    def kinerja(self) -> Tabel:
        """Every indicator: target, the quarters with their origins, the year so far, achievement and grade."""
        baris = []
        for b in self.isi:
            nilai = predikat(_desimal(b["capaian"]["k"]), self.akhir)
            isi = [
                self._k(b["target"]["k"]),
                *(self._triwulan(b, n) for n in TRIWULAN),
                self._k(b["realisasi"]["k"], self.e81(self.masa.triwulan)),
                self._persen(b["capaian"]["k"]),
                Angka(nilai.kriteria if nilai else "-", None),
            ]
            baris.append(Baris(f"{b['indikator']} ({b['satuan']})", isi))
        kolom = [_("Indikator"), _("Target"), *self._romawi, _("Realisasi"), _("Capaian"), _("Predikat")]
        rata = self.h.isi.get("rata") or {}
        catatan = _("Capaian: realisasi sampai triwulan ini terhadap target setahun. Rata-rata %(k)s.") % {
            "k": _tulis_persen(rata.get("k"))
        }
        return Tabel("kinerja", _("Capaian tiap indikator"), kolom, baris, catatan)

    def _triwulan(self, b: dict[str, Any], n: int) -> Angka:
        teks = b["triwulan"][n - 1]["k"]
        if teks is None or n > self.masa.triwulan:
            return Angka("-", None)
        alamat = self.asal(b, n)
        hitung = b["sumber"] in _BERCACAH and not self.terbatas
        return Angka(angka.tulis(Decimal(teks)), Fraction(teks), alamat, int(Decimal(teks)) if hitung else None)

    @cached_property
    def anggaran(self) -> Tabel:
        """Every activity: its budget, what was spent in each quarter, and how much of the budget that is."""
        baris = []
        for k in self.kegiatan:
            isi = [
                self._rp(k.uang["target"]["rp"]),
                *(self._rp(k.uang["triwulan"][n - 1]["rp"], n) for n in TRIWULAN),
                self._rp(k.uang["realisasi"]["rp"]),
                self._persen(k.uang["capaian"]["rp"]),
            ]
            baris.append(Baris(f"{k.no}. {k.nama}", isi))
        kolom = [_("Kegiatan"), _("Pagu"), *self._romawi, _("Realisasi"), _("Serapan")]
        rata = self.h.isi.get("rata") or {}
        catatan = _("Serapan semua kegiatan bersama %(j)s; rata-rata serapan pada Formulir E.81 %(r)s.") % {
            "j": "-" if self.serapan is None else angka.tulis_persen(self.serapan),
            "r": _tulis_persen(rata.get("rp")),
        }
        return Tabel("anggaran", _("Anggaran tiap kegiatan (rupiah)"), kolom, baris, catatan)

    @cached_property
    def serapan(self) -> Fraction | None:
        """Money spent so far over budget, all activities together."""
        pasangan = [(_desimal(k.uang["realisasi"]["rp"]), _desimal(k.uang["target"]["rp"])) for k in self.kegiatan]
        return rasio_jumlah(pasangan) if any(r is not None for r, _p in pasangan) else None

    @cached_property
    def per_triwulan(self) -> Tabel:
        """All activities together: spent in each quarter, up to it, and how much of the year's budget that is."""
        pagu = [_desimal(k.uang["target"]["rp"]) for k in self.kegiatan]
        sejauh, baris = Fraction(0), []
        for n in range(1, self.masa.triwulan + 1):
            uang = [_desimal(k.uang["triwulan"][n - 1]["rp"]) for k in self.kegiatan]
            ada = [u for u in uang if u is not None]
            sejauh += sum((Fraction(u) for u in ada), Fraction(0))
            serapan = rasio_jumlah([(sejauh, None), *((None, p) for p in pagu)]) if ada else None
            isi = [
                self._rp(str(sum(ada)) if ada else None, n),
                self._rp(str(angka.bulat(sejauh)) if ada else None, n),
                self._persen(None if serapan is None else str(angka.bulat(serapan)), n),
            ]
            baris.append(Baris(_("Triwulan %(n)s") % {"n": ROMAWI[n - 1]}, isi))
        kolom = [_("Triwulan"), _("Realisasi"), _("Sampai triwulan ini"), _("Serapan dari pagu setahun")]
        return Tabel("triwulan", _("Anggaran tiap triwulan, semua kegiatan (rupiah)"), kolom, baris)

    @cached_property
    def kuadran(self) -> Tabel:
        """Every activity with its number in the plot, both figures, and the field in which it lies."""
        baris = []
        for k in self.kegiatan:
            t = k.titik
            kelompok = letak(t, self.batas.tinggi)
            huruf = f"{HURUF[KUADRAN.index(kelompok)]}: " if kelompok in KUADRAN else ""
            isi = [
                self._persen(None if t.serapan is None else str(t.serapan)),
                self._persen(None if t.capaian is None else str(t.capaian)),
                Angka(f"{huruf}{kelompok or _('belum dapat diletakkan')}", None),
            ]
            baris.append(Baris(f"{k.no}. {k.nama}", isi))
        kolom = [_("Kegiatan"), _("Serapan"), _("Capaian"), _("Kelompok")]
        catatan = _(
            "Capaian kegiatan adalah rata-rata capaian indikatornya. Tinggi mulai %(n)d%% (tepi bawah predikat "
            "Tinggi, Permendagri 54/2010), dibulatkan ke persen penuh; batas ini data yang dapat diubah."
        ) % {"n": self.batas.tinggi}
        return Tabel("kuadran", _("Kinerja dan anggaran tiap kegiatan"), kolom, baris, catatan)

    @property
    def tabel(self) -> list[Tabel]:
        """Every table of figures, in the order of the page."""
        return [self.kinerja, self.anggaran, self.per_triwulan, self.kuadran]

    # --- charts -----------------------------------------------------------------------------------------------------

    @cached_property
    def grafik_kegiatan(self) -> Grafik:
        butir = [
            Butir(_potong(f"{k.no}. {k.nama}"), k.titik.serapan, _tulis_persen(k.uang["capaian"]["rp"]))
            for k in self.kegiatan
        ]
        return _gambar(batang("serapan-kegiatan", _("Serapan tiap kegiatan"), butir, sampai=100))

    @cached_property
    def grafik_triwulan(self) -> Grafik:
        butir = [Butir(str(b.kepala), b.isi[2].nilai, b.isi[2].teks) for b in self.per_triwulan.baris]
        return _gambar(batang("serapan-triwulan", _("Serapan sampai tiap triwulan"), butir, sampai=100))

    @cached_property
    def grafik_kuadran(self) -> Grafik:
        ada = [t for t in (k.titik for k in self.kegiatan) if letak(t, self.batas.tinggi)]
        banyak = [sum(letak(t, self.batas.tinggi) == nama for t in ada) for nama in KUADRAN]
        nama = [
            _("%(kelompok)s: %(n)d kegiatan") % {"kelompok": k, "n": n} for k, n in zip(KUADRAN, banyak, strict=True)
        ]
        titik = [TitikKuadran(t.no, t.serapan or 0, t.capaian or 0) for t in ada]
        kalimat = _("%(n)d dari %(semua)d kegiatan digambar. %(rinci)s.") % {
            "n": len(ada),
            "semua": len(self.kegiatan),
            "rinci": "; ".join(nama),
        }
        return kuadran(
            "kuadran",
            _("Kinerja terhadap anggaran, tiap angka satu kegiatan"),
            titik,
            batas=Fraction(2 * self.batas.tinggi - 1, 2),  # where rounding to the whole percent reaches the limit
            kata_batas=f"{self.batas.tinggi}%",
            sumbu=(_("Serapan anggaran"), _("Capaian kinerja")),
            nama=(nama[0], nama[1], nama[2], nama[3]),
            keterangan=kalimat,
        )

    # --- for the alerts ---------------------------------------------------------------------------------------------

    def ukur(self, target_cetak: dict[int, str]) -> list[Ukur]:
        """The lines as the rules of `peringatan` take them; `target_cetak` are printed targets by output."""
        hasil = []
        for b in self.isi:
            k = self.keluaran.get((b["uraian"], b["indikator"]))
            pk = k.pk if k else 0
            nama = f"{b['uraian']}: {b['indikator']}"
            tercetak = target_cetak.get(pk, "")
            hasil.append(Ukur(pk, nama, _desimal(b["target"]["k"]), tercetak, _desimal(b["capaian"]["k"])))
        return hasil

    # --- cells ------------------------------------------------------------------------------------------------------

    @property
    def _romawi(self) -> list[str]:
        return [_("TW %(n)s") % {"n": r} for r in ROMAWI]

    def _k(self, teks: str | None, alamat: str = "") -> Angka:
        if teks is None:
            return Angka("-", None)
        return Angka(angka.tulis(Decimal(teks)), Fraction(teks), alamat)

    def _rp(self, teks: str | None, triwulan: int = 0) -> Angka:
        if teks is None or triwulan > self.masa.triwulan:
            return Angka("-", None)
        return Angka(angka.tulis(Decimal(teks), 0), Fraction(teks), self.e81(triwulan or self.masa.triwulan))

    def _persen(self, teks: str | None, triwulan: int = 0) -> Angka:
        if teks is None:
            return Angka(_("n/a"), None)
        return Angka(_tulis_persen(teks), Fraction(teks), self.e81(triwulan or self.masa.triwulan))


def _desimal(teks: str | None) -> Decimal | None:
    return None if teks is None else Decimal(teks)


def _tulis_persen(teks: str | None) -> str:
    return "-" if teks is None else angka.tulis_persen(Decimal(teks))


def _potong(teks: str, huruf: int = 50) -> str:
    """A name that fits above its bar; the whole one stands in the table."""
    return teks if len(teks) <= huruf else f"{teks[: huruf - 1].rstrip()}…"


def _gambar(g: Grafik) -> Grafik:
    """The drawing alone: its figures stand in a table of their own, each with its link."""
    return Grafik(g.kode, g.judul, g.keterangan, g.svg)
