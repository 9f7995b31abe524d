"""What the decision of the completeness check will say and set, before it is taken (ux.md sketch 18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.kalender import kalender_berlaku
from core.konfigurasi import kantor
from notifications.models import TemplatPesan
from notifications.teks import isi_templat
from perizinan import tenggat as aturan
from perizinan.models import Permohonan
from perizinan.services import _jam, _keluar


@dataclass(frozen=True, slots=True)
class Pratinjau:
    """The SMS as the applicant will read it, and the limit that follows."""

    batas: datetime
    sms: str
    mulai: datetime | None = None


def pratinjau_daftarkan(berkas: Permohonan, kini: datetime) -> Pratinjau:
    """Start and due date of a registration now: the late check does not cost the applicant (fairness 1)."""
    kalender = kalender_berlaku()
    mulai = aturan.mulai_efektif(min(kini, berkas.batas_periksa or kini), kalender)
    if berkas.paket and berkas.paket.mulai_hitung:
        mulai = min(mulai, berkas.paket.mulai_hitung)
    hari, _sumber = _jam.hari_efektif(berkas.versi_layanan, berkas.jenis_permohonan, _jam.tanggal_setempat(kini))
    tenggat = aturan.tenggat(mulai, hari, (), kalender)
    nilai = {"tenggat": _keluar.tanggal_pendek(tenggat)}
    return Pratinjau(tenggat, _sms(berkas, "SMS_TERIMA", kini, nilai), mulai)


def pratinjau_kembalikan(berkas: Permohonan, jumlah: int, kini: datetime) -> Pratinjau:
    """The applicant's limit when the file goes back with `jumlah` shortages."""
    batas = _jam.batas(kini, berkas.versi_layanan.batas_pemohon_hari)
    nilai = {"n": str(jumlah), "batas": _keluar.tanggal_pendek(batas)}
    return Pratinjau(batas, _sms(berkas, "SMS_LENGKAPI", kini, nilai))


def _sms(berkas: Permohonan, kode: str, kini: datetime, tambahan: dict[str, str]) -> str:
    """The text that services/_keluar.tulis_pesan will write; empty when the template is not loaded."""
    templat = TemplatPesan.objects.filter(kode=kode).first()
    nilai = {
        "kantor": kantor().nama_pendek,
        "izin": berkas.jenis_izin.nama_sms,
        "nomor": berkas.nomor or "",
        "tgl": _keluar.tanggal_pendek(kini),
    }
    return isi_templat(templat.teks, nilai | tambahan) if templat else ""
