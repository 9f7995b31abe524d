"""Correction rounds and the kabid's approval of a second one (product.md, fairness 2; row 13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import Peran
from accounts.models import Akun
from core.galat import IsianTidakSah, TidakBerwenang, TransisiDitolak
from core.waktu import sekarang
from perizinan.enums import FINAL, Jam, JenisEfek, StatusPermohonan
from perizinan.models import ButirPerbaikan, EfekWaktu, Isian, Perbaikan, Permohonan, Persetujuan, Syarat
from perizinan.perms import memegang
from perizinan.services import _jam, _keluar
from perizinan.services._alur import Langkah, verba

#: From these states a request always needs the kabid, because the file was already found in order.
_PERLU_KABID = frozenset({StatusPermohonan.PENETAPAN_RETRIBUSI, StatusPermohonan.PENYUSUNAN_SK})


@dataclass(frozen=True, slots=True)
class Butir:
    """One thing to put right, before it is written."""

    kode_alasan: str
    uraian: str
    syarat: Syarat | None = None
    isian: Isian | None = None


def buka_putaran(langkah: Langkah, daftar: Iterable[Butir], batas: datetime) -> Perbaikan:
    """The open round, with these items added; opened if there is none.

    The second round of a file, and any from the fee or the draft on, takes an approval of the kabid.
    """
    p = langkah.permohonan
    putaran = p.perbaikan.filter(ditutup_pada__isnull=True).first()
    if putaran is None:
        ke = p.perbaikan.count() + 1
        if (ke > 1 or langkah.dari in _PERLU_KABID) and langkah.peran != Peran.KABID:
            _pakai_persetujuan(p, langkah.kini)
        putaran = Perbaikan.objects.create(
            permohonan=p, ke=ke, status_asal=langkah.dari, dibuka_pada=langkah.kini, batas=batas
        )
    unit = _unit_peminta(langkah)
    di_akhir = _jam.seperlima_akhir(p, langkah.kini)
    if di_akhir:
        _tandai_di_akhir(langkah, unit)
    assert langkah.oleh is not None  # noqa: S101 no row of the machine lets the system ask
    ButirPerbaikan.objects.bulk_create(
        ButirPerbaikan(
            perbaikan=putaran,
            syarat=b.syarat,
            isian=b.isian,
            kode_alasan=b.kode_alasan,
            uraian=b.uraian[:240],
            diminta_oleh=langkah.oleh,
            unit_id=unit,
            diminta_pada=langkah.kini,
            di_akhir=di_akhir,
        )
        for b in daftar
    )
    return putaran


def _tandai_di_akhir(langkah: Langkah, unit: int | None) -> None:
    """The kabid sees that the clock was stopped when it had nearly run out (issue: anti-abuse)."""
    p = langkah.permohonan
    EfekWaktu.objects.create(
        kunci=f"{p.pk}/perbaikan_akhir/{p.riwayat_urut + 1}",
        permohonan=p,
        jenis=JenisEfek.PERBAIKAN_AKHIR,
        tahap=langkah.dari,
        kepada=Peran.KABID,
        unit_id=p.bidang_id,
        jatuh_pada=langkah.kini,
        dikerjakan_pada=langkah.kini,
        rinci={"unit": unit},
    )


def _unit_peminta(langkah: Langkah) -> int | None:
    unit = langkah.oleh.unit_peran(langkah.peran) if langkah.oleh else frozenset()
    return next(iter(sorted(unit)), None)


def _pakai_persetujuan(permohonan: Permohonan, kini: datetime) -> None:
    """Use up one approval. Raises TransisiDitolak when there is none."""
    setuju = permohonan.persetujuan.filter(disetujui=True, dipakai_pada__isnull=True).first()
    if setuju is None:
        raise TransisiDitolak(
            _("Daftar perbaikan berikutnya memerlukan persetujuan Kepala Bidang. Mintakan persetujuan dahulu."),
            kode="perlu_persetujuan",
        )
    Persetujuan.objects.filter(pk=setuju.pk).update(dipakai_pada=kini)


def minta_persetujuan(permohonan: Permohonan, alasan: str, *, oleh: Akun) -> Persetujuan:
    """Ask the kabid to allow another list of shortages; the file then stands in the kabid's inbox."""
    peran = (Peran.LOKET, Peran.BACK_OFFICE, Peran.TIM_TEKNIS)
    if not any(memegang(p, permohonan, oleh) for p in peran):
        raise TidakBerwenang(_("Anda tidak memproses berkas ini."))
    if permohonan.status in FINAL:
        raise TransisiDitolak(_("Berkas ini sudah selesai."))
    if not alasan.strip():
        raise IsianTidakSah(_("Tulis alasannya."), {"alasan": [_("Tulis alasannya.")]})
    ada = permohonan.persetujuan.filter(diputus_pada__isnull=True).first()
    return ada or Persetujuan.objects.create(
        permohonan=permohonan, diminta_oleh=oleh, alasan=alasan.strip()[:240], diminta_pada=sekarang()
    )


