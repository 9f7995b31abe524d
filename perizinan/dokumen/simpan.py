"""Write a document's file whole or not at all (reliability.md B12).

The bytes go to a temporary neighbour, reach the disk, and are renamed; a full disk or a kill leaves at most a
temporary file. A name is made of the row's random key and the try, so what an interrupted try left behind is
found by the next one, and two tries never touch each other's file.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.files.storage import FileSystemStorage, Storage

from perizinan.models import Dokumen

#: How far back an interrupted try is looked for; more than the tries that a row gets.
JEJAK = 20


def gudang() -> Storage:
    """Where documents are kept: the storage of `Dokumen.berkas`."""
    penyimpanan: Storage = Dokumen._meta.get_field("berkas").storage
    return penyimpanan


def nama_berkas(dokumen: Dokumen, percobaan: int) -> str:
    """The name of one try, unknown to anybody who does not know the row's random key."""
    return f"dokumen/{dokumen.kunci}-{percobaan}.pdf"


def tulis_utuh(nama: str, isi: bytes) -> None:
    """Write a file; after an OSError (no space left) nothing of it remains."""
    penyimpanan = gudang()
    if not isinstance(penyimpanan, FileSystemStorage):
        raise TypeError("Dokumen disimpan pada sistem berkas setempat.")
    tujuan = Path(penyimpanan.path(nama))
    tujuan.parent.mkdir(parents=True, exist_ok=True)
    sementara = tujuan.with_name(f".{secrets.token_hex(8)}.sementara")
    try:
        with os.fdopen(os.open(sementara, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as aliran:
            aliran.write(isi)
            aliran.flush()
            os.fsync(aliran.fileno())
        sementara.replace(tujuan)
    except BaseException:
        sementara.unlink(missing_ok=True)
        raise


def hapus(nama: str) -> None:
    """Remove a file that no row names; harmless when it is not there."""
    gudang().delete(nama)


def hapus_sisa(dokumen: Dokumen) -> None:
    """Remove what interrupted tries left: the row is still an order, so none of these is named by it."""
    for percobaan in range(max(1, dokumen.percobaan - JEJAK), dokumen.percobaan):
        hapus(nama_berkas(dokumen, percobaan))
