"""What a file's state means to its applicant: words, sentence, five steps, events. The page, the public tracking
page and the API tell the same story from here; no state is compared by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.enums import Peran
from core.hari_kerja import Kalender
from core.templatetags.tampilan import pukul, tanggal, waktu
from perizinan.enums import HasilRekomendasi, StatusSkrd
from perizinan.label import LabelStatus, label_status
from perizinan.models import ButirPerbaikan, Permohonan, Rekomendasi, Riwayat

LANGKAH_AKHIR = 5
_BAIK = "hijau"


def label(permohonan: Permohonan) -> LabelStatus:
    """The words of the file's present state."""
    return label_status("permohonan", permohonan.status)


def berhasil(satu: LabelStatus) -> bool:
    """Whether an end is the one that was hoped for."""
    return satu.warna_ikon.startswith(_BAIK)


def kalimat(permohonan: Permohonan) -> str:
    """The sentence of the present state with its dates and numbers; asks only for what the sentence names."""
    return label(permohonan).kalimat(**_Nilai(permohonan))


class _Nilai(Mapping[str, str]):
    """Values of the sentence's variables, looked up when they are asked for."""

    def __init__(self, permohonan: Permohonan) -> None:
        self.p = permohonan
        pola = label(permohonan).kalimat_pemohon
        self.nama = [n for n in _PENGISI if "{" + n + "}" in pola]

    def __getitem__(self, nama: str) -> str:
        return _PENGISI[nama](self.p)

    def __iter__(self) -> Any:
        return iter(self.nama)

    def __len__(self) -> int:
        return len(self.nama)


def _batas(p: Permohonan) -> str:
    akhir = p.riwayat.order_by("-urut").values_list("pada", flat=True).first() if p.batas_pemohon is None else None
    return tanggal(p.batas_pemohon or akhir)


def _butir(p: Permohonan) -> str:
    terbuka = ButirPerbaikan.objects.filter(
        perbaikan__permohonan=p, perbaikan__ditutup_pada__isnull=True, dijawab_pada__isnull=True
    )
    return str(terbuka.count())


def _nilai(p: Permohonan) -> str:
    skrd = p.skrd.filter(status=StatusSkrd.BERLAKU).first()
    return f"{skrd.nilai if skrd else 0:,}".replace(",", ".")


def _dinas(p: Permohonan) -> str:
    terbuka = p.rekomendasi.terbuka().select_related("skpd")
    return ", ".join(r.skpd.nama for r in terbuka) or _("dinas teknis")


def _sub(p: Permohonan) -> str:
    jumlah = p.rekomendasi.exclude(hasil="").count()
    return _("%(n)d dinas sudah selesai menilai.") % {"n": jumlah} if jumlah else ""


_PENGISI: dict[str, Callable[[Permohonan], str]] = {
    "batas_periksa": lambda p: waktu(p.batas_periksa),
    "batas": _batas,
    "n": _butir,
    "mulai": lambda p: tanggal(p.mulai_hitung),
    "bidang": lambda p: p.bidang.nama,
    "dinas": _dinas,
    "sub": _sub,
    "nilai": _nilai,
    "tgl": lambda p: tanggal(p.diserahkan_pada or p.selesai_pada),
}


# --- recommendations ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BarisRekomendasi:
    """What one dinas is doing, in words, and by when."""

    kata: str
    kalimat: str
    warna_ikon: str
    petugas: str


def rekomendasi(daftar: Iterable[Rekomendasi]) -> list[BarisRekomendasi]:
    """One line per dinas that was asked and not let off."""
    baris = []
    for r in daftar:
        satu = label_status("rekomendasi", r.status)
        if not satu.label_pemohon:
            continue
        nilai = {
            "dinas": r.skpd.nama,
            "batas": tanggal(r.tenggat),
            "tgl": tanggal(r.tinjau_pada),
            "jam": pukul(r.tinjau_pada).removeprefix(_("pukul") + " ").removesuffix(" WIB"),
        }
        ketentuan = _("Setuju dengan syarat.") if r.hasil == HasilRekomendasi.BERSYARAT else ""
        baris.append(
            BarisRekomendasi(
                satu.kata.format_map(nilai),
                satu.kalimat(**nilai) or ketentuan,
                satu.warna_ikon,
                r.petugas.nama if r.petugas else "",
            )
        )
    return baris


# --- steps and events ---------------------------------------------------------------------------------------------


def tanggal_langkah(riwayat: Iterable[Riwayat], sampai: int) -> list[datetime | None]:
    """When each public step was first reached, for the steps begun; None where the file passed one by."""
    kapan: dict[int, datetime] = {}
    for baris in riwayat:
        if baris.objek or not baris.ke:
            continue
        nomor = label_status("permohonan", baris.ke).langkah
        if nomor:
            kapan.setdefault(nomor, baris.pada)
    return [kapan.get(n) for n in range(1, sampai + 1)]


@dataclass(frozen=True, slots=True)
class Peristiwa:
    """One event as the applicant reads it: what the file became, when, by whom (name and role)."""

    verba: str
    judul: str
    waktu: datetime
    oleh: str = ""
    penting: bool = False
    catatan: str = ""
    alamat: str = ""


def peristiwa(riwayat: Iterable[Riwayat], *, dengan_nama: bool = True) -> list[Peristiwa]:
    """The events of a file in order: each act that changed its state, in the words of the state reached.

    Starting a draft is no event that anybody waits to read about.
    """
    daftar = []
    for baris in riwayat:
        if baris.objek or not baris.dari or baris.ke == baris.dari:
            continue
        satu = label_status("permohonan", baris.ke)
        daftar.append(
            Peristiwa(
                baris.verba,
                satu.kata,
                baris.pada,
                _pelaku(baris) if dengan_nama else "",
                satu.langkah == LANGKAH_AKHIR,
            )
        )
    return daftar


def _pelaku(baris: Riwayat) -> str:
    if baris.oleh is None:
        return _("otomatis oleh sistem")
    peran = str(Peran(baris.peran).label)
    return _("Anda") if baris.peran == Peran.PEMOHON else f"{baris.oleh.nama}, {peran}"


def hari_ke(sejak: datetime, kini: datetime, kalender: Kalender) -> int:
    """Which working day of a limit this is: the days used, 1 on the day of asking. Beyond the limit = late."""
    return max(1, kalender.indeks(kini) - kalender.indeks(sejak))
