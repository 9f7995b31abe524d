"""Keeping the counts in step with the answers: one more, one less, in the transaction that changes the answer."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from ikm.models import Hitungan, Jawaban


def tambah(jawaban: Jawaban) -> None:
    """Count an answer. The caller holds the period's lock, so that no row is made twice."""
    sel = _sel(jawaban)
    if sel.count() < len(jawaban.nilai):
        Hitungan.objects.bulk_create(_kosong(jawaban), ignore_conflicts=True)
    sel.update(jumlah=F("jumlah") + 1)


def kurangi(jawaban: Jawaban) -> None:
    """Leave an answer out of the counts, because somebody gave a reason (Pengecualian). Same lock."""
    _sel(jawaban).update(jumlah=F("jumlah") - 1)


def _sel(jawaban: Jawaban) -> QuerySet[Hitungan]:
    """The cell of every value that the answer gave."""
    pilihan = Q()
    for urutan, nilai in enumerate(jawaban.nilai, start=1):
        pilihan |= Q(urutan=urutan, nilai=nilai)
    return Hitungan.objects.filter(pilihan, **_asal(jawaban))


def _kosong(jawaban: Jawaban) -> list[Hitungan]:
    """The same cells at zero."""
    asal = _asal(jawaban)
    return [Hitungan(**asal, urutan=urutan, nilai=nilai) for urutan, nilai in enumerate(jawaban.nilai, start=1)]


def _asal(jawaban: Jawaban) -> dict[str, object]:
    return {
        "periode_id": jawaban.periode_id,
        "kelompok": jawaban.kelompok,
        "layanan": jawaban.layanan,
        "saluran": jawaban.saluran,
    }
