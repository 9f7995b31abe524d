"""Take an order, make the document, settle the row (reliability.md R2, R17, B12).

`sewa_sampai` is until when nobody else may take the order: the lease of whoever makes it, then the pause
before the next try. Both come from the database's clock. The row is settled by a conditional UPDATE that names
the try, so a worker whose lease ran out changes nothing.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import translation

from core.cetak import GagalCetak, cetak_pdf
from core.waktu import sekarang, zona
from perizinan.dokumen import simpan
from perizinan.dokumen.halaman import BelumBisa, Halaman, html_halaman
from perizinan.dokumen.jenis import PENYUSUN
from perizinan.enums import JenisDokumen, StatusDokumen
from perizinan.models import Dokumen

catatan = logging.getLogger(__name__)

SEWA = timedelta(seconds=90)
MAKS_PERCOBAAN = 6
#: Pause before the next try, by the number of tries so far; the last one repeats.
JEDA = tuple(timedelta(seconds=d) for d in (10, 30, 120, 600, 1800))
JEDA_MENUNGGU = timedelta(seconds=60)
SEKALI_SAPU = 100
WAKTU_SAPU = 40.0  # seconds; a sweep ends before the task's own time limit

_TERKAIT = ("permohonan__" + nama for nama in ("jenis_izin", "versi_layanan", "pihak", "pemohon", "kuasa"))
_MUAT = ("permohonan", *_TERKAIT, "permohonan__unit_penerbit", "permohonan__izin_lama", "kewenangan")


def buat(pk: int) -> bool:
    """Make one ordered document. False when there was nothing to make, somebody else is at it, or it failed."""
    dokumen = _ambil(pk)
    if dokumen is None:
        return False
    try:
        simpan.hapus_sisa(dokumen)
        with translation.override(settings.LANGUAGE_CODE):
            halaman = PENYUSUN[JenisDokumen(dokumen.jenis)](dokumen)
            pdf = _cetak(dokumen, halaman)
        nama = simpan.nama_berkas(dokumen, dokumen.percobaan)
        simpan.tulis_utuh(nama, pdf)
    except Exception as galat:  # noqa: BLE001 whatever it was, the row has to say that it failed
        _catat_gagal(dokumen, galat)
        return False
    return _catat_jadi(dokumen, halaman, nama, pdf)


def sapu() -> int:
    """Make what was ordered and not made: a lost nudge, an ended lease, a pause that is over. Counts them."""
    kini, mulai, jadi = sekarang(), time.monotonic(), 0
    menunggu = Dokumen.objects.filter(_dapat_diambil(kini)).order_by("diminta_pada", "pk")
    for pk in menunggu.values_list("pk", flat=True)[:SEKALI_SAPU]:
        if time.monotonic() - mulai > WAKTU_SAPU:
            break
        jadi += buat(pk)
    return jadi


def ulangi(pk: int) -> bool:
    """Order a failed document once more (an officer's click). False when it is not a failed one."""
    diubah = Dokumen.objects.filter(pk=pk, status=StatusDokumen.GAGAL).update(
        status=StatusDokumen.DIMINTA, sewa_sampai=None
    )
    return diubah == 1


def bekukan_ulang(dokumen: Dokumen, kini: datetime) -> Dokumen:
    """Freeze an unsigned SK for the date of `kini`: same number, same token, new bytes; the old row is set aside.

    Returns the row in force: `jadi` as a rule, `diminta` when the page could not be laid out now. Two callers at
    once get one and the same new row.
    """
    with transaction.atomic():
        digeser = Dokumen.objects.filter(pk=dokumen.pk, status=StatusDokumen.JADI).update(
            status=StatusDokumen.DIGANTI, token=secrets.token_hex(16)
        )
        if digeser:
            baru = Dokumen.objects.create(
                permohonan_id=dokumen.permohonan_id,
                jenis=dokumen.jenis,
                acuan=dokumen.acuan,
                nomor=dokumen.nomor,
                token=dokumen.token,
                tanggal=kini.astimezone(zona()).date(),
                diminta_pada=kini,
            )
    if not digeser:
        sama = Dokumen.objects.filter(permohonan=dokumen.permohonan_id, jenis=dokumen.jenis)
        return sama.exclude(status=StatusDokumen.DIGANTI).get()
    buat(baru.pk)
    baru.refresh_from_db()
    return baru


def _dapat_diambil(kini: datetime) -> Q:
    bebas = Q(sewa_sampai__isnull=True) | Q(sewa_sampai__lte=kini)
    return Q(status=StatusDokumen.DIMINTA) & bebas


def _ambil(pk: int) -> Dokumen | None:
    """Claim an order by a conditional UPDATE; of two workers one gets it."""
    kini = sekarang()
    diubah = Dokumen.objects.filter(_dapat_diambil(kini), pk=pk).update(
        sewa_sampai=kini + SEWA, percobaan=F("percobaan") + 1
    )
    return Dokumen.objects.select_related(*_MUAT).get(pk=pk) if diubah else None


def _milik_percobaan(dokumen: Dokumen) -> Q:
    return Q(pk=dokumen.pk, status=StatusDokumen.DIMINTA, percobaan=dokumen.percobaan)


def _cetak(dokumen: Dokumen, halaman: Halaman) -> bytes:
    return cetak_pdf(
        html_halaman(dokumen, halaman),
        judul=f"{halaman.judul} {halaman.nomor}".strip(),
        lampiran={"data.json": halaman.lampiran(dokumen)},
        dibuat=dokumen.diminta_pada.astimezone(zona()),
    )


def _catat_jadi(dokumen: Dokumen, halaman: Halaman, nama: str, pdf: bytes) -> bool:
    sidik = hashlib.sha256(pdf).hexdigest()
    kolom: dict[str, Any] = {
        "status": StatusDokumen.JADI,
        "berkas": nama,
        "sidik": sidik,
        "selesai_pada": sekarang(),
        "sewa_sampai": None,
        "galat": "",
    }
    if dokumen.jenis == JenisDokumen.SK:
        kolom["sidik_naskah"] = sidik
    if not dokumen.nomor:
        kolom["nomor"] = halaman.nomor
    if halaman.kewenangan is not None and dokumen.kewenangan_id is None:
        kolom["kewenangan"] = halaman.kewenangan
    try:
        diubah = Dokumen.objects.filter(_milik_percobaan(dokumen)).update(**kolom)
    except IntegrityError:
        simpan.hapus(nama)
        raise
    if not diubah:  # set aside meanwhile, or the lease ran out: the file is nobody's
        simpan.hapus(nama)
    return bool(diubah)


def _catat_gagal(dokumen: Dokumen, galat: Exception) -> None:
    """Say on the row what went wrong and when to try again; after the last try a person has to look."""
    menunggu = isinstance(galat, BelumBisa)
    habis = not menunggu and dokumen.percobaan % MAKS_PERCOBAAN == 0
    jeda = JEDA_MENUNGGU if menunggu else JEDA[min(dokumen.percobaan, len(JEDA)) - 1]
    if not menunggu:
        catatan.error("dokumen gagal", exc_info=galat, extra={"dokumen": dokumen.pk, "percobaan": dokumen.percobaan})
    Dokumen.objects.filter(_milik_percobaan(dokumen)).update(
        status=StatusDokumen.GAGAL if habis else StatusDokumen.DIMINTA,
        sewa_sampai=None if habis else sekarang() + jeda,
        galat=_kalimat(galat)[:240],
    )


_KALIMAT: tuple[tuple[Callable[[Exception], bool], str], ...] = (
    (lambda g: isinstance(g, OSError) and g.errno == errno.ENOSPC, "Tempat penyimpanan penuh."),
    (lambda g: isinstance(g, OSError), "Berkas tidak dapat ditulis."),
)


def _kalimat(galat: Exception) -> str:
    """What an officer reads beside the order; never anything out of the document itself."""
    if isinstance(galat, GagalCetak | BelumBisa):
        return str(galat)
    return next((kata for cocok, kata in _KALIMAT if cocok(galat)), f"Gagal disusun ({type(galat).__name__}).")
