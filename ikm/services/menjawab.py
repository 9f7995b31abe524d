"""Taking an answer: the values go into a row without a name, the rest into counts of its own (0030).

The period's row is locked first, so that no answer lands in a period that is being closed and the counts never
wait for each other. An answer and its counts are one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from core.galat import IsianTidakSah, TransisiDitolak
from core.waktu import sekarang, zona
from ikm.enums import NILAI, PILIHAN_PROFIL, Dimensi, SaluranJawaban, StatusPeriode
from ikm.models import KOLOM_UNSUR, HitunganProfil, Jawaban, Komentar, Periode, Unsur
from ikm.services import hitungan
from ikm.services.periode import periode_berjalan
from perizinan.services import survei

TEKS_MAKS = 1000


@dataclass(frozen=True, slots=True)
class Isian:
    """What a respondent said: the value of each unsur by its code, what they tell of themselves, free text."""

    nilai: Mapping[str, int]
    profil: Mapping[str, str] = field(default_factory=dict)
    teks: str = ""


def jawab(kode: str, isian: Isian, *, saluran: SaluranJawaban) -> None:
    """Record one answer by a survey code and use the code up.

    Raises TidakDitemukan for a code that cannot be used, IsianTidakSah naming each unsur without a value.
    """
    with transaction.atomic():
        periode = kunci_periode(periode_berjalan(sekarang().astimezone(zona()).date()))
        nilai = urutkan(periode, isian)
        asal = survei.tandai_diisi(kode, periode=periode.kode, mulai=periode.mulai, selesai=periode.selesai)
        simpan(periode, nilai, isian, saluran=saluran, kelompok=asal.kelompok, layanan=asal.layanan)


def kunci_periode(periode: Periode) -> Periode:
    """The period's row, locked, still open. Raises TransisiDitolak when it was closed meanwhile."""
    terkunci = Periode.objects.select_for_update().select_related(None).get(pk=periode.pk)
    if terkunci.status != StatusPeriode.BUKA or not terkunci.mengumpulkan:
        raise TransisiDitolak(_("Periode survei ini sudah ditutup dan tidak menerima jawaban lagi."))
    return terkunci


def urutkan(periode: Periode, isian: Isian) -> tuple[int, ...]:
    """The values in the instrument's order. Raises IsianTidakSah naming every unsur that has none of 1 to 4."""
    unsur = list(Unsur.objects.filter(instrumen=periode.instrumen_id).order_by("urutan"))
    salah = {u.kode: [_("Pilih salah satu jawaban.")] for u in unsur if isian.nilai.get(u.kode) not in NILAI}
    for dimensi, dipilih in isian.profil.items():
        if dimensi not in Dimensi.values or dipilih not in PILIHAN_PROFIL[Dimensi(dimensi)].values:
            salah[dimensi] = [_("Pilihan ini tidak ada dalam daftar.")]
    if len(isian.teks) > TEKS_MAKS:
        salah["teks"] = [_("Tulisan paling banyak %(n)d huruf.") % {"n": TEKS_MAKS}]
    if salah:
        raise IsianTidakSah(_("Ada pertanyaan yang belum dijawab."), salah)
    return tuple(isian.nilai[u.kode] for u in unsur)


def simpan(
    periode: Periode,
    nilai: Sequence[int],
    isian: Isian,
    *,
    saluran: SaluranJawaban,
    kelompok: str = "",
    layanan: str = "",
) -> Jawaban:
    """Write an answer and count it. `periode` is locked by the caller; `nilai` is in the instrument's order."""
    jawaban = Jawaban.objects.create(
        periode=periode,
        saluran=saluran,
        kelompok=kelompok,
        layanan=layanan,
        seragam=len(set(nilai)) == 1,
        **dict(zip(KOLOM_UNSUR, nilai, strict=False)),
    )
    hitungan.tambah(jawaban)
    for dimensi, dipilih in isian.profil.items():
        _hitung_profil(periode, dimensi, dipilih)
    if teks := isian.teks.strip():
        Komentar.objects.create(periode=periode, kelompok=kelompok, teks=teks)
    return jawaban


def _hitung_profil(periode: Periode, dimensi: str, nilai: str) -> None:
    baris, _baru = HitunganProfil.objects.get_or_create(periode=periode, dimensi=dimensi, nilai=nilai)
    HitunganProfil.objects.filter(pk=baris.pk).update(jumlah=baris.jumlah + 1)  # the period is locked
