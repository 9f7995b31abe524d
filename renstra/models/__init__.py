"""The plan as a tree (vision to output), its numbers per year, and its printed tables."""

from renstra.models.angka import Anggaran, RealisasiAnggaran, RealisasiKinerja, Target
from renstra.models.cetak import BarisCetak, TabelCetak
from renstra.models.kegiatan import Kegiatan, Keluaran, Program, SubKegiatan
from renstra.models.naskah import Naskah
from renstra.models.potret import CatatanEvaluasi, Potret
from renstra.models.rencana import Indikator, Misi, Rencana, Sasaran, Tujuan

__all__ = [
    "Anggaran",
    "BarisCetak",
    "CatatanEvaluasi",
    "Indikator",
    "Kegiatan",
    "Keluaran",
    "Misi",
    "Naskah",
    "Potret",
    "Program",
    "RealisasiAnggaran",
    "RealisasiKinerja",
    "Rencana",
    "Sasaran",
    "SubKegiatan",
    "TabelCetak",
    "Target",
    "Tujuan",
]
