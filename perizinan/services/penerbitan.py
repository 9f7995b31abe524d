"""Signing and hand-over: rows 23, 24, 25 and the birth of the permit, row 51 (reliability.md R17, R19).

Signing takes two steps. The signature is made outside any transaction, over the bytes that the signatory could
preview; then `tanda_tangan` judges the authority again inside its transaction and writes the result by a
conditional UPDATE. A crash in between leaves a frozen SK that can be signed again.
"""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from accounts.enums import Peran
from accounts.kewenangan import pejabat_berwenang
from accounts.models import Akun, Kewenangan
from core.galat import Bentrok, IsianTidakSah, TidakBerwenang, TransisiDitolak
from core.konfigurasi import kantor
from core.tanda_tangan import Kredensial, SertifikatTidakSah, SifatTandaTangan, penandatangan
from core.tanda_tangan.periksa import tanda_tangan_sah
from core.tanda_tangan.sertifikat import akar_tepercaya
from core.waktu import sekarang
from perizinan.enums import (
    JenisDokumen,
    JenisProduk,
    PosisiBayar,
    StatusDokumen,
    StatusIzin,
    StatusNomor,
    StatusSkrd,
)
from perizinan.models import Dokumen, Izin, PemeriksaanSyarat, Permohonan
from perizinan.naskah import susun
from perizinan.perms import memegang
from perizinan.services import _jam
from perizinan.services._alur import Langkah, baris_riwayat, majukan_kepala, verba
from perizinan.services.survei import tunda


def tanda_tangani(
    pk: int, *, oleh: Akun, kunci: str | None = None, versi: int | None = None, rahasia: str = ""
) -> Permohonan:
    """Sign one frozen SK. Nothing says "signed" before its bytes are made and written.

    Raises TidakBerwenang (authority, own case, certificate) before anything changes; TransisiDitolak when the
    frozen SK is not ready or bears another date, in which case it is frozen anew under the same number.
    """
    permohonan = Permohonan.objects.select_related("jenis_izin", "kuasa", "pemohon", "unit_penerbit").get(pk=pk)
    kini = sekarang()
    if permohonan.dokumen.filter(jenis=JenisDokumen.SK, status=StatusDokumen.DITANDATANGANI).exists():
        # Signed before: the door answers a repeated key, or says who was first.
        return tanda_tangan(pk, oleh=oleh, kunci=kunci, versi=versi, dokumen_pk=0, nama="", sidik="")
    kewenangan = _periksa_kewenangan(permohonan, oleh, kini)
    dokumen = _sk_beku(permohonan, kewenangan, kini)
    kredensial = Kredensial(
        kunci=str(oleh.kunci), nama=kewenangan.nama_tercetak, jabatan=kewenangan.sebutan, rahasia=rahasia
    )
    alasan = _("Penerbitan %(nomor)s") % {"nomor": dokumen.nomor}
    sifat = SifatTandaTangan(alasan=alasan, lokasi=kantor().kota, pada=kini)
    with dokumen.berkas.open("rb") as f:
        naskah = f.read()
    if hashlib.sha256(naskah).hexdigest() != dokumen.sidik_naskah:
        raise TransisiDitolak(_("Naskah beku berubah di luar sistem. Hubungi admin; jangan ditandatangani."))
    try:
        hasil = penandatangan().tanda_tangani(naskah, sifat, kredensial)
    except SertifikatTidakSah as galat:
        raise TidakBerwenang(str(galat), kode="sertifikat_tidak_sah") from galat
    if not tanda_tangan_sah(hasil, akar_tepercaya()):
        raise TransisiDitolak(_("Hasil tanda tangan tidak lolos pemeriksaan. Tidak ada yang berubah."))
    penyimpanan = dokumen.berkas.storage
    nama = penyimpanan.save(f"dokumen/{uuid.uuid4()}.pdf", ContentFile(hasil))
    try:
        terbit = tanda_tangan(
            pk,
            oleh=oleh,
            kunci=kunci,
            versi=versi,
            dokumen_pk=dokumen.pk,
            nama=nama,
            sidik=hashlib.sha256(hasil).hexdigest(),
        )
    except BaseException:
        penyimpanan.delete(nama)
        raise
    penyimpanan.delete(str(dokumen.berkas.name))  # the signed file begins with these very bytes
    return terbit


