"""Fee: the tariff in force on the SKRD's date, the SKRD, and the payment (rows 15-18)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import Peran
from accounts.models import Akun
from core.galat import IsianTidakSah, TidakBerwenang, TransisiDitolak
from core.konfigurasi import kantor
from core.models import nomor_berikut
from perizinan.enums import BERJALAN, PengisiIsian, StatusSkrd
from perizinan.isian import periksa_isian
from perizinan.models import Pembayaran, Permohonan, Skrd, Tarif
from perizinan.perms import memegang
from perizinan.services import _jam, _keluar
from perizinan.services._alur import Langkah, verba
from perizinan.services._catatan import catat
from perizinan.tarif import GalatTarif, Tagihan, hitung_tarif


@transaction.atomic
def isi_petugas(permohonan: Permohonan, data: dict[str, Any], *, oleh: Akun) -> dict[str, list[str]]:
    """Keep the fields that an officer fills in (indices, measured areas); returns sentences per field."""
    terkini = (
        Permohonan.objects.select_for_update(no_key=True, of=("self",))
        .select_related("versi_layanan", "pemohon", "pihak")
        .get(pk=permohonan.pk)
    )
    if not any(memegang(p, terkini, oleh) for p in (Peran.BACK_OFFICE, Peran.BENDAHARA, Peran.KABID)):
        raise TidakBerwenang(_("Isian ini diisi petugas."))
    if terkini.status not in BERJALAN:
        raise TransisiDitolak(_("Berkas ini sedang tidak diproses."))
    daftar = list(terkini.versi_layanan.isian.all())
    bersih, galat = periksa_isian(daftar, data, terkini.konteks_isian(), pengisi=PengisiIsian.PETUGAS, lengkap=True)
    terkini.isian = {**terkini.isian, **bersih}
    terkini.save(update_fields=["isian"])
    permohonan.isian = terkini.isian
    return galat


def tarif_berlaku(permohonan: Permohonan, tanggal: date) -> Tarif:
    """The tariff in force on a day. Raises TransisiDitolak when the service has none yet."""
    tarif = (
        Tarif.objects.filter(jenis_izin=permohonan.jenis_izin_id, berlaku_mulai__lte=tanggal)
        .order_by("-berlaku_mulai")
        .first()
    )
    if tarif is None:
        raise TransisiDitolak(_("Tarif layanan ini belum ada. Minta admin mengisinya dahulu."))
    return tarif


def taksir_retribusi(permohonan: Permohonan, tanggal: date) -> tuple[Tarif, Tagihan]:
    """What the fee would be on a day, line by line. Raises IsianTidakSah naming what the tariff still needs."""
    tarif = tarif_berlaku(permohonan, tanggal)
    try:
        return tarif, hitung_tarif(tarif.rumus, tarif.parameter, permohonan.konteks_isian())
    except GalatTarif as galat:
        raise IsianTidakSah(_("Retribusi belum dapat dihitung: %(sebab)s") % {"sebab": galat}) from galat


def _buat_skrd(langkah: Langkah, **nilai: Any) -> Skrd:
    assert langkah.oleh is not None  # noqa: S101 rows 15 and 16 name no system
    tanggal = _jam.tanggal_setempat(langkah.kini)
    urut = nomor_berikut(f"skrd/{tanggal.year}")
    return Skrd.objects.create(
        permohonan=langkah.permohonan,
        nomor=f"SKRD-{tanggal.year}-{urut:05d}",
        tanggal=tanggal,
        ditetapkan_oleh=langkah.oleh,
        **nilai,
    )


@verba("tetapkan_retribusi")
def tetapkan_retribusi(langkah: Langkah) -> None:
    """Issue the SKRD by the tariff of today (row 15). Raises TransisiDitolak when nothing is due: use nihil."""
    p = langkah.permohonan
    tarif, tagihan = taksir_retribusi(p, _jam.tanggal_setempat(langkah.kini))
    if tagihan.total <= 0:
        raise TransisiDitolak(_("Menurut tarif tidak ada yang harus dibayar. Pilih Tetapkan nihil."))
    batas = _jam.batas(langkah.kini, p.versi_layanan.batas_pemohon_hari)
    skrd = _buat_skrd(
        langkah,
        tarif=tarif,
        nilai=tagihan.total,
        rincian=[{"uraian": b.uraian, "nilai": b.nilai} for b in tagihan.baris],
        dasar=tarif.dasar_hukum,
        jatuh_tempo=batas,
    )
    langkah.maju(
        pada=langkah.kini,
        batas=batas,
        rinci={"skrd": skrd.nomor, "nilai": skrd.nilai},
        nilai_pesan={
            "no_skrd": skrd.nomor,
            "nilai": _rupiah(skrd.nilai),
            "tempat": kantor().tempat_bayar,
            "batas": _keluar.tanggal_pendek(batas),
        },
        acuan_dokumen=str(skrd.kunci),
    )


@verba("nihil")
def nihil(langkah: Langkah, *, dasar: str) -> None:
    """Nothing is due, by tariff or by a legal ground for exemption (row 16)."""
    if not dasar.strip():
        raise IsianTidakSah(_("Sebutkan dasar nihil."), {"dasar": [_("Sebutkan dasar hukumnya.")]})
    skrd = _buat_skrd(langkah, nilai=0, dasar=dasar.strip()[:240], status=StatusSkrd.NIHIL)
    langkah.maju(rinci={"skrd": skrd.nomor})


@verba("koreksi_skrd")
def koreksi_skrd(langkah: Langkah, *, alasan: str) -> None:
    """Cancel a wrong SKRD on which nothing was paid yet (row 17); the clock resumes."""
    p = langkah.permohonan
    skrd = p.skrd.get(status=StatusSkrd.BERLAKU)
    if skrd.pembayaran.exists():
        raise TransisiDitolak(_("SKRD ini sudah ada setorannya."))
    if not alasan.strip():
        raise IsianTidakSah(_("Tulis alasannya."), {"alasan": [_("Tulis alasannya.")]})
    p.skrd.filter(pk=skrd.pk).update(status=StatusSkrd.BATAL, alasan_batal=alasan.strip()[:240])
    riwayat = langkah.maju(tenggat=_jam.tenggat_bila_lanjut(p, langkah.kini), rinci={"skrd": skrd.nomor})
    catat(langkah, riwayat, alasan)


@verba("catat_lunas")
def catat_lunas(langkah: Langkah, *, jumlah: int, dibayar_pada: datetime, bukti: str, kanal: str = "") -> None:
    """Record the deposit that settles the SKRD (row 18): the clock resumes at the bank's payment date.

    What was paid beyond the SKRD is recorded and the applicant is told. Raises IsianTidakSah for too little,
    a date in the future, or a bank reference that was used before.
    """
    p = langkah.permohonan
    skrd = p.skrd.get(status=StatusSkrd.BERLAKU)
    _periksa_setoran(langkah, skrd, jumlah, dibayar_pada, bukti)
    Pembayaran.objects.create(
        skrd=skrd,
        jumlah=jumlah,
        dibayar_pada=dibayar_pada,
        bukti=bukti.strip(),
        kanal=kanal[:40],
        dicatat_oleh=langkah.oleh,
        dicatat_pada=langkah.kini,
    )
    p.skrd.filter(pk=skrd.pk).update(status=StatusSkrd.LUNAS)
    tenggat = _jam.tenggat_bila_lanjut(p, dibayar_pada)
    riwayat = langkah.maju(
        tenggat=tenggat,
        berlaku_pada=dibayar_pada,
        rinci={"skrd": skrd.nomor, "jumlah": jumlah},
        nilai_pesan={
            "no_skrd": skrd.nomor,
            "nilai": _rupiah(jumlah),
            "tenggat": _keluar.tanggal_pendek(tenggat),
        },
    )
    if jumlah > skrd.nilai:
        lebih = {"no_skrd": skrd.nomor, "sisa": _rupiah(jumlah - skrd.nilai)}
        _keluar.tulis_pesan(p, "SMS_LEBIH_BAYAR", riwayat, lebih)


def _periksa_setoran(langkah: Langkah, skrd: Skrd, jumlah: int, dibayar_pada: datetime, bukti: str) -> None:
    galat: dict[str, list[str]] = {}
    if jumlah < skrd.nilai:
        kurang = _rupiah(skrd.nilai - jumlah)
        galat["jumlah"] = [_("Kurang Rp%(n)s dari SKRD.") % {"n": kurang}]
    if dibayar_pada > langkah.kini:
        galat["dibayar_pada"] = [_("Tanggal bayar belum lewat.")]
    if not bukti.strip():
        galat["bukti"] = [_("Isi nomor bukti setor.")]
    elif Pembayaran.objects.filter(bukti=bukti.strip()).exists():
        galat["bukti"] = [_("Nomor bukti setor ini sudah dipakai.")]
    if galat:
        raise IsianTidakSah(_("Pembayaran belum dapat dicatat."), galat)


def _rupiah(n: int) -> str:
    return f"{n:,}".replace(",", ".")
