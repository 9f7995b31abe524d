"""Forms of the SKPD teams: schedule, visit, advise (rows 41-45)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from perizinan.enums import HasilRekomendasi
from perizinan.forms.dasar import (
    BerkasBanyak,
    BidangBerkasBanyak,
    FormTindakan,
    baris_teks,
    bidang_alasan,
    bidang_waktu,
)
from perizinan.models import ButuhRekomendasi, Rekomendasi

FOTO_MAKS_BYTE = 10 * 1024 * 1024
HASIL_PERIKSA = (("sesuai", _("Sesuai")), ("tidak", _("Tidak sesuai")), ("tidak_ada", _("Tidak ada")))


class FormJadwal(FormTindakan):
    """Day, hour and team of a visit; a move says why."""

    tinjau_pada = bidang_waktu(_("Hari dan jam tinjauan"), _("Pemohon menerima SMS dengan hari dan jam ini."))
    tim = forms.CharField(
        label=_("Anggota tim"),
        help_text=_("Satu nama satu baris."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sebab = forms.CharField(
        label=_("Sebab jadwal dipindah"),
        help_text=_("Diisi bila jadwal sudah pernah ditetapkan, misalnya pemohon tidak di tempat."),
        max_length=30,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        r = self.objek
        assert isinstance(r, Rekomendasi)  # noqa: S101 row 41 is declared on Rekomendasi
        self.fields["tim"].initial = "\n".join(r.tim or [self.akun.nama])
        if r.tinjau_pada is None:
            del self.fields["sebab"]

    def data_layanan(self) -> dict[str, Any]:
        return {**self.cleaned_data, "tim": baris_teks(self.cleaned_data["tim"])}


class FormBap(FormTindakan):
    """The visit: when, where exactly, the checklist of the version, photos, who was there."""

    isian_templat = "perizinan/petugas/_isian_bap.html"
    dilaksanakan_pada = bidang_waktu(_("Waktu tinjauan"))
    lintang = forms.DecimalField(
        label=_("Lintang"),
        help_text=_("Contoh: -6.234900"),
        min_value=Decimal(-90),
        max_value=Decimal(90),
        max_digits=9,
        decimal_places=6,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    bujur = forms.DecimalField(
        label=_("Bujur"),
        help_text=_("Contoh: 106.989600"),
        min_value=Decimal(-180),
        max_value=Decimal(180),
        max_digits=9,
        decimal_places=6,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    foto = BidangBerkasBanyak(
        label=_("Foto lokasi"),
        help_text=_("Boleh lebih dari satu, paling besar 10 MB per foto."),
        widget=BerkasBanyak(attrs={"accept": "image/*", "data-maks": FOTO_MAKS_BYTE}),
    )
    pendamping = forms.CharField(label=_("Pemohon atau yang mewakili di lokasi"), max_length=120, required=False)
    catatan = forms.CharField(
        label=_("Catatan"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        r = self.objek
        assert isinstance(r, Rekomendasi)  # noqa: S101 row 42 is declared on Rekomendasi
        self.fields["dilaksanakan_pada"].initial = r.tinjau_pada
        self.fields["pendamping"].initial = self.berkas.pihak.nama
        titik = self.berkas.isian.get("titik")
        if isinstance(titik, dict):
            self.fields["lintang"].initial, self.fields["bujur"].initial = titik["lintang"], titik["bujur"]

    @property
    def butir(self) -> list[str]:
        """The checklist of this SKPD in the pinned version, or the one question that every visit answers."""
        r = self.objek
        assert isinstance(r, Rekomendasi)  # noqa: S101 row 42 is declared on Rekomendasi
        butuh = ButuhRekomendasi.objects.filter(versi=self.berkas.versi_layanan_id, skpd=r.skpd_id).first()
        daftar = [str(b) for b in butuh.daftar_periksa] if butuh else []
        return daftar or [str(_("Keadaan di lokasi sesuai dengan permohonan"))]

    def bidang_tambahan(self) -> dict[str, forms.Field]:
        bidang: dict[str, forms.Field] = {}
        for ke, butir in enumerate(self.butir):
            bidang[f"hasil_{ke}"] = forms.ChoiceField(label=butir, choices=HASIL_PERIKSA, widget=forms.RadioSelect)
            bidang[f"catatan_{ke}"] = forms.CharField(
                label=_("Catatan: %(butir)s") % {"butir": butir},
                required=False,
                max_length=240,
                widget=forms.TextInput(attrs={"placeholder": _("Catatan, bila tidak sesuai")}),
            )
        return bidang

    def pasangan(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """(answer, note) of every line of the checklist, for the template."""
        return [(self[f"hasil_{ke}"], self[f"catatan_{ke}"]) for ke in range(len(self.butir))]

    def lainnya(self) -> list[forms.BoundField]:
        """The fields that are not the checklist."""
        return [self[nama] for nama in type(self).base_fields]

    def data_layanan(self) -> dict[str, Any]:
        isi = self.cleaned_data
        daftar = [
            {"butir": butir, "hasil": isi[f"hasil_{ke}"], "catatan": isi[f"catatan_{ke}"]}
            for ke, butir in enumerate(self.butir)
        ]
        return {nama: isi[nama] for nama in type(self).base_fields} | {"daftar_periksa": daftar}


class FormRekomendasi(FormTindakan):
    """The advice itself."""

    hasil = forms.ChoiceField(label=_("Pendapat dinas"), choices=HasilRekomendasi.choices, widget=forms.RadioSelect)
    ketentuan = forms.CharField(
        label=_("Ketentuan yang masuk ke surat izin"),
        help_text=_("Hanya untuk Setuju dengan syarat. Satu ketentuan satu baris."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    alasan = bidang_alasan(_("Alasan penolakan"), _("Hanya untuk Tolak."), wajib=False)
    dasar_hukum = forms.CharField(
        label=_("Dasar hukum penolakan"), help_text=_("Hanya untuk Tolak."), max_length=240, required=False
    )

    def data_layanan(self) -> dict[str, Any]:
        return {**self.cleaned_data, "ketentuan": baris_teks(self.cleaned_data["ketentuan"])}
