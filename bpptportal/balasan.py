"""Answers to what people send by SMS (issue 3, item 7). Here, because `notifications` knows no permits.

A file is spoken about only with the number that stands on it, the party's or the agent's; anybody else, and a
number that answered BUKAN SAYA, gets the sentence that a mistyped number gets. What a person at a desk must settle
(LAPOR, UBAH, TOLAK, BUKAN SAYA) is kept for them and shows on the file's page.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from core.identitas import bisa_sms
from core.konfigurasi import kantor
from core.templatetags.tampilan import tanggal_pendek
from core.waktu import sekarang
from notifications import masuk as kotak_masuk
from notifications.enums import PERLU_PETUGAS, Kata, StatusMasuk
from notifications.gateway import GalatGerbang, gerbang
from notifications.models import PesanMasuk
from notifications.teks import ke_gsm7, septet
from perizinan.enums import StatusSkrd
from perizinan.halaman import perjalanan
from perizinan.models import ButirPerbaikan, JenisIzin, Permohonan
from perizinan.nomor import baca_nomor
from perizinan.pencarian import nilai_layanan, rujukan

catatan = logging.getLogger(__name__)
#: Three parts of 153: enough for a list, short of a letter.
SEPTET_JAWABAN = 459
_KATA_NOMOR = 3
_BANTUAN = (
    "Balas CEK nomor (status), KURANG nomor (yang kurang), BAYAR nomor (tagihan), INFO nama izin, LAPOR isi laporan,"
    " STOP. Contoh: CEK 7QK4M-2XD9R"
)
_TAK_COCOK = "Nomor permohonan itu belum cocok dengan nomor HP ini. Periksa lagi nomornya di bukti pengajuan."


@dataclass(frozen=True, slots=True)
class Tanggapan:
    """What is answered (empty: nothing), and which file it is about."""

    teks: str
    berkas: Permohonan | None = None


def tanggapi(pk: int) -> bool:
    """Understand and answer one message that was kept. Returns False when somebody did it before.

    One transaction: the claim, what the word changes, and the answer in the outbox.
    """
    with transaction.atomic():
        if not PesanMasuk.objects.filter(pk=pk, status=StatusMasuk.BARU).update(status=StatusMasuk.TANPA_JAWABAN):
            return False
        pesan = PesanMasuk.objects.get(pk=pk)
        kini = sekarang()
        pesan.kata, isi = kotak_masuk.kata_pertama(pesan.teks)
        hasil = _PENJAWAB[Kata(pesan.kata)](pesan, isi, kini)
        pesan.perihal = hasil.berkas.nomor or "" if hasil.berkas else ""
        pesan.perlu_petugas = pesan.kata in PERLU_PETUGAS
        _jawab(pesan, hasil.teks, kini)
        pesan.save()
    return True


def _jawab(pesan: PesanMasuk, teks: str, kini: datetime) -> None:
    if not teks or not _dapat_dijawab(pesan.dari):
        return
    if kotak_masuk.terlalu_sering(pesan):
        pesan.status = StatusMasuk.DIBATASI
        return
    pesan.jawaban = kotak_masuk.jawab(pesan, f"{kantor().nama_pendek}: {teks}", kini)
    pesan.status = StatusMasuk.DIJAWAB


def _dapat_dijawab(nomor: str) -> bool:
    """A mobile number; never a short code or a name, which would be a machine that answers us back."""
    return nomor.startswith("+") and bisa_sms(nomor)


def sapu(maks: int = 200) -> int:
    """Answer what was kept and not yet understood; a message that breaks us does not stop the others."""
    daftar = list(PesanMasuk.objects.filter(status=StatusMasuk.BARU).values_list("pk", flat=True)[:maks])
    return sum(1 for pk in daftar if coba(pk))


def coba(pk: int) -> bool:
    """`tanggapi`, but an error leaves the message for the next sweep and the log."""
    try:
        return tanggapi(pk)
    except Exception:  # noqa: BLE001 one message that breaks us must not stop the others; it is logged in full
        catatan.exception("pesan masuk belum terjawab", extra={"pesan_masuk": pk})
        return False


def jemput_gammu() -> int:
    """Take over what SMSD received: kept on our side first, marked there afterwards, so that none is lost."""
    gammu: Any = gerbang("gammu")
    try:
        datang = gammu.masuk()
        for satu in datang:
            acuan = "-".join(map(str, satu.kunci))
            kotak_masuk.terima("gammu", dari=satu.dari, teks=satu.teks, acuan=acuan, kini=sekarang())
            gammu.sudah(satu.kunci)
    except GalatGerbang as galat:
        catatan.warning("kotak masuk Gammu belum terbaca: %s", galat)
        return 0
    return len(datang)


# --- which file ---------------------------------------------------------------------------------------------------


def _berkas(pesan: PesanMasuk, isi: str, *, pihak_saja: bool = False) -> Permohonan | None:
    """The file of a number, if the sender's phone stands on it."""
    nomor = _nomor(isi)
    if nomor is None or kotak_masuk.belum_dikukuhkan([pesan.dari]):
        return None
    milik = Q(pihak__hp=pesan.dari)
    if not pihak_saja:
        kini = pesan.diterima_pada
        berlaku = Q(kuasa__sampai__isnull=True) | Q(kuasa__sampai__gt=kini)
        milik |= Q(kuasa__hp_penerima=pesan.dari, kuasa__mulai__lte=kini, kuasa__dicabut_pada__isnull=True) & berlaku
    return (
        Permohonan.objects.filter(milik, nomor=nomor)
        .select_related("jenis_izin", "pihak", "bidang", "versi_layanan")
        .first()
    )


