"""Effects that only tell somebody: the ladder of escalation, reminders to applicants, visits, uncollected permits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.enums import Peran
from accounts.kewenangan import pejabat_berwenang
from accounts.models import Akun, Penugasan
from core.identitas import bisa_sms
from core.konfigurasi import kantor
from core.waktu import zona
from notifications import layanan as kotak_keluar
from notifications.enums import Kanal
from perizinan.efek import Efek, Jenis
from perizinan.enums import StatusPermohonan as S
from perizinan.label import label_status
from perizinan.models import EfekWaktu, Izin, Permohonan, Rekomendasi
from perizinan.models.waktu import PETUGAS
from perizinan.services import _efek, _jam, _keluar
from perizinan.tetap import lengkapi

#: Who holds a stage. What is not named here lies with the back office.
_PEMEGANG = {
    S.DIAJUKAN: Peran.LOKET,
    S.KAJIAN_TEKNIS: Peran.KABID,
    S.PARAF_BERJENJANG: Peran.KABID,
    S.MENUNGGU_TANDA_TANGAN: Peran.PENANDATANGAN,
    S.USUL_TOLAK: Peran.PENANDATANGAN,
    S.TERBIT: Peran.LOKET,
}
_ESKALASI = frozenset({Jenis.INGAT_TAHAP, Jenis.INGAT_BERKAS, Jenis.INGAT_REKOMENDASI})


def kabarkan(pk: int, efek: Efek, kini: datetime) -> None:
    """Write one effect and its messages, in one transaction, on a locked file."""
    with transaction.atomic():
        p = lengkapi(Permohonan.objects.select_for_update(no_key=True).get(pk=pk))
        if efek.jenis in _ESKALASI:
            _eskalasi(p, efek, kini)
        elif efek.jenis == Jenis.INGAT_PEMOHON:
            catatan = _efek.catat(p, efek, kini)
            _keluar.tulis_kabar(p, "SMS_INGAT", catatan.kunci, kini, {"hal": _keluar.hal_ditunggu(p.status)})
        elif efek.jenis == Jenis.TINJAU_BESOK:
            _tinjau_besok(p, efek, kini)
        else:
            _belum_diambil(p, efek, kini)


def pemegang(p: Permohonan) -> Peran:
    """The role whose desk the file is on."""
    return _PEMEGANG.get(S(p.status), Peran.BACK_OFFICE)


def _eskalasi(p: Permohonan, efek: Efek, kini: datetime) -> None:
    peran = pemegang(p) if efek.kepada == PETUGAS else Peran(efek.kepada)
    unit = _unit(peran, p, efek.unit)
    if peran == Peran.KOORDINATOR_TEKNIS and not _orang(peran, p, unit, kini):
        peran = Peran.TIM_TEKNIS  # an SKPD without a coordinator: the team itself hears of it
    catatan = _efek.catat(p, efek, kini, kepada=peran, unit=unit)
    if efek.sms:
        _sms_petugas(p, catatan, _orang(peran, p, unit, kini), kini)


def _unit(peran: Peran, p: Permohonan, skpd: int | None) -> int | None:
    if peran in {Peran.TIM_TEKNIS, Peran.KOORDINATOR_TEKNIS}:
        return skpd
    if peran == Peran.TIM_PEMBINA:
        return None
    return p.bidang_id if peran == Peran.KABID else p.unit_penerbit_id


def _orang(peran: Peran, p: Permohonan, unit: int | None, kini: datetime) -> list[Akun]:
    """Who holds a role for this file now; of the signatories, the one in authority."""
    if peran == Peran.PENANDATANGAN:
        berwenang = pejabat_berwenang(p.unit_penerbit_id, p.jenis_izin.kode, kini)
        return [berwenang.pejabat] if berwenang else []
    tugas = Penugasan.objects.berlaku(kini).filter(peran=peran, akun__is_active=True).select_related("akun", "unit")
    if peran == Peran.TIM_PEMBINA:
        return [t.akun for t in tugas]
    if peran in {Peran.KABID, Peran.TIM_TEKNIS, Peran.KOORDINATOR_TEKNIS}:
        return [t.akun for t in tugas if t.unit_id == unit]
    return [t.akun for t in tugas if t.unit and t.unit.penerbit_id == unit]


def _sms_petugas(p: Permohonan, catatan: EfekWaktu, orang: Iterable[Akun], kini: datetime) -> None:
    nilai = {
        "nomor": p.nomor or "",
        "izin": p.jenis_izin.nama_sms,
        "hari": str(_jam.hari_terpakai(p, kini)),
        "sop": str(p.hari_sop if p.hari_sop is not None else p.versi_layanan.batas_periksa_hari),
        "status": label_status("permohonan", p.status).label_petugas[:24],
        "petugas": _keluar.nama_meja(p)[:24],
        "kantor": kantor().nama_pendek,
    }
    for akun in orang:
        if akun.hp and bisa_sms(akun.hp):
            kotak_keluar.tulis(
                "SMS_ESKALASI",
                kanal=Kanal.SMS,
                tujuan=akun.hp,
                nilai=nilai,
                perihal=p.nomor or "",
                kunci=f"{catatan.kunci}/SMS_ESKALASI/{akun.pk}",
                kini=kini,
            )


def _tinjau_besok(p: Permohonan, efek: Efek, kini: datetime) -> None:
    """The working day before a visit both sides are told again; a visit that is over is not announced."""
    r = Rekomendasi.objects.select_related("skpd").get(pk=efek.tingkat)
    assert r.tinjau_pada is not None  # noqa: S101 constraint rekomendasi_dijadwalkan_bertanggal
    catatan = _efek.catat(p, efek, kini, kepada=Peran.TIM_TEKNIS, unit=r.skpd_id)
    if r.tinjau_pada > kini:
        setempat = r.tinjau_pada.astimezone(zona())
        waktu = {"tgl": _keluar.tanggal_pendek(r.tinjau_pada), "jam": f"{setempat:%H.%M}"}
        _keluar.tulis_kabar(p, "SMS_JADWAL", catatan.kunci, kini, waktu)


def _belum_diambil(p: Permohonan, efek: Efek, kini: datetime) -> None:
    catatan = _efek.catat(p, efek, kini, kepada=Peran.LOKET, unit=p.unit_penerbit_id)
    izin = Izin.objects.filter(permohonan=p).values_list("nomor_izin", flat=True).first()
    assert p.terbit_pada is not None  # noqa: S101 constraint permohonan_terbit_bertanggal
    if izin:
        nilai = {"no_sk": izin, "tgl": _keluar.tanggal_pendek(p.terbit_pada)}
        _keluar.tulis_kabar(p, "SMS_BELUM_DIAMBIL", catatan.kunci, kini, nilai)


def tahan_gugur(pk: int, efek: Efek, kini: datetime, *, sebab: str) -> None:
    """The lapse has to wait: loket is told to call, bendahara to match the deposit. Once per limit."""
    from perizinan.enums import JenisEfek

    peran = Peran.BENDAHARA if sebab == "ada_setoran" else Peran.LOKET
    with transaction.atomic():
        p = Permohonan.objects.select_for_update(no_key=True).get(pk=pk)
        EfekWaktu.objects.get_or_create(
            kunci=f"{pk}/{efek.kunci}/tertahan",
            defaults={
                "permohonan": p,
                "jenis": JenisEfek.GUGUR_TERTAHAN,
                "tahap": p.status,
                "kepada": peran,
                "unit_id": p.unit_penerbit_id,
                "jatuh_pada": efek.jatuh,
                "dikerjakan_pada": kini,
                "rinci": {"sebab": sebab},
            },
        )