def _sk_beku(permohonan: Permohonan, kewenangan: Kewenangan, kini: datetime) -> Dokumen:
    """The frozen SK that bears today's date and the signatory's own name.

    It is frozen anew, under the same number, when it bears another date or another official (Plt., Plh.).
    """
    dokumen = permohonan.dokumen.filter(jenis=JenisDokumen.SK).exclude(status=StatusDokumen.DIGANTI).first()
    if dokumen is None or dokumen.status not in {StatusDokumen.JADI, StatusDokumen.DIMINTA}:
        raise TransisiDitolak(_("Naskah surat izin belum siap."))
    cocok = dokumen.tanggal == _jam.tanggal_setempat(kini) and dokumen.kewenangan_id == kewenangan.pk
    if dokumen.status == StatusDokumen.JADI and not cocok:
        from perizinan.dokumen import bekukan_ulang

        dokumen = bekukan_ulang(dokumen, kini)
    if dokumen.status != StatusDokumen.JADI:
        raise TransisiDitolak(
            _("Naskah surat izin sedang dibuat. Coba lagi sebentar lagi."), kode="naskah_belum_jadi"
        )
    return dokumen


def _periksa_kewenangan(permohonan: Permohonan, oleh: Akun | None, kini: datetime) -> Kewenangan:
    """The authority by which somebody signs this file now. Raises TidakBerwenang with the reason."""
    if oleh is None:
        raise TidakBerwenang(_("Sistem tidak pernah menandatangani."))
    kewenangan = pejabat_berwenang(permohonan.unit_penerbit_id, permohonan.jenis_izin.kode, kini)
    if kewenangan is None:
        raise TidakBerwenang(_("Tidak ada pejabat yang berwenang menandatangani layanan ini saat ini."))
    if kewenangan.pejabat_id != oleh.pk:
        pesan = _("Anda tidak berwenang menandatangani berkas ini.")
        if memegang(Peran.PENANDATANGAN, permohonan, oleh):  # who is in authority is the signing desk's to know
            pesan = _("Yang berwenang saat ini: %(siapa)s.") % {"siapa": kewenangan}
        raise TidakBerwenang(pesan, kode="bukan_pejabat_berwenang")
    nilai = permohonan.skrd.exclude(status=StatusSkrd.BATAL).values_list("nilai", flat=True).first() or 0
    if kewenangan.batas_nilai is not None and nilai > kewenangan.batas_nilai:
        raise TidakBerwenang(_("Nilai berkas ini melampaui batas kewenangan Anda."))
    if oleh.pk in _terlibat(permohonan):
        raise TidakBerwenang(
            _("Anda terlibat dalam berkas ini, jadi tidak boleh menandatanganinya."), kode="perkara_sendiri"
        )
    return kewenangan


def _terlibat(permohonan: Permohonan) -> set[int]:
    """Applicant, agent, givers of advice and checkers of this file: none of them may sign it."""
    orang = {permohonan.pemohon.akun_id, permohonan.kuasa.penerima_id if permohonan.kuasa else None}
    orang |= set(permohonan.rekomendasi.values_list("pemberi_id", flat=True))
    orang |= set(PemeriksaanSyarat.objects.filter(permohonan=permohonan).values_list("oleh_id", flat=True))
    orang |= set(permohonan.riwayat.filter(verba="daftarkan").values_list("oleh_id", flat=True))
    return {o for o in orang if o is not None}


