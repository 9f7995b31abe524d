"""What the applicant does: start a draft, fill it, hand in files, send, answer a round, withdraw.

Every act can be done by the applicant online and by loket on paper (product.md, fairness 3).
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import JenisUnit, Peran
from accounts.models import Akun, DataPihak, Kuasa, Pemohon, Unit
from accounts.pihak import simpan_pihak
from core.galat import IsianTidakSah, TidakBerwenang, TidakDitemukan, TransisiDitolak
from core.models import pakai_kunci
from core.unggah import periksa_unggahan
from core.waktu import sekarang
from perizinan.enums import MENUNGGU_PEMOHON, AsalSyarat, JenisPermohonan, Saluran, StatusPermohonan
from perizinan.isian import RAHASIA, periksa_isian
from perizinan.models import Berkas, ButirPerbaikan, Izin, JenisIzin, Paket, Permohonan, Syarat
from perizinan.nomor import nomor_baru
from perizinan.perms import peran_bertindak
from perizinan.persyaratan import keadaan_syarat, syarat_berlaku
from perizinan.services import _jam, _keluar
from perizinan.services._alur import Langkah, baris_riwayat, verba
from perizinan.services.pembatalan import lepaskan_semua

PEMOHON = (Peran.PEMOHON, Peran.KUASA, Peran.LOKET)


def buat(
    *,
    oleh: Akun,
    jenis_izin: JenisIzin,
    pemohon: Pemohon,
    jenis_permohonan: str = JenisPermohonan.BARU,
    kuasa: Kuasa | None = None,
    unit_penerbit: Unit | None = None,
    paket: Paket | None = None,
    izin_lama: Izin | None = None,
    kunci: str | None = None,
) -> Permohonan:
    """Start a draft (row 1). Anybody may for a party that is theirs, that gave them power, or at loket.

    Raises TransisiDitolak when the service is not offered today, TidakBerwenang for somebody else's party.
    """
    kini = sekarang()
    versi = jenis_izin.versi_pada(_jam.tanggal_setempat(kini)) if jenis_izin.aktif else None
    if versi is None or versi.pilihan_permohonan(jenis_permohonan) is None:
        raise TransisiDitolak(_("Layanan ini belum dapat diajukan untuk jenis permohonan itu."))
    penerbit = unit_penerbit or Unit.objects.get(jenis=JenisUnit.BADAN)
    peran = _peran_pembuat(oleh, pemohon, kuasa, jenis_izin, penerbit, kini)
    with transaction.atomic(durable=True):
        kunci_baris = uuid.uuid4()
        if kunci:
            sidik = f"{jenis_izin.kode}/{pemohon.kunci}/{jenis_permohonan}"
            lama = pakai_kunci(pelaku=f"akun:{oleh.pk}", kunci=kunci, sidik=sidik, acuan=str(kunci_baris))
            if lama is not None:
                return Permohonan.objects.get(kunci=lama)
        permohonan = Permohonan(
            kunci=kunci_baris,
            jenis_izin=jenis_izin,
            versi_layanan=versi,
            jenis_permohonan=jenis_permohonan,
            pemohon=pemohon,
            pihak=pemohon.versi_data.latest(),
            kuasa=kuasa,
            dibuat_oleh=oleh,
            saluran=Saluran.LOKET if peran == Peran.LOKET else Saluran.DARING,
            unit_penerbit=penerbit,
            bidang=versi.bidang,
            paket=paket,
            izin_lama=izin_lama,
            dibuat_pada=kini,
            versi=1,
            riwayat_urut=0,
        )
        permohonan.save(force_insert=True)
        riwayat = baris_riwayat(
            permohonan, objek=permohonan, verba="buat", dari="", oleh=oleh, peran=peran, pada=kini
        )
        riwayat.save(force_insert=True)
        permohonan.riwayat_urut, permohonan.riwayat_sidik = riwayat.urut, riwayat.sidik
        permohonan.save(update_fields=["riwayat_urut", "riwayat_sidik"])
    return permohonan


def _peran_pembuat(
    oleh: Akun, pemohon: Pemohon, kuasa: Kuasa | None, jenis: JenisIzin, penerbit: Unit, kini: datetime
) -> Peran:
    if kuasa is not None:
        sah = kuasa.pemohon_id == pemohon.pk and kuasa.berlaku_untuk(jenis.kode, kini)
        if not sah:
            raise TidakBerwenang(_("Surat kuasa itu tidak berlaku untuk layanan ini."))
        if kuasa.penerima_id == oleh.pk:
            return Peran.KUASA
    elif pemohon.akun_id == oleh.pk:
        return Peran.PEMOHON
    if penerbit.pk in oleh.penerbit_peran(Peran.LOKET):
        return Peran.LOKET
    raise TidakBerwenang(_("Anda tidak bertindak untuk pemohon ini."))


def _terkunci(permohonan: Permohonan, oleh: Akun) -> Permohonan:
    """Lock a file on which the applicant's side may write now: a draft, or an open round."""
    terkini = (
        Permohonan.objects.select_for_update(no_key=True, of=("self",))
        .select_related("jenis_izin", "versi_layanan", "pihak", "pemohon", "kuasa")
        .get(pk=permohonan.pk)
    )
    mantan_kuasa = terkini.kuasa is not None and terkini.kuasa.penerima_id == oleh.pk
    pengetik = terkini.dibuat_oleh_id == oleh.pk and not mantan_kuasa
    if peran_bertindak(terkini, oleh, PEMOHON) is None and not pengetik:
        raise TidakBerwenang(_("Berkas ini bukan milik Anda."))
    if terkini.status not in MENUNGGU_PEMOHON | {StatusPermohonan.DRAF}:
        raise TransisiDitolak(_("Isian tidak dapat diubah selama berkas kami proses."))
    return terkini