@transaction.atomic
def putuskan_persetujuan(persetujuan: Persetujuan, *, disetujui: bool, oleh: Akun) -> Persetujuan:
    """The kabid's yes or no. Raises TidakBerwenang, or TransisiDitolak when it was decided before."""
    if not memegang(Peran.KABID, persetujuan.permohonan, oleh):
        raise TidakBerwenang(_("Hanya Kepala Bidang berkas ini yang memutuskan."))
    diubah = Persetujuan.objects.filter(pk=persetujuan.pk, diputus_pada__isnull=True).update(
        disetujui=disetujui, diputus_oleh=oleh, diputus_pada=sekarang()
    )
    if not diubah:
        raise TransisiDitolak(_("Permintaan ini sudah diputus."))
    persetujuan.refresh_from_db()
    return persetujuan


def _baca_butir(permohonan: Permohonan, masukan: list[dict[str, Any]]) -> list[Butir]:
    """Items from {"syarat" | "isian": code, "kode_alasan", "uraian"}. Raises IsianTidakSah."""
    versi = permohonan.versi_layanan
    syarat = {s.kode: s for s in versi.syarat.all()}
    isian = {i.kode: i for i in versi.isian.all()}
    daftar = []
    for satu in masukan:
        uraian = str(satu.get("uraian", "")).strip()
        butir = Butir(
            kode_alasan=str(satu.get("kode_alasan") or "lainnya"),
            uraian=uraian,
            syarat=syarat.get(str(satu.get("syarat", ""))),
            isian=isian.get(str(satu.get("isian", ""))),
        )
        if not uraian or (butir.syarat and butir.isian):
            raise IsianTidakSah(_("Setiap butir perbaikan perlu uraian."), {"butir": [_("Tulis uraiannya.")]})
        daftar.append(butir)
    if not daftar:
        raise IsianTidakSah(_("Tulis paling sedikit satu butir perbaikan."), {"butir": [_("Masih kosong.")]})
    return daftar


@verba("minta_perbaikan")
def minta_perbaikan(langkah: Langkah, *, butir: list[dict[str, Any]]) -> None:
    """Ask the applicant to put things right (row 13): the clock pauses since the first request of the round."""
    p = langkah.permohonan
    daftar = _baca_butir(p, butir)
    sambung = langkah.dari == StatusPermohonan.PERBAIKAN
    batas = p.batas_pemohon if sambung else _jam.batas(langkah.kini, p.versi_layanan.batas_pemohon_hari)
    assert batas is not None  # noqa: S101 constraint permohonan_batas_pemohon_sesuai_status
    putaran = buka_putaran(langkah, daftar, batas)
    langkah.maju(
        pada=langkah.kini,
        batas=batas,
        jam=Jam.TETAP if sambung else Jam.JEDA,
        rinci={
            "putaran": putaran.ke,
            "butir": [
                [b.syarat.kode if b.syarat else b.isian.kode if b.isian else "", b.kode_alasan] for b in daftar
            ],
        },
        nilai_pesan={"n": str(putaran.butir.count()), "batas": _keluar.tanggal_pendek(batas)},
        acuan_dokumen=str(putaran.kunci),
    )