def _nomor(isi: str) -> str | None:
    """The number in what was typed, which may have blanks in it and words behind it."""
    kata = isi.split()
    for n in range(min(len(kata), _KATA_NOMOR), 0, -1):
        if nomor := baca_nomor("".join(kata[:n]).strip(".,;:()<>{}[]")):
            return nomor
    return None


def _rupiah(nilai: int) -> str:
    return f"Rp{nilai:,}".replace(",", ".")


# --- the words ----------------------------------------------------------------------------------------------------


def _cek(pesan: PesanMasuk, isi: str, kini: datetime) -> Tanggapan:
    p = _berkas(pesan, isi)
    if p is None:
        return Tanggapan(_TAK_COCOK)
    teks = f"{p.jenis_izin.nama_sms} {p.nomor}: {perjalanan.label(p).kata}."
    if p.batas_pemohon:
        teks += f" Batas Anda {tanggal_pendek(p.batas_pemohon)}; balas KURANG {p.nomor} atau BAYAR {p.nomor}."
    elif p.tenggat and not p.selesai_pada and not p.terbit_pada:
        teks += f" Selesai paling lambat {tanggal_pendek(p.tenggat)}."
    elif p.batas_periksa and not p.selesai_pada and not p.terbit_pada:
        teks += f" Kelengkapan kami periksa paling lambat {tanggal_pendek(p.batas_periksa)}."
    return Tanggapan(teks, p)


def _kurang(pesan: PesanMasuk, isi: str, kini: datetime) -> Tanggapan:
    p = _berkas(pesan, isi)
    if p is None:
        return Tanggapan(_TAK_COCOK)
    terbuka = ButirPerbaikan.objects.filter(
        perbaikan__permohonan=p, perbaikan__ditutup_pada__isnull=True, dijawab_pada__isnull=True
    ).order_by("pk")
    butir = [b.uraian for b in terbuka]
    if not butir:
        return Tanggapan(f"{p.nomor}: tidak ada yang kurang dari Anda.", p)
    batas = f", paling lambat {tanggal_pendek(p.batas_pemohon)}" if p.batas_pemohon else ""
    return Tanggapan(_daftar(f"{p.nomor} perlu {len(butir)} hal dari Anda{batas}.", butir), p)


def _daftar(awal: str, butir: list[str]) -> str:
    """A list that fits; what does not is counted, never cut."""
    teks = awal
    for ke, satu in enumerate(butir, start=1):
        tambah = f"\n{ke}. {ke_gsm7(satu)}"
        sisa = f"\n+{len(butir) - ke + 1} lagi: lihat di portal atau loket."
        if septet(ke_gsm7(teks + tambah)) + len(sisa) > SEPTET_JAWABAN:
            return teks + sisa
        teks += tambah
    return teks


def _bayar(pesan: PesanMasuk, isi: str, kini: datetime) -> Tanggapan:
    p = _berkas(pesan, isi)
    if p is None:
        return Tanggapan(_TAK_COCOK)
    skrd = p.skrd.exclude(status=StatusSkrd.BATAL).prefetch_related("pembayaran").last()
    if skrd is None:
        return Tanggapan(f"{p.nomor}: tidak ada tagihan resmi (SKRD). Jangan membayar kepada siapa pun.", p)
    sisa = skrd.nilai - sum(b.jumlah for b in skrd.pembayaran.all())
    if sisa <= 0 or skrd.status != StatusSkrd.BERLAKU:
        return Tanggapan(f"{p.nomor}: SKRD {skrd.nomor} sudah lunas.", p)
    batas = f" paling lambat {tanggal_pendek(p.batas_pemohon)}" if p.batas_pemohon else ""
    return Tanggapan(
        f"{p.nomor}: tagihan resmi SKRD {skrd.nomor} {_rupiah(sisa)}. Bayar hanya ke {kantor().tempat_bayar}{batas}.",
        p,
    )


