"""From the outbox to the gateway: claim by a lease from database time, send outside it, write down (R2-R4).

One path for a nudge and for the sweep. A gateway that can de-duplicate gets a batch a claim, one that can do
nothing gets one message a claim: a killed worker then leaves at most one message of unknown end.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from core.waktu import sekarang, zona
from notifications import penggabungan, sirkuit
from notifications.enums import JenisPesan, Kanal, Kemampuan, StatusPesan
from notifications.gateway import GalatGerbang, Gerbang, daftar_gerbang
from notifications.models import Pesan
from notifications.waktu_tenang import baca_jam_tenang, sesudah_tenang

SEWA = timedelta(seconds=60)
#: A worker stops handing over when so much of its lease is used, and gives the rest back.
KERJA_DETIK = 40.0
#: Waiting time before try n+1, give or take a fifth; after the last one the message is given up.
JEDA_COBA = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1))
#: How long a gateway that answers for references is left alone before it is asked about one.
JEDA_TANYA = timedelta(seconds=15)
#: A worker may die over the same message so often before it is left for a person to look at.
TAK_PASTI_MAKS = 5
KELOMPOK = {Kemampuan.DEDUP: 500, Kemampuan.STATUS: 20, Kemampuan.TIDAK: 1}
MENDESAK = (JenisPesan.KODE, JenisPesan.JAWABAN, JenisPesan.UJI)


# --- before anything is claimed -----------------------------------------------------------------------------------


def rapikan(kini: datetime) -> None:
    """Put the outbox in order: expire what is stale, let the night be quiet, free what dead workers held."""
    Pesan.objects.filter(status=StatusPesan.MENUNGGU, kedaluwarsa_pada__lte=kini).update(
        status=StatusPesan.KEDALUWARSA, galat="Tidak terkirim sampai batas gunanya lewat."
    )
    pagi = sesudah_tenang(kini, baca_jam_tenang(settings.JAM_TENANG), zona())
    if pagi != kini:
        Pesan.objects.filter(_kabar_sms(), status=StatusPesan.MENUNGGU, kirim_sesudah__lte=kini).update(
            kirim_sesudah=pagi
        )
    pulihkan(kini)


def _kabar_sms() -> Q:
    return Q(jenis=JenisPesan.KABAR, kanal=Kanal.SMS)


def pulihkan(kini: datetime) -> None:
    """What a worker held when its lease ran out: it died, and what it did last is not known (R3).

    A gateway that de-duplicates gets the same reference again, one that can tell is asked first; with any other a
    notice is sent again, one more at most for each time that a worker died over it (B07), and a code never: the
    person can ask for another. A message that killed five workers is left for a person to look at.
    """
    telantar = Pesan.objects.filter(status=StatusPesan.MENGIRIM, sewa_sampai__lt=kini)
    bebas = {"status": StatusPesan.MENUNGGU, "sewa_sampai": None, "tak_pasti": F("tak_pasti") + 1}
    sebab = "pekerja mati saat mengirim"
    kemampuan = _kemampuan()
    dedup = [n for n, k in kemampuan.items() if k == Kemampuan.DEDUP]
    penjawab = [n for n, k in kemampuan.items() if k == Kemampuan.STATUS]
    telantar.filter(gerbang__in=dedup).update(**bebas, kirim_sesudah=kini, galat=sebab)
    telantar.filter(gerbang__in=penjawab).update(**bebas, kirim_sesudah=kini + JEDA_TANYA, galat=sebab)
    tak_mampu = telantar.exclude(gerbang__in=[*dedup, *penjawab])
    tak_mampu.filter(tak_pasti__lt=TAK_PASTI_MAKS).exclude(jenis=JenisPesan.KODE).update(
        **bebas, kirim_sesudah=kini, galat=sebab
    )
    tak_mampu.update(
        status=StatusPesan.TIDAK_PASTI,
        sewa_sampai=None,
        tak_pasti=F("tak_pasti") + 1,
        galat=f"{sebab}; tidak diulang",
    )


def _kemampuan() -> dict[str, Kemampuan]:
    return {g.nama: g.kemampuan for kanal in Kanal for g in daftar_gerbang(kanal)}


# --- claim --------------------------------------------------------------------------------------------------------


def ambil(gerbang: Gerbang, kanal: str, *, pk: int | None = None, utama: bool = True) -> list[Pesan]:
    """Claim what is due for a gateway, urgent ones first, and return it with the lease written on it.

    On PostgreSQL the rows are taken with SKIP LOCKED, so that workers do not wait for each other; on SQLite, where
    that does nothing, the transaction is IMMEDIATE. On both the UPDATE repeats the condition.
    """
    kini = sekarang()
    batas = KELOMPOK[gerbang.kemampuan]
    with transaction.atomic():
        dasar = _jatuh_tempo(gerbang, kanal, kini, utama=utama)
        if pk is not None:
            dasar = dasar.filter(pk=pk)
        dasar = dasar.select_for_update(skip_locked=True, of=("self",)).order_by("kirim_sesudah", "pk")
        calon = list(dasar.filter(jenis__in=MENDESAK)[:batas])
        if not calon:
            calon = _teman(list(dasar.exclude(jenis__in=MENDESAK)[:batas]), dasar if pk is None else None)
        calon = penggabungan.saring(calon, kini) if calon else []
        return _sewa(calon, gerbang, kini)


def _teman(calon: list[Pesan], dasar: QuerySet[Pesan] | None) -> list[Pesan]:
    """With one message a claim, whatever else is due for its number comes along, so that it can be merged."""
    if dasar is None or len(calon) != 1 or calon[0].kanal != Kanal.SMS:
        return calon
    lain = dasar.filter(tujuan=calon[0].tujuan, jenis=JenisPesan.KABAR).exclude(pk=calon[0].pk)
    return [*calon, *lain[:50]] if calon[0].percobaan == 0 else calon


def _jatuh_tempo(gerbang: Gerbang, kanal: str, kini: datetime, *, utama: bool) -> QuerySet[Pesan]:
    """What may be handed to this gateway now. What it may already hold goes to no other one."""
    terikat = [n for n, k in _kemampuan().items() if k != Kemampuan.TIDAK]
    bebas = Q(tak_pasti=0) | ~Q(gerbang__in=terikat)
    milik = Q(tak_pasti__gt=0, gerbang=gerbang.nama)
    daftar = Pesan.objects.filter(bebas | milik if utama else milik)
    daftar = daftar.filter(status=StatusPesan.MENUNGGU, kirim_sesudah__lte=kini, kanal=kanal)
    if sesudah_tenang(kini, baca_jam_tenang(settings.JAM_TENANG), zona()) != kini:
        daftar = daftar.exclude(_kabar_sms())
    return daftar.filter(Q(kedaluwarsa_pada__isnull=True) | Q(kedaluwarsa_pada__gt=kini))


def _sewa(calon: list[Pesan], gerbang: Gerbang, kini: datetime) -> list[Pesan]:
    if not calon:
        return []
    sewa = kini + SEWA
    kunci = [p.pk for p in calon]
    diambil = Pesan.objects.filter(pk__in=kunci, status=StatusPesan.MENUNGGU).update(
        status=StatusPesan.MENGIRIM, sewa_sampai=sewa, percobaan=F("percobaan") + 1, gerbang=gerbang.nama
    )
    if diambil != len(kunci):
        return list(Pesan.objects.filter(pk__in=kunci, status=StatusPesan.MENGIRIM, sewa_sampai=sewa))
    for p in calon:
        p.status, p.sewa_sampai, p.percobaan, p.gerbang = StatusPesan.MENGIRIM, sewa, p.percobaan + 1, gerbang.nama
    return calon


# --- send ---------------------------------------------------------------------------------------------------------


def kirim(pk: int) -> StatusPesan | None:
    """Send one message if it is due; what a nudge does. Returns its new status, or None when nothing was done."""
    kanal = Pesan.objects.filter(pk=pk, status=StatusPesan.MENUNGGU).values_list("kanal", flat=True).first()
    if kanal is None:
        return None
    for ke, gerbang in enumerate(sirkuit.hidup(kanal, sekarang())):
        if diambil := ambil(gerbang, kanal, pk=pk, utama=ke == 0):
            serahkan(gerbang, diambil)
            return StatusPesan(Pesan.objects.values_list("status", flat=True).get(pk=diambil[0].pk))
    return None


def sapu(maks: int = 5000) -> int:
    """Send what is due and what a lost nudge or a dead worker left behind. Returns how many were taken by gateways.

    Ends after 40 s at the latest, so that no lease and no task limit runs out under it.
    """
    habis = time.monotonic() + KERJA_DETIK
    rapikan(sekarang())
    terkirim = 0
    for kanal in Kanal:
        while terkirim < maks and time.monotonic() < habis:
            serah, jumlah = _putaran(kanal, habis)
            terkirim += jumlah
            if not serah:
                break
    return terkirim


def _putaran(kanal: str, habis: float) -> tuple[bool, int]:
    """One claim for each gateway that is not paused: (whether there was anything, how many were taken)."""
    ada, jumlah = False, 0
    for ke, gerbang in enumerate(sirkuit.hidup(kanal, sekarang())):
        diambil = ambil(gerbang, kanal, utama=ke == 0)
        if diambil:
            ada = True
            jumlah += serahkan(gerbang, diambil, habis)
    return ada, jumlah


def serahkan(gerbang: Gerbang, daftar: Sequence[Pesan], habis: float | None = None) -> int:
    """Hand claimed messages to a gateway, outside any transaction; returns how many it took.

    Results of a gateway that de-duplicates are written together, since a kill costs nothing there.
    """
    habis = habis if habis is not None else time.monotonic() + KERJA_DETIK
    berhasil: list[Pesan] = []
    for ke, pesan in enumerate(daftar):
        if time.monotonic() >= habis:
            _lepas(daftar[ke:])
            break
        try:
            _satu(gerbang, pesan)
        except GalatGerbang as galat:
            if _catat_gagal(gerbang, pesan, galat):
                _lepas(daftar[ke + 1 :])
                break
        else:
            berhasil.append(pesan)
            if gerbang.kemampuan != Kemampuan.DEDUP:
                _catat_terkirim(gerbang, [pesan])
    if gerbang.kemampuan == Kemampuan.DEDUP:
        _catat_terkirim(gerbang, berhasil)
    return len(berhasil)


def _satu(gerbang: Gerbang, pesan: Pesan) -> None:
    acuan = str(pesan.acuan)
    if pesan.tak_pasti and gerbang.kemampuan == Kemampuan.STATUS and gerbang.dikenal(acuan):  # type: ignore[attr-defined] # such a gateway is a Penjawab
        return
    gerbang.kirim(tujuan=pesan.tujuan, teks=pesan.teks, acuan=acuan)


def _milik(daftar: Sequence[Pesan]) -> QuerySet[Pesan]:
    """These rows while we still hold them: the lease's instant is the token of whoever claimed them."""
    return Pesan.objects.filter(
        pk__in=[p.pk for p in daftar], status=StatusPesan.MENGIRIM, sewa_sampai=daftar[0].sewa_sampai
    )


