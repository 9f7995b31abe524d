"""Answers that look odd, and remarks: looked at by a person, decided with a reason, never by a rule alone."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Final

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from accounts.enums import Peran
from accounts.models import Akun
from core.galat import Bentrok, IsianTidakSah, TidakBerwenang, TidakDitemukan
from core.waktu import sekarang
from ikm.models import KOLOM_UNSUR, Jawaban, Komentar, Pengecualian, Periode
from ikm.services import hitungan
from ikm.services.menjawab import kunci_periode

#: From so many answers of one channel with the very same values on, somebody should look.
KEMBAR_MIN: Final = 3
TANDA_MAKS: Final = 8
_PANJANG_TANDA: Final = 30


def perlu_dilihat(periode: Iterable[Periode]) -> QuerySet[Jawaban]:
    """Answers with one value throughout about which nobody has decided, in the order of their random keys."""
    seragam = Jawaban.objects.filter(periode__in=list(periode), seragam=True, pengecualian__isnull=True)
    return seragam.select_related("periode").order_by("kunci")


def kembar(periode: Iterable[Periode]) -> list[list[Jawaban]]:
    """Answers of one channel and period with the very same values, by the bigger group first; uniform ones left out.

    Groups in which all answers are decided are left out too. Reads every answer of the periods once.
    """
    dalam = Jawaban.objects.filter(periode__in=list(periode), seragam=False)
    pola = dalam.values("periode_id", "saluran", *KOLOM_UNSUR).annotate(n=Count("pk")).filter(n__gte=KEMBAR_MIN)
    hasil = []
    for satu in pola.order_by("-n", *KOLOM_UNSUR)[:20]:
        ciri = {k: v for k, v in satu.items() if k != "n" and v is not None}
        belum = list(Jawaban.objects.filter(**ciri, pengecualian__isnull=True).select_related("periode")[:50])
        if belum:
            hasil.append(belum)
    return hasil


def putuskan(kunci: int, *, dihitung: bool, alasan: str, oleh: Akun) -> Pengecualian:
    """Keep an answer in the count or leave it out, with a reason; once.

    Locks the answer's period. Raises TidakBerwenang, TidakDitemukan, IsianTidakSah without a reason, Bentrok when
    somebody has decided, TransisiDitolak in a closed period.
    """
    _pastikan_perencana(oleh)
    alasan = alasan.strip()
    if not alasan:
        raise IsianTidakSah(_("Tulis alasannya."), {"alasan": [_("Tulis alasannya.")]})
    with transaction.atomic():
        jawaban = Jawaban.objects.select_related("periode").filter(pk=kunci).first()
        if jawaban is None:
            raise TidakDitemukan(_("Jawaban ini tidak ada."))
        kunci_periode(jawaban.periode)
        if Pengecualian.objects.filter(jawaban=jawaban).exists():
            raise Bentrok(_("Jawaban ini sudah diputuskan."))
        if not dihitung:
            Jawaban.objects.filter(pk=jawaban.pk).update(dikecualikan=True)
            hitungan.kurangi(jawaban)
        return Pengecualian.objects.create(
            jawaban=jawaban, dihitung=dihitung, alasan=alasan[:240], oleh=oleh, pada=sekarang()
        )


def tandai_komentar(kunci: uuid.UUID, *, tanda: str, disembunyikan: bool, oleh: Akun) -> Komentar:
    """Give a remark its words (parted by commas, lower case, at most eight) and say whether it may be published.

    Raises TidakBerwenang, TidakDitemukan, IsianTidakSah.
    """
    _pastikan_perencana(oleh)
    kata = list(dict.fromkeys(" ".join(t.lower().split()) for t in tanda.split(",") if t.strip()))
    if len(kata) > TANDA_MAKS or any(len(t) > _PANJANG_TANDA for t in kata):
        kalimat = _("Paling banyak %(n)d tanda, masing-masing %(huruf)d huruf.") % {
            "n": TANDA_MAKS,
            "huruf": _PANJANG_TANDA,
        }
        raise IsianTidakSah(kalimat, {"tanda": [kalimat]})
    komentar = Komentar.objects.filter(pk=kunci).first()
    if komentar is None:
        raise TidakDitemukan(_("Komentar ini tidak ada."))
    komentar.tanda, komentar.disembunyikan = kata, disembunyikan
    komentar.save(update_fields=["tanda", "disembunyikan"])
    return komentar


def _pastikan_perencana(oleh: Akun) -> None:
    if not oleh.berperan(Peran.PERENCANA):
        raise TidakBerwenang(_("Ini pekerjaan perencana."))
