"""Keep what we know about a party: a new version for every change, never an overwrite (ux.md 5.2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import JenisIdentitas, JenisPemohon
from accounts.models import Akun, DataPihak, Pemohon
from core.enkripsi import indeks_buta
from core.galat import IsianTidakSah
from core.identitas import kitas_sah, nik_sah, npwp_sah, paspor_sah, telepon_sah
from core.waktu import sekarang

_PEMERIKSA: dict[str, Callable[[str], str]] = {
    JenisIdentitas.KTP: nik_sah,
    JenisIdentitas.KTP_ASING: kitas_sah,
    JenisIdentitas.PASPOR: paspor_sah,
}
_WAJIB = {
    "nama": gettext_lazy("Nama"),
    "nomor_identitas": gettext_lazy("Nomor identitas"),
    "alamat": gettext_lazy("Alamat"),
}
_WAJIB_BADAN = {
    "nama_badan": gettext_lazy("Nama badan"),
    "bentuk_badan": gettext_lazy("Bentuk badan"),
    "npwp": gettext_lazy("NPWP badan"),
}


def periksa_pihak(jenis: str, data: dict[str, Any]) -> dict[str, Any]:
    """Normalise party data. Raises IsianTidakSah with one list of sentences per field.

    A phone is needed unless the identity is foreign; then an e-mail is (ux.md 5.13).
    """
    bersih = {k: v.strip() if isinstance(v, str) else v for k, v in data.items()}
    galat: dict[str, list[str]] = {}
    wajib = _WAJIB | (_WAJIB_BADAN if jenis == JenisPemohon.BADAN else {})
    for nama, label in wajib.items():
        if not bersih.get(nama):
            galat[nama] = [_("%(label)s belum diisi.") % {"label": label}]
    identitas = bersih.setdefault("jenis_identitas", JenisIdentitas.KTP)
    pemeriksa = {"nomor_identitas": _PEMERIKSA[identitas], "npwp": npwp_sah, "hp": telepon_sah}
    for nama, periksa in pemeriksa.items():
        if bersih.get(nama) and nama not in galat:
            try:
                bersih[nama] = periksa(bersih[nama])
            except ValidationError as salah:
                galat[nama] = list(salah.messages)
    if not bersih.get("hp") and (identitas == JenisIdentitas.KTP or not bersih.get("surel")):
        galat.setdefault("hp", [_("Isi nomor HP. Kabar tentang permohonan kami kirim ke nomor ini.")])
    if galat:
        raise IsianTidakSah(_("Data pemohon belum lengkap. Yang sudah Anda isi tetap tersimpan."), galat)
    return bersih


@transaction.atomic
def simpan_pihak(
    *,
    jenis: str,
    data: dict[str, Any],
    pemohon: Pemohon | None = None,
    akun: Akun | None = None,
    dasar: str = "",
    kini: datetime | None = None,
) -> DataPihak:
    """Add a version of a party's data; makes the party when `pemohon` is None. Unchanged data adds nothing."""
    bersih = periksa_pihak(jenis, data)
    bersih["indeks_identitas"] = indeks_buta(bersih["nomor_identitas"])
    bersih["indeks_npwp"] = indeks_buta(bersih["npwp"], "npwp") if bersih.get("npwp") else ""
    if pemohon is None:
        pemohon = Pemohon.objects.create(jenis=jenis, akun=akun)
    else:
        lama = pemohon.versi_data.latest()
        if all(getattr(lama, k) == v for k, v in bersih.items()):
            return lama
    return DataPihak.objects.create(pemohon=pemohon, mulai=kini or sekarang(), dasar_perubahan=dasar, **bersih)
