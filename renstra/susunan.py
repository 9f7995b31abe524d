"""The printed tables of a plan out of the database, as the checks and the exports read them."""

from __future__ import annotations

import csv
import io

from django.db.models import Prefetch

from renstra.models import BarisCetak, Rencana, TabelCetak
from renstra.tabel import TabelRencana, susun


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


def tabel_rencana(rencana: Rencana) -> TabelRencana:
    """All its tables. Two queries."""
    baris = Prefetch("baris", BarisCetak.objects.order_by("urutan"))
    semua = TabelCetak.objects.filter(rencana=rencana).order_by("urutan").prefetch_related(baris)
    return susun({t.berkas: _csv(t) for t in semua})


def judul_tabel(rencana: Rencana) -> dict[str, str]:
    """Titles by file, in the order of the document."""
    return dict(TabelCetak.objects.filter(rencana=rencana).order_by("urutan").values_list("berkas", "judul"))


def _csv(tabel: TabelCetak) -> str:
    keluar = io.StringIO()
    penulis = csv.writer(keluar, lineterminator="\n")
    penulis.writerow(tabel.kolom)
    penulis.writerows(b.sel for b in tabel.baris.all())
    return keluar.getvalue()
