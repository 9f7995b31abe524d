"""What those who lead look at: who asks for corrections, how often, and how late."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.enums import Peran
from core.galat import TidakBerwenang
from core.waktu import sekarang
from perizinan.halaman.permintaan import permintaan as susun
from perizinan.views._meja import petugas_saja
from perizinan.views._saya import akun

HARI = 90
PEMBACA = (Peran.KABID, Peran.PENANDATANGAN, Peran.TIM_PEMBINA, Peran.AUDITOR)


@petugas_saja
@require_safe
def permintaan(request: HttpRequest) -> HttpResponse:
    """The last 90 days. Raises TidakBerwenang for desks that do not lead."""
    pembaca = akun(request)
    if not pembaca.berperan(*PEMBACA):
        raise TidakBerwenang(_("Halaman ini untuk pimpinan dan pengawas."))
    baris = susun(pembaca, sekarang() - timedelta(days=HARI))
    konteks = {
        "hari": HARI,
        "baris": baris,
        "jumlah": len(baris),
        "urutan": _("yang paling sering meminta di atas"),
        "kolom": [
            {"judul": _("Petugas")},
            {"judul": _("Berkas ditangani"), "kelas": "angka"},
            {"judul": _("Diminta perbaikan"), "kelas": "angka"},
            {"judul": _("Pada seperlima akhir waktu"), "kelas": "angka"},
        ],
        "baris_templat": "perizinan/petugas/_baris_permintaan.html",
        "kosong_judul": _("Tidak ada permintaan perbaikan"),
        "kosong_keterangan": _("Dalam masa ini tidak ada yang meminta perbaikan kepada pemohon."),
    }
    return render(request, "perizinan/petugas/permintaan.html", konteks)
