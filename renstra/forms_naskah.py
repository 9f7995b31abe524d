"""All texts of a book in one form. What was not touched is not written; what two people touched is shown twice.

Beside every text goes what the writer saw (`dasar`: version and digest), so that only texts that were really changed
are compared with what others wrote meanwhile.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Akun
from core.formulir import Formulir
from core.galat import Bentrok
from renstra.laporan.narasi import Kunci, Tempat
from renstra.laporan.teks import rapikan
from renstra.models import Naskah, Rencana
from renstra.services import naskah as layanan

_HURUF = 16
_VERSI_HURUF = 9


class BidangTeks(forms.CharField):
    """Lines as people type them. Line ends are made one kind before they are counted."""

    def __init__(self, **lain: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 5})
        super().__init__(required=False, max_length=layanan.PANJANG_MAKS, widget=widget, **lain)

    def to_python(self, value: Any) -> str:
        return rapikan(str(value or ""))


@dataclass(slots=True)
class Hasil:
    """What a form did: how many texts it wrote, and those that somebody else had changed (key, what is there now)."""

    tersimpan: int = 0
    bentrok: dict[Kunci, Naskah] = field(default_factory=dict)


class FormNaskah(Formulir):
    """The texts of one year. `milikku` are texts of a refused try that stand in the place of what is kept."""

    def __init__(
        self,
        tempat: Sequence[Tempat],
        ada: Mapping[Kunci, Naskah],
        *args: Any,
        milikku: Mapping[Kunci, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.tempat = list(tempat)
        for t in self.tempat:
            lama = ada.get(t.kunci)
            isi = lama.isi if lama else ""
            tanda = tanda_tempat(t)
            label = t.indikator or str(t.bagian.label)
            self.fields[f"isi_{tanda}"] = BidangTeks(
                label=_("Sebab: %(nama)s") % {"nama": label} if t.indikator else label,
                initial=(milikku or {}).get(t.kunci, isi),
            )
            self.fields[f"dasar_{tanda}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=f"{lama.versi if lama else 0}.{_sidik(isi)}"
            )

    def simpan(self, rencana: Rencana, tahun: int, oleh: Akun) -> Hasil:
        """Write what was changed in one transaction; a text that somebody else changed too is left as it is."""
        hasil = Hasil()
        with transaction.atomic():
            for t in self.tempat:
                isi, (versi, dasar) = self.cleaned_data[f"isi_{tanda_tempat(t)}"], self._dasar(t)
                if _sidik(isi) == dasar:
                    continue
                try:
                    layanan.tulis(rencana, tahun, t.bagian, t.acuan, isi, versi=versi, oleh=oleh)
                    hasil.tersimpan += 1
                except Bentrok:
                    kini = Naskah.objects.select_related("oleh").get(
                        rencana=rencana, tahun=tahun, bagian=t.bagian, acuan=t.acuan
                    )
                    if kini.isi != isi:
                        hasil.bentrok[t.kunci] = kini
        return hasil

    def milik(self, kunci: Mapping[Kunci, Naskah]) -> dict[Kunci, str]:
        """The texts of these places as they were typed."""
        return {t.kunci: self.cleaned_data[f"isi_{tanda_tempat(t)}"] for t in self.tempat if t.kunci in kunci}

    def _dasar(self, t: Tempat) -> tuple[int, str]:
        """Version and digest that the writer saw; a mark that is none counts as having seen nothing."""
        versi, _titik, dasar = str(self.cleaned_data.get(f"dasar_{tanda_tempat(t)}", "")).partition(".")
        sah = versi.isascii() and versi.isdecimal() and len(versi) <= _VERSI_HURUF
        return (int(versi), dasar) if sah else (0, "")


def tanda_tempat(t: Tempat) -> str:
    """Names the place in the form: the part, and for a cause a digest of its line."""
    return f"{t.bagian.value}_{_sidik(t.acuan)}" if t.acuan else t.bagian.value


def _sidik(teks: str) -> str:
    return hashlib.sha256(teks.encode()).hexdigest()[:_HURUF]
