"""What every page may print about the office and its reader. Lazy: a page pays for what it prints."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.enums import Peran
from bpptportal import menu
from core import konfigurasi
from core.hari_kerja import Kalender
from core.kalender import kalender_berlaku
from core.waktu import hari_ini

UMUR_JAM = 60  # seconds that the opening hours at the foot of a page may be old
_SEPEKAN = 7


def kantor(request: HttpRequest) -> dict[str, Any]:
    """Office, address of the site, opening hours and menus (settings.TEMPLATES)."""
    peran = SimpleLazyObject(lambda: menu.peran_pembaca(request))
    return {
        "kantor": SimpleLazyObject(konfigurasi.kantor),
        "situs": urlsplit(settings.SITUS).netloc,
        "jam_loket": SimpleLazyObject(_jam_loket),
        "menu": SimpleLazyObject(lambda: menu.susun(menu.PUBLIK, request, frozenset(peran))),
        "menu_kaki": SimpleLazyObject(lambda: menu.susun(menu.KAKI, request, frozenset(peran))),
        "menu_petugas": SimpleLazyObject(lambda: menu.susun(menu.PETUGAS, request, frozenset(peran))),
        "peran_kini": SimpleLazyObject(lambda: ", ".join(str(Peran(p).label) for p in sorted(peran))),
    }


def _jam_loket() -> list[dict[str, str]]:
    """Opening hours of the counters in a week without holidays, equal days together: "Senin-Kamis"."""
    kunci = f"jam_loket:{get_language()}"
    baris: list[dict[str, str]] | None = cache.get(kunci)
    if baris is None:
        baris = susun_jam(kalender_berlaku(), hari_ini())
        cache.set(kunci, baris, UMUR_JAM)
    return baris


def susun_jam(kalender: Kalender, hari: date) -> list[dict[str, str]]:
    """Rows {hari, jam} of the week of `hari`, Monday first; closed days are one row at the end."""
    senin = hari - timedelta(days=hari.weekday())
    kelompok: list[tuple[str, list[date]]] = []
    for geser in range(_SEPEKAN):
        tanggal = senin + timedelta(days=geser)
        if tanggal.weekday() in kalender.hari_pekan:
            jam = kalender.jam_pada(tanggal)
            teks = _("%(buka)s-%(tutup)s") % {
                "buka": f"{jam.buka:%H.%M}",
                "tutup": f"{jam.batas_loket:%H.%M}",
            }
        else:
            teks = _("tutup")
        if kelompok and kelompok[-1][0] == teks:
            kelompok[-1][1].append(tanggal)
        else:
            kelompok.append((teks, [tanggal]))
    return [{"hari": _rentang(hari_sama), "jam": teks} for teks, hari_sama in kelompok]


def _rentang(hari: list[date]) -> str:
    nama = [date_format(satu, "l") for satu in hari]
    return nama[0] if len(nama) == 1 else f"{nama[0]}-{nama[-1]}"
