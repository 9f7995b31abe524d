"""The clock of one file, re-derived from its log by the pure rule of perizinan/tenggat.py."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from core.kalender import kalender_berlaku
from core.waktu import zona
from perizinan import tenggat as aturan
from perizinan.enums import Jam
from perizinan.models import HariCadangan, Permohonan, VersiLayanan


def peristiwa(permohonan: Permohonan) -> list[tuple[str, datetime]]:
    """(effect, when it counts) of the acts that move the clock, in the order of the log."""
    return list(
        permohonan.riwayat.filter(objek="").exclude(jam="").order_by("urut").values_list("jam", "berlaku_pada")
    )


def jeda_sampai_kini(permohonan: Permohonan, kini: datetime) -> tuple[aturan.Jeda, ...]:
    """Closed pauses of the log; a pause that is open now is closed at `kini`."""
    kejadian = peristiwa(permohonan)
    if permohonan.jeda_sejak:
        kejadian = [*kejadian, (Jam.LANJUT, kini)]
    return aturan.rentang(kejadian).jeda


def tenggat_bila_lanjut(permohonan: Permohonan, pada: datetime) -> datetime:
    """The due instant if the open pause ends at `pada` (a sending time, a bank's date)."""
    assert permohonan.mulai_hitung is not None and permohonan.hari_sop is not None  # noqa: S101 constraint terdaftar_berjam
    return aturan.tenggat(
        permohonan.mulai_hitung, permohonan.hari_sop, jeda_sampai_kini(permohonan, pada), kalender_berlaku()
    )


def hari_terpakai(permohonan: Permohonan, sampai: datetime) -> int:
    """Working days used up to an instant; 0 before the clock started."""
    mulai = permohonan.mulai_hitung
    if mulai is None or sampai < mulai:
        return 0
    return aturan.hari_terpakai(mulai, jeda_sampai_kini(permohonan, sampai), sampai, kalender_berlaku())


def angka_akhir(permohonan: Permohonan, pada: datetime) -> dict[str, Any]:
    """The figures that stay with a file when it ends: working days used, and with the applicant's own time.

    Both None for a file that ends before its clock started.
    """
    mulai = permohonan.mulai_hitung
    if mulai is None:
        return {"hari_terpakai": None, "hari_kotor": None}
    return {
        "hari_terpakai": hari_terpakai(permohonan, pada),
        "hari_kotor": aturan.hari_kotor(mulai, pada, kalender_berlaku()),
    }


def hitungan(permohonan: Permohonan, kini: datetime) -> aturan.Hitungan | None:
    """The whole arithmetic of a file's due date, line by line; None before registration."""
    if permohonan.terdaftar_pada is None or permohonan.hari_sop is None:
        return None
    rentang = aturan.rentang(peristiwa(permohonan))
    return aturan.hitung(
        permohonan.terdaftar_pada,
        permohonan.hari_sop,
        rentang.jeda,
        kalender_berlaku(),
        terbit=rentang.henti,
        kini=kini,
        mulai=permohonan.mulai_hitung,
    )


def seperlima_akhir(permohonan: Permohonan, kini: datetime) -> bool:
    """Whether more than four fifths of the promised working days are used: a request now looks like a way out."""
    if permohonan.mulai_hitung is None or not permohonan.hari_sop or permohonan.jeda_sejak:
        return False
    return hari_terpakai(permohonan, kini) * 5 >= permohonan.hari_sop * 4


def batas(sejak: datetime, hari: int) -> datetime:
    """The closing that ends a limit of `hari` working days (applicant's acts, completeness check)."""
    return aturan.batas_hari_kerja(sejak, hari, kalender_berlaku())


def hari_efektif(versi: VersiLayanan, jenis_permohonan: str, tanggal: date) -> tuple[int, str]:
    """(working days, "sop" | "cadangan"): the SOP row, the kind's own limit, or the legal fallback by date."""
    pilihan = versi.pilihan_permohonan(jenis_permohonan) or {}
    hari = pilihan.get("hari")
    if isinstance(hari, int):
        return hari, "sop"
    if versi.hari_kerja is not None:
        return versi.hari_kerja, "sop"
    cadangan = HariCadangan.objects.filter(berlaku_mulai__lte=tanggal).order_by("-berlaku_mulai").first()
    if cadangan is None:
        raise LookupError("Hari cadangan belum dimuat: jalankan muat_acuan")
    return cadangan.hari_kerja, "cadangan"


def tanggal_setempat(t: datetime) -> date:
    """The office's date of an instant."""
    return t.astimezone(zona()).date()
