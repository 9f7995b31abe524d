"""The texts of a year's book: planners write, the other readers of the plan read, both see what is missing."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import Akun
from core.galat import TidakBerwenang
from perizinan.statistik import segarkan
from renstra.forms_naskah import FormNaskah, Hasil
from renstra.halaman_naskah import BarisNaskah, HalamanNaskah
from renstra.laporan.teks import rapikan
from renstra.services.naskah import PANJANG_MAKS
from renstra.susunan import tahun_berencana
from renstra.views import pembaca_saja
from renstra.views_laporan import _tahun as tahun_alamat  # the same year as the book's page chooses


@pembaca_saja
@require_http_methods(["GET", "HEAD", "POST"])
def naskah(request: HttpRequest) -> HttpResponse:
    """All texts of the year in the address. Raises Http404 without a plan, TidakBerwenang for who may not write."""
    tahun, rencana = tahun_alamat(request)
    assert isinstance(request.user, Akun)  # noqa: S101 pembaca_saja let nobody else through
    segarkan()  # derived: a reader may bring it up to date
    halaman = HalamanNaskah(rencana, tahun, request.user)
    if request.method != "POST":
        form = halaman.form() if halaman.boleh_tulis else None
        return _tampil(request, halaman, halaman.baris(form), form)
    if not halaman.boleh_tulis:
        raise TidakBerwenang(_("Naskah laporan ditulis oleh perencana."))
    return _simpan(request, halaman)


def _simpan(request: HttpRequest, halaman: HalamanNaskah) -> HttpResponse:
    """Write what changed; 400 with everything typed where a text is too long, 409 where somebody was first."""
    form = halaman.form(request.POST)
    lepas = _lepas(request, form, halaman)
    if not form.is_valid():
        return _tampil(request, halaman, halaman.baris(form), form, lepas=lepas, status=400)
    hasil = form.simpan(halaman.rencana, halaman.tahun, halaman.orang)
    if hasil.tersimpan:
        n = hasil.tersimpan
        messages.success(request, ngettext("%(n)d naskah tersimpan.", "%(n)d naskah tersimpan.", n) % {"n": n})
    if not hasil.bentrok and not lepas:
        if not hasil.tersimpan:
            messages.info(request, _("Tidak ada naskah yang berubah."))
        return redirect(halaman.alamat())
    return _bentrok(request, halaman, form, hasil, lepas)


def _bentrok(
    request: HttpRequest, halaman: HalamanNaskah, form: FormNaskah, hasil: Hasil, lepas: list[str]
) -> HttpResponse:
    """The page as it is now, with both texts where two people wrote."""
    halaman.segarkan()
    baru = halaman.form(milikku=form.milik(hasil.bentrok))
    baris = halaman.baris(baru, hasil.bentrok)
    galat = [(b.jangkar, _("%(judul)s: diubah orang lain.") % {"judul": b.judul}) for b in baris if b.lawan]
    return _tampil(request, halaman, baris, baru, lepas=lepas, galat=galat, status=409)


def _lepas(request: HttpRequest, form: FormNaskah, halaman: HalamanNaskah) -> list[str]:
    """Texts that were sent for a place which the data no longer ask for, unless they are kept already."""
    ada = {n.isi for n in halaman.tersisih}
    kirim = (rapikan(str(v)) for k, v in request.POST.items() if k.startswith("isi_") and k not in form.fields)
    return [teks[: PANJANG_MAKS * 2] for teks in kirim if teks and teks not in ada]


def _tampil(
    request: HttpRequest,
    halaman: HalamanNaskah,
    baris: list[BarisNaskah],
    form: FormNaskah | None,
    *,
    lepas: Iterable[str] = (),
    galat: Iterable[tuple[str, str]] = (),
    status: int = 200,
) -> HttpResponse:
    konteks = {
        "h": halaman,
        "pilihan": tahun_berencana(),
        "form": form,
        "baris": baris,
        "belum": [b for b in baris if not b.ditulis],
        "ditulis": sum(b.ditulis for b in baris),
        "lepas": list(lepas),
        "galat_lain": list(galat),
        "maks": PANJANG_MAKS,
    }
    return render(request, "renstra/naskah.html", konteks, status=status)