@verba("tanda_tangan", luar_sidik=frozenset({"dokumen_pk", "nama", "sidik"}))
def tanda_tangan(langkah: Langkah, *, dokumen_pk: int, nama: str, sidik: str) -> None:
    """Write a signature that was made (row 23): the SK, the number, the permit, the end of the clock."""
    p = langkah.permohonan
    kewenangan = _periksa_kewenangan(p, langkah.oleh, langkah.kini)
    diubah = Dokumen.objects.filter(pk=dokumen_pk, permohonan=p, status=StatusDokumen.JADI).update(
        status=StatusDokumen.DITANDATANGANI,
        berkas=nama,
        sidik=sidik,
        kewenangan=kewenangan,
        ditandatangani_pada=langkah.kini,
    )
    if diubah != 1:
        raise Bentrok(_("Naskah surat izin berubah saat ditandatangani. Buka lagi naskah terbaru."))
    dokumen = Dokumen.objects.get(pk=dokumen_pk)
    p.nomor_sk.filter(status=StatusNomor.CADANGAN).update(status=StatusNomor.TERBIT)
    langkah.maju(
        pada=langkah.kini,
        **_jam.angka_akhir(p, langkah.kini),
        rinci={"nomor_izin": dokumen.nomor, "sidik": sidik, "kewenangan": kewenangan.pk},
        nilai_pesan={"no_sk": dokumen.nomor},
    )
    if p.versi_layanan.jenis_produk == JenisProduk.IZIN:
        _berlakukan(langkah, dokumen, kewenangan)


def _berlakukan(langkah: Langkah, dokumen: Dokumen, kewenangan: Kewenangan) -> Izin:
    """Row 51: the permit is in force from the day of its signature."""
    p = langkah.permohonan
    isi = susun(p, langkah.kini)
    izin = Izin.objects.create(
        permohonan=p,
        jenis_izin=p.jenis_izin,
        unit_penerbit_id=p.unit_penerbit_id,
        nomor_izin=dokumen.nomor,
        token=dokumen.token,
        pemegang=isi.pemegang,
        lokasi=str(p.isian.get("lokasi", ""))[:250],
        kelurahan=isi.pihak.kelurahan,
        tanggal_terbit=dokumen.tanggal,
        mulai=isi.mulai,
        akhir=isi.akhir,
        penandatangan=kewenangan,
        status_sejak=langkah.kini,
    )
    riwayat = baris_riwayat(
        p,
        objek=izin,
        verba="berlakukan",
        dari="",
        oleh=None,
        peran=Peran.SISTEM,
        pada=langkah.kini,
        rinci={"izin": str(izin.kunci), "status": StatusIzin.BERLAKU},
    )
    majukan_kepala(p, riwayat)
    riwayat.save(force_insert=True)
    return izin


def _periksa_lunas(permohonan: Permohonan) -> None:
    """Where payment is due before the hand-over, nothing is handed over unpaid."""
    if permohonan.versi_layanan.posisi_bayar != PosisiBayar.SEBELUM_SERAH:
        return
    if (
        permohonan.versi_layanan.berbiaya
        and not permohonan.skrd.filter(status__in=[StatusSkrd.LUNAS, StatusSkrd.NIHIL]).exists()
    ):
        raise TransisiDitolak(_("Retribusi belum lunas."))


def _nomor_sk(permohonan: Permohonan) -> str:
    daftar = permohonan.dokumen.filter(jenis=JenisDokumen.SK, status=StatusDokumen.DITANDATANGANI)
    return daftar.order_by("pk").values_list("nomor", flat=True)[0]


@verba("serahkan")
def serahkan(
    langkah: Langkah, *, identitas_cocok: bool, asli_lengkap: bool = True, survei: str = "lain_kali"
) -> None:
    """Hand the signed SK over at loket (row 24): identity compared, originals seen, survey offered."""
    p = langkah.permohonan
    if not identitas_cocok:
        raise IsianTidakSah(_("Cocokkan dahulu identitas pengambil."), {"identitas_cocok": [_("Belum dicocokkan.")]})
    if not asli_lengkap:
        raise IsianTidakSah(
            _("Dokumen asli yang diminta belum ditunjukkan."), {"asli_lengkap": [_("Belum lengkap.")]}
        )
    _periksa_lunas(p)
    langkah.maju(pada=langkah.kini, rinci={"survei": survei}, nilai_pesan={"no_sk": _nomor_sk(p)})
    if survei == "lain_kali":
        tunda(p.pk)


@verba("serahkan_daring")
def serahkan_daring(langkah: Langkah) -> None:
    """The first download by the applicant or an agent in force (row 25); the survey is offered afterwards."""
    _periksa_lunas(langkah.permohonan)
    langkah.maju(pada=langkah.kini, nilai_pesan={"no_sk": _nomor_sk(langkah.permohonan)})
