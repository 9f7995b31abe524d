"""What people send us: kept first, understood afterwards. Who may be told what, the composition root decides."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Akun
from core.identitas import telepon_sah
from notifications.enums import JenisPesan, Kanal, Kata, StatusMasuk
from notifications.layanan import tulis_teks
from notifications.models import Penerima, Pesan, PesanMasuk

#: Answers to one number in an hour; what it sends beyond is kept and not answered.
JAWABAN_MAKS = 10
JENDELA = timedelta(hours=1)
_PANJANG = 1000
_KATA = {
    "CEK": Kata.CEK,
    "STATUS": Kata.CEK,
    "KURANG": Kata.KURANG,
    "BAYAR": Kata.BAYAR,
    "INFO": Kata.INFO,
    "LAPOR": Kata.LAPOR,
    "UBAH": Kata.UBAH,
    "TOLAK": Kata.TOLAK,
    "STOP": Kata.STOP,
    "BERHENTI": Kata.STOP,
    "MULAI": Kata.MULAI,
    "MAULAI": Kata.MULAI,
}
_BUKAN_SAYA = re.compile(r"(?i)^\W*bukan\W*saya\b")


def kata_pertama(teks: str) -> tuple[Kata, str]:
    """The word that a message begins with, in any case, and what follows it."""
    if cocok := _BUKAN_SAYA.match(teks):
        return Kata.BUKAN_SAYA, teks[cocok.end() :].strip(" .,:")
    bagian = teks.strip(" .,:\n\"'").split(maxsplit=1)
    kata = _KATA.get(bagian[0].upper().strip(".,:;!"), Kata.LAIN) if bagian else Kata.LAIN
    if kata == Kata.LAIN:
        return kata, teks.strip()
    return kata, bagian[1].strip(" .,:\n") if len(bagian) > 1 else ""


def nomor_pengirim(teks: str) -> str:
    """The sender in our spelling; a short code or name stays as it came (it is never answered)."""
    rapat = teks.strip().replace(" ", "+", 1) if teks.startswith(" ") else teks.strip()
    try:
        return telepon_sah(rapat)
    except ValidationError:
        return rapat[:20]


def terima(gerbang: str, *, dari: str, teks: str, acuan: str, kini: datetime) -> PesanMasuk | None:
    """Keep a message; None when this gateway has already delivered it under that reference."""
    try:
        with transaction.atomic():
            return PesanMasuk.objects.create(
                gerbang=gerbang,
                acuan_gerbang=acuan[:80],
                dari=nomor_pengirim(dari),
                teks=teks.replace("\x00", "")[:_PANJANG],
                diterima_pada=kini,
            )
    except IntegrityError:
        return None


def terlalu_sering(masuk: PesanMasuk) -> bool:
    """Whether this number has had its answers of the hour."""
    sejak = masuk.diterima_pada - JENDELA
    dijawab = PesanMasuk.objects.filter(dari=masuk.dari, diterima_pada__gt=sejak, status=StatusMasuk.DIJAWAB)
    return dijawab.count() >= JAWABAN_MAKS


def jawab(masuk: PesanMasuk, teks: str, kini: datetime) -> Pesan:
    """Answer through the outbox, under a key that one message can have once; not bound to quiet hours."""
    return tulis_teks(
        teks,
        kode=f"JAWAB_{masuk.kata.upper()}",
        jenis=JenisPesan.JAWABAN,
        kanal=Kanal.SMS,
        tujuan=masuk.dari,
        perihal=masuk.perihal,
        kunci=f"masuk/{masuk.pk}",
        kini=kini,
    )


def catat_berhenti(tujuan: str, kini: datetime | None) -> None:
    """STOP (an instant) or MULAI (None) of a number."""
    Penerima.objects.update_or_create(tujuan=tujuan, defaults={"berhenti_sejak": kini})


def catat_bukan_pemilik(tujuan: str, kini: datetime | None) -> None:
    """BUKAN SAYA (an instant); None when an officer confirmed the number again."""
    Penerima.objects.update_or_create(tujuan=tujuan, defaults={"bukan_pemilik_sejak": kini})


def selesaikan(perihal: str, oleh: Akun, kini: datetime) -> int:
    """An officer settled what people wrote about a file; returns how many messages that were."""
    menunggu = PesanMasuk.objects.filter(perihal=perihal, perlu_petugas=True, ditangani_pada__isnull=True)
    return menunggu.update(ditangani_pada=kini, ditangani_oleh=oleh)


def belum_dikukuhkan(tujuan: list[str]) -> set[str]:
    """Which of these numbers answered BUKAN SAYA and were not confirmed since."""
    daftar = Penerima.objects.filter(tujuan__in=tujuan, bukan_pemilik_sejak__isnull=False)
    return set(daftar.values_list("tujuan", flat=True))
