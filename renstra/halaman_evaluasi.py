"""The page of a quarter's evaluation: the form, where its numbers come from, its editions, what may be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Akun
from core.waktu import sekarang, zona
from renstra import angka
from renstra.enums import MANUAL
from renstra.evaluasi import beda, sebagai_data, susun
from renstra.laporan import e81
from renstra.laporan.bentuk import Tabel
from renstra.models import Keluaran, Potret, RealisasiKinerja, Rencana
from renstra.services.penutupan import PENGESAH
from renstra.services.realisasi import PELAPOR
from renstra.sumber import SUMBER, Masa
from renstra.susunan import potret_seedisi, rencana_tahun, tahun_berencana

_KOLOM = {
    "target": gettext_lazy("target tahun ini"),
    "realisasi": gettext_lazy("realisasi tahun ini"),
    "capaian": gettext_lazy("capaian tahun ini"),
    "sampai_kini": gettext_lazy("realisasi sampai tahun ini"),
    "capaian_renstra": gettext_lazy("capaian Renstra"),
}
#: Outputs in the order of the plan: a programme's outcomes before its activities.
URUTAN = (
    Coalesce("program__no", "kegiatan__program__no"),
    F("kegiatan__no").asc(nulls_first=True),
    "urutan",
)
_SISI = {"k": gettext_lazy("kinerja"), "rp": gettext_lazy("rupiah")}


@dataclass(frozen=True, slots=True)
class Perbedaan:
    """One number that an edition changed."""

    indikator: str
    kolom: str
    lama: Decimal | None
    baru: Decimal | None


@dataclass(frozen=True, slots=True)
class BarisEdisi:
    """An edition with what it changed in the one before."""

    potret: Potret
    beda: list[Perbedaan]


@dataclass(frozen=True, slots=True)
class Asal:
    """Where the number of one output comes from in this quarter."""

    keluaran: Keluaran
    nilai: Decimal | None
    dihitung: bool
    sumber: str | Promise
    tautan: str
    catatan: RealisasiKinerja | None

    @property
    def teks(self) -> str:
        """The number in words; a dash where nothing was reported."""
        return "-" if self.nilai is None else angka.tulis(self.nilai)

    @property
    def bukti(self) -> str:
        """The evidence's file name; empty where there is none."""
        return str(self.catatan.bukti).rpartition("/")[2] if self.catatan else ""


