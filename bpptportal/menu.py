"""The menus as data: which page, in which words, for which role.

An entry whose page is not in the URL configuration is left out, so a city that switches a module off by its
addresses needs no second switch here. `tests/ui/test_menu.py` names every entry that leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import PERAN_PETUGAS, Peran

SEMUA: Final[frozenset[str]] = frozenset()
_PETUGAS: Final = frozenset(PERAN_PETUGAS)


@dataclass(frozen=True, slots=True)
class Butir:
    """One entry: name of the address, words, icon, and the roles that see it (empty: everybody)."""

    nama: str
    teks: str | Promise
    ikon: str
    peran: frozenset[str] = SEMUA


@dataclass(frozen=True, slots=True)
class ButirTampil:
    """An entry as the templates print it."""

    alamat: str
    teks: str | Promise
    ikon: str
    kini: bool


PUBLIK: Final = (
    Butir("layanan", _("Layanan"), "dokumen"),
    Butir("lacak", _("Cek status"), "cari"),
    Butir("cek", _("Cek keaslian"), "perisai"),
    Butir("permohonan_saya", _("Permohonan saya"), "kotak-masuk", frozenset({Peran.PEMOHON})),
    Butir("kotak_masuk", _("Meja kerja"), "kotak-masuk", _PETUGAS),
)
#: Help, accessibility statement and privacy notice come with the portal's own issue.
KAKI: Final[tuple[Butir, ...]] = (Butir("data_terbuka", _("Data terbuka"), "grafik"),)
PETUGAS: Final = (
    Butir("kotak_masuk", _("Kotak masuk"), "kotak-masuk", _PETUGAS),
    Butir("loket", _("Loket hari ini"), "orang", frozenset({Peran.LOKET})),
    Butir("entri_loket", _("Permohonan di loket"), "tambah", frozenset({Peran.LOKET})),
    Butir("meja_tanda_tangan", _("Meja tanda tangan"), "pena", frozenset({Peran.PENANDATANGAN, Peran.AJUDAN})),
    Butir(
        "kunjungan",
        _("Kunjungan lapangan"),
        "pin",
        frozenset({Peran.TIM_TEKNIS, Peran.KOORDINATOR_TEKNIS}),
    ),
    Butir(
        "waktu_meja",
        _("Waktu per meja"),
        "jam",
        frozenset({Peran.KABID, Peran.PENANDATANGAN, Peran.TIM_PEMBINA}),
    ),
    Butir("pembayaran", _("Tagihan dan pembayaran"), "dompet", frozenset({Peran.BENDAHARA})),
    Butir("peringatan_waktu", _("Peringatan waktu"), "jam", _PETUGAS - {Peran.PERENCANA, Peran.ADMIN}),
    Butir(
        "permintaan_perbaikan",
        _("Permintaan perbaikan"),
        "putar",
        frozenset({Peran.KABID, Peran.PENANDATANGAN, Peran.TIM_PEMBINA, Peran.AUDITOR}),
    ),
    Butir("register_permohonan", _("Semua permohonan"), "cari", _PETUGAS - {Peran.TIM_TEKNIS}),
    Butir(
        "dasbor",
        _("Dasbor"),
        "grafik",
        frozenset({Peran.PERENCANA, Peran.KABID, Peran.PENANDATANGAN, Peran.TIM_PEMBINA, Peran.AUDITOR, Peran.ADMIN}),
    ),
    Butir("kertas", _("Lembar survei"), "pena", frozenset({Peran.PERENCANA, Peran.ADMIN})),
    Butir(
        "ikm_dasbor",
        _("Indeks kepuasan"),
        "grafik",
        frozenset({Peran.PERENCANA, Peran.KABID, Peran.PENANDATANGAN, Peran.TIM_PEMBINA, Peran.AUDITOR, Peran.ADMIN}),
    ),
    Butir(
        "renstra",
        _("Rencana strategis"),
        "dokumen",
        frozenset({Peran.PERENCANA, Peran.KABID, Peran.PENANDATANGAN, Peran.AUDITOR, Peran.ADMIN}),
    ),
    Butir("macet", _("Pekerjaan macet"), "peringatan", frozenset({Peran.ADMIN, Peran.AUDITOR})),
    Butir("admin:index", _("Data dan pengaturan"), "kantor", frozenset({Peran.ADMIN})),
)


def peran_pembaca(request: HttpRequest) -> frozenset[str]:
    """Roles of the person who reads the page; whoever is logged in without an office is an applicant."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return frozenset()
    resmi: frozenset[str] = user.daftar_peran
    return resmi or frozenset({Peran.PEMOHON})


def susun(butir: Iterable[Butir], request: HttpRequest, peran: frozenset[str]) -> list[ButirTampil]:
    """The entries that this reader sees, with the one of the present page marked."""
    tampil = []
    for satu in butir:
        if satu.peran and not satu.peran & peran:
            continue
        try:
            alamat = reverse(satu.nama)
        except NoReverseMatch:
            continue
        tampil.append(ButirTampil(alamat, satu.teks, satu.ikon, kini=False))
    terdekat = max((b.alamat for b in tampil if request.path.startswith(b.alamat)), key=len, default="")
    return [ButirTampil(b.alamat, b.teks, b.ikon, b.alamat == terdekat) for b in tampil]
