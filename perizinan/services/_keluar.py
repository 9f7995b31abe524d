"""What an act orders for later, in its own transaction: messages and documents (architecture.md, sentence 3)."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.utils import formats

from accounts.models import DataPihak
from core.colek import colek
from core.identitas import bisa_sms
from core.konfigurasi import kantor
from core.waktu import zona
from notifications import layanan as kotak_keluar
from notifications.enums import Kanal
from perizinan.enums import JenisDokumen, StatusDokumen, StatusPermohonan
from perizinan.models import Dokumen, Permohonan, Riwayat


def tanggal_pendek(t: datetime) -> str:
    """A day as an SMS spells it: `5 Jun 2026`."""
    return formats.date_format(t.astimezone(zona()), "j M Y")


def tulis_pesan(permohonan: Permohonan, kode: str, riwayat: Riwayat, tambahan: dict[str, str]) -> None:
    """Write one message row for the applicant and one for the agent, if the template names both.

    The text is made now, so that it says what was true at the act; the key is one per act and recipient.
    """
    tulis_kabar(permohonan, kode, f"{permohonan.pk}/{riwayat.urut}", riwayat.pada, tambahan)


def tulis_kabar(
    permohonan: Permohonan, kode: str, kunci: str, kini: datetime, tambahan: dict[str, str] | None = None
) -> None:
    """The same for an event that is no act of the machine; `kunci` names the event."""
    nilai = {
        "kantor": kantor().nama_pendek,
        "izin": permohonan.jenis_izin.nama_sms,
        "nomor": permohonan.nomor or "",
        "tgl": tanggal_pendek(kini),
        "tenggat": tanggal_pendek(permohonan.tenggat) if permohonan.tenggat else "",
        "batas": tanggal_pendek(permohonan.batas_pemohon or permohonan.batas_periksa or kini),
    } | (tambahan or {})
    for ke, (kanal, tujuan) in enumerate(_penerima(permohonan, kode)):
        kotak_keluar.tulis(
            kode,
            kanal=kanal,
            tujuan=tujuan,
            nilai=nilai,
            perihal=permohonan.nomor or "",
            kunci=f"{kunci}/{kode}/{ke}",
            kini=kini,
        )


#: What is waited for in a state, as SMS_INGAT spells it (at most 32 letters).
_HAL = {
    StatusPermohonan.PERBAIKAN_BERKAS: "melengkapi berkas",
    StatusPermohonan.PERBAIKAN: "mengirim perbaikan",
    StatusPermohonan.MENUNGGU_PEMBAYARAN: "membayar SKRD",
}
#: Who has the file in a state, as SMS_LEWAT spells it (at most 24 letters).
_MEJA = {
    StatusPermohonan.KAJIAN_TEKNIS: "kajian teknis dinas",
    StatusPermohonan.PARAF_BERJENJANG: "paraf Kepala Bidang",
    StatusPermohonan.MENUNGGU_TANDA_TANGAN: "penandatangan",
    StatusPermohonan.USUL_TOLAK: "penandatangan",
}


def hal_ditunggu(status: str) -> str:
    """What the applicant is waited for, in a few words."""
    return _HAL[StatusPermohonan(status)]


def nama_meja(permohonan: Permohonan) -> str:
    """The desk that holds the file, in a few words."""
    return _MEJA.get(StatusPermohonan(permohonan.status), "back office")


def _penerima(permohonan: Permohonan, kode: str) -> list[tuple[Kanal, str]]:
    """The party's own phone always (product.md, fairness 6); the agent's too where the template says so."""
    pihak = DataPihak.objects.only("hp", "surel").get(pk=permohonan.pihak_id)
    daftar: list[tuple[Kanal, str]] = []
    if pihak.hp and bisa_sms(pihak.hp):
        daftar.append((Kanal.SMS, pihak.hp))
    elif pihak.surel:
        daftar.append((Kanal.SUREL, pihak.surel))
    kuasa = permohonan.kuasa
    if kuasa and kuasa.hp_penerima != pihak.hp and "kuasa" in kotak_keluar.kepada(kode).split("+"):
        daftar.append((Kanal.SMS, kuasa.hp_penerima))
    return daftar


def minta_dokumen(
    permohonan: Permohonan, jenis: str, kini: datetime, *, acuan: str = "", nomor: str = "", token: str = ""
) -> Dokumen:
    """Order a document; the worker makes it after commit, the sweep finds it if the nudge is lost."""
    from perizinan.tasks import buat_dokumen

    dokumen = Dokumen.objects.create(
        permohonan=permohonan,
        jenis=JenisDokumen(jenis),
        acuan=acuan,
        nomor=nomor,
        token=token or secrets.token_hex(16),
        tanggal=kini.astimezone(zona()).date(),
        status=StatusDokumen.DIMINTA,
        diminta_pada=kini,
    )
    colek(buat_dokumen, dokumen.pk)
    return dokumen