def _info(pesan: PesanMasuk, isi: str, kini: datetime) -> Tanggapan:
    if not isi:
        return Tanggapan("Tulis nama izinnya, misalnya INFO SIUP.")
    if kantor_lain := rujukan(isi):
        return Tanggapan(f"Itu bukan di sini. {kantor_lain.kantor}: {kantor_lain.keterangan}")
    temuan = nilai_layanan(isi)
    if not temuan:
        return Tanggapan("Kami belum menemukan izin itu. Coba kata lain, misalnya INFO SIUP, atau tanya loket.")
    return Tanggapan(_sebut_layanan(temuan[0].jenis_izin, kini))


def _sebut_layanan(jenis: JenisIzin, kini: datetime) -> str:
    situs = settings.SITUS.split("://")[-1]
    versi = jenis.versi_pada(kini.date())
    if versi is None:
        return f"{jenis.nama_sms}: keterangannya ada di {situs}/layanan/{jenis.kode}/"
    lama = (
        f"{versi.hari_kerja} hari kerja sejak berkas lengkap" if versi.hari_kerja else "batas waktu lihat di portal"
    )
    biaya = "ada biaya, hanya dengan tagihan resmi SKRD" if versi.berbiaya else "gratis"
    return (
        f"{jenis.nama_sms}: {lama}, {biaya}. {versi.syarat.count()} persyaratan, daftarnya di"
        f" {situs}/layanan/{jenis.kode}/ atau loket."
    )


def _lapor(pesan: PesanMasuk, isi: str, kini: datetime) -> Tanggapan:
    p = _berkas(pesan, isi)
    if not isi:
        return Tanggapan("Tulis isi laporannya, misalnya LAPOR 7QK4M-2XD9R diminta uang di luar SKRD.")
    return Tanggapan(f"Laporan Anda kami terima dengan nomor L{pesan.pk} dan dibaca petugas pengaduan.", p)


def _ubah(pesan: PesanMasuk, isi: str, kini: datetime) -> Tanggapan:
    """The applicant cannot be there at the visit (SMS_JADWAL): a note for the team, who sets another day."""
    p = _berkas(pesan, isi)
    if p is None:
        return Tanggapan(_TAK_COCOK)
    return Tanggapan(f"Permintaan mengubah jadwal tinjauan {p.nomor} kami teruskan ke petugas. Tunggu kabar kami.", p)


def _tolak(pesan: PesanMasuk, isi: str, kini: datetime) -> Tanggapan:
    """The client did not want what an agent filed (SMS_KUASA): only the client's own phone may say so.

    A phone alone proves nobody's identity, so the power does not end by it: an officer asks and acts.
    """
    p = _berkas(pesan, isi, pihak_saja=True)
    if p is None:
        return Tanggapan(_TAK_COCOK)
    return Tanggapan(
        f"Penolakan Anda atas {p.nomor} kami catat. Petugas menghubungi Anda sebelum berkas diteruskan.", p
    )


def _bukan_saya(pesan: PesanMasuk, isi: str, kini: datetime) -> Tanggapan:
    """The number is somebody else's now: unconfirmed on every file until an officer confirms it."""
    kotak_masuk.catat_bukan_pemilik(pesan.dari, kini)
    milik = Permohonan.objects.filter(Q(pihak__hp=pesan.dari) | Q(kuasa__hp_penerima=pesan.dari))
    terakhir = milik.terbuka().filter(nomor__isnull=False).order_by("-pk").first()
    return Tanggapan(
        "Terima kasih. Nomor ini kami tandai bukan milik pemohon dan tidak lagi kami kirimi kabar.", terakhir
    )


def _stop(pesan: PesanMasuk, isi: str, kini: datetime) -> Tanggapan:
    kotak_masuk.catat_berhenti(pesan.dari, kini)
    return Tanggapan(
        "Kabar lewat SMS kami hentikan. Kabar tetap ada di portal dan loket. Balas MULAI untuk menerimanya lagi."
    )


def _mulai(pesan: PesanMasuk, isi: str, kini: datetime) -> Tanggapan:
    kotak_masuk.catat_berhenti(pesan.dari, None)
    return Tanggapan("Kabar lewat SMS kami kirim lagi ke nomor ini. Balas STOP untuk berhenti.")


def _lain(pesan: PesanMasuk, isi: str, kini: datetime) -> Tanggapan:
    return Tanggapan(_BANTUAN)


_PENJAWAB: dict[Kata, Callable[[PesanMasuk, str, datetime], Tanggapan]] = {
    Kata.CEK: _cek,
    Kata.KURANG: _kurang,
    Kata.BAYAR: _bayar,
    Kata.INFO: _info,
    Kata.LAPOR: _lapor,
    Kata.UBAH: _ubah,
    Kata.TOLAK: _tolak,
    Kata.BUKAN_SAYA: _bukan_saya,
    Kata.STOP: _stop,
    Kata.MULAI: _mulai,
    Kata.LAIN: _lain,
}
