"""The front page: what do you want to do, where is your file, is this permit real (ux.md sketch 1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Akun
from core.kalender import kalender_berlaku
from core.templatetags.tampilan import tanggal
from core.waktu import hari_ini, sekarang
from ikm.deret import edisi_terbit
from perizinan.halaman import kinerja
from perizinan.halaman.katalog import per_kebutuhan
from perizinan.models import JenisIzin, Permohonan

CHIP_MAKS = 6


@login_not_required
@require_safe
def beranda(request: HttpRequest) -> HttpResponse:
    """Search first; then two small forms in place, the loket's hours and live figures."""
    layanan = list(JenisIzin.objects.filter(aktif=True))
    konteks: dict[str, Any] = {
        "kebutuhan": sorted(per_kebutuhan(layanan), key=lambda k: -len(k.layanan))[:CHIP_MAKS],
        "jumlah_layanan": len(layanan),
        "loket": loket_kini(hari_ini()),
        "kinerja": kinerja.bulanan(hari_ini().replace(day=1)),
        "diproses": Permohonan.objects.terbuka().filter(mulai_hitung__isnull=False, terbit_pada__isnull=True).count(),
        "ikm": edisi_terbit().values("periode__kode", "hasil__ikm", "hasil__mutu").first(),
        "menunggu": _menunggu(request),
    }
    return render(request, "publik/beranda.html", konteks)


def _menunggu(request: HttpRequest) -> int:
    """How many of the reader's own files wait for the reader."""
    akun = request.user
    if not isinstance(akun, Akun) or akun.petugas:
        return 0
    return Permohonan.objects.terlihat_oleh(akun).menunggu_pemohon(akun).distinct().count()


def loket_kini(hari: date) -> str:
    """`Loket buka hari ini sampai 15.00`; on a closed day why, and when next."""
    kalender = kalender_berlaku()
    if kalender.hari_kerja(hari):
        batas = kalender.batas_loket(hari)
        if sekarang() <= batas:
            return _("Loket buka hari ini sampai pukul %(jam)s") % {"jam": f"{batas:%H.%M}"}
        sebab = _("Loket hari ini sudah tutup")
    else:
        alasan = kalender.libur.get(hari) or _("akhir pekan")
        sebab = _("Loket tutup hari ini: %(alasan)s") % {"alasan": alasan}
    buka = kalender.buka(kalender.hari_kerja_ke(hari, 1))
    return _("%(sebab)s. Buka lagi %(hari)s pukul %(jam)s") % {
        "sebab": sebab,
        "hari": tanggal(buka),
        "jam": f"{buka:%H.%M}",
    }
