"""The log in an officer's words: every act, who did it in which role, and the reason that goes with it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Peran
from perizinan.halaman.perjalanan import Peristiwa
from perizinan.models import Permohonan, Rekomendasi, Riwayat

KATA: dict[str, str | Promise] = {
    "buat": gettext_lazy("Draf dibuat"),
    "ajukan": gettext_lazy("Permohonan dikirim"),
    "tarik_kembali": gettext_lazy("Ditarik kembali oleh pemohon"),
    "kembalikan_berkas": gettext_lazy("Dikembalikan dengan daftar kekurangan"),
    "ajukan_ulang": gettext_lazy("Kelengkapan dikirim"),
    "daftarkan": gettext_lazy("Didaftarkan, hitungan waktu mulai"),
    "ods_mulai": gettext_lazy("Didaftarkan untuk layanan satu hari"),
    "teruskan": gettext_lazy("Diteruskan ke verifikasi"),
    "minta_rekomendasi": gettext_lazy("Rekomendasi dinas diminta"),
    "lewati_teknis": gettext_lazy("Verifikasi selesai tanpa penilaian dinas"),
    "rangkum_rekomendasi": gettext_lazy("Semua rekomendasi masuk"),
    "minta_perbaikan": gettext_lazy("Perbaikan diminta"),
    "kirim_perbaikan": gettext_lazy("Perbaikan dikirim"),
    "usulkan_tolak": gettext_lazy("Penolakan diusulkan"),
    "batal_tolak": gettext_lazy("Usul penolakan dibatalkan"),
    "setujui_tolak": gettext_lazy("Ditolak"),
    "tetapkan_retribusi": gettext_lazy("Retribusi ditetapkan, SKRD terbit"),
    "nihil": gettext_lazy("Retribusi ditetapkan nihil"),
    "koreksi_skrd": gettext_lazy("SKRD dibatalkan untuk dikoreksi"),
    "catat_lunas": gettext_lazy("Pembayaran dicatat"),
    "ajukan_paraf": gettext_lazy("Draf diajukan untuk paraf"),
    "paraf": gettext_lazy("Draf diparaf"),
    "siapkan": gettext_lazy("Nomor dicadangkan, naskah disiapkan"),
    "koreksi_draf": gettext_lazy("Draf dikembalikan untuk koreksi"),
    "kembalikan_proses": gettext_lazy("Dikembalikan ke verifikasi"),
    "tanda_tangan": gettext_lazy("Surat izin ditandatangani"),
    "ingatkan": gettext_lazy("Pemegang izin diingatkan akan akhir masa berlaku"),
    "kedaluwarsakan": gettext_lazy("Masa berlaku izin berakhir"),
    "berlakukan": gettext_lazy("Izin berlaku"),
    "serahkan": gettext_lazy("Surat izin diserahkan di loket"),
    "serahkan_daring": gettext_lazy("Surat izin diunduh pemohon"),
    "batalkan": gettext_lazy("Dibatalkan pemohon"),
    "gugurkan": gettext_lazy("Ditutup karena lewat batas"),
    "buka_kembali": gettext_lazy("Dibuka kembali"),
    "tandai_lewat": gettext_lazy("Lewat batas waktu layanan"),
    "tandai_fiktif_positif": gettext_lazy("Peringatan fiktif positif"),
    "hitung_ulang": gettext_lazy("Batas waktu dihitung ulang"),
    "tambah_waktu": gettext_lazy("Pemohon mendapat tambahan waktu"),
    "geser_batas": gettext_lazy("Batas pemohon digeser karena gangguan layanan"),
    "jadwalkan_tinjau": gettext_lazy("Tinjauan dijadwalkan"),
    "catat_bap": gettext_lazy("Berita acara dicatat"),
    "beri_rekomendasi": gettext_lazy("Rekomendasi diberikan"),
    "minta_ulang": gettext_lazy("Rekomendasi diminta ulang"),
    "tarik": gettext_lazy("Permintaan rekomendasi ditarik"),
}


def peristiwa_petugas(berkas: Permohonan) -> list[Peristiwa]:
    """The whole log, newest first. Three queries."""
    catatan = {c.riwayat_urut: c.teks for c in berkas.catatan.all()}
    skpd = {f"rekomendasi:{r.pk}": r.skpd.nama for r in _rekomendasi(berkas)}
    daftar = berkas.riwayat.select_related("oleh").order_by("-urut")
    return [_satu(r, skpd.get(r.objek, ""), catatan.get(r.urut, "")) for r in daftar]


def _rekomendasi(berkas: Permohonan) -> list[Rekomendasi]:
    return list(berkas.rekomendasi.select_related("skpd"))


def _satu(riwayat: Riwayat, skpd: str, catatan: str) -> Peristiwa:
    judul = str(KATA.get(riwayat.verba, riwayat.verba))
    siapa = f"{riwayat.oleh.nama}, {Peran(riwayat.peran).label}" if riwayat.oleh else _("otomatis oleh sistem")
    return Peristiwa(
        riwayat.verba,
        f"{judul}: {skpd}" if skpd else judul,
        riwayat.pada,
        siapa,
        bool(riwayat.jam),
        catatan,
    )
