"""Forms of the counter: the completeness check, the hand-over, finding and noting a party."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Akun
from core.formulir import Formulir
from perizinan import services
from perizinan.enums import AsliSyarat, PutusanSyarat
from perizinan.forms.dasar import FormTindakan
from perizinan.models import Permohonan
from perizinan.persyaratan import KeadaanSyarat, keadaan_syarat

_PUTUSAN = {
    PutusanSyarat.TERIMA: _("Terima"),
    PutusanSyarat.KURANG: _("Kurang"),
    PutusanSyarat.FISIK: _("Ada fisik, dipindai nanti"),
}


class FormPeriksaSyarat(Formulir):
    """The verdict on one requirement: its own coded reasons, an addition, whether the original was seen."""

    putusan = forms.ChoiceField(label=_("Putusan"), required=False, widget=forms.RadioSelect)
    kode_alasan = forms.ChoiceField(label=_("Alasan, dibaca pemohon"), required=False)
    catatan = forms.CharField(label=_("Tambahan untuk pemohon"), max_length=120, required=False)
    asli_dilihat = forms.BooleanField(label=_("Asli sudah dilihat"), required=False)

    def __init__(self, *args: Any, keadaan: KeadaanSyarat, **kwargs: Any) -> None:
        self.keadaan = keadaan
        lama = keadaan.pemeriksaan
        awal = {n: getattr(lama, n) for n in self.base_fields} if lama else {}
        super().__init__(*args, initial=awal, prefix=keadaan.syarat.kode, **kwargs)
        self.fields["putusan"].choices = [(p.value, _PUTUSAN[p]) for p in _pilihan(keadaan)]  # type: ignore[attr-defined] # a ChoiceField
        alasan = [("", _("Pilih alasan")), *((a["kode"], a["teks"]) for a in keadaan.syarat.alasan)]
        self.fields["kode_alasan"].choices = alasan  # type: ignore[attr-defined] # a ChoiceField
        if keadaan.syarat.asli == AsliSyarat.TIDAK:
            del self.fields["asli_dilihat"]

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or self.cleaned_data
        if isi.get("putusan") == PutusanSyarat.KURANG and not isi.get("kode_alasan"):
            self.add_error(
                "kode_alasan",
                gettext("Pilih alasan kekurangan untuk %(nama)s.") % {"nama": self.keadaan.syarat.nama},
            )
        return isi

    def simpan(self, berkas: Permohonan, oleh: Akun) -> None:
        """Write the verdict when one was given and it differs from the last one."""
        isi = self.cleaned_data
        if not isi["putusan"] or not self.has_changed():
            return
        services.periksa_syarat(
            berkas,
            self.keadaan.syarat,
            isi["putusan"],
            oleh=oleh,
            kode_alasan=isi["kode_alasan"],
            catatan=isi["catatan"],
            asli_dilihat=isi.get("asli_dilihat", False),
        )


def _pilihan(keadaan: KeadaanSyarat) -> list[PutusanSyarat]:
    """What can be said: only what is there can be accepted, only what was not sent can lie on the counter."""
    terkirim = bool(keadaan.berkas or keadaan.izin_sendiri or keadaan.sepaket)
    lama = keadaan.pemeriksaan.putusan if keadaan.pemeriksaan else ""
    boleh = {
        PutusanSyarat.TERIMA: terkirim,
        PutusanSyarat.KURANG: True,
        PutusanSyarat.FISIK: not terkirim or lama == PutusanSyarat.FISIK,
    }
    return [p for p, ya in boleh.items() if ya]


def form_periksa(berkas: Permohonan, data: Any = None) -> list[FormPeriksaSyarat]:
    """One form per applicable requirement, in the order of the catalogue."""
    return [FormPeriksaSyarat(data, keadaan=k) for k in keadaan_syarat(berkas)]


class FormSerahkan(FormTindakan):
    """Hand-over: identity compared, each original shown or handed in, the survey offered, never demanded."""

    identitas_cocok = forms.BooleanField(
        label=_("Identitas pengambil (atau surat kuasanya) cocok dengan berkas"), required=False
    )

    def bidang_tambahan(self) -> dict[str, forms.Field]:
        bidang: dict[str, forms.Field] = {
            f"asli_{k.syarat.kode}": forms.BooleanField(label=_kata_asli(k), required=False)
            for k in keadaan_syarat(self.berkas)
            if k.syarat.asli != AsliSyarat.TIDAK and k.ada
        }
        bidang["survei"] = forms.ChoiceField(
            label=_("Survei kepuasan, 2 menit"),
            help_text=_("Tawarkan kepada semua orang. Jawabannya tidak memengaruhi penyerahan."),
            choices=[("isi_sekarang", _("Isi sekarang")), ("lain_kali", _("Lain kali"))],
            initial="lain_kali",
            widget=forms.RadioSelect,
        )
        return bidang

    def data_layanan(self) -> dict[str, Any]:
        isi = self.cleaned_data
        return {
            "identitas_cocok": isi["identitas_cocok"],
            "asli_lengkap": all(v for k, v in isi.items() if k.startswith("asli_")),
            "survei": isi["survei"],
        }


def _kata_asli(keadaan: KeadaanSyarat) -> str:
    pola = (
        gettext("Asli diserahkan: %(nama)s")
        if keadaan.syarat.asli == AsliSyarat.SERAHKAN
        else gettext("Asli ditunjukkan: %(nama)s")
    )
    return pola % {"nama": keadaan.syarat.nama}
