"""Electronic signatures on documents: the port, the local signer, and the explanation of foreign files."""

from django.conf import settings
from django.utils.module_loading import import_string

from core.tanda_tangan.port import Kredensial, Penandatangan, SertifikatTidakSah, SifatTandaTangan

__all__ = ["Kredensial", "Penandatangan", "SertifikatTidakSah", "SifatTandaTangan", "penandatangan"]

BAWAAN = "core.tanda_tangan.lokal.PenandatanganLokal"


def penandatangan() -> Penandatangan:
    """The signer of this installation (setting PENANDATANGAN, a dotted class name; local by default)."""
    kelas = import_string(getattr(settings, "PENANDATANGAN", BAWAAN))
    hasil: Penandatangan = kelas()
    return hasil
