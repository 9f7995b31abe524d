"""The appendix of every book: each table and each indicator with where its numbers come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db.models import Q

from core.lembar import Sel
from renstra.enums import MANUAL
from renstra.laporan.bentuk import Bagian, Buku, Kolom, Tabel
from renstra.models import Indikator, Keluaran, Rencana
from renstra.sumber import SUMBER

JUDUL: Final = "Sumber setiap angka"
#: Name of an indicator, code of its source.
Asal = tuple[str, str]


def nama_sumber(kode: str) -> str:
    """A source in words: computed by the portal, or reported with evidence."""
    return f"dihitung portal: {SUMBER[kode].nama}" if kode in SUMBER else "dicatat perencana dengan bukti"


def dari_isi(isi: dict[str, Any]) -> list[Asal]:
    """The indicators of a form E.81 with their sources."""
    return [(b["indikator"], b.get("sumber", "")) for b in isi.get("baris", [])]


def dari_rencana(rencana: Rencana) -> list[Asal]:
    """The indicators of a plan with their sources, objectives first. Two queries."""
    milik = Q(program__rencana=rencana) | Q(kegiatan__program__rencana=rencana)
    hasil: list[Asal] = []
    for daftar in (
        Indikator.objects.filter(sasaran__tujuan__rencana=rencana).order_by("sasaran__tujuan__no", "no"),
        Keluaran.objects.filter(milik).order_by("kegiatan__program__no", "kegiatan__no", "urutan", "pk"),
    ):
        hasil += daftar.values_list("nama", "sumber")
    return list(dict.fromkeys(hasil))


def sumber(tabel: Sequence[Tabel], asal: Iterable[Asal] = (), catatan: str = "") -> Tabel:
    """Every table and every indicator with where its numbers come from."""
    baris: list[Sequence[Sel]] = [["Tabel", t.judul, t.sumber or "-"] for t in tabel]
    baris += [["Indikator", nama, nama_sumber(kode)] for nama, kode in asal]
    kolom = [Kolom("Jenis"), Kolom("Nama", lebar=50), Kolom("Sumber", lebar=50)]
    akhir = (catatan,) if catatan else ()
    return Tabel("Sumber", JUDUL, kolom, baris, sumber="buku ini", catatan=akhir, senyap=True)


def lengkapi(buku: Buku, asal: Iterable[Asal] = (), catatan: str = "") -> Buku:
    """The same book with its appendix at the end and a name of its own for every sheet.

    Indicators that the portal computes are named one by one; what people report has one source, and one line.
    """
    satu = sumber(buku.tabel, _ringkas(list(asal)), catatan)
    buku.bagian.append(
        Bagian("lampiran-sumber", f"Lampiran: {JUDUL[0].lower()}{JUDUL[1:]}", tabel=[satu], akhir=True)
    )
    beri_kode(buku.bagian)
    return buku


def _ringkas(asal: Sequence[Asal]) -> list[Asal]:
    dihitung = [a for a in asal if a[1] in SUMBER]
    n = len(asal) - len(dihitung)
    kata = "indikator lain" if dihitung else "indikator"
    return [*dihitung, *([(f"Semua {kata} ({n})", MANUAL)] if n else [])]


def beri_kode(bagian: Sequence[Bagian]) -> None:
    """Tables of one kind are told apart by their titles alone; their sheets get a number."""
    terpakai: dict[str, int] = {}
    for t in (t for b in bagian for t in b.tabel):
        n = terpakai[t.kode] = terpakai.get(t.kode, 0) + 1
        if n > 1:
            t.kode = f"{t.kode} ({n})"
