"""The dashboard of those who plan and lead, and its tables as files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import Akun
from core.bilangan import bulatkan
from core.formulir import Formulir
from core.galat import TidakBerwenang
from core.lembar import Kolom, Lembar, xlsx
from core.lembar_csv import tulis_baris
from core.waktu import hari_ini, sekarang, zona
from perizinan import statistik
from perizinan.models import JenisIzin
from renstra.dasbor import Dasbor, Saring, Tabel

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SaringanDasbor(Formulir):
    """Which year, which service; what cannot be read filters nothing and says so."""

    tahun = forms.TypedChoiceField(label=gettext_lazy("Tahun"), required=False, coerce=int, empty_value=None)
    layanan = forms.ChoiceField(label=gettext_lazy("Layanan"), required=False)

    def __init__(self, *args: Any, tahun: range, jenis: frozenset[int] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        layanan = JenisIzin.objects.order_by("nama")
        if jenis is not None:
            layanan = layanan.filter(pk__in=jenis)
        self.fields["tahun"].choices = [(t, str(t)) for t in tahun]  # type: ignore[attr-defined] # a ChoiceField
        self.fields["layanan"].choices = [  # type: ignore[attr-defined] # the same
            ("", _("Semua layanan")),
            *layanan.values_list("kode", "nama"),
        ]

    def saring(self, jenis: frozenset[int] | None) -> Saring:
        self.is_valid()
        isi = self.cleaned_data
        return Saring(isi.get("tahun") or hari_ini().year, isi.get("layanan") or "", jenis, hari_ini())

    def kalimat(self) -> str:
        """What is shown now, in words."""
        pilihan = dict(self.fields["layanan"].choices)  # type: ignore[attr-defined] # the same
        layanan = self.cleaned_data.get("layanan")
        bagian = [str(self.cleaned_data.get("tahun") or hari_ini().year), str(pilihan[layanan]) if layanan else ""]
        return ", ".join(b for b in bagian if b)


@require_safe
def dasbor(request: HttpRequest) -> HttpResponse:
    """Figures of today, the month and the year. Http404 without an office, TidakBerwenang for other desks."""
    orang = request.user
    if not isinstance(orang, Akun) or not orang.petugas:
        raise Http404
    if not orang.berperan(*statistik.PEMBACA):
        raise TidakBerwenang(_("Halaman ini untuk perencana, pimpinan, dan pengawas."))
    statistik.segarkan()  # derived: a reader may bring it up to date
    jenis = statistik.jenis_pembaca(orang)
    pertama, kini = statistik.bulan_pertama(), hari_ini()
    tahun = range(kini.year, (pertama or kini).year - 1, -1)
    form = SaringanDasbor({"tahun": str(kini.year)} | request.GET.dict(), tahun=tahun, jenis=jenis)
    isi = Dasbor(form.saring(jenis))
    if bentuk := request.GET.get("format", ""):
        return _unduh(isi, bentuk, request.GET.get("tabel", ""))
    tanya = request.GET.copy()
    konteks = {
        "dasbor": isi,
        "pada": sekarang(),
        "milik_bidang": jenis is not None,
        "saringan": form,
        "saringan_kalimat": form.kalimat(),
        "saringan_hapus": request.path if request.GET else "",
        "tanya": f"&{sisa}" if (sisa := tanya.urlencode()) else "",
    }
    return render(request, "renstra/dasbor.html", konteks)


def _unduh(isi: Dasbor, bentuk: str, kode: str) -> HttpResponse:
    """All tables as a workbook, or one as CSV. Raises Http404 for anything else."""
    if bentuk == "xlsx":
        return _berkas(_buku(isi), _XLSX, f"dasbor-{isi.saring.tahun}.xlsx")
    tabel = next((t for t in isi.tabel if t.kode == kode), None)
    if bentuk != "csv" or tabel is None:
        raise Http404
    return _berkas(_csv(tabel).encode(), "text/csv; charset=utf-8", f"dasbor-{isi.saring.tahun}-{kode}.csv")


def _csv(tabel: Tabel) -> str:
    """The table with exact numbers (a point before decimals); no cell that a spreadsheet would run."""
    baris = ([str(b.kepala), *(_polos(a.nilai, a.teks) for a in b.isi)] for b in tabel.baris)
    return "".join(tulis_baris(sel) for sel in (tabel.kolom, *baris))


def _polos(nilai: Any, teks: str) -> str:
    if nilai is None:
        return "" if teks == "-" else teks
    return str(nilai) if isinstance(nilai, int) else str(bulatkan(nilai, 4))


def _buku(isi: Dasbor) -> bytes:
    lembar = [
        Lembar(
            t.judul,
            [t.judul, _("Dihitung %(saat)s") % {"saat": f"{sekarang().astimezone(zona()):%d/%m/%Y %H.%M}"}],
            [Kolom(k) for k in t.kolom],
            [[str(b.kepala), *(a.teks if a.nilai is None else a.nilai for a in b.isi)] for b in t.baris],
        )
        for t in isi.tabel
    ]
    return xlsx(lembar, dibuat=sekarang(), judul=_("Dasbor %(t)s") % {"t": isi.saring.tahun})


def _berkas(isi: bytes, jenis: str, nama: str) -> HttpResponse:
    respons = HttpResponse(isi, content_type=jenis)
    respons["Content-Disposition"] = f'attachment; filename="{nama}"'
    return respons
