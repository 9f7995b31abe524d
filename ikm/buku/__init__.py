"""Buku IKM: a period's result as people pass it on, PDF and workbook, of an edition or marked as a draft (0032)."""

from collections.abc import Callable
from typing import Final

from ikm.buku.isi import Buku, susun
from ikm.buku.pdf import pdf
from ikm.buku.xlsx import xlsx

#: Each form of the book by its ending: what makes it, with its media type.
BENTUK: Final[dict[str, Callable[[Buku], tuple[bytes, str]]]] = {
    "pdf": lambda isi: (pdf(isi), "application/pdf"),
    "xlsx": lambda isi: (xlsx(isi), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}

__all__ = ["BENTUK", "Buku", "pdf", "susun", "xlsx"]
