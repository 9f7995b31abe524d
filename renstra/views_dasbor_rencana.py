"""The dashboard of the plan: a quarter's achievement against money, the index against its target, the alerts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import Akun
from core.formulir import Formulir
from core.waktu import sekarang
from perizinan.statistik import jenis_pembaca
from renstra import halaman_peringatan
from renstra.dasbor_rencana import DasborRencana
from renstra.halaman_evaluasi import halaman, pilih_masa
from renstra.halaman_peringatan import HalamanPeringatan, KelompokPeringatan
from renstra.kartu_ikm import KartuIkm
from renstra.laporan.e81 import ROMAWI
from renstra.sumber import Masa
from renstra.susunan import tahun_berencana
from renstra.unduh_dasbor import Bahan, Potongan, kirim
from renstra.views import pembaca_saja


class SaringanRencana(Formulir):
    """Which year of a plan, up to which quarter; what cannot be read filters nothing and says so."""

    tahun = forms.ChoiceField(label=gettext_lazy("Tahun"), required=False)
    triwulan = forms.ChoiceField(
        label=gettext_lazy("Sampai triwulan"),
        required=False,
        choices=[(str(n), r) for n, r in enumerate(ROMAWI, start=1)],
    )

    def __init__(self, isi: dict[str, Any], masa: Masa) -> None:
        super().__init__({"tahun": str(masa.tahun), "triwulan": str(masa.triwulan)} | isi)
        self.fields["tahun"].choices = [(str(t), str(t)) for t in tahun_berencana()]  # type: ignore[attr-defined] # a ChoiceField


@pembaca_saja
@require_safe
def dasbor_rencana(request: HttpRequest) -> HttpResponse:
    """The quarter in the address (`tahun`, `triwulan`), else the present one; `format` asks for a file."""
    orang = request.user
    assert isinstance(orang, Akun)  # noqa: S101 pembaca_saja let nobody else through
    masa = pilih_masa(request.GET.get("tahun", ""), request.GET.get("triwulan", ""))
    h = halaman(masa.tahun, masa.triwulan, orang) if masa else None
    if masa is None or h is None:
        return render(request, "renstra/kosong.html")
    isi = DasborRencana(h, terbatas=jenis_pembaca(orang) is not None)
    kelompok = HalamanPeringatan(isi, orang).kelompok()
    kalimat = _("%(tahun)s sampai triwulan %(tw)s") % {"tahun": masa.tahun, "tw": ROMAWI[masa.triwulan - 1]}
    if berkas := kirim(request, _bahan(isi, kelompok, kalimat)):
        return berkas
    saringan = SaringanRencana(request.GET.dict(), masa)
    saringan.is_valid()
    tanya = request.GET.urlencode()
    konteks = {
        "d": isi,
        "pada": sekarang(),
        "kelompok": kelompok,
        "banyak_peringatan": sum(len(k.butir) for k in kelompok),
        "tabel": [*isi.tabel, halaman_peringatan.tabel(kelompok)],
        "saringan": saringan,
        "saringan_kalimat": kalimat,
        "saringan_hapus": request.path if request.GET else "",
        "tanya": f"&{tanya}" if tanya else "",
    }
    return render(request, "renstra/dasbor_rencana.html", konteks)


def _bahan(d: DasborRencana, kelompok: list[KelompokPeringatan], kalimat: str) -> Bahan:
    """What is downloaded and printed: the page's tables, each chart before its own."""
    peringatan = halaman_peringatan.tabel(kelompok)

    def potongan() -> list[Potongan]:
        return [
            Potongan([f"{d.h.rencana.nama}. {d.h.tanda}."]),
            Potongan([kalimat_ikm(d.ikm)], d.ikm.grafik),
            Potongan(tabel=peringatan),
            Potongan(tabel=d.kinerja),
            Potongan(grafik=d.grafik_kegiatan, tabel=d.anggaran),
            Potongan(grafik=d.grafik_triwulan, tabel=d.per_triwulan),
            Potongan(grafik=d.grafik_kuadran, tabel=d.kuadran),
        ]

    nama = f"dasbor-rencana-{d.masa.tahun}-triwulan-{d.masa.triwulan}"
    return Bahan(nama, _("Dasbor rencana"), kalimat, [*d.tabel, peringatan], potongan)


def kalimat_ikm(k: KartuIkm) -> str:
    """The card in one sentence, for paper."""
    kepala = _("Indeks kepuasan %(kode)s") % {"kode": k.kode}
    if not k.ada:
        return _("%(kepala)s: periode belum dibuka; target %(target)s.") % {"kepala": kepala, "target": k.teks_target}
    if k.nilai is None:
        kata = _("ditahan, jawaban kurang dari lima") if k.ditahan else _("belum ada jawaban")
        return _("%(kepala)s: %(kata)s; target %(t)s.") % {"kepala": kepala, "kata": kata, "t": k.teks_target}
    edisi = _("edisi %(n)d, disahkan") % {"n": k.edisi} if k.edisi else _("sementara")
    return _(
        "%(kepala)s: %(nilai)s, mutu %(mutu)s (%(kinerja)s), %(edisi)s; target %(t)s. %(instrumen)s, %(bobot)s."
    ) % {
        "kepala": kepala,
        "nilai": k.teks,
        "mutu": k.mutu,
        "kinerja": k.kinerja,
        "edisi": edisi,
        "t": k.teks_target,
        "instrumen": k.instrumen,
        "bobot": k.bobot,
    }
