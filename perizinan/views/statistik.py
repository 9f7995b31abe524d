"""The lists behind the figures of a dashboard."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.galat import TidakBerwenang
from perizinan import statistik
from perizinan.enums import Ukuran, UkuranKini
from perizinan.forms.statistik import SaringanStatistik
from perizinan.halaman import statistik as halaman_statistik
from perizinan.statistik import Lingkup
from perizinan.views._meja import petugas_saja
from perizinan.views._saya import akun


@petugas_saja
@require_safe
def rinci(request: HttpRequest, ukuran: str) -> HttpResponseBase:
    """What a figure counts. Raises TidakBerwenang for other desks, Http404 for a measure that is none."""
    pembaca = akun(request)
    if not pembaca.berperan(*statistik.PEMBACA):
        raise TidakBerwenang(_("Halaman ini untuk perencana, pimpinan, dan pengawas."))
    u = halaman_statistik.ukuran_dari(ukuran)
    if u is None:
        raise Http404
    saringan = SaringanStatistik(
        request.GET.dict(), bulanan=isinstance(u, Ukuran), bersaran=u in halaman_statistik.BERSARAN
    )
    lingkup = saringan.lingkup(statistik.jenis_pembaca(pembaca))
    daftar = _daftar(u, lingkup)
    if request.GET.get("format") == "csv":
        isi = halaman_statistik.baris_csv(daftar, pembaca, u)
        respons = StreamingHttpResponse(isi, content_type="text/csv; charset=utf-8")
        respons["Content-Disposition"] = f'attachment; filename="{u.value}.csv"'
        return respons
    halaman = Paginator(halaman_statistik.untuk_baris(daftar), halaman_statistik.PER_HALAMAN).get_page(
        request.GET.get("halaman")
    )
    tanya = {k: v for k, v in request.GET.items() if k != "halaman"} | {"format": "csv"}
    konteks: dict[str, Any] = {
        "judul": u.label,
        "roti": _roti(str(u.label)),
        "jumlahnya": _jumlah(u, lingkup),
        "terkait": _terkait(u, lingkup, {k: v for k, v in request.GET.items() if k not in {"halaman", "format"}}),
        "milik_bidang": lingkup.jenis is not None,
        "halaman": halaman,
        "baris": halaman_statistik.baris(halaman.object_list, pembaca, u),
        "jumlah": halaman.paginator.count,
        "benda": _benda(daftar),
        "urutan": _("yang paling mepet di atas") if isinstance(u, UkuranKini) else _("terbaru di atas"),
        "kolom": [
            {"judul": _("Permohonan")},
            {"judul": _("Diajukan")},
            {"judul": _("Terbit atau selesai")},
            {"judul": _("Hari terpakai"), "kelas": "angka"},
            {"judul": _("Keterangan")},
        ],
        "saringan": saringan,
        "saringan_kalimat": saringan.kalimat(lingkup),
        "saringan_hapus": request.path if request.GET else "",
        "ekspor": [{"teks": _("Unduh CSV"), "alamat": f"?{urlencode(tanya)}"}],
    }
    return render(request, "perizinan/petugas/statistik.html", konteks)


def _roti(judul: str) -> list[dict[str, str]]:
    """The way back to the dashboard, where that module is installed."""
    try:
        return [{"teks": _("Dasbor"), "alamat": reverse("dasbor")}, {"teks": judul}]
    except NoReverseMatch:
        return [{"teks": judul}]


def _daftar(ukuran: Ukuran | UkuranKini, lingkup: Lingkup) -> QuerySet[Any]:
    if isinstance(ukuran, UkuranKini):
        return statistik.daftar_kini(ukuran, layanan=lingkup.layanan, jenis=lingkup.jenis)
    return statistik.daftar(ukuran, lingkup)


def _jumlah(ukuran: Ukuran | UkuranKini, lingkup: Lingkup) -> str:
    """The figure, where it is a sum over the rows and not their count; else nothing."""
    if not isinstance(ukuran, Ukuran) or ukuran not in halaman_statistik.BERJUMLAH:
        return ""
    statistik.segarkan()  # derived: a reader may bring it up to date
    return halaman_statistik.angka(ukuran, statistik.jumlah(ukuran, lingkup))


def _terkait(ukuran: Ukuran | UkuranKini, lingkup: Lingkup, tanya: dict[str, Any]) -> list[dict[str, Any]]:
    """What one looks at next, by the same filters, each with its figure."""
    daftar = halaman_statistik.TERKAIT.get(ukuran, ())
    if daftar:
        statistik.segarkan()  # derived: a reader may bring it up to date
    return [
        {
            "nama": u.label,
            "jumlah": statistik.jumlah(u, lingkup),
            "alamat": reverse("statistik_rinci", args=[u], query=tanya),
        }
        for u in daftar
    ]


def _benda(daftar: QuerySet[Any]) -> str:
    return {
        "perbaikan": _("permintaan perbaikan"),
        "rekomendasi": _("rekomendasi"),
        "butirperbaikan": _("butir perbaikan"),
        "pembayaran": _("pembayaran"),
    }.get(str(daftar.model._meta.model_name), _("permohonan"))
