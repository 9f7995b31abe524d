"""Reporting what was achieved and spent: by hand with evidence, or drawn from a registered source.

A quarter whose newest edition is signed takes no change; it has to be opened again with a reason.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import Peran
from accounts.models import Akun
from core.bilangan import bulatkan
from core.galat import IsianTidakSah, TidakBerwenang, TransisiDitolak
from core.waktu import sekarang
from renstra.enums import MANUAL
from renstra.models import Anggaran, Keluaran, Potret, RealisasiAnggaran, RealisasiKinerja, Rencana
from renstra.sumber import SUMBER, Masa

#: Who reports: the planners. Who signs a quarter is another person who leads (services/penutupan.py).
PELAPOR = (Peran.PERENCANA,)


def rencana_dari(keluaran: Keluaran) -> Rencana:
    """The plan that an output belongs to."""
    if keluaran.kegiatan is not None:
        return keluaran.kegiatan.program.rencana
    assert keluaran.program is not None  # noqa: S101 constraint keluaran_satu_induk
    return keluaran.program.rencana


def terkunci(rencana: Rencana, masa: Masa) -> bool:
    """Whether the quarter's newest edition is signed."""
    akhir = Potret.objects.filter(rencana=rencana, tahun=masa.tahun, triwulan=masa.triwulan).order_by("edisi").last()
    return akhir is not None and akhir.disahkan_pada is not None


def _pastikan(rencana: Rencana, masa: Masa, oleh: Akun) -> None:
    if not oleh.berperan(*PELAPOR):
        raise TidakBerwenang(_("Realisasi dicatat oleh perencana."))
    if masa.tahun not in rencana.tahun:
        raise IsianTidakSah(_("Tahun itu di luar rencana."), {"tahun": [_("Pilih tahun dalam rencana.")]})
    if terkunci(rencana, masa):
        raise TransisiDitolak(_("Triwulan ini sudah disahkan. Buka lagi dengan alasan sebelum mengubahnya."))


def catat(
    keluaran: Keluaran, masa: Masa, angka: Decimal, *, oleh: Akun, keterangan: str = "", bukti: Any = None
) -> RealisasiKinerja:
    """Report an output of a quarter by hand; replaces an earlier report of it.

    Raises IsianTidakSah for an output that a source computes, and for a report without evidence or explanation.
    """
    _pastikan(rencana_dari(keluaran), masa, oleh)
    if keluaran.sumber != MANUAL:
        raise IsianTidakSah(_("Angka ini dihitung sistem dari transaksi."), {"angka": [_("Tidak diisi tangan.")]})
    if angka < 0:
        raise IsianTidakSah(_("Realisasi tidak boleh negatif."), {"angka": [_("Tulis nol atau lebih.")]})
    if not bukti and not keterangan.strip():
        raise IsianTidakSah(
            _("Realisasi perlu bukti atau keterangan."), {"keterangan": [_("Lampirkan bukti, atau tulis dasarnya.")]}
        )
    isi: dict[str, Any] = {"angka": angka, "keterangan": keterangan.strip(), "oleh": oleh, "dicatat_pada": sekarang()}
    if bukti:
        isi["bukti"] = bukti
    baris, _baru = RealisasiKinerja.objects.update_or_create(
        keluaran=keluaran, tahun=masa.tahun, triwulan=masa.triwulan, defaults=isi
    )
    return baris


def catat_uang(anggaran: Anggaran, triwulan: int, rupiah: int, *, oleh: Akun) -> RealisasiAnggaran:
    """Report what was spent of a budget in a quarter, whole rupiah. More than the budget is said, not refused."""
    _pastikan(anggaran.kegiatan.program.rencana, Masa(anggaran.tahun, triwulan), oleh)
    if rupiah < 0:
        raise IsianTidakSah(_("Realisasi tidak boleh negatif."), {"rupiah": [_("Tulis nol atau lebih.")]})
    baris, _baru = RealisasiAnggaran.objects.update_or_create(
        anggaran=anggaran,
        triwulan=triwulan,
        defaults={"rupiah": rupiah, "oleh": oleh, "dicatat_pada": sekarang()},
    )
    return baris


def tarik(rencana: Rencana, masa: Masa, *, oleh: Akun) -> dict[int, Fraction]:
    """Compute every output of the plan that has a registered source, and write it down. Returns them by output.

    A source that has nothing to say about the quarter (IKM in the first and third) leaves no row.
    """
    _pastikan(rencana, masa, oleh)
    hasil: dict[int, Fraction] = {}
    milik = Keluaran.objects.filter(kegiatan__program__rencana=rencana) | Keluaran.objects.filter(
        program__rencana=rencana
    )
    with transaction.atomic():
        for keluaran in milik.exclude(sumber=MANUAL):
            nilai = SUMBER[keluaran.sumber].hitung(masa) if keluaran.sumber in SUMBER else None
            if nilai is None:
                continue
            hasil[keluaran.pk] = nilai
            RealisasiKinerja.objects.update_or_create(
                keluaran=keluaran,
                tahun=masa.tahun,
                triwulan=masa.triwulan,
                defaults={"angka": bulatkan(nilai, 4), "oleh": oleh, "dicatat_pada": sekarang()},
            )
    return hasil
