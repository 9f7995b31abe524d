"""Paper sheets: two people type each one without seeing the other's; what agrees counts, what differs is decided.

A sheet that counts keeps its number and who typed it, never its values. With the survey code written on it, it uses
up the file's invitation; without one it cannot be tied to a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Akun
from core.galat import Bentrok, IsianTidakSah, TidakBerwenang, TidakDitemukan
from ikm.enums import SaluranJawaban, StatusLembar
from ikm.models import LembarKertas, Periode
from ikm.perms import boleh_entri
from ikm.services.menjawab import Isian, kunci_periode, simpan, urutkan
from perizinan.services import survei


def entri(
    periode: Periode, nomor: str, isian: Isian, *, oleh: Akun, kelompok: str = "", kode: str = ""
) -> LembarKertas:
    """Type a sheet. The first entry waits for a second person; equal entries are counted at once.

    Raises TidakBerwenang for somebody who is rated by the survey or typed this sheet before, IsianTidakSah for a
    missing value, Bentrok for a sheet that is done, TransisiDitolak for a closed period.
    """
    _pastikan_boleh(oleh)
    with transaction.atomic():
        kunci_periode(periode)
        isi = {"nilai": list(urutkan(periode, isian)), "profil": dict(isian.profil), "teks": isian.teks.strip()}
        isi |= {"kelompok": kelompok, "kode": _kode(kode)}
        lembar = LembarKertas.objects.filter(periode=periode, nomor=nomor).first()
        if lembar is None:
            return LembarKertas.objects.create(periode=periode, nomor=nomor, isi_1=isi, oleh_1=oleh)
        if lembar.status != StatusLembar.ENTRI_PERTAMA:
            raise Bentrok(_("Lembar %(nomor)s sudah dientri dua kali.") % {"nomor": nomor})
        if lembar.oleh_1_id == oleh.pk:
            raise TidakBerwenang(_("Entri kedua harus oleh orang lain."), kode="orang_sama")
        lembar.oleh_2, lembar.isi_2, lembar.status = oleh, isi, StatusLembar.BEDA
        if lembar.isi_1 == isi:
            _hitung(lembar, isi)
        lembar.save()
    return lembar


def putuskan(pk: int, pilihan: Mapping[str, int], *, oleh: Akun) -> LembarKertas:
    """Decide each difference by the sheet in hand: `pilihan` says per key of `beda` whose entry holds, 1 or 2.

    Raises IsianTidakSah naming what is undecided.
    """
    _pastikan_boleh(oleh)
    with transaction.atomic():
        lembar = _berbeda(pk)
        kunci_periode(lembar.periode)
        selisih = beda(lembar)
        kurang = {
            nama: [_("Pilih yang sesuai dengan lembarnya.")] for nama in selisih if pilihan.get(nama) not in {1, 2}
        }
        if kurang:
            raise IsianTidakSah(_("Ada perbedaan yang belum diputuskan."), kurang)
        isi = dict(lembar.isi_1 or {})
        nilai = list(isi["nilai"])
        for nama, pasangan in selisih.items():
            hasil = pasangan[pilihan[nama] - 1]
            if nama.startswith("u"):
                nilai[int(nama[1:]) - 1] = hasil
            else:
                isi[nama] = hasil
        lembar.catatan = _("%(n)d perbedaan diputuskan %(siapa)s") % {"n": len(selisih), "siapa": oleh.nama}
        _hitung(lembar, isi | {"nilai": nilai})
        lembar.save()
    return lembar


def batalkan(pk: int, alasan: str, *, oleh: Akun) -> LembarKertas:
    """Leave a sheet out: unreadable, or not one of ours. Raises IsianTidakSah without a reason."""
    _pastikan_boleh(oleh)
    if not alasan.strip():
        raise IsianTidakSah(_("Tulis alasannya."), {"alasan": [_("Tulis mengapa lembar ini tidak dihitung.")]})
    with transaction.atomic():
        lembar = LembarKertas.objects.select_for_update().select_related("periode").get(pk=pk)
        kunci_periode(lembar.periode)
        if lembar.status in {StatusLembar.SELESAI, StatusLembar.BATAL}:
            raise Bentrok(_("Lembar %(nomor)s sudah selesai.") % {"nomor": lembar.nomor})
        _selesaikan(lembar, StatusLembar.BATAL, alasan.strip()[:240])
        lembar.save()
    return lembar


def beda(lembar: LembarKertas) -> dict[str, tuple[Any, Any]]:
    """Where the two entries differ: `u1` .. for values by their place, `profil`, `teks`, `kelompok`, `kode`."""
    satu, dua = lembar.isi_1 or {}, lembar.isi_2 or {}
    hasil = {
        f"u{ke}": (a, b)
        for ke, (a, b) in enumerate(zip(satu.get("nilai", ()), dua.get("nilai", ()), strict=False), start=1)
        if a != b
    }
    lain = ("profil", "teks", "kelompok", "kode")
    return hasil | {n: (satu.get(n), dua.get(n)) for n in lain if satu.get(n) != dua.get(n)}


def _kode(teks: str) -> str:
    """The survey code as written on the sheet, in its one form; a code that cannot be used is said at once."""
    if not teks.strip():
        return ""
    try:
        return survei.berkode(teks).kode or ""
    except TidakDitemukan as galat:
        raise IsianTidakSah(galat.pesan, {"kode": [galat.pesan]}) from galat


def _berbeda(pk: int) -> LembarKertas:
    lembar = LembarKertas.objects.select_for_update().select_related("periode").filter(pk=pk).first()
    if lembar is None:
        raise TidakDitemukan(_("Lembar itu tidak ada."))
    if lembar.status != StatusLembar.BEDA:
        raise Bentrok(_("Lembar %(nomor)s tidak menunggu keputusan.") % {"nomor": lembar.nomor})
    return lembar


def _hitung(lembar: LembarKertas, isi: Mapping[str, Any]) -> None:
    """Count a sheet. One whose code was used meanwhile was answered elsewhere, and says so."""
    periode = lembar.periode
    kelompok = survei.kelompok_boleh(isi["kelompok"], periode.mulai, periode.selesai)
    layanan = ""
    if isi["kode"]:
        try:
            asal = survei.tandai_diisi(
                isi["kode"], periode=periode.kode, mulai=periode.mulai, selesai=periode.selesai
            )
        except TidakDitemukan:
            _selesaikan(lembar, StatusLembar.BATAL, _("Berkasnya sudah menjawab dengan cara lain."))
            return
        kelompok, layanan = asal.kelompok, asal.layanan
    simpan(
        periode,
        isi["nilai"],
        Isian(nilai={}, profil=isi["profil"], teks=isi["teks"]),
        saluran=SaluranJawaban.KERTAS,
        kelompok=kelompok,
        layanan=layanan,
    )
    _selesaikan(lembar, StatusLembar.SELESAI, lembar.catatan)


def _selesaikan(lembar: LembarKertas, status: StatusLembar, catatan: str) -> None:
    lembar.status, lembar.catatan = status, catatan
    lembar.isi_1 = lembar.isi_2 = None


def _pastikan_boleh(oleh: Akun) -> None:
    if not boleh_entri(oleh):
        raise TidakBerwenang(_("Lembar survei dientri oleh orang yang tidak dinilai di dalamnya."))
