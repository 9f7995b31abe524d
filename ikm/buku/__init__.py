"""Buku IKM: a period's result as people pass it on, PDF and workbook, of an edition or marked as a draft (0032).

Every number is the edition's; whoever reads the API, the dashboard or the book reads the same value.
"""

from collections.abc import Callable
from typing import Final

from ikm.buku.isi import Buku, susun
from ikm.buku.pdf import pdf
from ikm.buku.xlsx import buku_kerja

#: Each form of the book by its ending: makes the file and names its media type.
BENTUK: Final[dict[str, Callable[[Buku], tuple[bytes, str]]]] = {"pdf": pdf, "xlsx": buku_kerja}

__all__ = ["BENTUK", "Buku", "buku_kerja", "pdf", "susun"]
