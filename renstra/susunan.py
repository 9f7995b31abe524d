"""The tables of a plan out of the database, as the checks and the exports read them."""

from __future__ import annotations

import csv
import io

from django.db.models import Prefetch, QuerySet

from renstra.models import BarisCetak, Potret, Rencana, TabelCetak
from renstra.pohon import JUDUL, berkas, tabel_pohon
from renstra.sumber import Masa
from renstra.tabel import TabelRencana, susun

TERCETAK = "tercetak.csv"


def rencana_berlaku() -> Rencana | None:
    """The plan in force that began last."""
    return Rencana.objects.filter(status="berlaku").order_by("-tahun_mulai", "-edisi").first()


def rencana_semua() -> list[Rencana]:
    """Every plan in force, the one that began last first."""
    return list(Rencana.objects.filter(status="berlaku").order_by("-tahun_mulai", "-edisi"))


def rencana_bertabel() -> Rencana | None:
    """The newest plan in force whose printed tables are here."""
    daftar = Rencana.objects.filter(status="berlaku", tabel__isnull=False).distinct()
    return daftar.order_by("-tahun_mulai", "-edisi").first()


def rencana_tahun(tahun: int) -> Rencana | None:
    """The plan in force that has targets for this year; the one that began last where there are several."""
    daftar = Rencana.objects.filter(status="berlaku", tahun_mulai__lte=tahun, tahun_akhir__gte=tahun)
    return daftar.order_by("-tahun_mulai", "-edisi").first()


def tahun_berencana() -> list[int]:
    """Every year for which a plan in force has targets, the latest first."""
    batas = Rencana.objects.filter(status="berlaku").values_list("tahun_mulai", "tahun_akhir")
    return sorted({t for mulai, akhir in batas for t in range(mulai, akhir + 1)}, reverse=True)


def rencana_acuan(acuan: str) -> Rencana | None:
    """The edition that an address names (`renstra_bppt-2`), whatever its state; None where there is none."""
    kode, _garis, edisi = acuan.rpartition("-")
    if not edisi.isdecimal() or len(edisi) > 4:
        return None
    return Rencana.objects.filter(kode=kode, edisi=int(edisi)).first()


def potret_serencana(rencana: Rencana) -> QuerySet[Potret]:
    """What was frozen under this edition of the plan and those before it, oldest first.

    A quarter that was signed before a revision stays signed after it, with the numbers of its own edition.
    """
    daftar = Potret.objects.filter(rencana__kode=rencana.kode, rencana__edisi__lte=rencana.edisi)
    return daftar.order_by("rencana__edisi", "edisi")


def potret_seedisi(rencana: Rencana, masa: Masa) -> QuerySet[Potret]:
    """The same of one quarter."""
    return potret_serencana(rencana).filter(tahun=masa.tahun, triwulan=masa.triwulan)


def tabel_rencana(rencana: Rencana) -> TabelRencana:
    """All its tables: as printed, and out of the tree what no document printed. A fixed number of queries."""
    baris = Prefetch("baris", BarisCetak.objects.order_by("urutan"))
    semua = TabelCetak.objects.filter(rencana=rencana).order_by("urutan").prefetch_related(baris)
    return susun(gabung({t.berkas: _csv(t) for t in semua}, rencana))


def gabung(cetak: dict[str, str], rencana: Rencana) -> dict[str, str]:
    """A table is taken whole from the document or whole from the tree, never half from each."""
    if {berkas(k) for k in JUDUL} <= cetak.keys():
        return cetak
    pohon = tabel_pohon(rencana)
    hasil = {k: v for k, v in pohon.items() if k not in cetak} | cetak
    if TERCETAK in pohon and TERCETAK in cetak:
        hasil[TERCETAK] = cetak[TERCETAK] + pohon[TERCETAK].partition("\n")[2]
    return hasil


def judul_tabel(rencana: Rencana) -> dict[str, str]:
    """Titles by file, in the order of the document."""
    cetak = TabelCetak.objects.filter(rencana=rencana).order_by("urutan").values_list("berkas", "judul")
    return dict(cetak) | {berkas(k): v for k, v in JUDUL.items() if berkas(k) not in dict(cetak)}


def _csv(tabel: TabelCetak) -> str:
    keluar = io.StringIO()
    penulis = csv.writer(keluar, lineterminator="\n")
    penulis.writerow(tabel.kolom)
    penulis.writerows(b.sel for b in tabel.baris.all())
    return keluar.getvalue()