def masa_kini() -> Masa:
    """The quarter that it is now."""
    hari = sekarang().astimezone(zona())
    return Masa(hari.year, (hari.month - 1) // 3 + 1)


def pilih_masa(tahun: str, triwulan: str) -> Masa | None:
    """The quarter in the address, else the present one, else the last of the newest plan; None without a plan."""
    kini, pilihan = masa_kini(), tahun_berencana()
    if not pilihan:
        return None
    dipilih = int(tahun) if tahun.isdecimal() and len(tahun) == 4 else kini.tahun
    bawaan = kini.triwulan if dipilih == kini.tahun else 4
    if dipilih not in pilihan:
        dipilih, bawaan = pilihan[0], 4
    return Masa(dipilih, int(triwulan) if triwulan in {"1", "2", "3", "4"} else bawaan)


def ubahan(lama: dict[str, Any], baru: dict[str, Any]) -> list[Perbedaan]:
    """Differences in words."""
    hasil = []
    for indikator, kunci, sebelum, sesudah in beda(lama, baru):
        kolom, sisi = kunci.split(".")
        nama = f"{_KOLOM[kolom]} ({_SISI[sisi]})"
        hasil.append(Perbedaan(indikator, nama, _angka(sebelum), _angka(sesudah)))
    return hasil


def _angka(teks: str) -> Decimal | None:
    return Decimal(teks) if teks else None


class HalamanEvaluasi:
    """One quarter as `orang` sees it. `edisi` (0: the last) chooses which frozen edition is shown."""

    def __init__(self, rencana: Rencana, masa: Masa, orang: Akun, edisi: int = 0) -> None:
        self.rencana, self.masa, self.orang = rencana, masa, orang
        daftar = potret_seedisi(rencana, masa).select_related("disusun_oleh", "disahkan_oleh", "rencana")
        self.potret = list(daftar)
        self.akhir = self.potret[-1] if self.potret else None
        self.dipilih = next((p for p in self.potret if p.edisi == edisi), self.akhir)

    @cached_property
    def kini(self) -> dict[str, Any]:
        """The form as the reports make it now."""
        return sebagai_data(susun(self.rencana, self.masa.tahun, self.masa.triwulan))

    @property
    def isi(self) -> dict[str, Any]:
        """What is shown: the frozen edition where there is one."""
        return self.dipilih.isi if self.dipilih else self.kini

    @property
    def tanda(self) -> str:
        """Which edition it is, or that it may change."""
        if self.dipilih is None:
            return _("Sementara")
        kata = {"n": self.dipilih.edisi}
        if self.dipilih.disahkan_pada:
            return _("Edisi %(n)d, disahkan") % kata
        return _("Sementara: edisi %(n)d, belum disahkan") % kata

    @cached_property
    def tabel(self) -> Tabel:
        return e81.tabel(self.isi)

    @property
    def terkunci(self) -> bool:
        return bool(self.akhir and self.akhir.disahkan_pada)

    @property
    def berakhir(self) -> bool:
        """Whether the quarter is over, so that it can be frozen."""
        return sekarang() >= self.masa.triwulan_ini.rentang[1]

    @property
    def boleh_catat(self) -> bool:
        return self.orang.berperan(*PELAPOR) and not self.terkunci

    @property
    def boleh_buka(self) -> bool:
        return self.orang.berperan(*PELAPOR) and self.terkunci

    @property
    def boleh_sahkan(self) -> bool:
        akhir = self.akhir
        bukan_penyusun = akhir is not None and not akhir.disahkan_pada and akhir.disusun_oleh_id != self.orang.pk
        return bukan_penyusun and self.orang.berperan(*PENGESAH)

    @cached_property
    def berubah(self) -> list[Perbedaan]:
        """What was reported after the last unsigned edition was frozen: it has to be frozen anew."""
        if self.akhir is None or self.akhir.disahkan_pada:
            return []
        return ubahan(self.akhir.isi, self.kini)

    @property
    def edisi(self) -> list[BarisEdisi]:
        """The editions, the newest first, each with its differences from the one before."""
        sebelum: Sequence[Potret | None] = [None, *self.potret]
        return [
            BarisEdisi(p, ubahan(lama.isi, p.isi) if lama else [])
            for lama, p in reversed(list(zip(sebelum, self.potret, strict=False)))
        ]

    @cached_property
    def asal(self) -> list[Asal]:
        """Every output of the plan with where its number of this quarter comes from. Two queries."""
        catatan = {
            r.keluaran_id: r
            for r in RealisasiKinerja.objects.filter(
                tahun=self.masa.tahun, triwulan=self.masa.triwulan, keluaran__in=self.keluaran()
            )
            .select_related("oleh")
            .order_by("pk")
        }
        return [self._asal(k, catatan.get(k.pk)) for k in self.keluaran()]

    def keluaran(self) -> Any:
        """Every output of the plan, in its order."""
        milik = Q(kegiatan__program__rencana=self.rencana) | Q(program__rencana=self.rencana)
        return Keluaran.objects.filter(milik).order_by(*URUTAN)

    def _asal(self, k: Keluaran, catatan: RealisasiKinerja | None) -> Asal:
        nilai = catatan.angka if catatan else None
        sumber = SUMBER.get(k.sumber)
        if sumber is not None:
            return Asal(k, nilai, True, sumber.nama, sumber.tautan(self.masa), catatan)
        return Asal(k, nilai, False, _("Dicatat perencana") if k.sumber == MANUAL else k.sumber, "", catatan)

    def alamat(self, nama: str) -> str:
        """Address of an act on this quarter."""
        return reverse(nama, args=[self.masa.tahun, self.masa.triwulan])

    def alamat_berkas(self, nama: str) -> str:
        """Address of a file of what is shown, its edition named where one was frozen."""
        query = {"edisi": self.dipilih.edisi} if self.dipilih else {}
        return reverse(nama, args=[self.masa.tahun, self.masa.triwulan], query=query)

    @property
    def tindakan(self) -> list[dict[str, str]]:
        """What this person may do now (`komponen/tombol_tindakan.html`)."""
        daftar: list[dict[str, str]] = []
        if self.boleh_sahkan and self.akhir:
            teks = _("Sahkan edisi %(n)d") % {"n": self.akhir.edisi}
            daftar.append(_kirim(teks, self.alamat("renstra_evaluasi_sahkan"), str(self.akhir.edisi)))
        if self.boleh_catat:
            daftar.append(_buka(_("Catat realisasi"), self.alamat("renstra_evaluasi_catat")))
            daftar.append(_kirim(_("Hitung dari transaksi"), self.alamat("renstra_evaluasi_hitung")))
            if self.berakhir:
                daftar.append(_kirim(_("Susun potret"), self.alamat("renstra_evaluasi_potret")))
        return daftar


def _buka(teks: str, alamat: str) -> dict[str, Any]:
    return {"teks": teks, "alamat": alamat, "ikon": "pena", "metode": "", "jenis": "", "kunci": "", "versi": None}


def _kirim(teks: str, alamat: str, versi: str | None = None) -> dict[str, Any]:
    return {"teks": teks, "alamat": alamat, "ikon": "", "metode": "post", "jenis": "", "kunci": "", "versi": versi}


def halaman(tahun: int, triwulan: int, orang: Akun, edisi: int = 0) -> HalamanEvaluasi | None:
    """The page of a quarter; None where no plan has targets for the year or there is no such quarter."""
    rencana = rencana_tahun(tahun)
    if rencana is None or triwulan not in {1, 2, 3, 4}:
        return None
    return HalamanEvaluasi(rencana, Masa(tahun, triwulan), orang, edisi)
