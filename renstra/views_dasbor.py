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
from core.formulir import Formulir
from core.galat import TidakBerwenang
from core.waktu import hari_ini, sekarang
from perizinan import statistik
from perizinan.models import JenisIzin
from renstra.dasbor import Baris, Dasbor, Saring, Tabel
from renstra.perms import boleh_lihat
from renstra.unduh_dasbor import Bahan, Potongan, kirim


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
    if berkas := kirim(request, _bahan(isi, form.kalimat())):
        return berkas
    tanya = request.GET.copy()
    konteks = {
        "dasbor": isi,
        "pada": sekarang(),
        "ke_rencana": boleh_lihat(orang),
        "milik_bidang": jenis is not None,
        "saringan": form,
        "saringan_kalimat": form.kalimat(),
        "saringan_hapus": request.path if request.GET else "",
        "tanya": f"&{sisa}" if (sisa := tanya.urlencode()) else "",
    }
    return render(request, "renstra/dasbor.html", konteks)


def _bahan(isi: Dasbor, kalimat: str) -> Bahan:
    """What is downloaded and printed: the same tables, each chart before its own."""

    def potongan() -> list[Potongan]:
        kini = Tabel("kini", _("Sekarang"), [_("Ukuran"), _("Jumlah")], [Baris(n, [a]) for n, a in isi.hari_ini])
        return [
            Potongan(tabel=kini),
            Potongan(tabel=isi.ringkasan),
            Potongan(grafik=isi.grafik_bulan, tabel=isi.bulanan),
            Potongan(grafik=isi.grafik_tahun, tabel=isi.tahunan),
            Potongan(tabel=isi.per_layanan),
            Potongan(tabel=isi.per_dinas),
        ]

    return Bahan(f"dasbor-{isi.saring.tahun}", _("Dasbor"), kalimat, isi.tabel, potongan)
