"""The tables of a plan as files: printed as they stand, or recomputed with every difference marked."""

from renstra.cetak.isi import Lembaran, Mode, lembaran
from renstra.cetak.pdf import pdf
from renstra.cetak.xlsx import xlsx

__all__ = ["Lembaran", "Mode", "lembaran", "pdf", "xlsx"]
