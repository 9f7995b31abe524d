"""Periods full of answers, written the way the services write them."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date

from ikm.enums import JenisPeriode, ModeBobot, SaluranJawaban
from ikm.models import Instrumen, Jawaban, Periode
from ikm.services.menjawab import Isian, simpan

TAHUN_INI = 2026


def periode(
    kode: str = "2026-S1",
    *,
    instrumen: str = "permenpan14-2017",
    mode: str = ModeBobot.EKSAK,
    mengumpulkan: bool = True,
) -> Periode:
    """A half year `2026-S1`, or a pooling year `2026`."""
    tahun, _garis, paruh = kode.partition("-")
    bulan = {"S1": (1, 6, 30), "S2": (7, 12, 31), "": (1, 12, 31)}[paruh]
    return Periode.objects.create(
        kode=kode,
        jenis=JenisPeriode.SEMESTER if paruh else JenisPeriode.TAHUN,
        mulai=date(int(tahun), bulan[0], 1),
        selesai=date(int(tahun), bulan[1], bulan[2]),
        instrumen=Instrumen.objects.get(kode=instrumen),
        mode_bobot=mode,
        mengumpulkan=mengumpulkan and bool(paruh),
    )


def jawaban(
    p: Periode,
    nilai: Iterable[int],
    *,
    kelompok: str = "jasa_usaha",
    layanan: str = "",
    saluran: str = SaluranJawaban.TAUTAN,
    profil: dict[str, str] | None = None,
    teks: str = "",
) -> Jawaban:
    return simpan(
        p,
        tuple(nilai),
        Isian({}, profil or {}, teks),
        saluran=SaluranJawaban(saluran),
        kelompok=kelompok,
        layanan=layanan,
    )


def isi_acak(p: Periode, banyak: int, *, benih: int = 1, **asal: str) -> list[list[int]]:
    """So many answers, the same ones for a seed; what they said."""
    acak = random.Random(benih)
    k = p.instrumen.unsur.count()
    semua = [[acak.choice((2, 3, 3, 4)) for _ in range(k)] for _ in range(banyak)]
    for satu in semua:
        jawaban(p, satu, **asal)
    return semua
