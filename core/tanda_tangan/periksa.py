"""Why a PDF is not ours. A file is genuine iff its SHA-256 is ours; this module never says "genuine".

The look-up of the hash belongs to whoever issued the file. What comes here is not known, and is a stranger's:
it is read inside the fence (`core.kandang`).
"""

from collections.abc import Sequence

from core.kandang import GagalKerja, Kandang
from core.tanda_tangan.port import Alasan

BATAS_DETIK = 8.0
_kandang = Kandang("core.tanda_tangan.periksa_dalam")


def jelaskan_pdf(isi: bytes, akar: Sequence[bytes]) -> Alasan:
    """The reason for a file whose hash we do not know, given the roots (PEM) of our signers.

    `bukan_pdf` unreadable; `tanda_tangan_asing` signed by somebody else, alone or after us; `diubah` ours,
    but signed bytes were altered; `ditambah` ours, with something appended; `tidak_dikenal` none of these:
    unsigned, or a sound signature of ours on a document we did not issue.
    """
    try:
        jawaban, _ = _kandang.kerjakan({}, [isi, *akar], BATAS_DETIK)
    except GagalKerja:
        return "bukan_pdf"
    alasan: Alasan = jawaban["alasan"]
    return alasan


def tanda_tangan_sah(isi: bytes, akar: Sequence[bytes]) -> bool:
    """One signature, ours, sound, over the whole file: to be asked of a freshly signed document before it
    counts.

    Runs in this process: for bytes of our own making only.
    """
    from core.tanda_tangan.periksa_dalam import sah

    return sah(isi, akar)
