"""Tables of the survey."""

from ikm.models.hasil import Edisi, HasilLama, TindakLanjut
from ikm.models.impor import ImporJawaban
from ikm.models.instrumen import Bobot, Instrumen, RentangMutu, Unsur
from ikm.models.jawaban import KOLOM_UNSUR, Hitungan, HitunganProfil, Jawaban, Komentar, Pengecualian
from ikm.models.kertas import LembarKertas
from ikm.models.periode import Periode

__all__ = [
    "KOLOM_UNSUR",
    "Bobot",
    "Edisi",
    "HasilLama",
    "Hitungan",
    "HitunganProfil",
    "ImporJawaban",
    "Instrumen",
    "Jawaban",
    "Komentar",
    "LembarKertas",
    "Pengecualian",
    "Periode",
    "RentangMutu",
    "TindakLanjut",
    "Unsur",
]
