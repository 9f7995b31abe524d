"""All books and forms of the planner: the page that lists them, each on a page, and their files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from perizinan.statistik import segarkan
from renstra.cetak import Mode
from renstra.halaman_evaluasi import pilih_masa
from renstra.laporan import daftar
from renstra.laporan.daftar import DISAHKAN, SEMENTARA, Entri, JenisMasa, Permintaan
from renstra.susunan import rencana_tahun, tahun_berencana
from renstra.views import kirim_pdf, kirim_xlsx, pembaca_saja

_KELOMPOK: Final[dict[str, str | Promise]] = {
    "renstra": _("Rencana lima tahun (Renstra)"),
    "renja": _("Rencana satu tahun (Renja)"),
    "masa": _("Bulan dan triwulan"),
    "akhir": _("Akhir tahun"),
}
#: Colour and icon of a state, for the `status` tag; the plan alone has a neutral one.
_RUPA: Final = {DISAHKAN: "hijau centang", SEMENTARA: "hampir peringatan"}
_RUPA_RENCANA: Final = "abu dokumen"
_BENTUK: Final = {"pdf": kirim_pdf, "xlsx": kirim_xlsx}


@dataclass(frozen=True, slots=True)
class BarisBuku:
    """One book on the list."""

    entri: Entri
    p: Permintaan

    @property
    def alamat(self) -> str:
        return self.entri.alamat(self.p)

    @property
    def berkas(self) -> list[tuple[str, str]]:
        """The files: words, address; none where the page asks for a month first."""
        return [(b.upper(), a) for b in _BENTUK if (a := self.entri.alamat_berkas(self.p, b))]

    @property
    def keadaan(self) -> tuple[str, str]:
        """The state: colour and icon, words."""
        kata = self.entri.keadaan(self.p)
        return _RUPA.get(kata, _RUPA_RENCANA), kata

    @property
    def jatuh(self) -> object:
        """The day it is due, where there is one."""
        return self.entri.jatuh(self.p.tahun)


def _permintaan(request: HttpRequest) -> Permintaan | None:
    """What the address asks for; None without a plan. Raises Http404 for a year that no plan has."""
    teks = request.GET.get("tahun", "")
    masa = pilih_masa(teks, request.GET.get("triwulan", ""))
    if masa is None:
        return None
    if teks and teks != str(masa.tahun):
        raise Http404
    rencana = rencana_tahun(masa.tahun)
    if rencana is None:
        raise Http404
    mode = Mode.HITUNG_ULANG if request.GET.get("mode") == Mode.HITUNG_ULANG else Mode.TERCETAK
    return Permintaan(rencana, masa, mode)


def _entri(request: HttpRequest, kode: str) -> tuple[Entri, Permintaan]:
    """The book in the address and its period. Raises Http404 where there is no such book or no plan."""
    entri, p = daftar.cari(kode), _permintaan(request)
    if entri is None or p is None:
        raise Http404
    return entri, p


@pembaca_saja
@require_safe
def buku(request: HttpRequest) -> HttpResponse:
    """Every book with what it is for, who receives it, when it is due, its state and its files."""
    p = _permintaan(request)
    if p is None:
        return render(request, "renstra/kosong.html")
    kelompok = [(_KELOMPOK[kode], [BarisBuku(e, p) for e in isi]) for kode, isi in daftar.menurut_kelompok().items()]
    konteks = {
        "p": p,
        "pilihan": tahun_berencana(),
        "kelompok": kelompok,
        "jumlah": len(daftar.daftar()),
    }
    return render(request, "renstra/buku.html", konteks)


@pembaca_saja
@require_safe
def buku_satu(request: HttpRequest, kode: str) -> HttpResponse:
    """One book on a page; one that has a page of its own is read there."""
    entri, p = _entri(request, kode)
    if entri.pembuat.susun is None:
        return redirect(entri.alamat(p))
    segarkan()
    konteks = {
        "entri": entri,
        "p": p,
        "buku": entri.susun(p),
        "pilihan": tahun_berencana(),
        "bertriwulan": entri.pembuat.masa is JenisMasa.TRIWULAN,
        "mode": p.mode.value,
        "hitung_ulang": p.mode is Mode.HITUNG_ULANG,
        "pdf": entri.alamat_berkas(p, "pdf"),
        "xlsx": entri.alamat_berkas(p, "xlsx"),
    }
    return render(request, "renstra/buku_satu.html", konteks)


@pembaca_saja
@require_safe
def buku_berkas(request: HttpRequest, kode: str, bentuk: str) -> HttpResponse:
    """One book as PDF or XLSX."""
    entri, p = _entri(request, kode)
    if bentuk not in _BENTUK:
        raise Http404
    if entri.pembuat.susun is None:
        return redirect(entri.alamat_berkas(p, bentuk) or entri.alamat(p))
    segarkan()
    return _BENTUK[bentuk](entri.susun(p), f"{entri.nama_berkas(p)}.{bentuk}")
