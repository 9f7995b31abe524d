"""A calendar edit reaches every open file: its dates are derived anew, with a reason in the log; closed ones never.

The edit only marks the files (perizinan/apps.py); the sweep does the work in the background, file by file.
Source: sla.md section 2 (1, 5), issue "holiday or office-hour edits recompute open files".
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from core.hari_kerja import Kalender
from core.kalender import kalender_berlaku, kalender_versi
from core.models.kalender import VersiKalender
from core.waktu import sekarang
from perizinan import tenggat as aturan
from perizinan.enums import FINAL, StatusPermohonan, StatusSkrd
from perizinan.models import Permohonan
from perizinan.services import _jam, _keluar
from perizinan.services._alur import catat_waktu
from perizinan.tetap import lengkapi


def tanggal_baru(p: Permohonan, kalender: Kalender) -> dict[str, datetime]:
    """The stored dates that the calendar in force would give otherwise, by column; empty when all hold.

    Our own date is derived from the log. A limit of the applicant or of the completeness check that has become
    a day off moves to the next working day: it never moves forward.
    """
    beda: dict[str, datetime] = {}
    if p.mulai_hitung is not None and p.hari_sop is not None and p.terbit_pada is None:
        jeda = [j for j in aturan.rentang(_jam.peristiwa(p)).jeda if j.selesai is not None]
        tenggat = aturan.tenggat(p.mulai_hitung, p.hari_sop, jeda, kalender)
        if tenggat != p.tenggat:
            beda["tenggat"] = tenggat
    for kolom in ("batas_periksa", "batas_pemohon"):
        batas = getattr(p, kolom)
        if batas is not None and batas > sekarang() and not kalender.hari_kerja(kalender.setempat(batas).date()):
            beda[kolom] = kalender.penutupan(kalender.indeks(batas))
    return beda


def perlu_hitung_ulang(p: Permohonan) -> bool:
    """Whether a stored date of an open file differs from what the calendar in force gives."""
    return p.status not in FINAL and p.status != StatusPermohonan.DRAF and bool(tanggal_baru(p, kalender_berlaku()))


def hitung_ulang(pk: int) -> bool:
    """Derive the dates of one open file anew; the log says from what to what and why, the applicant hears of it.

    Returns whether anything changed. A closed file keeps what it had.
    """
    with transaction.atomic(durable=True):
        p = lengkapi(Permohonan.objects.select_for_update(no_key=True).get(pk=pk))
        kalender, kini = kalender_berlaku(), sekarang()
        beda = tanggal_baru(p, kalender) if p.status not in FINAL else {}
        if not beda:
            return False
        sebab = _sebab(p, kalender, beda)
        rinci: dict[str, Any] = {"kalender": kalender.versi, "sebab": sebab}
        rinci |= {k: [_iso(getattr(p, k), kalender), _iso(v, kalender)] for k, v in beda.items()}
        Permohonan.objects.filter(pk=pk).update(**beda)
        for kolom, nilai in beda.items():
            setattr(p, kolom, nilai)
        if "batas_pemohon" in beda:
            p.perbaikan.filter(ditutup_pada__isnull=True).update(batas=beda["batas_pemohon"])
            p.skrd.filter(status=StatusSkrd.BERLAKU).update(jatuh_tempo=beda["batas_pemohon"])
        riwayat = catat_waktu(p, "hitung_ulang", kini, rinci)
        if "tenggat" in beda:
            _keluar.tulis_pesan(p, "SMS_TENGGAT", riwayat, {"sebab": sebab[:48]})
        elif "batas_pemohon" in beda:
            hal = {"hal": _keluar.hal_ditunggu(p.status), "batas": _keluar.tanggal_pendek(beda["batas_pemohon"])}
            _keluar.tulis_pesan(p, "SMS_INGAT", riwayat, hal)
    return True


def _iso(t: datetime | None, kalender: Kalender) -> str:
    return kalender.setempat(t).isoformat(timespec="minutes") if t else ""


def _sebab(p: Permohonan, kalender: Kalender, beda: dict[str, datetime]) -> str:
    """In words: the day off that came or went within the file's time, else that the working hours changed."""
    lama = _kalender_lama(p)
    if lama is None:
        return "kalender kerja diubah"
    awal = kalender.setempat(p.mulai_hitung or p.diajukan_pada or sekarang()).date()
    akhir = max(kalender.setempat(t).date() for t in [*beda.values(), *filter(None, [p.tenggat, p.batas_pemohon])])
    for tanggal in sorted(set(kalender.libur) ^ set(lama.libur)):
        if awal <= tanggal <= akhir:
            if tanggal in kalender.libur:
                return f"libur {tanggal:%d-%m-%Y}: {kalender.libur[tanggal]}"
            return f"{tanggal:%d-%m-%Y} bukan libur lagi"
    return "jam kerja diubah"


def _kalender_lama(p: Permohonan) -> Kalender | None:
    """The calendar that was in force when the file's dates were last written."""
    terakhir = p.riwayat.order_by("-urut").values_list("pada", flat=True).first()
    semua = VersiKalender.objects.order_by("-versi")
    versi = semua.filter(pada__lte=terakhir).first() or semua.last()
    return kalender_versi(versi.versi) if versi else None
