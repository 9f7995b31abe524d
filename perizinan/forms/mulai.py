"""The start of an application: what for, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import JenisPemohon
from accounts.models import Akun, DataPihak, Kuasa, Pemohon
from core.formulir import Formulir
from core.waktu import sekarang
from perizinan.bahasa import dwibahasa
from perizinan.models import VersiLayanan

PIHAK = "pihak-"
KUASA = "kuasa-"


@dataclass(frozen=True, slots=True)
class Untuk:
    """For whom: an own party, a client by a power of attorney in force, or a party still to be described."""

    pemohon: Pemohon | None = None
    kuasa: Kuasa | None = None
    jenis_baru: str = ""


def pilihan_untuk(akun: Akun, kode_layanan: str) -> dict[str, tuple[str, Untuk]]:
    """Everybody that this account may apply for today, as code -> (words, who). Three queries."""
    daftar: dict[str, tuple[str, Untuk]] = {}
    milik = list(Pemohon.objects.filter(akun=akun).order_by("pk"))
    kini = sekarang()
    kuasa = [
        k
        for k in akun.kuasa_diterima.berlaku(kini).select_related("pemohon").order_by("pk")
        if k.berlaku_untuk(kode_layanan, kini)
    ]
    sebutan = _sebutan([*milik, *(k.pemohon for k in kuasa)])
    for p in milik:
        daftar[f"{PIHAK}{p.kunci}"] = (f"{sebutan[p.pk]} ({p.get_jenis_display()})", Untuk(pemohon=p))
    for k in kuasa:
        sampai = date_format(k.sampai, "j F Y") if k.sampai else _("dicabut")
        teks = _("%(nama)s, dengan surat kuasa sampai %(tgl)s") % {"nama": sebutan[k.pemohon_id], "tgl": sampai}
        daftar[f"{KUASA}{k.pemohon.kunci}"] = (teks, Untuk(pemohon=k.pemohon, kuasa=k))
    if not any(p.jenis == JenisPemohon.ORANG for p in milik):
        daftar[JenisPemohon.ORANG] = (_("Saya sendiri (perorangan)"), Untuk(jenis_baru=JenisPemohon.ORANG))
    teks_badan = _("Badan usaha lain") if any(p.jenis == JenisPemohon.BADAN for p in milik) else _("Badan usaha saya")
    daftar[JenisPemohon.BADAN] = (teks_badan, Untuk(jenis_baru=JenisPemohon.BADAN))
    return daftar


def _sebutan(daftar: list[Pemohon]) -> dict[int, str]:
    """The newest name of each party. One query."""
    data = DataPihak.objects.filter(pemohon__in=daftar).order_by("mulai", "pk")
    return {d.pemohon_id: d.sebutan for d in data}


class FormMulai(Formulir):
    """What for (new, renewal, ...) and for whom. A choice that stands alone is not asked."""

    jenis_permohonan = forms.ChoiceField(label=gettext_lazy("Untuk apa?"), widget=forms.RadioSelect)
    untuk = forms.ChoiceField(label=gettext_lazy("Siapa yang mengajukan?"), widget=forms.RadioSelect)

    def __init__(self, versi: VersiLayanan, untuk: dict[str, tuple[str, Untuk]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.peta = untuk
        _isi(
            self.fields["jenis_permohonan"], [(str(p["kode"]), dwibahasa(p, "nama")) for p in versi.jenis_permohonan]
        )
        _isi(self.fields["untuk"], [(kode, teks) for kode, (teks, _siapa) in untuk.items()])

    @property
    def siapa(self) -> Untuk:
        """For whom, once the form is valid."""
        return self.peta[self.cleaned_data["untuk"]][1]


def _isi(bidang: forms.Field, pilihan: list[tuple[str, str]]) -> None:
    assert isinstance(bidang, forms.ChoiceField)  # noqa: S101 declared above
    bidang.choices = pilihan
    bidang.initial = pilihan[0][0]
    if len(pilihan) == 1:
        bidang.widget = forms.HiddenInput()
