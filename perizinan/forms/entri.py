"""Assisted entry: find a known party by an exact number, say what is asked for, note papers seen at the counter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Akun, DataPihak
from core.enkripsi import indeks_buta
from core.formulir import Formulir
from core.identitas import nik_sah, npwp_sah, telepon_sah
from perizinan import services
from perizinan.bahasa import dwibahasa
from perizinan.enums import PutusanSyarat
from perizinan.models import Permohonan, VersiLayanan
from perizinan.persyaratan import keadaan_syarat


class FormCari(Formulir):
    """One number: NIK, NPWP of a company, or phone. Only an exact match is found."""

    nomor = forms.CharField(
        label=_("NIK, NPWP badan, atau nomor HP"),
        help_text=_("Ketik lengkap. Data lama hanya ditemukan bila nomornya sama persis."),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def temukan(self) -> list[DataPihak]:
        """The newest data of each party that has this number now."""
        nomor = str(self.cleaned_data["nomor"])
        cocok = DataPihak.objects.none()
        if nik := _coba(nik_sah, nomor):
            cocok |= DataPihak.objects.filter(indeks_identitas=indeks_buta(nik))
        if npwp := _coba(npwp_sah, nomor):
            cocok |= DataPihak.objects.filter(indeks_npwp=indeks_buta(npwp, "npwp"))
        if hp := _coba(telepon_sah, nomor):
            cocok |= DataPihak.objects.filter(hp=hp)
        pemohon = set(cocok.values_list("pemohon_id", flat=True))
        terbaru: dict[int, DataPihak] = {}
        for d in DataPihak.objects.filter(pemohon__in=pemohon).select_related("pemohon").order_by("mulai", "pk"):
            terbaru[d.pemohon_id] = d
        cocok_kini = set(cocok.values_list("pk", flat=True))
        return [d for d in terbaru.values() if d.pk in cocok_kini]


def _coba(periksa: Any, nomor: str) -> str:
    try:
        return str(periksa(nomor))
    except ValidationError:
        return ""


class FormJenis(Formulir):
    """New, renewal, change: what the version offers."""

    jenis_permohonan = forms.ChoiceField(label=_("Untuk apa?"), widget=forms.RadioSelect)

    def __init__(self, versi: VersiLayanan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pilihan = [(str(p["kode"]), dwibahasa(p, "nama") or str(p["kode"])) for p in versi.jenis_permohonan]
        self.fields["jenis_permohonan"].choices = pilihan  # type: ignore[attr-defined] # a ChoiceField
        self.fields["jenis_permohonan"].initial = pilihan[0][0]


class FormFisik(Formulir):
    """Papers that lie on the counter and are scanned later, one tick per requirement."""

    def __init__(self, berkas: Permohonan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.berkas = berkas
        self.keadaan = keadaan_syarat(berkas)
        for k in self.keadaan:
            if not (k.berkas or k.izin_sendiri or k.sepaket):
                ada = k.pemeriksaan is not None and k.pemeriksaan.putusan == PutusanSyarat.FISIK
                self.fields[k.syarat.kode] = forms.BooleanField(label=k.syarat.nama, required=False, initial=ada)

    @property
    def siap(self) -> list[str]:
        """Names of requirements that are answered already."""
        return [k.syarat.nama for k in self.keadaan if k.syarat.kode not in self.fields]

    def simpan(self, oleh: Akun) -> int:
        """Note every ticked paper; returns how many."""
        dipilih = [k.syarat for k in self.keadaan if self.cleaned_data.get(k.syarat.kode)]
        for syarat in dipilih:
            services.periksa_syarat(self.berkas, syarat, PutusanSyarat.FISIK, oleh=oleh)
        return len(dipilih)


def pesan_fisik(jumlah: int) -> str:
    """What was noted, in words."""
    return gettext("%(n)d dokumen fisik dicatat. Back office memindainya sebelum verifikasi selesai.") % {"n": jumlah}
