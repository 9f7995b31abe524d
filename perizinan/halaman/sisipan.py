"""What a confirmation page shows above its form, by verb: the draft, the fee, the frozen SK, the proposal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from accounts.kewenangan import pejabat_berwenang
from core.galat import GalatPortal
from core.waktu import hari_ini, sekarang
from perizinan import naskah, services
from perizinan.enums import JenisDokumen, StatusDokumen, StatusSkrd
from perizinan.models import Dokumen, Permohonan

Isi = dict[str, Any]


def sisipan(verba: str, berkas: Permohonan) -> Isi:
    """{"sisipan": template, ...} for a verb that shows something, else empty."""
    pembuat = _SISIPAN.get(verba)
    if pembuat is None:
        return {"sisipan": ""}
    templat, isi = pembuat
    return {"sisipan": f"perizinan/petugas/{templat}", **isi(berkas)}


def sk_beku(berkas: Permohonan) -> Dokumen | None:
    """The frozen SK that waits to be signed."""
    return berkas.dokumen.filter(jenis=JenisDokumen.SK, status=StatusDokumen.JADI).first()


def _naskah(berkas: Permohonan) -> Isi:
    return {"naskah": naskah.susun(berkas), "kosong": naskah.variabel_kosong(berkas)}


def _taksiran(berkas: Permohonan) -> Isi:
    try:
        tarif, tagihan = services.taksir_retribusi(berkas, hari_ini())
    except GalatPortal as galat:
        return {"tarif": None, "tagihan": None, "belum_dihitung": _berlabel(galat.pesan, berkas)}
    return {"tarif": tarif, "tagihan": tagihan, "belum_dihitung": ""}


def _berlabel(kalimat: str, berkas: Permohonan) -> str:
    """The tariff names a field by its code; a person knows it by its label."""
    for i in berkas.versi_layanan.isian.all():
        kalimat = kalimat.replace(f"'{i.kode}'", f"“{i.label}”")
    return kalimat


def _skrd(berkas: Permohonan) -> Isi:
    return {"skrd": berkas.skrd.filter(status=StatusSkrd.BERLAKU).first()}


def _tanda_tangan(berkas: Permohonan) -> Isi:
    dokumen = sk_beku(berkas)
    kewenangan = pejabat_berwenang(berkas.unit_penerbit_id, berkas.jenis_izin.kode, sekarang())
    return {
        "dokumen": dokumen,
        "alamat_sk": reverse("dokumen_petugas", args=[dokumen.kunci]) if dokumen else "",
        "kewenangan": kewenangan,
    }


def _usul(berkas: Permohonan) -> Isi:
    usul = berkas.catatan.filter(verba="usulkan_tolak").select_related("syarat", "oleh").last()
    return {"usul": usul}


def _persetujuan(berkas: Permohonan) -> Isi:
    return {"minta": berkas.persetujuan.filter(diputus_pada__isnull=True).select_related("diminta_oleh").first()}


_SISIPAN: dict[str, tuple[str, Callable[[Permohonan], Isi]]] = {
    "ajukan_paraf": ("_naskah.html", _naskah),
    "paraf": ("_naskah.html", _naskah),
    "isi_petugas": ("_taksiran.html", _taksiran),
    "tetapkan_retribusi": ("_taksiran.html", _taksiran),
    "nihil": ("_taksiran.html", _taksiran),
    "catat_lunas": ("_skrd.html", _skrd),
    "koreksi_skrd": ("_skrd.html", _skrd),
    "tanda_tangan": ("_tanda_tangan.html", _tanda_tangan),
    "setujui_tolak": ("_usul.html", _usul),
    "batal_tolak": ("_usul.html", _usul),
    "putuskan_persetujuan": ("_persetujuan.html", _persetujuan),
}