@transaction.atomic
def simpan_isian(permohonan: Permohonan, data: dict[str, Any], *, oleh: Akun) -> dict[str, list[str]]:
    """Keep what was typed; returns the sentences per field that still need care. Good values are never lost.

    In an open round only the fields that were asked for may change.
    """
    berkas = _terkunci(permohonan, oleh)
    daftar = list(berkas.versi_layanan.isian.all())
    if berkas.status != StatusPermohonan.DRAF:
        diminta = set(_butir_terbuka(berkas).values_list("isian__kode", flat=True))
        data = {k: v for k, v in data.items() if k in diminta}
    gabung = {**berkas.isian, **berkas.isian_rahasia, **data}
    bersih, galat = periksa_isian(daftar, gabung, berkas.konteks_isian(), lengkap=False)
    petugas = {i.kode for i in daftar if i.diisi_oleh != "pemohon"}
    rahasia = {i.kode for i in daftar if i.tipe in RAHASIA}
    berkas.isian = {k: v for k, v in bersih.items() if k not in rahasia} | {
        k: v for k, v in berkas.isian.items() if k in petugas
    }
    berkas.isian_rahasia = {k: v for k, v in bersih.items() if k in rahasia}
    berkas.save(update_fields=["isian", "isian_rahasia"])
    _butir_terbuka(berkas).filter(isian__kode__in=[k for k in data if k in bersih]).update(dijawab_pada=sekarang())
    permohonan.isian, permohonan.isian_rahasia = berkas.isian, berkas.isian_rahasia
    return {k: v for k, v in galat.items() if k in data}


@transaction.atomic
def ganti_pihak(permohonan: Permohonan, data: dict[str, Any], *, oleh: Akun, dasar: str = "") -> DataPihak:
    """Add a version of the party's data and let the draft use it."""
    berkas = _terkunci(permohonan, oleh)
    pihak = simpan_pihak(jenis=berkas.pemohon.jenis, data=data, pemohon=berkas.pemohon, dasar=dasar)
    Permohonan.objects.filter(pk=berkas.pk).update(pihak=pihak)
    permohonan.pihak = pihak
    return pihak


