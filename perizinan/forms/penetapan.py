"""Forms of back office, kabid and signatory: shortages, approvals, returns, refusal, signature."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.penegasan import sudah_ditegaskan, tegaskan
from perizinan import services
from perizinan.enums import PengisiIsian
from perizinan.forms.dasar import FormTindakan, bidang_alasan
from perizinan.models import Permohonan
from perizinan.persyaratan import syarat_berlaku
from perizinan.tindakan import persetujuan_menunggu

_URAIAN_MAKS = 240


class FormPerbaikan(FormTindakan):
    """One list: per requirement a coded reason, per field a sentence; at least one item."""

    isian_templat = "perizinan/petugas/_isian_perbaikan.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.daftar_syarat = syarat_berlaku(kwargs["objek"])
        versi = kwargs["objek"].versi_layanan
        self.daftar_isian = [i for i in versi.isian.all() if i.diisi_oleh == PengisiIsian.PEMOHON]
        super().__init__(*args, **kwargs)

    def bidang_tambahan(self) -> dict[str, forms.Field]:
        bidang: dict[str, forms.Field] = {}
        for s in self.daftar_syarat:
            pilihan = [("", _("Tidak diminta")), *((a["kode"], a["teks"]) for a in s.alasan)]
            bidang[f"s_{s.kode}"] = forms.ChoiceField(label=s.nama, choices=pilihan, required=False)
            bidang[f"c_{s.kode}"] = forms.CharField(
                label=_("Tambahan: %(nama)s") % {"nama": s.nama},
                max_length=120,
                required=False,
                widget=forms.TextInput(attrs={"placeholder": _("Tambahan, boleh dikosongkan")}),
            )
        for i in self.daftar_isian:
            bidang[f"i_{i.kode}"] = forms.CharField(label=i.label, max_length=120, required=False)
        return bidang

    def pasangan(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """(reason, addition) of every requirement, for the template."""
        return [(self[f"s_{s.kode}"], self[f"c_{s.kode}"]) for s in self.daftar_syarat]

    def bidang_isian(self) -> list[forms.BoundField]:
        """The fields that may be asked for again."""
        return [self[f"i_{i.kode}"] for i in self.daftar_isian]

    def clean(self) -> dict[str, Any]:
        isi = super().clean() or self.cleaned_data
        tanpa_alasan = [s for s in self.daftar_syarat if isi.get(f"c_{s.kode}") and not isi.get(f"s_{s.kode}")]
        for s in tanpa_alasan:
            self.add_error(f"s_{s.kode}", gettext("Pilih alasan kekurangan untuk %(nama)s.") % {"nama": s.nama})
        if not self.errors and not self._butir(isi):
            self.add_error(None, gettext("Pilih paling sedikit satu dokumen atau isian yang perlu diperbaiki."))
        return isi

    def _butir(self, isi: dict[str, Any]) -> list[dict[str, str]]:
        daftar = []
        for s in self.daftar_syarat:
            if kode := isi.get(f"s_{s.kode}"):
                alasan = next(a["teks"] for a in s.alasan if a["kode"] == kode)
                uraian = " ".join(b for b in (f"{s.nama}: {alasan}", isi.get(f"c_{s.kode}")) if b)
                daftar.append({"syarat": s.kode, "kode_alasan": kode, "uraian": uraian[:_URAIAN_MAKS]})
        daftar += [
            {"isian": i.kode, "uraian": f"{i.label}: {teks}"[:_URAIAN_MAKS]}
            for i in self.daftar_isian
            if (teks := isi.get(f"i_{i.kode}"))
        ]
        return daftar

    def data_layanan(self) -> dict[str, Any]:
        return {"butir": self._butir(self.cleaned_data)}


class FormAlasan(FormTindakan):
    """A return: the reason in words, kept beside the log."""

    alasan = bidang_alasan(_("Alasan"), _("Dibaca petugas yang menerima berkas ini kembali."))


class FormUsulTolak(FormTindakan):
    """A refusal cites an unmet requirement or a rule."""

    bahaya = True
    alasan = bidang_alasan(
        _("Alasan penolakan"), _("Akan tertulis di surat penolakan. Sebut apa yang tidak dipenuhi.")
    )
    dasar_hukum = forms.CharField(
        label=_("Dasar hukum"), help_text=_("Contoh: Perda 15/2012 pasal 12 ayat (1)."), max_length=240
    )

    def bidang_tambahan(self) -> dict[str, forms.Field]:
        berkas = self.objek
        assert isinstance(berkas, Permohonan)  # noqa: S101 row 10 is declared on Permohonan
        pilihan = [("", _("Tidak menyangkut satu dokumen")), *((s.kode, s.nama) for s in syarat_berlaku(berkas))]
        return {
            "syarat": forms.ChoiceField(label=_("Persyaratan yang tidak dipenuhi"), choices=pilihan, required=False)
        }


class FormBahaya(FormTindakan):
    """Nothing to fill in, but the act cannot simply be taken back."""

    bahaya = True


class FormMintaPersetujuan(FormTindakan):
    """Loket, back office or a team asks the kabid for another list."""

    alasan = bidang_alasan(
        _("Mengapa perlu daftar lagi"), _("Kepala Bidang membacanya sebelum memutuskan."), wajib=True
    )

    def jalankan(self, verba: str, *, kunci: str | None, versi: int | None) -> None:
        services.minta_persetujuan(self.berkas, self.cleaned_data["alasan"], oleh=self.akun)


class FormPutusPersetujuan(FormTindakan):
    """The kabid's yes or no."""

    putusan = forms.ChoiceField(
        label=_("Keputusan Anda"),
        choices=[("ya", _("Setujui: boleh dikirim")), ("tidak", _("Jangan kirim daftar lagi"))],
        widget=forms.RadioSelect,
    )

    def jalankan(self, verba: str, *, kunci: str | None, versi: int | None) -> None:
        menunggu = persetujuan_menunggu(self.berkas, self.akun)
        assert menunggu is not None  # noqa: S101 the page is refused before when nothing waits
        services.putuskan_persetujuan(menunggu, disetujui=self.cleaned_data["putusan"] == "ya", oleh=self.akun)


class FormPenegasan(FormTindakan):
    """Whoever signs or refuses confirms by password, unless they did so within the last 15 minutes."""

    def bidang_tambahan(self) -> dict[str, forms.Field]:
        if sudah_ditegaskan(self.request):
            return {}
        return {"sandi": bidang_sandi()}

    def clean_sandi(self) -> str:
        return periksa_sandi(self)

    def data_layanan(self) -> dict[str, Any]:
        return {}


class FormTandaTangan(FormPenegasan):
    """Sign one frozen SK (services.tanda_tangani makes the bytes, then the door writes)."""

    def jalankan(self, verba: str, *, kunci: str | None, versi: int | None) -> None:
        services.tanda_tangani(self.objek.pk, oleh=self.akun, kunci=kunci, versi=versi)


class FormSetujuTolak(FormPenegasan):
    """Decide to refuse."""

    bahaya = True


def bidang_sandi() -> forms.CharField:
    """The step-up field of the signing pages."""
    return forms.CharField(
        label=_("Kata sandi Anda"),
        help_text=_("Ditanyakan lagi setiap 15 menit, supaya hanya Anda yang dapat menandatangani."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )


def periksa_sandi(form: Any) -> str:
    """Confirm the password of the person at the page. Raises ValidationError when it is not theirs."""
    sandi = str(form.cleaned_data["sandi"])
    if not tegaskan(form.request, sandi):
        raise forms.ValidationError(gettext("Kata sandi tidak cocok. Belum ada yang ditandatangani."))
    return sandi
