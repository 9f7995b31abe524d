"""What all documents share: letterhead, number, QR and code, date and place, the data inside the file."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from accounts.enums import JenisUnit
from accounts.models import Kewenangan
from core.cetak import gaya_dokumen
from core.konfigurasi import kantor
from core.qr import qr_png
from core.templatetags.tampilan import data_svg
from core.waktu import zona
from perizinan.dokumen.kode import alamat_cek, kode_cek
from perizinan.models import Dokumen, Permohonan

FORMAT_DATA = 1


class BelumBisa(Exception):
    """The document waits for something that only people can bring about; the text says what."""


@dataclass(frozen=True, slots=True)
class Halaman:
    """One document, ready to be laid out.

    `data` is what the attachment says besides the common facts: never an identity number, a phone or a home
    address. `kewenangan` is the authority whose name is printed.
    """

    templat: str
    judul: str
    nomor: str = ""
    konteks: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    kewenangan: Kewenangan | None = None
    qr: str = ""

    def lampiran(self, dokumen: Dokumen) -> bytes:
        """The machine-readable twin of the page (JSON, sorted keys)."""
        p = dokumen.permohonan
        isi = {
            "format": FORMAT_DATA,
            "jenis": dokumen.jenis,
            "nomor": self.nomor,
            "tanggal": dokumen.tanggal.isoformat(),
            "nomor_permohonan": p.nomor,
            "layanan": {"kode": p.jenis_izin.kode, "nama": p.jenis_izin.nama},
            "penerbit": kop(p)["instansi"],
            "verifikasi": alamat_cek(dokumen.token),
            "kode": kode_cek(dokumen.token),
            **self.data,
        }
        return json.dumps(isi, ensure_ascii=False, sort_keys=True, indent=1).encode()


def html_halaman(dokumen: Dokumen, halaman: Halaman) -> str:
    """The finished page; every value passes the template engine's autoescape (R18)."""
    p = dokumen.permohonan
    konteks = {
        "gaya": mark_safe(gaya_dokumen()),  # our own style file, nothing of it comes from a person
        "kop": kop(p),
        "judul": halaman.judul,
        "nomor": halaman.nomor,
        "dokumen": dokumen,
        "permohonan": p,
        "pihak": p.pihak,
        "tempat": tempat(),
        "situs": urlsplit(settings.SITUS).netloc,
        "kode": kode_cek(dokumen.token),
        "qr": qr_png(halaman.qr or alamat_cek(dokumen.token)),
        "kewenangan": halaman.kewenangan,
        **halaman.konteks,
    }
    return render_to_string(halaman.templat, konteks)


def kop(permohonan: Permohonan) -> dict[str, str]:
    """The letterhead: the office's, or the kecamatan's own where a Camat issues (ux.md, Camat)."""
    k, unit = kantor(), permohonan.unit_penerbit
    sendiri = unit.jenis == JenisUnit.KECAMATAN
    telepon, surel = (unit.telepon, "") if sendiri else (k.telepon, k.surel)
    alamat = (unit.alamat if sendiri else k.alamat) or k.alamat
    bagian = [alamat, f"Telepon {telepon}" if telepon else "", surel, urlsplit(settings.SITUS).netloc]
    return {
        "pemerintah": k.pemerintah,
        "instansi": unit.nama if sendiri else k.nama,
        "kota": k.kota,
        "alamat": " · ".join(b for b in bagian if b),
        "lambang": data_svg(k.lambang_svg or _lambang_netral()),
    }


@cache
def _lambang_netral() -> str:
    """The drawn emblem that stands in until the office configures its own."""
    return (Path(settings.BASE_DIR) / "static" / "img" / "lambang.svg").read_text(encoding="utf-8")


def tempat() -> str:
    """The place in front of a date: `Bekasi` for `Kota Bekasi`."""
    kota: str = kantor().kota
    return kota.removeprefix("Kota ").removeprefix("Kabupaten ")


def alamat_lacak(permohonan: Permohonan) -> str:
    """The address that a receipt's QR opens: our tracking page with the number filled in."""
    return f"{settings.SITUS}/lacak/?{urlencode({'nomor': permohonan.nomor or ''})}"


def setempat(t: datetime) -> date:
    """The office's date of an instant."""
    return t.astimezone(zona()).date()
