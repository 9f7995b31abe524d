"""The completeness check at loket: judge every requirement, then register or send back one list."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import Peran
from accounts.models import Akun
from core.galat import IsianTidakSah, TidakBerwenang, TransisiDitolak
from core.kalender import kalender_berlaku
from core.konfigurasi import kantor
from core.models import nomor_berikut
from core.waktu import sekarang
from perizinan import tenggat as aturan
from perizinan.enums import PutusanSyarat, StatusPermohonan
from perizinan.models import PemeriksaanSyarat, Permohonan, Syarat
from perizinan.nomor import nomor_register
from perizinan.perms import memegang
from perizinan.persyaratan import keadaan_syarat, syarat_berlaku
from perizinan.services import _jam, _keluar
from perizinan.services._alur import Langkah, verba
from perizinan.services.perbaikan import Butir, buka_putaran


def buka_pemeriksaan(permohonan: Permohonan, *, oleh: Akun) -> None:
    """Note that an officer opened the file to check it; from here on the applicant cannot take it back."""
    if permohonan.status == StatusPermohonan.DIAJUKAN and memegang(Peran.LOKET, permohonan, oleh):
        Permohonan.objects.filter(pk=permohonan.pk, dibuka_pada__isnull=True).update(dibuka_pada=sekarang())


@transaction.atomic
def periksa_syarat(
    permohonan: Permohonan,
    syarat: Syarat,
    putusan: str,
    *,
    oleh: Akun,
    kode_alasan: str = "",
    catatan: str = "",
    asli_dilihat: bool = False,
) -> PemeriksaanSyarat:
    """Judge one requirement: accepted, short (with a coded reason), or seen on paper and scanned later.

    Loket judges a sent file; on its own draft it may note papers that lie on the counter. The back office
    judges what is scanned later. Raises TidakBerwenang, TransisiDitolak, IsianTidakSah.
    """
    terkini = Permohonan.objects.select_for_update(no_key=True).get(pk=permohonan.pk)
    if not (memegang(Peran.LOKET, terkini, oleh) or memegang(Peran.BACK_OFFICE, terkini, oleh)):
        raise TidakBerwenang(_("Hanya petugas yang memeriksa kelengkapan."))
    if terkini.status not in {StatusPermohonan.DIAJUKAN, StatusPermohonan.DRAF, StatusPermohonan.VERIFIKASI}:
        raise TransisiDitolak(_("Kelengkapan berkas ini sudah diputus."))
    if putusan == PutusanSyarat.KURANG and kode_alasan not in {a["kode"] for a in syarat.alasan}:
        raise IsianTidakSah(_("Pilih alasan kekurangan."), {syarat.kode: [_("Pilih alasan kekurangan.")]})
    baris, _baru = PemeriksaanSyarat.objects.update_or_create(
        permohonan=terkini,
        syarat=syarat,
        defaults={
            "putusan": PutusanSyarat(putusan),
            "kode_alasan": kode_alasan if putusan == PutusanSyarat.KURANG else "",
            "catatan": catatan[:240],
            "asli_dilihat": asli_dilihat,
            "oleh": oleh,
            "pada": sekarang(),
        },
    )
    return baris


@verba("kembalikan_berkas")
def kembalikan_berkas(langkah: Langkah) -> None:
    """Send back one list of everything that is short (row 3). The second list needs the kabid."""
    p = langkah.permohonan
    berlaku = {s.pk for s in syarat_berlaku(p)}
    kurang = [
        x
        for x in p.pemeriksaan.filter(putusan=PutusanSyarat.KURANG).select_related("syarat")
        if x.syarat_id in berlaku
    ]
    if not kurang:
        raise TransisiDitolak(_("Tandai dahulu persyaratan yang kurang beserta alasannya."))
    daftar = [
        Butir(syarat=x.syarat, kode_alasan=x.kode_alasan, uraian=_kalimat(x.syarat, x.kode_alasan, x.catatan))
        for x in kurang
    ]
    batas = _jam.batas(langkah.kini, p.versi_layanan.batas_pemohon_hari)
    putaran = buka_putaran(langkah, daftar, batas)
    langkah.maju(
        batas=batas,
        rinci={"putaran": putaran.ke, "butir": [[b.syarat.kode, b.kode_alasan] for b in daftar if b.syarat]},
        nilai_pesan={"n": str(len(daftar)), "batas": _keluar.tanggal_pendek(batas)},
        acuan_dokumen=str(putaran.kunci),
    )


def _kalimat(syarat: Syarat, kode: str, catatan: str) -> str:
    """The sentence that the applicant reads: the requirement, the reason in words, the officer's addition."""
    alasan = next((a["teks"] for a in syarat.alasan if a["kode"] == kode), kode)
    return ". ".join(b for b in (f"{syarat.nama}: {alasan}".rstrip("."), catatan.strip()) if b)[:240]


@verba("daftarkan")
def daftarkan(langkah: Langkah) -> None:
    """Register a complete and correct file (row 5): the number, the start of the clock, the due date.

    The clock starts now, or at the limit of the completeness check if loket is late (product.md, fairness 1).
    """
    p = langkah.permohonan
    belum = [
        k.syarat
        for k in keadaan_syarat(p)
        if k.syarat.wajib and (k.pemeriksaan is None or k.pemeriksaan.putusan == PutusanSyarat.KURANG or not k.ada)
    ]
    if belum:
        raise IsianTidakSah(
            _("Belum dapat didaftarkan: %(n)d persyaratan belum diterima.") % {"n": len(belum)},
            {s.kode: [_("%(nama)s belum diterima.") % {"nama": s.nama}] for s in belum},
        )
    assert p.batas_periksa is not None  # noqa: S101 set by ajukan
    kalender = kalender_berlaku()
    mulai = aturan.mulai_efektif(min(langkah.kini, p.batas_periksa), kalender)
    if p.paket and p.paket.mulai_hitung:
        mulai = min(mulai, p.paket.mulai_hitung)
    elif p.paket:
        type(p.paket).objects.filter(pk=p.paket.pk).update(mulai_hitung=mulai)
    tanggal = _jam.tanggal_setempat(langkah.kini)
    hari, sumber = _jam.hari_efektif(p.versi_layanan, p.jenis_permohonan, tanggal)
    tenggat = aturan.tenggat(mulai, hari, (), kalender)
    register = nomor_register(tanggal.year, nomor_berikut(f"register/{kantor().kode_register}/{tanggal.year}"))
    langkah.maju(
        nomor_register=register,
        pada=langkah.kini,
        mulai=mulai,
        hari_sop=hari,
        tenggat=tenggat,
        berlaku_pada=mulai,
        rinci={"hari": hari, "sumber": sumber},
        nilai_pesan={"tenggat": _keluar.tanggal_pendek(tenggat)},
    )


@verba("teruskan")
def teruskan(langkah: Langkah) -> None:
    """Pass a registered file to verification (row 6); the system does it by itself."""
    langkah.maju()
