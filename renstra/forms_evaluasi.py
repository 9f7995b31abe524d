"""Reporting a quarter: one form for every output that people count and every budget of the year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Akun
from core.formulir import Formulir
from core.galat import IsianTidakSah
from renstra import angka
from renstra.enums import MANUAL
from renstra.evaluasi import CATATAN
from renstra.halaman_evaluasi import URUTAN
from renstra.models import (
    Anggaran,
    CatatanEvaluasi,
    Keluaran,
    RealisasiAnggaran,
    RealisasiKinerja,
    Rencana,
    Target,
)
from renstra.services import realisasi
from renstra.sumber import Masa

#: 1.234,5 or 1234,5; a dot is never a decimal mark, so `1.5` is refused rather than read as 15.
_ANGKA = re.compile(r"(\d{1,3}(\.\d{3})+|\d+)(,\d{1,4})?")
_BANYAK_ANGKA = 14
_LAJUR = ("angka", "keterangan", "bukti")


class BidangAngka(forms.Field):
    """A number as Indonesia writes it; empty is None."""

    def __init__(self, *, pecahan: bool = True, **lain: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal" if pecahan else "numeric", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **lain)
        self.pecahan = pecahan

    def to_python(self, value: Any) -> Decimal | None:
        teks = str(value or "").strip().removeprefix("Rp").strip()
        if not teks:
            return None
        if not _ANGKA.fullmatch(teks) or (not self.pecahan and "," in teks):
            contoh = "1.234,5" if self.pecahan else "1.250.000"
            raise ValidationError(
                _("%(nama)s belum dapat dibaca. Tulis seperti %(contoh)s.") % {"nama": self.label, "contoh": contoh}
            )
        nilai = Decimal(teks.replace(".", "").replace(",", "."))
        if nilai >= 10**_BANYAK_ANGKA:
            raise ValidationError(_("%(nama)s terlalu besar.") % {"nama": self.label})
        return nilai


@dataclass(frozen=True, slots=True)
class Lajur:
    """One output with its fields, and the evidence that is there already."""

    bukti: str
    bidang: list[forms.BoundField]


@dataclass(frozen=True, slots=True)
class Kelompok:
    """A programme or an activity: its outputs and the field of its money."""

    nama: str
    lajur: list[Lajur]
    uang: list[forms.BoundField]


class FormRealisasi(Formulir):
    """All of a quarter. `simpan` writes what changed, or nothing and names the bad cells."""

    def __init__(self, rencana: Rencana, masa: Masa, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rencana, self.masa = rencana, masa
        milik = Q(kegiatan__program__rencana=rencana) | Q(program__rencana=rencana)
        keluaran = Keluaran.objects.filter(milik, sumber=MANUAL).select_related("kegiatan", "program")
        self.keluaran = list(keluaran.order_by(*URUTAN))
        masa_ini = {"tahun": masa.tahun, "triwulan": masa.triwulan}
        catatan = RealisasiKinerja.objects.filter(keluaran__in=self.keluaran, **masa_ini)
        self.lama = {r.keluaran_id: r for r in catatan}
        target = Target.objects.filter(keluaran__in=self.keluaran, tahun=masa.tahun)
        self.target = {t.keluaran_id: t.teks or (angka.tulis(t.angka) if t.angka is not None else "") for t in target}
        anggaran = Anggaran.objects.filter(
            kegiatan__program__rencana=rencana, tahun=masa.tahun, sub_kegiatan__isnull=True
        )
        urut_uang = ("kegiatan__program__no", "kegiatan__no")
        self.anggaran = list(anggaran.select_related("kegiatan").order_by(*urut_uang))
        uang = RealisasiAnggaran.objects.filter(anggaran__in=self.anggaran, triwulan=masa.triwulan)
        self.uang_lama = {r.anggaran_id: r.rupiah for r in uang}
        for k in self.keluaran:
            self._tambah_keluaran(k)
        for a in self.anggaran:
            label = _("Uang terpakai triwulan ini, rupiah (%(nama)s)") % {"nama": a.kegiatan.nama}
            bantu = _("Pagu tahun ini Rp%(pagu)s") % {"pagu": angka.tulis(a.pagu)}
            lama = self.uang_lama.get(a.pk)
            awal = "" if lama is None else angka.tulis(lama)
            self.fields[f"uang_{a.pk}"] = BidangAngka(label=label, help_text=bantu, initial=awal, pecahan=False)
        self._tambah_catatan()

    def _tambah_keluaran(self, k: Keluaran) -> None:
        lama = self.lama.get(k.pk)
        nama = {"nama": k.nama}
        self.fields[f"angka_{k.pk}"] = BidangAngka(
            label=f"{k.nama} ({k.satuan})",
            help_text=_("Target tahun ini: %(t)s") % {"t": target} if (target := self.target.get(k.pk)) else "",
            initial=angka.tulis(lama.angka) if lama else "",
        )
        self.fields[f"keterangan_{k.pk}"] = forms.CharField(
            label=_("Dasar angka (%(nama)s)") % nama,
            required=False,
            max_length=500,
            initial=lama.keterangan if lama else "",
        )
        self.fields[f"bukti_{k.pk}"] = forms.FileField(
            label=_("Bukti (%(nama)s)") % nama,
            required=False,
            widget=forms.FileInput(
                attrs={"accept": "application/pdf,image/*", "data-maks": str(realisasi.BUKTI_MAKS)}
            ),
        )

    def _tambah_catatan(self) -> None:
        rencana, masa = self.rencana, self.masa
        lama = CatatanEvaluasi.objects.filter(rencana=rencana, tahun=masa.tahun, triwulan=masa.triwulan).first()
        label = (
            _("Faktor pendorong"),
            _("Faktor penghambat"),
            _("Tindak lanjut pada triwulan berikut"),
            _("Tindak lanjut pada Renja berikut"),
        )
        self.catatan_lama = {nama: getattr(lama, nama, "") for nama in CATATAN}
        for nama, kata in zip(CATATAN, label, strict=True):
            self.fields[nama] = forms.CharField(
                label=kata,
                required=False,
                max_length=2000,
                initial=self.catatan_lama[nama],
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def kelompok(self) -> list[Kelompok]:
        """The fields by programme and activity, in the order of the plan."""
        hasil: dict[tuple[str, int], Kelompok] = {}
        uang = {a.kegiatan_id: self[f"uang_{a.pk}"] for a in self.anggaran}
        nama = {a.kegiatan_id: a.kegiatan.nama for a in self.anggaran}
        for k in self.keluaran:
            kunci = ("kegiatan", k.kegiatan_id) if k.kegiatan_id else ("program", k.program_id or 0)
            induk = k.kegiatan or k.program
            biaya = [uang.pop(k.kegiatan_id)] if k.kegiatan_id in uang else []
            satu = hasil.setdefault(kunci, Kelompok(induk.nama if induk else "", [], biaya))
            satu.lajur.append(self._lajur(k))
        sisa = [Kelompok(nama[pk], [], [field]) for pk, field in uang.items()]
        return [*hasil.values(), *sisa]

    def _lajur(self, k: Keluaran) -> Lajur:
        lama = self.lama.get(k.pk)
        bukti = str(lama.bukti).rpartition("/")[2] if lama else ""
        return Lajur(bukti, [self[f"{n}_{k.pk}"] for n in _LAJUR])

    def catatan(self) -> list[forms.BoundField]:
        """The foot of the form."""
        return [self[nama] for nama in CATATAN]

    def clean(self) -> dict[str, Any]:
        """What was reported once cannot be taken back by emptying its cell; a note needs its number."""
        isi: dict[str, Any] = super().clean() or {}
        for k in self.keluaran:
            ada = isi.get(f"keterangan_{k.pk}") or isi.get(f"bukti_{k.pk}") or k.pk in self.lama
            if f"angka_{k.pk}" in isi and isi[f"angka_{k.pk}"] is None and ada:
                self.add_error(f"angka_{k.pk}", _("Tulis angkanya; bila memang tidak ada hasil, tulis 0."))
        for a in self.anggaran:
            if f"uang_{a.pk}" in isi and isi[f"uang_{a.pk}"] is None and a.pk in self.uang_lama:
                self.add_error(f"uang_{a.pk}", _("Tulis jumlahnya; bila memang tidak terpakai, tulis 0."))
        return isi

    def simpan(self, oleh: Akun) -> int | None:
        """Write every changed cell in one transaction. Returns how many; None where a cell was refused."""
        banyak = 0
        with transaction.atomic():
            titik = transaction.savepoint()
            for k in self.keluaran:
                banyak += self._simpan_keluaran(k, oleh)
            for a in self.anggaran:
                banyak += self._simpan_uang(a, oleh)
            catatan = {n: self.cleaned_data.get(n, "") for n in CATATAN}
            if catatan != self.catatan_lama:
                realisasi.catat_evaluasi(self.rencana, self.masa, catatan, oleh=oleh)
                banyak += 1
            if self.errors:
                transaction.savepoint_rollback(titik)
                return None
            transaction.savepoint_commit(titik)
        return banyak

    def _simpan_keluaran(self, k: Keluaran, oleh: Akun) -> int:
        nilai, kata, bukti = (self.cleaned_data.get(f"{n}_{k.pk}") for n in _LAJUR)
        lama = self.lama.get(k.pk)
        sama = lama is not None and nilai == lama.angka and (kata or "") == lama.keterangan and not bukti
        if nilai is None or sama:
            return 0
        try:
            realisasi.catat(k, self.masa, nilai, oleh=oleh, keterangan=kata or "", bukti=bukti)
        except IsianTidakSah as galat:
            for nama, kalimat in (galat.rincian or {"angka": [galat.pesan]}).items():
                self.add_error(f"{nama if nama in _LAJUR else 'angka'}_{k.pk}", [f"{k.nama}: {s}" for s in kalimat])
            return 0
        return 1

    def _simpan_uang(self, a: Anggaran, oleh: Akun) -> int:
        nilai = self.cleaned_data.get(f"uang_{a.pk}")
        if nilai is None or int(nilai) == self.uang_lama.get(a.pk):
            return 0
        realisasi.catat_uang(a, self.masa.triwulan, int(nilai), oleh=oleh)
        return 1


class FormAlasan(Formulir):
    """Why a signed quarter is opened again."""

    alasan = forms.CharField(label=gettext_lazy("Mengapa triwulan ini dibuka lagi?"), max_length=240)
