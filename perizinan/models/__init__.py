"""The licensing heart: catalogue, applications, desks, issuance, log."""

from perizinan.models.berkas import Berkas, PemeriksaanSyarat
from perizinan.models.catatan import Catatan
from perizinan.models.dokumen import Dokumen, RegisterNomor
from perizinan.models.izin import Izin
from perizinan.models.layanan import (
    ButuhRekomendasi,
    HariCadangan,
    Isian,
    JenisIzin,
    Rujukan,
    Syarat,
    Tarif,
    VersiLayanan,
)
from perizinan.models.pemeriksaan import BeritaAcara, FotoPemeriksaan
from perizinan.models.perbaikan import ButirPerbaikan, Perbaikan, Persetujuan
from perizinan.models.permohonan import Paket, Permohonan
from perizinan.models.rekap import PutaranRekap, Rekap, RekapSemua
from perizinan.models.rekomendasi import Rekomendasi
from perizinan.models.retribusi import Pembayaran, Skrd
from perizinan.models.riwayat import Riwayat
from perizinan.models.survei import UndanganSurvei
from perizinan.models.waktu import AnggaranTahap, EfekWaktu, Gangguan, SetelanWaktu, TanggaEskalasi

__all__ = [
    "AnggaranTahap",
    "BeritaAcara",
    "Berkas",
    "ButirPerbaikan",
    "ButuhRekomendasi",
    "Catatan",
    "Dokumen",
    "EfekWaktu",
    "FotoPemeriksaan",
    "Gangguan",
    "HariCadangan",
    "Isian",
    "Izin",
    "JenisIzin",
    "Paket",
    "Pembayaran",
    "PemeriksaanSyarat",
    "Perbaikan",
    "Permohonan",
    "Persetujuan",
    "PutaranRekap",
    "RegisterNomor",
    "Rekap",
    "RekapSemua",
    "Rekomendasi",
    "Riwayat",
    "Rujukan",
    "SetelanWaktu",
    "Skrd",
    "Syarat",
    "TanggaEskalasi",
    "Tarif",
    "UndanganSurvei",
    "VersiLayanan",
]
