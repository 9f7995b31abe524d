"""Plain words for the time ledger: stages, desks, states of the clock, lengths of time. No person is named."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from perizinan import buku_waktu as buku

_TAHAP = {
    buku.PAKET: gettext_lazy("Waktu paket sebelum permohonan ini dikirim"),
    "draf": gettext_lazy("Ditarik kembali untuk diubah"),
    "diajukan": gettext_lazy("Pemeriksaan kelengkapan"),
    "perbaikan_berkas": gettext_lazy("Melengkapi berkas"),
    "terdaftar": gettext_lazy("Pendaftaran"),
    "verifikasi": gettext_lazy("Verifikasi"),
    "kajian_teknis": gettext_lazy("Penilaian dinas teknis"),
    "perbaikan": gettext_lazy("Perbaikan"),
    "pencatatan_perbaikan": gettext_lazy("Pencatatan perbaikan"),
    "penetapan_retribusi": gettext_lazy("Penetapan biaya"),
    "menunggu_pembayaran": gettext_lazy("Pembayaran"),
    "pencatatan_pembayaran": gettext_lazy("Pencatatan pembayaran"),
    "penyusunan_sk": gettext_lazy("Penyusunan surat izin"),
    "paraf_berjenjang": gettext_lazy("Paraf"),
    "menunggu_tanda_tangan": gettext_lazy("Tanda tangan"),
    "usul_tolak": gettext_lazy("Putusan atas usul penolakan"),
    "terbit": gettext_lazy("Menunggu diambil"),
}
_MEJA = {
    "pemohon": gettext_lazy("Pemohon"),
    "loket": gettext_lazy("Loket"),
    "back_office": gettext_lazy("Back office"),
    "kabid": gettext_lazy("Kepala Bidang"),
    "tim_teknis": gettext_lazy("Dinas teknis"),
    "bendahara": gettext_lazy("Bendahara penerimaan"),
    "penandatangan": gettext_lazy("Pejabat penandatangan"),
}
_KEADAAN = {
    buku.BELUM: gettext_lazy("Hitungan belum mulai"),
    buku.JALAN: gettext_lazy("Hitungan berjalan"),
    buku.JEDA: gettext_lazy("Hitungan berhenti sementara"),
    buku.SESUDAH: gettext_lazy("Hitungan sudah selesai"),
}


def nama_tahap(tahap: str, peran: str = "") -> str:
    """The stage; while the kabid holds a file in kajian_teknis, it is the decision on what a dinas said."""
    if tahap == buku.KAJIAN and peran == buku.KABID:
        return _("Putusan atas penilaian dinas")
    return str(_TAHAP[tahap])


def nama_meja(peran: str, unit: str = "") -> str:
    """The desk or the SKPD. Only an SKPD and a bidang are named by their unit: the others are one desk each."""
    if unit and peran == buku.SKPD:
        return unit
    if unit and peran == buku.KABID:
        return _("Kepala %(unit)s") % {"unit": unit}
    return str(_MEJA[peran])


def nama_keadaan(keadaan: str) -> str:
    """The state of the clock."""
    return str(_KEADAAN[keadaan])


def hari_kerja(hari: int) -> str:
    """`14 hari kerja`."""
    return ngettext("%(n)d hari kerja", "%(n)d hari kerja", hari) % {"n": hari}


def jam_menit(menit: int) -> str:
    """`12 jam 30 menit` of office time; `0 menit`."""
    jam, sisa = divmod(menit, 60)
    bagian = [_("%(n)d jam") % {"n": jam}] if jam else []
    if sisa or not jam:
        bagian.append(_("%(n)d menit") % {"n": sisa})
    return " ".join(bagian)
