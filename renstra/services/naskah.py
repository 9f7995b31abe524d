"""Writing the texts of a year's book. A text that somebody changed in the meantime is never overwritten unseen.

A signed quarter locks its numbers, not the texts about them: a book is written after its numbers are signed
(docs/keputusan/0046-naskah-lkjip.md).
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Akun
from core.galat import Bentrok, IsianTidakSah, TidakBerwenang
from core.waktu import sekarang
from renstra.enums import BagianNaskah
from renstra.laporan.teks import rapikan
from renstra.models import Naskah, Rencana
from renstra.services.realisasi import PELAPOR

#: Letters of one text; about a page and a half of the book.
PANJANG_MAKS = 4000


def tulis(
    rencana: Rencana, tahun: int, bagian: BagianNaskah, acuan: str, isi: str, *, versi: int, oleh: Akun
) -> Naskah:
    """Keep one text; an empty one takes it out of the book. `versi` is what the writer saw, 0 where nothing was.

    Raises TidakBerwenang for other desks, IsianTidakSah for a year outside the plan or a text too long, Bentrok when
    somebody wrote after the writer looked.
    """
    if not oleh.berperan(*PELAPOR):
        raise TidakBerwenang(_("Naskah laporan ditulis oleh perencana."))
    if tahun not in rencana.tahun:
        raise IsianTidakSah(_("Tahun itu di luar rencana."), {"tahun": [_("Pilih tahun dalam rencana.")]})
    bersih = rapikan(isi)
    if len(bersih) > PANJANG_MAKS:
        kalimat = _("Paling banyak %(n)d huruf; sekarang %(kini)d.") % {"n": PANJANG_MAKS, "kini": len(bersih)}
        raise IsianTidakSah(_("Naskah terlalu panjang."), {"isi": [kalimat]})
    tempat = {"rencana": rencana, "tahun": tahun, "bagian": bagian, "acuan": acuan}
    baru = {"isi": bersih, "oleh": oleh, "dicatat_pada": sekarang()}
    if versi == 0:
        return _tambah(tempat, baru)
    if not Naskah.objects.filter(**tempat, versi=versi).update(**baru, versi=versi + 1):
        raise Bentrok(_("Naskah ini diubah orang lain sejak Anda membukanya."))
    return Naskah.objects.get(**tempat)


def _tambah(tempat: dict[str, object], baru: dict[str, object]) -> Naskah:
    try:
        with transaction.atomic():
            return Naskah.objects.create(**tempat, **baru)
    except IntegrityError as galat:
        if Naskah.objects.filter(**tempat).exists():
            raise Bentrok(_("Naskah ini diubah orang lain sejak Anda membukanya.")) from galat
        raise
