"""Typing a plan: one form per objective, programme or activity with its measures, targets and money.

A cell that cannot be read is named together with its line; nothing that was typed is lost. Numbers as Indonesia
writes them. Two blank lines for new measures stand at the end; who needs more saves and gets two more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Akun, Unit
from core.formulir import Formulir
from core.galat import IsianTidakSah
from renstra import angka
from renstra.enums import MANUAL, ArahIndikator, TipeIndikator
from renstra.forms_evaluasi import BidangAngka
from renstra.models import Anggaran, Indikator, Kegiatan, Keluaran, Program, Rencana, Sasaran
from renstra.services import susun
from renstra.services.susun import Induk, IsiUkuran
from renstra.sumber import SUMBER

BARU: Final = ("baru1", "baru2")
_PILIHAN: Final = ("tipe", "arah", "sumber")
_BELUM: Final = gettext_lazy("%(kata)s belum diisi (%(baris)s).")


class BidangSel(BidangAngka):
    """A number whose error names the line, not only the column: a form has many columns of the same name."""

    def __init__(self, *, sebutan: str, **lain: Any) -> None:
        super().__init__(**lain)
        self.sebutan = sebutan

    def to_python(self, value: Any) -> Decimal | None:
        pendek, self.label = self.label, f"{self.label} ({self.sebutan})"
        try:
            return super().to_python(value)
        finally:
            self.label = pendek


@dataclass(frozen=True, slots=True)
class KelompokUkuran:
    """One measure on the page: its words, its row of numbers, whether to delete it, its findings."""

    judul: str
    bidang: list[forms.BoundField]
    angka: list[forms.BoundField]
    hapus: forms.BoundField | None
    temuan: list[str]


class FormInduk(Formulir):
    """An objective, programme or activity of `rencana` with its measures. `induk` without a key is a new one.

    `versi` is the digest of what was shown: where somebody else has changed the line since, the first try says so.
    """

    def __init__(self, rencana: Rencana, induk: Induk, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rencana, self.induk = rencana, induk
        self._kepala()
        self.nama_kepala = list(self.fields)
        if isinstance(induk, Kegiatan):
            self._pagu(induk)
        self.ukuran: dict[str, Indikator | Keluaran | None] = {str(u.pk): u for u in _anak(induk)}
        self.ukuran |= dict.fromkeys(BARU)
        for kunci, satu in self.ukuran.items():
            self._ukuran(kunci, satu)
        self.versi_kini = self._sidik()
        self.fields["versi"] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=self.versi_kini, max_length=64
        )
        if induk.pk:
            self.fields["hapus"] = forms.BooleanField(
                required=False, label=_("Hapus ini dari draf, beserta semua yang ada di dalamnya")
            )

    def _sidik(self) -> str:
        isi = [(n, str(f.initial)) for n, f in self.fields.items() if not n.startswith("baru")]
        return hashlib.sha256(repr(isi).encode()).hexdigest()

    def _kepala(self) -> None:
        satu = self.induk
        if isinstance(satu, Sasaran):
            self.fields["uraian"] = _teks(_("Uraian sasaran"), satu.uraian, 1000, panjang=True)
            return
        self.fields["nama"] = _teks(_("Nama"), satu.nama, 200 if isinstance(satu, Program) else 250)
        self.fields["kode"] = _teks(_("Kode rekening"), satu.kode, 40, wajib=False)
        if isinstance(satu, Program):
            pilihan = Sasaran.objects.filter(tujuan__rencana=self.rencana).order_by("tujuan__no", "no")
            self.fields["sasaran"] = forms.ModelChoiceField(
                pilihan, required=False, label=_("Sasaran yang didukung"), initial=satu.sasaran_id
            )
            return
        unit = Unit.objects.filter(aktif=True) | Unit.objects.filter(pk=satu.unit_id or 0)
        self.fields["unit"] = forms.ModelChoiceField(
            unit.order_by("nama"), required=False, label=_("Unit penanggung jawab"), initial=satu.unit_id
        )
        self.fields["lokasi"] = _teks(_("Lokasi"), satu.lokasi, 120, wajib=False)

    def _pagu(self, kegiatan: Kegiatan) -> None:
        lama: dict[int, int] = {}
        if kegiatan.pk:
            daftar = Anggaran.objects.filter(kegiatan=kegiatan, sub_kegiatan__isnull=True)
            lama = dict(daftar.values_list("tahun", "pagu"))
        for t in self.rencana.tahun:
            self.fields[f"pagu_{t}"] = BidangSel(
                label=_("Pagu %(tahun)d, rupiah") % {"tahun": t},
                sebutan=kegiatan.nama or _("kegiatan baru"),
                initial=angka.tulis(lama[t]) if t in lama else "",
                pecahan=False,
            )

    def _ukuran(self, kunci: str, satu: Indikator | Keluaran | None) -> None:
        sebutan = satu.nama if satu else _("baris baru")
        nama_panjang = 200 if isinstance(self.induk, Sasaran) else 250
        ada = satu is not None
        kata = {"nama": (_("Nama indikator"), nama_panjang), "satuan": (_("Satuan"), 40)}
        for nama, (label, panjang_maks) in kata.items():
            field = _teks(label, getattr(satu, nama, ""), panjang_maks, wajib=ada)
            field.error_messages["required"] = _BELUM % {"kata": label, "baris": sebutan}
            self.fields[f"{kunci}-{nama}"] = field
        pilihan = {
            "tipe": (_("Jenis"), TipeIndikator.choices, TipeIndikator.KUMULATIF.value),
            "arah": (_("Arah"), ArahIndikator.choices, ArahIndikator.POSITIF.value),
            "sumber": (_("Sumber realisasi"), _sumber(satu), MANUAL),
        }
        for nama, (label, isi, bawaan) in pilihan.items():
            awal = getattr(satu, nama) if satu else bawaan
            self.fields[f"{kunci}-{nama}"] = forms.ChoiceField(label=label, choices=isi, initial=awal, required=ada)
        if isinstance(self.induk, Sasaran):
            self.fields[f"{kunci}-iku"] = forms.BooleanField(
                label=_("Indikator kinerja utama"), required=False, initial=bool(getattr(satu, "iku", False))
            )
        target = {t.tahun: t.angka for t in satu.target.all()} if satu else {}
        kolom = {"awal": (_("Kondisi awal"), satu.awal if satu else None)}
        kolom |= {f"target_{t}": (_("Target %(tahun)d") % {"tahun": t}, target.get(t)) for t in self.rencana.tahun}
        kolom["akhir"] = (_("Kondisi akhir"), satu.akhir if satu else None)
        for nama, (label, nilai) in kolom.items():
            self.fields[f"{kunci}-{nama}"] = BidangSel(
                label=label, sebutan=sebutan, initial="" if nilai is None else angka.tulis(nilai)
            )
        if satu:
            self.fields[f"{kunci}-hapus"] = forms.BooleanField(
                required=False, label=_("Hapus %(nama)s dari draf") % {"nama": satu.nama}
            )

    def kepala(self) -> list[forms.BoundField]:
        """Fields of the line itself."""
        return [self[n] for n in self.nama_kepala]

    def pagu(self) -> list[forms.BoundField]:
        """The money of every year; empty where the line has none."""
        return [self[n] for n in self.fields if n.startswith("pagu_")]

    def kelompok(self, temuan: dict[int, list[str]]) -> Iterator[KelompokUkuran]:
        """The measures in their order, the blank ones last; `temuan` by key of the measure."""
        for kunci, satu in self.ukuran.items():
            nama_hapus = f"{kunci}-hapus"
            kata = ("nama", "satuan", *_PILIHAN, *(["iku"] if isinstance(self.induk, Sasaran) else []))
            yield KelompokUkuran(
                f"{satu.nama} ({satu.satuan})" if satu else _("Baris baru"),
                [self[f"{kunci}-{n}"] for n in kata],
                [self[n] for n, f in self.fields.items() if n.startswith(f"{kunci}-") and isinstance(f, BidangSel)],
                self[nama_hapus] if nama_hapus in self.fields else None,
                temuan.get(satu.pk, []) if satu else [],
            )

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or self.cleaned_data
        for kunci in self.ukuran:
            if self._terisi(kunci):
                for nama, kata in (("nama", _("Nama indikator")), ("satuan", _("Satuan"))):
                    if f"{kunci}-{nama}" in isi and not isi[f"{kunci}-{nama}"]:
                        baris = self.ukuran[kunci]
                        sebutan = {"kata": kata, "baris": baris.nama if baris else _("baris baru")}
                        self.add_error(f"{kunci}-{nama}", _BELUM % sebutan)
        if self.induk.pk and isi.get("versi") != self.versi_kini:
            self.data = dict(self.data.items()) | {"versi": self.versi_kini}
            self.add_error(
                None,
                _("Baris ini diubah orang lain sejak Anda membukanya. Bandingkan dulu; menyimpan lagi menimpanya."),
            )
        return isi

    def _terisi(self, kunci: str) -> bool:
        """An existing measure that is not deleted, or a blank line in which something stands."""
        if self.ukuran[kunci] is not None:
            return not self.cleaned_data.get(f"{kunci}-hapus")
        awal = f"{kunci}-"
        kata = {f"{kunci}-{n}" for n in ("nama", "satuan")}
        return any(
            self.cleaned_data.get(n) not in (None, "") or n in self.errors
            for n, f in self.fields.items()
            if n.startswith(awal) and (n in kata or isinstance(f, BidangSel))
        )

    def isi_ukuran(self) -> list[IsiUkuran]:
        """The measures as they were typed."""
        return [self._isi(k) for k, satu in self.ukuran.items() if satu is not None or self._terisi(k)]

    def _isi(self, kunci: str) -> IsiUkuran:
        isi, satu = self.cleaned_data, self.ukuran[kunci]
        kata = {n: isi[f"{kunci}-{n}"] for n in ("nama", "satuan", *_PILIHAN)}
        bawaan = {"arah": ArahIndikator.POSITIF.value, "tipe": TipeIndikator.KUMULATIF.value, "sumber": MANUAL}
        return IsiUkuran(
            pk=satu.pk if satu else None,
            **{n: v or bawaan.get(n, "") for n, v in kata.items()},
            awal=isi[f"{kunci}-awal"],
            akhir=isi[f"{kunci}-akhir"],
            target={t: isi[f"{kunci}-target_{t}"] for t in self.rencana.tahun},
            iku=bool(isi.get(f"{kunci}-iku")),
            hapus=bool(isi.get(f"{kunci}-hapus")),
        )

    def simpan(self, oleh: Akun) -> Induk | None:
        """Write the line; None where the service refused a cell, which is then named."""
        for nama in self.nama_kepala:
            setattr(self.induk, nama, self.cleaned_data[nama])
        try:
            if isinstance(self.induk, Sasaran):
                return susun.ubah_sasaran(self.rencana.pk, self.induk, self.isi_ukuran(), oleh=oleh)
            if isinstance(self.induk, Program):
                return susun.ubah_program(self.rencana.pk, self.induk, self.isi_ukuran(), oleh=oleh)
            pagu = {t: self.cleaned_data[f"pagu_{t}"] for t in self.rencana.tahun}
            bulat = {t: None if n is None else int(n) for t, n in pagu.items()}
            return susun.ubah_kegiatan(self.rencana.pk, self.induk, self.isi_ukuran(), bulat, oleh=oleh)
        except IsianTidakSah as galat:
            self.add_error(None, galat.pesan)
            return None


def _teks(label: str, awal: str, panjang_maks: int, *, wajib: bool = True, panjang: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2}) if panjang else forms.TextInput()
    satu = forms.CharField(label=label, initial=awal, max_length=panjang_maks, required=wajib, widget=widget)
    satu.error_messages["required"] = _("%(nama)s belum diisi.") % {"nama": label}
    return satu


def _sumber(satu: Indikator | Keluaran | None) -> list[tuple[str, Any]]:
    """The registered sources; a code that is no longer registered stays selectable, and is refused on saving."""
    daftar = [(MANUAL, gettext_lazy("Dicatat perencana")), *((s.kode, s.nama) for s in SUMBER.values())]
    kini = satu.sumber if satu else MANUAL
    return daftar if kini in dict(daftar) else [*daftar, (kini, kini)]


def _anak(induk: Induk) -> list[Any]:
    if not induk.pk:
        return []
    if isinstance(induk, Sasaran):
        return list(induk.indikator.order_by("no").prefetch_related("target"))
    milik = induk.hasil if isinstance(induk, Program) else induk.keluaran
    return list(milik.order_by("urutan").prefetch_related("target"))
