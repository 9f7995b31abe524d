"""The operator's page: what stands still, and another try. Seen by admin and auditor, used by admin."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.enums import Peran
from accounts.models import Akun
from bpptportal import health
from bpptportal.macet import SUMBER
from core.colek import colek
from core.galat import TidakBerwenang
from core.templatetags.tampilan import waktu_pendek
from core.waktu import sekarang

PEMBACA = frozenset({Peran.ADMIN, Peran.AUDITOR})
PER_HALAMAN = 25
SEKALI_ULANG = 200


@require_http_methods(["GET", "HEAD", "POST"])
def macet(request: HttpRequest) -> HttpResponse:
    """What stands still, oldest first; POST tries one row again, all rows of a kind, or a sweep."""
    akun = request.user
    if not isinstance(akun, Akun) or not akun.petugas:
        raise Http404
    peran = frozenset(akun.daftar_peran)
    if not peran & PEMBACA:
        raise TidakBerwenang(_("Halaman ini untuk admin dan auditor."))
    boleh = Peran.ADMIN in peran
    if request.method == "POST":
        if not boleh:
            raise TidakBerwenang(_("Hanya admin yang boleh mengulang pekerjaan."))
        return _ulang(request, akun)
    return render(request, "operator/macet.html", _konteks(request, boleh=boleh))


def _konteks(request: HttpRequest, *, boleh: bool) -> dict[str, Any]:
    kini = sekarang()
    menunggu = health.semua_menunggu(kini)
    lambat = health.semua_terlambat(menunggu, kini)
    bagian = []
    for kode, sumber in SUMBER.items():
        halaman = Paginator(sumber.daftar(), PER_HALAMAN).get_page(request.GET.get("halaman"))
        bagian.append(
            {
                "kode": kode,
                "judul": sumber.judul,
                "benda": sumber.benda,
                "jumlah": halaman.paginator.count,
                "halaman": halaman,
                "baris": [sumber.baris(satu) for satu in halaman.object_list],
            }
        )
    return {
        "boleh": boleh,
        "bagian": bagian,
        "sapuan": [{"nama": n, "sejak": menunggu[n], "menit": int(lambat[n].total_seconds()) // 60} for n in lambat],
        "fakta": _fakta(menunggu.get("kirim-pesan")),
        "kolom": [{"judul": j} for j in (_("Sejak"), _("Pekerjaan"), _("Keadaan"), _("Tindakan"))],
    }


def _fakta(pesan_sejak: datetime | None) -> list[dict[str, Any]]:
    """The state of the machine in three figures; what the runbook asks for first."""
    akhir = health.segel_terakhir()
    return [
        {
            "label": _("Antrean"),
            "nilai": _("tersambung") if health.broker_menjawab() else _("tidak ada"),
            "catatan": _("Tanpa antrean pekerjaan tetap jalan, hanya lebih lambat."),
            "ikon": "putar",
        },
        {
            "label": _("Pesan tertua yang menunggu"),
            "nilai": waktu_pendek(pesan_sejak) or _("tidak ada"),
            "ikon": "jam",
        },
        {
            "label": _("Segel riwayat terakhir"),
            "nilai": waktu_pendek(akhir.pada) if akhir else _("belum ada"),
            "catatan": akhir.jangkar if akhir else "",
            "ikon": "perisai",
        },
    ]


def _ulang(request: HttpRequest, akun: Akun) -> HttpResponse:
    """Do what was clicked, say what came of it. Raises Http404 for a kind or a row that does not exist."""
    kode, nomor = request.POST.get("sumber", ""), request.POST.get("baris", "")
    if kode == "sapuan":
        return _jalankan_sapuan(request, nomor)
    sumber = SUMBER.get(kode)
    if sumber is None or not (nomor == "semua" or (nomor.isascii() and nomor.isdigit() and len(nomor) < 19)):
        raise Http404
    semua = sumber.daftar().values_list("pk", flat=True)[:SEKALI_ULANG]
    daftar = list(semua) if nomor == "semua" else [int(nomor)]
    jumlah = sum(sumber.ulang(pk, akun) for pk in daftar)
    if jumlah:
        kalimat = ngettext("%(n)s %(benda)s akan dicoba lagi.", "%(n)s %(benda)s akan dicoba lagi.", jumlah)
        messages.success(request, kalimat % {"n": jumlah, "benda": sumber.benda})
    else:
        messages.info(request, _("Sudah tidak macet. Tidak ada yang perlu Anda ulangi."))
    return redirect("macet")


def _jalankan_sapuan(request: HttpRequest, nama: str) -> HttpResponse:
    """Ask a worker for a sweep now. A sweep is harmless twice."""
    from bpptportal.celery import app

    if nama not in health.SAPUAN:
        raise Http404
    app.loader.import_default_modules()
    colek(app.tasks[str(settings.CELERY_BEAT_SCHEDULE[nama]["task"])])
    messages.success(request, _("Diminta. Bila daftar ini tetap sama, pekerja latar mungkin mati."))
    return redirect("macet")
