"""States of a message, kinds of messages, channels and gateways (reliability.md R2, R3)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatusPesan(models.TextChoices):
    MENUNGGU = "menunggu", _("Menunggu dikirim")
    MENGIRIM = "mengirim", _("Sedang dikirim")
    TERKIRIM = "terkirim", _("Terkirim")
    SAMPAI = "sampai", _("Sampai")
    TIDAK_PASTI = "tidak_pasti", _("Hasil tidak pasti")
    GAGAL = "gagal", _("Gagal")
    DIGABUNG = "digabung", _("Digabung dengan pesan lain")
    KEDALUWARSA = "kedaluwarsa", _("Tidak dikirim: lewat waktunya")
    DITAHAN = "ditahan", _("Tidak dikirim: ditahan")


#: Nothing leaves these by itself; only an operator may try again what failed (`layanan.ulang`).
AKHIR = frozenset(
    {
        StatusPesan.SAMPAI,
        StatusPesan.GAGAL,
        StatusPesan.TIDAK_PASTI,
        StatusPesan.DIGABUNG,
        StatusPesan.KEDALUWARSA,
        StatusPesan.DITAHAN,
    }
)
#: What an operator must look at: given up, or of unknown end (then the person might get it twice by another try).
MACET = (StatusPesan.GAGAL, StatusPesan.TIDAK_PASTI)
#: What an operator may try again; a held message is held again while its reason lasts.
DAPAT_DIULANG = (*MACET, StatusPesan.KEDALUWARSA, StatusPesan.DITAHAN)


class JenisPesan(models.TextChoices):
    """Why a message exists. Only a notice waits for the morning, is merged, and ends by STOP."""

    KABAR = "kabar", _("Kabar")
    KODE = "kode", _("Kode masuk")
    JAWABAN = "jawaban", _("Jawaban")
    UJI = "uji", _("Uji kirim")


class Kanal(models.TextChoices):
    SMS = "sms", _("SMS")
    SUREL = "surel", _("Email")


class Kemampuan(models.TextChoices):
    """What a gateway can do about a repeated sending of the same reference."""

    DEDUP = "dedup", _("Menolak kiriman ganda")
    STATUS = "status", _("Menjawab status per referensi")
    TIDAK = "tidak", _("Tidak keduanya")


class StatusMasuk(models.TextChoices):
    """What became of a message that somebody sent us."""

    BARU = "baru", _("Belum dibaca")
    DIJAWAB = "dijawab", _("Dijawab")
    TANPA_JAWABAN = "tanpa_jawaban", _("Tidak dijawab")
    DIBATASI = "dibatasi", _("Tidak dijawab: terlalu sering")


class Kata(models.TextChoices):
    """The words that an SMS to us may begin with."""

    CEK = "cek", "CEK"
    KURANG = "kurang", "KURANG"
    BAYAR = "bayar", "BAYAR"
    INFO = "info", "INFO"
    LAPOR = "lapor", "LAPOR"
    UBAH = "ubah", "UBAH"
    TOLAK = "tolak", "TOLAK"
    BUKAN_SAYA = "bukan_saya", "BUKAN SAYA"
    STOP = "stop", "STOP"
    MULAI = "mulai", "MULAI"
    LAIN = "lain", _("lainnya")


#: What a person at a desk must see and settle; everything else is done when it is answered.
PERLU_PETUGAS = frozenset({Kata.LAPOR, Kata.UBAH, Kata.TOLAK, Kata.BUKAN_SAYA})