def unggah(
    permohonan: Permohonan, syarat: Syarat, berkas: list[UploadedFile[Any]], *, oleh: Akun, ganti: bool = True
) -> list[Berkas]:
    """Keep one or several files as the answer to a requirement; earlier ones are set aside, not deleted.

    Content is checked and images are re-encoded before anything is written (core/unggah.py). Raises
    IsianTidakSah naming the requirement; then nothing was changed.
    """
    hasil = []
    for satu in berkas:
        try:
            hasil.append(
                (
                    satu.name,
                    periksa_unggahan(satu, boleh=set(syarat.format), maks_byte=syarat.maks_mb * 1024 * 1024),
                )
            )
        except ValidationError as galat:
            raise IsianTidakSah(
                _("Sebagian file belum dapat kami terima. Isian lain tetap tersimpan."),
                {syarat.kode: list(galat.messages)},
            ) from galat
    with transaction.atomic():
        terkini = _terkunci(permohonan, oleh)
        if syarat.pk not in {s.pk for s in syarat_berlaku(terkini)}:
            raise TidakDitemukan(_("Dokumen itu tidak diminta pada permohonan ini."))
        kini = sekarang()
        lama = terkini.berkas.filter(syarat=syarat, diganti_pada__isnull=True)
        urutan = 0 if ganti else lama.count()
        if ganti:
            lama.update(diganti_pada=kini)
        baru = []
        for ke, (_nama, isi) in enumerate(hasil, start=urutan):
            baris = Berkas(
                permohonan=terkini,
                syarat=syarat,
                urutan=ke,
                nama_asli=isi.nama_aman[:160],
                jenis_isi=isi.jenis,
                ukuran=len(isi.isi),
                sidik=isi.sha256,
                oleh=oleh,
                diunggah_pada=kini,
            )
            baris.file.save(f"{baris.kunci}.{isi.jenis}", ContentFile(isi.isi), save=False)
            baris.save(force_insert=True)
            baru.append(baris)
        _butir_terbuka(terkini).filter(syarat=syarat).update(dijawab_pada=kini)
    return baru


@transaction.atomic
def nyatakan(permohonan: Permohonan, syarat: Syarat, *, oleh: Akun) -> Berkas:
    """Answer a letter that the portal writes by an electronic statement (product.md, fairness 5)."""
    berkas = _terkunci(permohonan, oleh)
    if syarat.asal != AsalSyarat.SURAT_BUATAN:
        raise TransisiDitolak(_("Dokumen ini perlu diunggah."))
    kini = sekarang()
    berkas.berkas.filter(syarat=syarat, diganti_pada__isnull=True).update(diganti_pada=kini)
    _butir_terbuka(berkas).filter(syarat=syarat).update(dijawab_pada=kini)
    return Berkas.objects.create(
        permohonan=berkas,
        syarat=syarat,
        nama_asli=_("Pernyataan elektronik"),
        jenis_isi="pernyataan",
        oleh=oleh,
        diunggah_pada=kini,
    )


@transaction.atomic
def hapus_berkas(berkas: Berkas, *, oleh: Akun) -> None:
    """Set an uploaded file aside; the bytes are kept with the file's history."""
    _terkunci(berkas.permohonan, oleh)
    Berkas.objects.filter(pk=berkas.pk, diganti_pada__isnull=True).update(diganti_pada=sekarang())


@transaction.atomic
def jawab_butir(butir: ButirPerbaikan, jawaban: str, *, oleh: Akun) -> None:
    """Answer an item of the open round in words (files and fields are answered by handing them in)."""
    _terkunci(butir.perbaikan.permohonan, oleh)
    if not jawaban.strip():
        raise IsianTidakSah(_("Tulis jawaban Anda."), {"jawaban": [_("Tulis jawaban Anda.")]})
    ButirPerbaikan.objects.filter(pk=butir.pk).update(jawaban=jawaban.strip()[:240], dijawab_pada=sekarang())


def _butir_terbuka(permohonan: Permohonan) -> Any:
    return ButirPerbaikan.objects.filter(perbaikan__permohonan=permohonan, perbaikan__ditutup_pada__isnull=True)


def periksa_kelengkapan(permohonan: Permohonan) -> dict[str, list[str]]:
    """What is missing before the file can be sent, per field and requirement code; empty when complete."""
    daftar = list(permohonan.versi_layanan.isian.all())
    isi = {**permohonan.isian, **permohonan.isian_rahasia}
    _bersih, galat = periksa_isian(daftar, isi, permohonan.konteks_isian(), lengkap=True)
    for keadaan in keadaan_syarat(permohonan):
        if keadaan.kurang:
            galat.setdefault(keadaan.syarat.kode, []).append(_("%(nama)s belum ada.") % {"nama": keadaan.syarat.nama})
    return galat


