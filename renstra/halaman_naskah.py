"""The page of a year's texts: each place with the sentence it explains, what is written, and what is not yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.urls import reverse

from accounts.models import Akun
from renstra.enums import BagianNaskah
from renstra.forms_naskah import FormNaskah, tanda_tempat
from renstra.laporan.lkjip import bahan_tahun
from renstra.laporan.narasi import Kunci, Tempat, tempat
from renstra.laporan.teks import Blok, blok
from renstra.models import Naskah, Rencana
from renstra.services.realisasi import PELAPOR


@dataclass(frozen=True, slots=True)
class BarisNaskah:
    """One place: its sentence, its field (None for who only reads), what is kept, and what somebody else wrote."""

    tempat: Tempat
    judul: str
    jangkar: str
    field: forms.BoundField | None
    dasar: forms.BoundField | None
    naskah: Naskah | None
    lawan: Naskah | None

    @property
    def ditulis(self) -> bool:
        return bool(self.naskah and self.naskah.isi)

    @property
    def blok(self) -> tuple[Blok, ...]:
        """What is kept, as the book prints it."""
        return blok(self.naskah.isi) if self.naskah else ()


class HalamanNaskah:
    """The texts of one year as `orang` sees them. A fixed number of queries."""

    def __init__(self, rencana: Rencana, tahun: int, orang: Akun) -> None:
        self.rencana, self.tahun, self.orang = rencana, tahun, orang

    @cached_property
    def tempat(self) -> list[Tempat]:
        return tempat(bahan_tahun(self.rencana, self.tahun)[0])

    @cached_property
    def ada(self) -> dict[Kunci, Naskah]:
        """What is kept, by its place."""
        daftar = Naskah.objects.filter(rencana=self.rencana, tahun=self.tahun).select_related("oleh")
        return {(n.bagian, n.acuan): n for n in daftar}

    @property
    def boleh_tulis(self) -> bool:
        return self.orang.berperan(*PELAPOR)

    def form(self, *kiriman: Any, milikku: Mapping[Kunci, str] | None = None) -> FormNaskah:
        return FormNaskah(self.tempat, self.ada, *kiriman, milikku=milikku)

    def baris(self, form: FormNaskah | None, lawan: Mapping[Kunci, Naskah] | None = None) -> list[BarisNaskah]:
        """Every place in the order of the book."""
        hasil = []
        for t in self.tempat:
            tanda = tanda_tempat(t)
            isi, dasar = (form[f"isi_{tanda}"], form[f"dasar_{tanda}"]) if form else (None, None)
            judul = t.indikator or str(t.bagian.label)
            jangkar = isi.id_for_label if isi else f"naskah_{tanda}"
            naskah = self.ada.get(t.kunci)
            hasil.append(BarisNaskah(t, judul, jangkar, isi, dasar, naskah, (lawan or {}).get(t.kunci)))
        return hasil

    def segarkan(self) -> None:
        """Forget what was read of the texts."""
        self.__dict__.pop("ada", None)

    def alamat(self) -> str:
        return reverse("renstra_naskah", query={"tahun": self.tahun})

    @cached_property
    def tersisih(self) -> list[Naskah]:
        """Texts whose place is no longer asked for because the data changed: kept, not printed."""
        kunci = {t.kunci for t in self.tempat}
        sisa = [n for k, n in self.ada.items() if k not in kunci and n.isi]
        return sorted(sisa, key=lambda n: (BagianNaskah.values.index(n.bagian), n.acuan))