def _catat_terkirim(gerbang: Gerbang, daftar: Sequence[Pesan]) -> None:
    if not daftar:
        return
    biaya = F("segmen") * int(settings.BIAYA_SEGMEN) if daftar[0].kanal == Kanal.SMS else 0
    _milik(daftar).update(
        status=StatusPesan.TERKIRIM, dikirim_pada=sekarang(), galat="", sewa_sampai=None, biaya=biaya
    )
    sirkuit.berhasil(gerbang.nama)


def _lepas(daftar: Sequence[Pesan]) -> None:
    """Give back what was claimed and never handed over."""
    if daftar:
        _milik(daftar).update(status=StatusPesan.MENUNGGU, sewa_sampai=None, percobaan=F("percobaan") - 1)


def _catat_gagal(gerbang: Gerbang, pesan: Pesan, galat: GalatGerbang) -> bool:
    """Write down what an error means for a message; returns whether the gateway pauses now."""
    kini = sekarang()
    jeda = sirkuit.gagal(gerbang.nama, galat, kini)
    milik = _milik([pesan])
    isi: dict[str, Any] = {"galat": str(galat)[:240], "sewa_sampai": None}
    if galat.permanen:
        milik.update(status=StatusPesan.GAGAL, **isi)
    elif not galat.pasti:
        _catat_tak_pasti(gerbang, pesan, isi, kini)
    elif galat.salah_gerbang:
        tunda = max(_acak(JEDA_COBA[0]), sirkuit.bangun(pesan.kanal, kini) - kini)
        milik.update(status=StatusPesan.MENUNGGU, kirim_sesudah=kini + tunda, percobaan=F("percobaan") - 1, **isi)
    elif pesan.percobaan > len(JEDA_COBA):
        milik.update(status=StatusPesan.GAGAL, **isi)
    else:
        milik.update(status=StatusPesan.MENUNGGU, kirim_sesudah=kini + _acak(_tunda(pesan)), **isi)
    return jeda


def _catat_tak_pasti(gerbang: Gerbang, pesan: Pesan, isi: dict[str, Any], kini: datetime) -> None:
    """The line broke after the request went out: the same rule as for a dead worker."""
    isi = isi | {"tak_pasti": F("tak_pasti") + 1}
    if gerbang.kemampuan == Kemampuan.TIDAK:
        ulang = pesan.tak_pasti == 0 and pesan.jenis != JenisPesan.KODE
    else:
        ulang = pesan.percobaan <= len(JEDA_COBA)
    if ulang:
        _milik([pesan]).update(status=StatusPesan.MENUNGGU, kirim_sesudah=kini + _acak(_tunda(pesan)), **isi)
    else:
        _milik([pesan]).update(status=StatusPesan.TIDAK_PASTI, **isi)


def _tunda(pesan: Pesan) -> timedelta:
    return JEDA_COBA[min(max(pesan.percobaan, 1), len(JEDA_COBA)) - 1]


def _acak(jeda: timedelta) -> timedelta:
    """Give or take a fifth, so that what failed together does not come back together."""
    return jeda * random.uniform(0.8, 1.2)  # noqa: S311 spreading load, no secret
