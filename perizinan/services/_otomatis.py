"""What needs no judgement is done by the system in the same act (product.md, fairness 9; rows 6, 9, 20, 21)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

from accounts.kewenangan import pejabat_berwenang
from core.konfigurasi import kantor
from core.models import nomor_berikut
from perizinan.enums import JenisDokumen, JenisPermohonan, StatusDokumen, StatusNomor, StatusRekomendasi
from perizinan.enums import StatusPermohonan as S
from perizinan.models import Dokumen, Permohonan, RegisterNomor
from perizinan.nomor import nomor_izin
from perizinan.services import _jam, _keluar
from perizinan.services._alur import langkah_sistem


def lanjutkan(permohonan: Permohonan, kini: datetime) -> None:
    """Take every step that waits for nobody, until one waits for a person."""
    while (langkah := _LANGKAH.get(S(permohonan.status))) and langkah(permohonan, kini):
        pass


def _teruskan(permohonan: Permohonan, kini: datetime) -> bool:
    """Row 6: the bidang comes from the pinned version, nobody needs to choose it."""
    langkah_sistem(permohonan, "teruskan", kini).maju()
    return True


def _rangkum(permohonan: Permohonan, kini: datetime) -> bool:
    """Row 9: all recommendations are in and none refuses. With none left (all withdrawn) the kabid decides."""
    diberikan = permohonan.rekomendasi.filter(status=StatusRekomendasi.DIBERIKAN).exists()
    if not diberikan or not permohonan.semua_rekomendasi_masuk:
        return False
    langkah_sistem(permohonan, "rangkum_rekomendasi", kini).maju()
    return True


def _lewati_paraf(permohonan: Permohonan, kini: datetime) -> bool:
    """Row 20: a version without paraf, or a kabid who signs it himself: skipped, and the log says so."""
    if permohonan.versi_layanan.tingkat_paraf == 0:
        sebab = "tanpa_paraf"
    elif _kabid_menandatangani(permohonan, kini):
        sebab = "penandatangan_sendiri"
    else:
        return False
    langkah_sistem(permohonan, "paraf", kini).maju(rinci={"dilewati": sebab})
    return True


def _kabid_menandatangani(permohonan: Permohonan, kini: datetime) -> bool:
    kewenangan = pejabat_berwenang(permohonan.unit_penerbit_id, permohonan.jenis_izin.kode, kini)
    return (
        kewenangan is not None
        and kewenangan.pejabat.penugasan.berlaku(kini).filter(peran="kabid", unit=permohonan.bidang_id).exists()
    )


def _siapkan(permohonan: Permohonan, kini: datetime) -> bool:
    """Row 21: reserve number, token and date, and order the frozen SK. Nothing to do when it is ordered."""
    berlaku = permohonan.dokumen.filter(jenis=JenisDokumen.SK).exclude(status=StatusDokumen.DIGANTI)
    if berlaku.exists():
        return False
    nomor = nomor_sk(permohonan, kini)
    langkah = langkah_sistem(permohonan, "siapkan", kini)
    langkah.aksi = {**langkah.aksi, "dokumen": ""}
    langkah.maju(rinci={"nomor_izin": nomor})
    pesan_sk(permohonan, nomor, kini)
    return True


def pesan_sk(permohonan: Permohonan, nomor: str, kini: datetime) -> Dokumen:
    """Order the SK under its number; a file keeps the token of its first SK, so that its QR stays the same.

    A konsep that time had made (row 29) has done its work.
    """
    permohonan.dokumen.filter(jenis=JenisDokumen.KONSEP_SK).update(status=StatusDokumen.DIGANTI)
    lama = permohonan.dokumen.filter(jenis=JenisDokumen.SK).order_by("-pk").first()
    token = secrets.token_hex(16)
    if lama is not None:
        token, bekas = lama.token, secrets.token_hex(16)
        Dokumen.objects.filter(pk=lama.pk).update(token=bekas)
    return _keluar.minta_dokumen(permohonan, JenisDokumen.SK, kini, nomor=nomor, token=token)


def nomor_sk(permohonan: Permohonan, kini: datetime) -> str:
    """The number that the SK will bear: duplikat and ralat keep the old permit's, others get the series' next."""
    lama = permohonan.izin_lama
    if lama is not None and permohonan.jenis_permohonan in {JenisPermohonan.DUPLIKAT, JenisPermohonan.RALAT}:
        return lama.nomor_izin
    return cadangkan_nomor(permohonan, kini).nomor


def cadangkan_nomor(permohonan: Permohonan, kini: datetime) -> RegisterNomor:
    """The file's permit number: the one it holds already, or the next of the series (gapless, B05)."""
    ada = permohonan.nomor_sk.exclude(status=StatusNomor.BATAL).first()
    if ada is not None:
        return ada
    tanggal = _jam.tanggal_setempat(kini)
    unit, jenis = permohonan.unit_penerbit, permohonan.jenis_izin
    seri = f"izin/{unit.kode}/{jenis.kode}/{tanggal.year}"
    urut = nomor_berikut(seri)
    nomor = nomor_izin(
        kantor().pola_nomor_izin,
        urut=urut,
        tahun=tanggal.year,
        bulan=tanggal.month,
        isian={
            "kode": jenis.kode_nomor,
            "unit": unit.kode_nomor or unit.kode.upper(),
        },
    )
    return RegisterNomor.objects.create(
        seri=seri, urut=urut, nomor=nomor, permohonan=permohonan, dicadangkan_pada=kini
    )


_LANGKAH: dict[S, Callable[[Permohonan, datetime], bool]] = {
    S.TERDAFTAR: _teruskan,
    S.KAJIAN_TEKNIS: _rangkum,
    S.PARAF_BERJENJANG: _lewati_paraf,
    S.MENUNGGU_TANDA_TANGAN: _siapkan,
}
