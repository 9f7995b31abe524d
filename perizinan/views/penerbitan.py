"""What was issued by day, week, month and year, for everybody."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.formulir import Formulir
from core.waktu import hari_ini
from perizinan.halaman import kinerja, penerbitan
from perizinan.models import JenisIzin

_KATA = {
    "hari": (gettext_lazy("Izin terbit per hari"), gettext_lazy("Hari")),
    "minggu": (gettext_lazy("Izin terbit per minggu"), gettext_lazy("Minggu")),
    "bulan": (gettext_lazy("Izin terbit per bulan"), gettext_lazy("Bulan")),
    "tahun": (gettext_lazy("Izin terbit per tahun"), gettext_lazy("Tahun")),
}
#: By how many months the neighbouring page lies, where a page is not all there is.
_LANGKAH = {"hari": 1, "minggu": 12, "bulan": 12}


class SaringanLayanan(Formulir):
    """One service or all; the month of the page is kept."""

    bulan = forms.CharField(required=False, max_length=7, widget=forms.HiddenInput)
    layanan = forms.ChoiceField(label=gettext_lazy("Layanan"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pilihan = JenisIzin.objects.order_by("nama").values_list("kode", "nama")
        self.fields["layanan"].choices = [("", _("Semua layanan")), *pilihan]  # type: ignore[attr-defined] # a ChoiceField


@login_not_required
@require_safe
def terbit_periode(request: HttpRequest, per: str) -> HttpResponseBase:
    """One kind of period, as a page or as CSV. Raises Http404 for a kind that is none."""
    if per not in penerbitan.PERIODE:
        raise Http404
    bulan = kinerja.baca_bulan(request.GET.get("bulan", ""), hari_ini())
    form = SaringanLayanan(request.GET)
    layanan = form.cleaned_data.get("layanan", "") if form.is_valid() else ""
    baris = penerbitan.susun(per, bulan, layanan)
    if request.GET.get("format") == "csv":
        respons = StreamingHttpResponse(penerbitan.baris_csv(baris), content_type="text/csv; charset=utf-8")
        respons["Content-Disposition"] = f'attachment; filename="terbit-per-{per}.csv"'
        return respons
    judul, kolom = _KATA[per]
    saring = f"&layanan={layanan}" if layanan else ""
    konteks = {
        "judul": judul,
        "masa": {"hari": f"{bulan:%Y-%m}", "tahun": ""}.get(per, str(bulan.year)),
        "bulan": bulan,
        "per": per,
        "lain": [{"per": p, "teks": k[1], "kini": p == per} for p, k in _KATA.items()],
        "tetangga": _tetangga(per, bulan, saring),
        "terbit": sum(b.terbit for b in baris),
        "baris": baris,
        "jumlah": len(baris),
        "benda": str(kolom).lower(),
        "urutan": _("terbaru di atas"),
        "kolom": [
            {"judul": kolom},
            {"judul": _("Terbit"), "kelas": "angka"},
            {"judul": _("Tepat waktu"), "kelas": "angka"},
        ],
        "saringan": form,
        "saringan_kalimat": str(dict(form.fields["layanan"].choices)[layanan]) if layanan else "",  # type: ignore[attr-defined] # a ChoiceField
        "saringan_hapus": request.path,
        "ekspor": [{"teks": _("Unduh CSV"), "alamat": f"?bulan={bulan:%Y-%m}{saring}&format=csv"}],
    }
    return render(request, "perizinan/publik/terbit_periode.html", konteks)


def _tetangga(per: str, bulan: date, saring: str) -> dict[str, str]:
    """Addresses of the page before and after; none where one page holds everything."""
    langkah = _LANGKAH.get(per)
    if langkah is None:
        return {}
    geser = {nama: kinerja.geser(bulan, arah * langkah) for nama, arah in (("lalu", -1), ("depan", 1))}
    alamat = {nama: f"?bulan={b:%Y-%m}{saring}" for nama, b in geser.items()}
    kini = hari_ini().replace(day=1)
    sudah_ada = geser["depan"] <= (kini if per == "hari" else kini.replace(month=12))
    return alamat if sudah_ada else alamat | {"depan": ""}
