"""Notices to one number within ten minutes become one SMS; none is ever dropped (issue 3, item 6).

The first notice leaves at once. What follows within ten minutes waits until they are over and leaves together, in
the order in which it was written. Each part keeps its row, its text and its file; the SMS that carries them is
a row of its own, and the parts point to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max, Q

from core.konfigurasi import kantor
from notifications.enums import JenisPesan, Kanal, StatusPesan
from notifications.models import Penerima, Pesan
from notifications.teks import GalatTeks, ke_gsm7, segmen, septet

JENDELA = timedelta(minutes=10)
KODE_GABUNGAN = "GABUNGAN"
#: Four parts of 153: longer texts are cut up by phones and cost more than a second SMS.
SEPTET_GABUNGAN = 612
_AWALAN = re.compile(r"^[^:\n]{1,14}: ")


def saring(calon: list[Pesan], kini: datetime) -> list[Pesan]:
    """Which of these due messages leave now, notices to one number as one. Runs inside the claiming transaction.

    Writes what became of the others: held because of STOP or BUKAN SAYA, put off to the end of the ten minutes, or
    carried by another row.
    """
    calon = _tahan(calon, kini)
    if not settings.GABUNG_SMS:
        return calon
    kabar = [p for p in calon if _dapat_digabung(p)]
    if not kabar:
        return calon
    lain = [p for p in calon if not _dapat_digabung(p)]
    terakhir = _terakhir({p.tujuan for p in kabar}, kini)
    per_tujuan: dict[str, list[Pesan]] = {}
    for p in kabar:
        per_tujuan.setdefault(p.tujuan, []).append(p)
    berangkat: list[Pesan] = []
    for tujuan, daftar in per_tujuan.items():
        if tujuan in terakhir:
            Pesan.objects.filter(pk__in=[p.pk for p in daftar], status=StatusPesan.MENUNGGU).update(
                kirim_sesudah=max(terakhir[tujuan] + JENDELA, kini + timedelta(seconds=1))
            )
        else:
            berangkat += _gabung(daftar, kini)
    return lain + berangkat


def _dapat_digabung(p: Pesan) -> bool:
    """A notice by SMS that was never tried: what may have reached somebody keeps its own reference."""
    return p.kanal == Kanal.SMS and p.jenis == JenisPesan.KABAR and p.percobaan == 0 and p.kode != KODE_GABUNGAN


def _tahan(calon: list[Pesan], kini: datetime) -> list[Pesan]:
    """Hold what the holder of a number does not want, or what is not for them, and say why on the row."""
    tercatat = {r.tujuan: r for r in Penerima.objects.filter(tujuan__in={p.tujuan for p in calon})}
    ditahan: dict[str, list[int]] = {}
    for p in calon:
        if sebab := _sebab(p, tercatat.get(p.tujuan)):
            ditahan.setdefault(sebab, []).append(p.pk)
    for sebab, daftar in ditahan.items():
        Pesan.objects.filter(pk__in=daftar, status=StatusPesan.MENUNGGU).update(
            status=StatusPesan.DITAHAN, galat=sebab
        )
    keluar = {pk for daftar in ditahan.values() for pk in daftar}
    return [p for p in calon if p.pk not in keluar]


def _sebab(p: Pesan, r: Penerima | None) -> str:
    """Why a message may not go to this number; empty when it may."""
    if r is None or p.jenis in {JenisPesan.JAWABAN, JenisPesan.UJI}:
        return ""
    if r.bukan_pemilik_sejak:
        return "Pemegang nomor ini membalas BUKAN SAYA. Kukuhkan nomor HP pemohon dahulu."
    if r.berhenti_sejak and p.jenis == JenisPesan.KABAR:
        return "Pemegang nomor ini membalas STOP. Kabar tetap ada di portal dan di loket."
    return ""


def _terakhir(tujuan: set[str], kini: datetime) -> dict[str, datetime]:
    """When the last notice left for each number, where that was within the ten minutes or is happening now."""
    sedang = Q(status=StatusPesan.MENGIRIM, sewa_sampai__gt=kini)
    baris = (
        Pesan.objects.filter(Q(dikirim_pada__gt=kini - JENDELA) | sedang, tujuan__in=tujuan)
        .filter(kanal=Kanal.SMS, jenis=JenisPesan.KABAR)
        .order_by()
        .values("tujuan")
        .annotate(saat=Max("dikirim_pada"))
    )
    return {b["tujuan"]: b["saat"] or kini for b in baris}


def _gabung(daftar: list[Pesan], kini: datetime) -> list[Pesan]:
    """These notices to one number as few SMS as hold them; a single one stays itself."""
    return [k[0] if len(k) == 1 else _pembawa(k, kini) for k in _kelompok(daftar)]


def _kelompok(daftar: Iterable[Pesan]) -> list[list[Pesan]]:
    hasil: list[list[Pesan]] = []
    for p in sorted(daftar, key=lambda p: (p.dibuat_pada, p.pk)):
        if hasil and _panjang([*hasil[-1], p]) <= SEPTET_GABUNGAN:
            hasil[-1].append(p)
        else:
            hasil.append([p])
    return hasil


def _panjang(daftar: list[Pesan]) -> int:
    try:
        return septet(susun_gabungan([p.teks for p in daftar]))
    except GalatTeks:
        return SEPTET_GABUNGAN + 1


def susun_gabungan(teks: list[str]) -> str:
    """Several texts as one: the office's name once, then each on a line of its own."""
    isi = [_AWALAN.sub("", t, count=1) for t in teks]
    return "\n".join([f"{ke_gsm7(kantor().nama_pendek)}: {len(isi)} kabar", *(f"- {t}" for t in isi)])


def _pembawa(kelompok: list[Pesan], kini: datetime) -> Pesan:
    """The row that carries the parts; the first part's key makes a second carrier impossible."""
    teks = susun_gabungan([p.teks for p in kelompok])
    basi = [p.kedaluwarsa_pada for p in kelompok]
    pembawa = Pesan.objects.create(
        kode=KODE_GABUNGAN,
        kanal=Kanal.SMS,
        tujuan=kelompok[0].tujuan,
        teks=teks,
        kunci=f"gabungan/{kelompok[0].pk}",
        dibuat_pada=kini,
        kirim_sesudah=kini,
        kedaluwarsa_pada=None if None in basi else max(b for b in basi if b),
        segmen=segmen(teks),
    )
    Pesan.objects.filter(pk__in=[p.pk for p in kelompok], status=StatusPesan.MENUNGGU).update(
        status=StatusPesan.DIGABUNG, gabungan=pembawa
    )
    return pembawa
