"""What the yearly books are made of: a quarter's E.81 as signed, else as the reports stand; nothing counted twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from renstra.evaluasi import CATATAN, catatan, sebagai_data, susun
from renstra.laporan.e81 import ROMAWI
from renstra.models import Kegiatan, Potret, Rencana
from renstra.sumber import Masa

#: One line of E.81 as `sebagai_data` writes it.
Baris = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bahan:
    """A quarter's form as data, and in words what it is."""

    isi: dict[str, Any]
    dari: str
    sah: bool

    @property
    def baris(self) -> list[Baris]:
        """Its lines."""
        return list(self.isi.get("baris", []))

    @property
    def terlapor(self) -> bool:
        """Whether anything was reported for the year."""
        return any(b["realisasi"][sisi] is not None for b in self.baris for sisi in ("k", "rp"))


def potret_sah(rencana: Rencana, masa: Masa) -> Potret | None:
    """The last signed edition of a quarter; None where nobody signed one."""
    sah = Potret.objects.filter(
        rencana=rencana, tahun=masa.tahun, triwulan=masa.triwulan, disahkan_pada__isnull=False
    )
    return sah.order_by("edisi").last()


def edisi_sah(rencana: Rencana) -> dict[Masa, int]:
    """The last signed edition of every quarter that has one. One query."""
    sah = Potret.objects.filter(rencana=rencana, disahkan_pada__isnull=False).order_by("edisi")
    return {Masa(t, tw): edisi for t, tw, edisi in sah.values_list("tahun", "triwulan", "edisi")}


def bahan(rencana: Rencana, tahun: int, triwulan: int = 4) -> Bahan:
    """The form of a quarter: the last signed edition, or the reports so far."""
    kata = f"Formulir E.81 triwulan {ROMAWI[triwulan - 1]} {tahun}"
    sah = potret_sah(rencana, Masa(tahun, triwulan))
    if sah is not None:
        return Bahan(sah.isi, f"{kata}, edisi {sah.edisi}, disahkan", sah=True)
    return Bahan(sebagai_data(susun(rencana, tahun, triwulan)), f"{kata}, sementara", sah=False)


def bahan_bila(rencana: Rencana, tahun: int) -> Bahan | None:
    """The form of a year's end; None for a year outside the plan."""
    return bahan(rencana, tahun) if tahun in rencana.tahun else None


def catatan_triwulan(rencana: Rencana, tahun: int) -> list[dict[str, str]]:
    """What people wrote in the foot of E.81, quarter by quarter, from signed editions where there are any."""
    hasil = []
    for tw in range(1, 5):
        sah = potret_sah(rencana, Masa(tahun, tw))
        satu = (sah.isi.get("catatan") or {}) if sah else catatan(rencana, tahun, tw)
        hasil.append({k: satu.get(k, "") for k in CATATAN})
    return hasil


def angka(teks: str | None) -> Decimal | None:
    """A number of the form; None where it has none."""
    return None if teks is None else Decimal(teks)


def kunci(b: Baris) -> tuple[str, str]:
    """What names a line in the forms of several years."""
    return b["uraian"], b["indikator"]


def menurut_kunci(satu: Bahan | None) -> dict[tuple[str, str], Baris]:
    """The lines by their names; empty for a year outside the plan."""
    return {kunci(b): b for b in satu.baris} if satu else {}


def pertama(b: Baris) -> bool:
    """Whether the line is the first of its programme or activity: the one that carries the money."""
    return b["target"]["rp"] is not None


def jumlah_kegiatan(baris: Sequence[Baris], kolom: str) -> Decimal | None:
    """Money of all activities; a programme's is their sum and counts no second time. None where there is none."""
    ada = [n for b in baris if b["tingkat"] == "kegiatan" and (n := angka(b[kolom]["rp"])) is not None]
    return sum(ada, Decimal(0)) if ada else None


def tanpa_keluaran(rencana: Rencana, tahun: int) -> list[str]:
    """A sentence about activities with money but without an output: E.81 has no line for them."""
    n = Kegiatan.objects.filter(
        program__rencana=rencana, keluaran__isnull=True, anggaran__tahun=tahun, anggaran__sub_kegiatan__isnull=True
    ).count()
    return [f"{n} kegiatan berpagu belum mempunyai keluaran, sehingga tidak tercantum."] if n else []
