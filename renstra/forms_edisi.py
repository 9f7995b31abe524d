"""The small forms of an edition: begin one, its head, an aim, reasons for findings, sending it back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.formulir import Formulir
from renstra.models import Rencana
from renstra.temuan_edisi import TemuanEdisi

_PANJANG = {"rows": 3}


class FormRevisi(Formulir):
    """Why the plan in force is revised."""

    alasan = forms.CharField(
        label=gettext_lazy("Mengapa rencana ini direvisi?"),
        help_text=gettext_lazy("Misalnya dasar perubahan RPJMD dan tanggalnya. Tampil pada riwayat edisi."),
        max_length=240,
        widget=forms.Textarea(attrs=_PANJANG),
    )


class FormBaru(Formulir):
    """A plan of another period."""

    nama = forms.CharField(label=gettext_lazy("Nama rencana"), max_length=160)
    kode = forms.SlugField(
        label=gettext_lazy("Kode"),
        max_length=40,
        help_text=gettext_lazy("Huruf, angka, dan garis bawah tanpa spasi, misalnya renstra_2027."),
    )
    tahun_mulai = forms.IntegerField(label=gettext_lazy("Tahun target pertama"), min_value=2000, max_value=2100)
    tahun_akhir = forms.IntegerField(label=gettext_lazy("Tahun target terakhir"), min_value=2000, max_value=2100)
    dasar = forms.CharField(label=gettext_lazy("Dasar hukum"), max_length=200, required=False)
    contoh = forms.ModelChoiceField(
        Rencana.objects.none(),
        label=gettext_lazy("Pakai susunan rencana lain"),
        help_text=gettext_lazy("Tujuan, sasaran, program, kegiatan, dan indikatornya disalin tanpa angka."),
        required=False,
        empty_label=gettext_lazy("Mulai dari kosong"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contoh"].queryset = Rencana.objects.order_by("-tahun_mulai", "kode", "-edisi")  # type: ignore[attr-defined] # a ModelChoiceField


class FormPokok(Formulir):
    """Name, legal base, vision and missions."""

    nama = forms.CharField(label=gettext_lazy("Nama rencana"), max_length=160)
    dasar = forms.CharField(label=gettext_lazy("Dasar hukum"), max_length=200, required=False)
    visi = forms.CharField(label=gettext_lazy("Visi"), max_length=2000, widget=forms.Textarea(attrs=_PANJANG))
    misi = forms.CharField(
        label=gettext_lazy("Misi"),
        help_text=gettext_lazy("Satu misi satu baris, menurut urutannya."),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class FormTujuan(Formulir):
    """An aim."""

    uraian = forms.CharField(
        label=gettext_lazy("Uraian tujuan"), max_length=1000, widget=forms.Textarea(attrs=_PANJANG)
    )
    hapus = forms.BooleanField(
        required=False, label=gettext_lazy("Hapus tujuan ini dari draf, beserta sasaran dan indikatornya")
    )

    def __init__(self, *args: Any, baru: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if baru:
            del self.fields["hapus"]


class FormKembali(Formulir):
    """What has to be mended before the draft can be published."""

    catatan = forms.CharField(
        label=gettext_lazy("Apa yang perlu diperbaiki?"), max_length=240, widget=forms.Textarea(attrs=_PANJANG)
    )


class FormAlasanTemuan(Formulir):
    """A reason for each finding, by its key."""

    def __init__(self, temuan: Iterable[tuple[TemuanEdisi, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for t, kalimat in temuan:
            wajib = _("Tulis alasannya bila tidak dibetulkan.") if t.wajib else _("Peringatan boleh tanpa alasan.")
            self.fields[t.kunci] = forms.CharField(
                label=_("Alasan: %(temuan)s") % {"temuan": kalimat},
                help_text=wajib,
                initial=t.alasan.alasan if t.alasan else "",
                max_length=400,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
