"""Reporting what was achieved and spent: by hand with evidence, or drawn from a registered source.

A quarter whose newest edition is signed takes no change; it has to be opened again with a reason.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import Peran
from accounts.models import Akun
from core.bilangan import bulatkan
from core.galat import IsianTidakSah, TidakBerwenang, TransisiDitolak
from core.unggah import HasilUnggahan, periksa_unggahan
from core.waktu import sekarang
from perizinan.statistik import segarkan
from renstra.enums import MANUAL, StatusRencana
from renstra.evaluasi import CATATAN
from renstra.models import (
    Anggaran,
    CatatanEvaluasi,
    Indikator,
    Keluaran,
    RealisasiAnggaran,
    RealisasiKinerja,
    Rencana,
)
from renstra.sumber import SUMBER, Masa
from renstra.susunan import potret_seedisi

#: Who reports: the planners. Who signs a quarter is another person who leads (services/penutupan.py).
PELAPOR = (Peran.PERENCANA,)
BUKTI_MAKS = 5 * 1024 * 1024


def rencana_dari(keluaran: Keluaran) -> Rencana:
    """The plan that an output belongs to."""
    if keluaran.kegiatan is not None:
        return keluaran.kegiatan.program.rencana
    assert keluaran.program is not None  # noqa: S101 constraint keluaran_satu_induk
    return keluaran.program.rencana


def terkunci(rencana: Rencana, masa: Masa) -> bool:
    """Whether the quarter's newest edition is signed."""
    akhir = potret_seedisi(rencana, masa).last()
    return akhir is not None and akhir.disahkan_pada is not None


def _pastikan(rencana: Rencana, masa: Masa, oleh: Akun) -> None:
    """Locks the plan until the transaction ends, so that a revision published meanwhile misses no report."""
    if not oleh.berperan(*PELAPOR):
        raise TidakBerwenang(_("Realisasi dicatat oleh perencana."))
    if not Rencana.objects.select_for_update().filter(pk=rencana.pk, status=StatusRencana.BERLAKU).exists():
        raise TransisiDitolak(_("Realisasi dicatat pada edisi rencana yang berlaku."))
    if masa.tahun not in rencana.tahun:
        raise IsianTidakSah(_("Tahun itu di luar rencana."), {"tahun": [_("Pilih tahun dalam rencana.")]})
    if terkunci(rencana, masa):
        raise TransisiDitolak(_("Triwulan ini sudah disahkan. Buka lagi dengan alasan sebelum mengubahnya."))


@transaction.atomic
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
    lama = RealisasiKinerja.objects.filter(keluaran=keluaran, tahun=masa.tahun, triwulan=masa.triwulan).first()
    if not bukti and not (lama and lama.bukti) and not keterangan.strip():
        raise IsianTidakSah(
            _("Realisasi perlu bukti atau keterangan."), {"keterangan": [_("Lampirkan bukti, atau tulis dasarnya.")]}
        )
    isi: dict[str, Any] = {"angka": angka, "keterangan": keterangan.strip(), "oleh": oleh, "dicatat_pada": sekarang()}
    if bukti:
        sah = _periksa(bukti)
        isi["bukti"] = ContentFile(sah.isi, name=f"{uuid.uuid4()}.{sah.jenis}")
    baris, _baru = RealisasiKinerja.objects.update_or_create(
        keluaran=keluaran, tahun=masa.tahun, triwulan=masa.triwulan, defaults=isi
    )
    return baris


def _periksa(bukti: Any) -> HasilUnggahan:
    try:
        return periksa_unggahan(bukti, boleh={"pdf", "jpeg", "png"}, maks_byte=BUKTI_MAKS, sebutan=_("Bukti"))
    except ValidationError as galat:
        raise IsianTidakSah(_("Bukti belum dapat kami terima."), {"bukti": list(galat.messages)}) from galat


@transaction.atomic
def catat_evaluasi(rencana: Rencana, masa: Masa, isi: Mapping[str, str], *, oleh: Akun) -> CatatanEvaluasi:
    """Write the foot of E.81: what helped, what hindered, what follows (`evaluasi.CATATAN`)."""
    _pastikan(rencana, masa, oleh)
    satu, _baru = CatatanEvaluasi.objects.update_or_create(
        rencana=rencana,
        tahun=masa.tahun,
        triwulan=masa.triwulan,
        defaults={k: isi.get(k, "").strip() for k in CATATAN} | {"oleh": oleh, "dicatat_pada": sekarang()},
    )
    return satu


@transaction.atomic
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


@transaction.atomic
def tarik(rencana: Rencana, masa: Masa, *, oleh: Akun) -> dict[int, Fraction]:
    """Compute every output and indicator that has a registered source, and write it down. Returns them by output.

    A source that has nothing to say about the quarter (IKM in the first and third) leaves no row.
    """
    _pastikan(rencana, masa, oleh)
    segarkan()
    hasil: dict[int, Fraction] = {}
    milik = Keluaran.objects.filter(kegiatan__program__rencana=rencana) | Keluaran.objects.filter(
        program__rencana=rencana
    )
    indikator = Indikator.objects.filter(sasaran__tujuan__rencana=rencana)
    with transaction.atomic():
        for keluaran in milik.exclude(sumber=MANUAL):
            nilai = _hitung(keluaran.sumber, masa)
            if nilai is None:
                continue
            hasil[keluaran.pk] = nilai
            _tulis(nilai, masa, oleh, keluaran=keluaran)
        for satu in indikator.exclude(sumber=MANUAL):
            if (nilai := _hitung(satu.sumber, masa)) is not None:
                _tulis(nilai, masa, oleh, indikator=satu)
    return hasil


def _hitung(sumber: str, masa: Masa) -> Fraction | None:
    return SUMBER[sumber].hitung(masa) if sumber in SUMBER else None


def _tulis(
    nilai: Fraction, masa: Masa, oleh: Akun, *, keluaran: Keluaran | None = None, indikator: Indikator | None = None
) -> None:
    RealisasiKinerja.objects.update_or_create(
        keluaran=keluaran,
        indikator=indikator,
        tahun=masa.tahun,
        triwulan=masa.triwulan,
        defaults={"angka": bulatkan(nilai, 4), "oleh": oleh, "dicatat_pada": sekarang()},
    )
