"""Forms of the fee: officer fields before the SKRD, exemption, payment (rows 15-18)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.galat import IsianTidakSah
from core.waktu import sekarang
from perizinan import services
from perizinan.enums import PengisiIsian, StatusSkrd
from perizinan.forms.dasar import FormTindakan, bidang_alasan, bidang_waktu
from perizinan.forms.isian import FormIsian, nilai_awal
from perizinan.isian import berlaku
from perizinan.models import Isian


class FormIsianPetugas(FormTindakan):
    """The fields of the version that officers fill in; good values are kept even when others are wrong."""

    def bidang_tambahan(self) -> dict[str, forms.Field]:
        daftar = self.daftar_isian
        bidang = dict(FormIsian(daftar).fields)
        for kode, nilai in nilai_awal(self.berkas, daftar).items():
            bidang[kode].initial = nilai
        return bidang

    @property
    def daftar_isian(self) -> list[Isian]:
        """Officer fields that apply to what was filled in."""
        konteks = self.berkas.konteks_isian()
        semua = self.berkas.versi_layanan.isian.all()
        return [i for i in semua if i.diisi_oleh == PengisiIsian.PETUGAS and berlaku(i, konteks)]

    def jalankan(self, verba: str, *, kunci: str | None, versi: int | None) -> None:
        """Save through the service. Raises IsianTidakSah with the sentences of the fields that stay open."""
        galat = services.isi_petugas(self.berkas, self.cleaned_data, oleh=self.akun)
        if galat:
            raise IsianTidakSah(str(_("Sebagian isian belum lengkap. Yang benar sudah tersimpan.")), galat)


class FormNihil(FormTindakan):
    """Nothing is due, and why."""

    dasar = bidang_alasan(
        _("Dasar nihil"), _("Contoh: Nihil menurut tarif, atau pembebasan berdasarkan Perda ... pasal ...")
    )


class FormKoreksiSkrd(FormTindakan):
    """A wrong SKRD is cancelled with its reason."""

    bahaya = True
    alasan = bidang_alasan(_("Apa yang keliru"), _("Tercatat pada SKRD yang dibatalkan."))


class FormLunas(FormTindakan):
    """The deposit as the bank reports it."""

    jumlah = forms.IntegerField(
        label=_("Jumlah disetor (rupiah)"),
        min_value=1,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    dibayar_pada = bidang_waktu(
        _("Waktu bayar menurut bank"), _("Hitungan waktu dilanjutkan pada waktu ini, bukan saat Anda mencatat.")
    )
    bukti = forms.CharField(label=_("Nomor bukti setor"), max_length=60)
    kanal = forms.CharField(
        label=_("Tempat membayar"), help_text=_("Contoh: Teller Bank BJB."), max_length=40, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        skrd = self.berkas.skrd.filter(status=StatusSkrd.BERLAKU).first()
        self.fields["jumlah"].initial = skrd.nilai if skrd else None
        self.fields["dibayar_pada"].initial = sekarang()
