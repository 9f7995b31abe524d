"""What an SK says: gathered from the file once, used by the draft check, the preview and the PDF.

The party's data are those valid when the SK is frozen (ux.md 5.2); conditions of the recommendations are
printed; a variable that is still empty keeps the draft from going up the paraf chain.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from accounts.models import DataPihak
from core.waktu import sekarang, zona
from perizinan.enums import HasilRekomendasi, PengisiIsian, StatusRekomendasi, TipeIsian
from perizinan.isian import RAHASIA, berlaku
from perizinan.models import Isian, Permohonan


@dataclass(frozen=True, slots=True)
class BarisNaskah:
    """One line "label: value" of the SK's body."""

    label: str
    nilai: str


@dataclass(frozen=True, slots=True)
class Naskah:
    """The content of an SK, without its signature block."""

    judul: str
    pemegang: str
    pihak: DataPihak
    baris: tuple[BarisNaskah, ...]
    ketentuan: tuple[str, ...]
    dasar_hukum: tuple[str, ...]
    mulai: date
    akhir: date | None
    masa_berlaku: str


def susun(permohonan: Permohonan, pada: datetime | None = None) -> Naskah:
    """The content of the SK as of an instant (default now)."""
    kini = pada or sekarang()
    versi = permohonan.versi_layanan
    mulai = kini.astimezone(zona()).date()
    pihak = permohonan.pemohon.data_pada(kini)
    akhir = tambah_bulan(mulai, versi.masa_berlaku_bulan) if versi.masa_berlaku_bulan else None
    return Naskah(
        judul=str(versi.naskah_sk.get("judul") or permohonan.jenis_izin.nama),
        pemegang=pihak.sebutan,
        pihak=pihak,
        baris=tuple(_baris(permohonan)),
        ketentuan=tuple(_ketentuan(permohonan)),
        dasar_hukum=tuple(_teks_hukum(d) for d in versi.dasar_hukum),
        mulai=mulai,
        akhir=akhir,
        masa_berlaku=versi.masa_berlaku_teks,
    )


def variabel_kosong(permohonan: Permohonan) -> list[str]:
    """Names of what the SK still lacks; the draft goes on only when the list is empty."""
    konteks = permohonan.konteks_isian()
    isi = {**permohonan.isian, **permohonan.isian_rahasia}
    kosong = [
        i.label
        for i in permohonan.versi_layanan.isian.all()
        if i.wajib and berlaku(i, konteks) and isi.get(i.kode) in (None, "", [])
    ]
    pihak = permohonan.pihak
    kosong += [str(label) for label, nilai in ((_("Nama"), pihak.sebutan), (_("Alamat"), pihak.alamat)) if not nilai]
    if not permohonan.versi_layanan.dasar_hukum:
        kosong.append(_("Dasar hukum"))
    return kosong


def tambah_bulan(tanggal: date, bulan: int) -> date:
    """The same day some months later, the last day of the month where that day does not exist."""
    tahun, indeks = divmod(tanggal.year * 12 + tanggal.month - 1 + bulan, 12)
    return date(tahun, indeks + 1, min(tanggal.day, monthrange(tahun, indeks + 1)[1]))


def _teks_hukum(dasar: Any) -> str:
    return str(dasar.get("teks", "")) if isinstance(dasar, dict) else str(dasar)


def _baris(permohonan: Permohonan) -> list[BarisNaskah]:
    konteks = permohonan.konteks_isian()
    daftar = []
    for isian in permohonan.versi_layanan.isian.all():
        ada = isian.kode in permohonan.isian and isian.tipe not in RAHASIA
        if ada and isian.diisi_oleh == PengisiIsian.PEMOHON and berlaku(isian, konteks):
            daftar.append(BarisNaskah(isian.label, tampilkan(isian, permohonan.isian[isian.kode])))
    return daftar


def _ketentuan(permohonan: Permohonan) -> list[str]:
    tetap = [str(k) for k in permohonan.versi_layanan.naskah_sk.get("ketentuan", [])]
    bersyarat = permohonan.rekomendasi.filter(
        status=StatusRekomendasi.DIBERIKAN, hasil=HasilRekomendasi.BERSYARAT
    ).select_related("skpd")
    return tetap + [f"{k} ({r.skpd.nama})" for r in bersyarat for k in r.ketentuan]


def tampilkan(isian: Isian, nilai: Any) -> str:
    """A kept value in the words of a letter or a page."""
    pilihan = {o["kode"]: o["label"] for o in isian.opsi}
    satuan = f" {isian.satuan}" if isian.satuan else ""
    match isian.tipe:
        case TipeIsian.PILIHAN:
            return str(pilihan.get(nilai, nilai))
        case TipeIsian.PILIHAN_BANYAK:
            return ", ".join(str(pilihan.get(n, n)) for n in nilai)
        case TipeIsian.UANG:
            return f"Rp{nilai:,}".replace(",", ".")
        case TipeIsian.YA_TIDAK:
            return _("Ya") if nilai else _("Tidak")
        case TipeIsian.TANGGAL:
            return formats.date_format(date.fromisoformat(nilai), "j F Y")
        case TipeIsian.TITIK:
            return f"{nilai['lintang']}, {nilai['bujur']}"
        case TipeIsian.DESIMAL | TipeIsian.LUAS | TipeIsian.PERSEN:
            return f"{Decimal(nilai):f}".replace(".", ",") + satuan
        case _:
            return f"{nilai}{satuan}"
