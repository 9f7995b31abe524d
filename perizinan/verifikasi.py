"""Is this paper ours, and what is it worth today? (contracts.md; reliability.md R17, B28, B29.)

A file is genuine if and only if its SHA-256 is that of a document we issued. Any other file is only explained,
inside the fence, by what its signatures say. A token from a QR names a document; what it is worth is the live
state of the permit, never what the paper says.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import Q

from core.tanda_tangan.periksa import jelaskan_pdf
from core.tanda_tangan.port import Alasan as AlasanAsing
from core.tanda_tangan.sertifikat import akar_tepercaya
from core.waktu import hari_ini
from perizinan.dokumen.kode import awalan_token
from perizinan.enums import JenisDokumen, Publikasi, StatusDokumen, StatusIzin
from perizinan.models import Dokumen, Izin

#: Files of one address in ten minutes, page and API together: each costs a look inside the fence.
BERKAS_MAKS = 30
Alasan = Literal["asli"] | AlasanAsing
UKURAN_MAKS = 15 * 1024 * 1024  # bytes; our own documents stay far below

_TOKEN = re.compile(r"[0-9a-f]{32}")
_TERKAIT = (*(f"permohonan__{n}" for n in ("jenis_izin", "versi_layanan", "pihak")), "kewenangan")
#: Texts of a permit: nothing until they are signed. A konsep never is.
_NASKAH = (JenisDokumen.SK, JenisDokumen.KONSEP_SK)
#: What counts as issued: a signed SK; any other document as soon as it is made.
_TERBIT = Q(status=StatusDokumen.DITANDATANGANI) | (Q(status=StatusDokumen.JADI) & ~Q(jenis__in=_NASKAH))


@dataclass(frozen=True, slots=True)
class Surat:
    """A document of ours and, where it is a permit, that permit with its state today."""

    dokumen: Dokumen
    izin: Izin | None = None
    status: StatusIzin | None = None

    @property
    def terbit(self) -> bool:
        """False for an SK that was frozen and not signed, and for a konsep: it is nothing yet."""
        return self.dokumen.jenis not in _NASKAH or self.dokumen.status == StatusDokumen.DITANDATANGANI


@dataclass(frozen=True, slots=True)
class HasilVerifikasi:
    """The answer about a file; `surat` only when it is genuine."""

    cocok: bool
    alasan: Alasan
    nomor_izin: str | None = None
    status: str | None = None
    surat: Surat | None = None

    @property
    def izin(self) -> Izin | None:
        return self.surat.izin if self.surat else None


def cek_token(token: str) -> Surat | None:
    """What a QR's token names, or None: unknown, withdrawn, or no token at all."""
    if not _TOKEN.fullmatch(token):
        return None
    dokumen = Dokumen.objects.select_related(*_TERKAIT).filter(token=token).first()
    if dokumen is None or dokumen.status not in {StatusDokumen.JADI, StatusDokumen.DITANDATANGANI}:
        return None
    return _surat(dokumen)


def cek_kode(kode: str) -> str | None:
    """The token behind a typed code, or None. One range look-up on the token's index."""
    awalan = awalan_token(kode)
    if awalan is None:
        return None
    cocok = Dokumen.objects.filter(token__gte=awalan, token__lt=f"{awalan}g").order_by("token")
    token: str | None = cocok.values_list("token", flat=True).first()
    return token


def cek_berkas(isi: bytes) -> HasilVerifikasi:
    """Whether these very bytes are a document of ours; if not, why not."""
    sidik = hashlib.sha256(isi).hexdigest()
    dokumen = Dokumen.objects.select_related(*_TERKAIT).filter(_TERBIT, sidik=sidik).first()
    if dokumen is None:
        return HasilVerifikasi(cocok=False, alasan=jelaskan_pdf(isi, akar_tepercaya()))
    surat = _surat(dokumen)
    nomor = dokumen.nomor if dokumen.jenis == JenisDokumen.SK else None
    return HasilVerifikasi(cocok=True, alasan="asli", nomor_izin=nomor, status=surat.status, surat=surat)


def _surat(dokumen: Dokumen) -> Surat:
    if dokumen.jenis != JenisDokumen.SK or dokumen.status != StatusDokumen.DITANDATANGANI:
        return Surat(dokumen)
    izin = Izin.objects.bertoken(dokumen.token).select_related("permohonan__versi_layanan").first()
    return Surat(dokumen, izin, status_kini(izin, hari_ini()) if izin else None)


def status_kini(izin: Izin, hari: date) -> StatusIzin:
    """The state that counts on a day: a permit past its last day is expired, whether a sweep ran or not."""
    status = StatusIzin(izin.status)
    lewat = izin.akhir is not None and izin.akhir < hari
    return StatusIzin.KEDALUWARSA if lewat and status in {StatusIzin.BERLAKU, StatusIzin.DIBEKUKAN} else status


def pengganti(izin: Izin) -> Izin | None:
    """The permit that took this one's place: issued on an application that named it."""
    return Izin.objects.filter(permohonan__izin_lama=izin).order_by("-pk").first()


def nama_terbuka(surat: Surat) -> str:
    """The holder as the service lets it be shown (ux.md case 32): name, business name, or nothing."""
    p = surat.dokumen.permohonan
    match p.versi_layanan.publikasi:
        case Publikasi.NAMA:
            return surat.izin.pemegang if surat.izin else p.pihak.sebutan
        case Publikasi.NAMA_USAHA:
            return str(p.isian.get("nama_usaha") or p.pihak.nama_badan)
        case _:
            return ""
