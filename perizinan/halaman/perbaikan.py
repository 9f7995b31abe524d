"""The correction page (ux.md screen 9): each item beside its requirement or field, with the reason and its answer."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Akun
from perizinan.bahasa import dwibahasa
from perizinan.enums import AsalSyarat
from perizinan.forms.isian import FormIsian, nilai_awal
from perizinan.forms.unggah import FormJawaban, FormUnggah
from perizinan.halaman.pengisian import BarisBerkas, baris_berkas
from perizinan.halaman.permohonan import HALAMAN_VERBA, Tindakan, tindakan
from perizinan.models import Berkas, ButirPerbaikan, Perbaikan, Permohonan

HALAMAN = "permohonan_perbaikan"


@dataclass(frozen=True, slots=True)
class BarisButir:
    """One thing to put right. `ke` is its place in the round, and what addresses name it by."""

    ke: int
    butir: ButirPerbaikan
    judul: str
    berkas: list[BarisBerkas]
    form: forms.Form
    boleh_nyatakan: bool
    alamat: str

    @property
    def keadaan(self) -> str:
        return "siap" if self.butir.dijawab_pada else "perlu"


@dataclass(frozen=True, slots=True)
class HalamanPerbaikan:
    """The open round of a file."""

    putaran: Perbaikan
    butir: list[BarisButir]
    kirim: Tindakan | None

    @property
    def belum(self) -> int:
        return sum(1 for b in self.butir if not b.butir.dijawab_pada)


def susun(permohonan: Permohonan, akun: Akun, salah: dict[int, forms.Form] | None = None) -> HalamanPerbaikan | None:
    """The round that waits for the applicant, or None. `salah` are forms with errors, by place."""
    putaran = permohonan.perbaikan.filter(ditutup_pada__isnull=True).first()
    if putaran is None:
        return None
    daftar = list(putaran.butir.select_related("syarat", "isian").order_by("pk"))
    aktif = list(permohonan.berkas.filter(diganti_pada__isnull=True).exclude(file="").order_by("urutan", "pk"))
    butir = []
    for ke, satu in enumerate(daftar, start=1):
        form = (salah or {}).get(ke) or form_butir(permohonan, satu, ke)
        berkas = [b for b in aktif if satu.syarat_id and b.syarat_id == satu.syarat_id]
        butir.append(_baris(permohonan, ke, satu, berkas, form))
    kirim = next((a for a in tindakan(permohonan, akun) if HALAMAN_VERBA.get(a.verba) == HALAMAN), None)
    return HalamanPerbaikan(putaran, butir, kirim)


def form_butir(permohonan: Permohonan, butir: ButirPerbaikan, ke: int) -> forms.Form:
    """What answers an item: files for a requirement, the field itself, or words."""
    if butir.syarat:
        return FormUnggah(butir.syarat)
    if butir.isian:
        return FormIsian([butir.isian], initial=nilai_awal(permohonan, [butir.isian]), auto_id=f"id_{ke}_%s")
    form = FormJawaban(kode=str(ke))
    form.initial = {"jawaban": butir.jawaban}
    return form


def _baris(
    permohonan: Permohonan, ke: int, butir: ButirPerbaikan, berkas: list[Berkas], form: forms.Form
) -> BarisButir:
    judul = dwibahasa(butir.syarat, "nama") if butir.syarat else ""
    judul = judul or (dwibahasa(butir.isian, "label") if butir.isian else _("Pertanyaan petugas"))
    return BarisButir(
        ke,
        butir,
        judul,
        baris_berkas(berkas),
        form,
        bool(butir.syarat and butir.syarat.asal == AsalSyarat.SURAT_BUATAN),
        reverse("permohonan_perbaikan_butir", args=[permohonan.acuan, ke]),
    )
