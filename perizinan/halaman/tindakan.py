"""The applicant's acts in words: what follows from each, what to say when it is done, where to go then."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Akun
from core.mesin import transisi_model
from perizinan.enums import JenisDokumen, StatusDokumen
from perizinan.halaman.permohonan import PIHAK_PEMOHON, alamat_dokumen
from perizinan.models import Permohonan

_AKIBAT: dict[str, tuple[Promise, ...]] = {
    "batalkan": (
        _("Permohonan ini ditutup. Petugas tidak memprosesnya lagi, dan ini tidak dapat diurungkan."),
        _("Isian dan berkas Anda tetap tersimpan; Anda boleh mengajukan permohonan baru."),
        _("Biaya yang sudah dibayar tidak hilang: tanyakan pengembaliannya di loket."),
    ),
    "tarik_kembali": (
        _("Permohonan kembali menjadi draf, dengan nomor yang sama."),
        _("Anda dapat mengubah isian dan berkas, lalu mengirimnya lagi. Waktu periksa dihitung dari kiriman itu."),
    ),
    "serahkan_daring": (
        _("Surat izin diunduh ke HP atau komputer ini."),
        _("Permohonan tercatat selesai. Surat tetap dapat diunduh lagi kapan saja, gratis."),
    ),
}
_KABAR: dict[str, Promise] = {
    "batalkan": _("Permohonan sudah dibatalkan."),
    "tarik_kembali": _("Permohonan sudah Anda tarik. Ubah seperlunya, lalu kirim lagi."),
    "ajukan_ulang": _("Kelengkapan sudah terkirim. Kami periksa lagi."),
    "kirim_perbaikan": _("Perbaikan sudah terkirim. Hitungan waktu berjalan lagi."),
}
_HALAMAN = {"ajukan": "permohonan_terkirim", "tarik_kembali": "permohonan_tinjau"}


def mengetikkan(berkas: Permohonan, akun: Akun) -> bool:
    """Whether an officer is filling this in for somebody at the loket (product.md, fairness 3)."""
    return akun.petugas and berkas.pemohon_id not in akun.pemohon_milik


def alamat_petugas(berkas: Permohonan) -> str:
    """Where that officer goes on: the file at the desk, or the entry that is not sent yet."""
    return reverse("berkas_petugas" if berkas.nomor else "entri_lanjut", args=[berkas.acuan])


@lru_cache(maxsize=1)
def verba_pemohon() -> frozenset[str]:
    """Every verb that the machine lets an applicant or an agent use."""
    return frozenset(t.name for t in transisi_model(Permohonan) if PIHAK_PEMOHON & set(t.custom["peran"]))


def akibat(verba: str) -> tuple[Promise, ...]:
    """What will happen, for the confirmation page."""
    return _AKIBAT.get(verba, ())


def kabar(verba: str) -> str:
    """What to say when it is done; empty when the next page says it."""
    return str(_KABAR.get(verba, ""))


def sesudah(verba: str, berkas: Permohonan, akun: Akun) -> str:
    """The address to go to when it is done."""
    if mengetikkan(berkas, akun):
        return alamat_petugas(berkas)
    if verba == "serahkan_daring":
        sk = berkas.dokumen.filter(jenis=JenisDokumen.SK, status=StatusDokumen.DITANDATANGANI).first()
        if sk:
            return alamat_dokumen(sk)
    return reverse(_HALAMAN.get(verba, "permohonan"), args=[berkas.acuan])