@verba("ajukan")
def ajukan(langkah: Langkah) -> None:
    """Send the draft (row 2): complete by the version in force today, which is pinned from here on.

    Raises IsianTidakSah listing every field and requirement that is missing.
    """
    p = langkah.permohonan
    versi = p.jenis_izin.versi_pada(_jam.tanggal_setempat(langkah.kini))
    if versi is None:
        raise TransisiDitolak(_("Layanan ini sedang tidak menerima permohonan."))
    if versi.pk != p.versi_layanan_id:
        _pindah_versi(p, versi.pk)
        p.versi_layanan = versi
    p.pihak = p.pemohon.versi_data.latest()
    kurang = periksa_kelengkapan(p)
    if kurang:
        raise IsianTidakSah(
            _("Belum dapat dikirim: ada %(n)d hal yang perlu dilengkapi.") % {"n": len(kurang)}, kurang
        )
    batas = _jam.batas(langkah.kini, versi.batas_periksa_hari)
    riwayat = langkah.maju(
        nomor=p.nomor or nomor_baru(),
        versi_layanan_id=versi.pk,
        bidang_id=versi.bidang_id,
        pihak_id=p.pihak.pk,
        pada=p.diajukan_pada or langkah.kini,
        batas_periksa=batas,
        rinci={"layanan": p.jenis_izin.kode, "versi_layanan": versi.nomor_versi},
        nilai_pesan={"batas": _keluar.tanggal_pendek(batas)},
    )
    if p.kuasa:
        _keluar.tulis_pesan(p, "SMS_KUASA", riwayat, {"kuasa": p.kuasa.nama_penerima[:30]})


def _pindah_versi(permohonan: Permohonan, versi_pk: int) -> None:
    """A draft follows the catalogue: files already handed in move to the requirement of the same code."""
    baru = dict(Syarat.objects.filter(versi=versi_pk).values_list("kode", "pk"))
    for berkas in permohonan.berkas.select_related("syarat"):
        if berkas.syarat and berkas.syarat.kode in baru:
            Berkas.objects.filter(pk=berkas.pk).update(syarat_id=baru[berkas.syarat.kode])


@verba("tarik_kembali")
def tarik_kembali(langkah: Langkah) -> None:
    """Take the file back to change it, as long as nobody has opened it (row 32)."""
    langkah.maju()


def _tutup_putaran(langkah: Langkah) -> int:
    """Close the open round. Raises IsianTidakSah naming the items that have no answer yet."""
    belum = list(_butir_terbuka(langkah.permohonan).filter(dijawab_pada__isnull=True))
    if belum:
        raise IsianTidakSah(
            _("Masih ada %(n)d hal yang belum Anda jawab.") % {"n": len(belum)},
            {f"butir_{b.pk}": [b.uraian] for b in belum},
        )
    putaran = langkah.permohonan.perbaikan.get(ditutup_pada__isnull=True)
    langkah.permohonan.perbaikan.filter(pk=putaran.pk).update(ditutup_pada=langkah.kini)
    return int(putaran.ke)


@verba("ajukan_ulang")
def ajukan_ulang(langkah: Langkah) -> None:
    """Send the completed file again (row 4); what was marked short is judged anew."""
    p = langkah.permohonan
    ke = _tutup_putaran(langkah)
    p.pemeriksaan.filter(putusan="kurang").delete()
    langkah.maju(batas_periksa=_jam.batas(langkah.kini, p.versi_layanan.batas_periksa_hari), rinci={"putaran": ke})


@verba("kirim_perbaikan")
def kirim_perbaikan(langkah: Langkah) -> None:
    """Send the answers of a round (row 14): the clock resumes at this instant, with the days it had used."""
    ke = _tutup_putaran(langkah)
    langkah.maju(tenggat=_jam.tenggat_bila_lanjut(langkah.permohonan, langkah.kini), rinci={"putaran": ke})


@verba("batalkan")
def batalkan(langkah: Langkah) -> None:
    """Withdraw the application (row 26): a reserved number is kept in the register as void."""
    p = langkah.permohonan
    lepaskan_semua(p, langkah.kini, alasan=_("permohonan dibatalkan pemohon"))
    langkah.maju(pada=langkah.kini, **_jam.angka_akhir(p, langkah.kini), pesan=bool(p.nomor))
