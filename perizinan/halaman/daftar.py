"""The applicant's list: what to do next on top, then all files, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Akun
from perizinan.halaman.permohonan import Tindakan, tindakan
from perizinan.models import Permohonan
from perizinan.querysets import PermohonanQuerySet

PER_HALAMAN = 20
TUGAS_MAKS = 10


class Saringan(forms.Form):
    """Filters of the list."""

    q = forms.CharField(label=gettext_lazy("Nomor atau nama"), required=False, max_length=60)
    tampil = forms.ChoiceField(
        label=gettext_lazy("Tampilkan"),
        required=False,
        choices=[
            ("", gettext_lazy("Semua")),
            ("berjalan", gettext_lazy("Belum selesai")),
            ("selesai", gettext_lazy("Sudah selesai")),
        ],
    )

    def saring(self, daftar: PermohonanQuerySet) -> PermohonanQuerySet:
        data = self.cleaned_data if self.is_valid() else {}
        if q := data.get("q"):
            daftar = daftar.filter(nomor__icontains=q) | daftar.filter(pihak__nama__icontains=q)
        if tampil := data.get("tampil"):
            daftar = daftar.filter(selesai_pada__isnull=tampil == "berjalan")
        return daftar

    def kalimat(self) -> str:
        """What is filtered now, in words."""
        data = self.cleaned_data if self.is_valid() else {}
        tampil = dict(self.fields["tampil"].choices).get(data.get("tampil") or "-", "")  # type: ignore[attr-defined]
        return ", ".join(str(bagian) for bagian in (tampil, data.get("q")) if bagian)


def susun(milik: PermohonanQuerySet, akun: Akun, kata: Mapping[str, str]) -> dict[str, Any]:
    """The page. The number of queries does not depend on how many files there are."""
    tugas = milik.menunggu_pemohon(akun).untuk_daftar().select_related("pemohon", "kuasa")
    tugas = tugas.order_by(F("batas_pemohon").asc(nulls_last=True), "-pk").distinct()[:TUGAS_MAKS]
    saringan = Saringan(kata or None)
    semua = saringan.saring(milik).untuk_daftar().order_by("-dibuat_pada", "-pk").distinct()
    halaman = Paginator(semua, PER_HALAMAN).get_page(kata.get("halaman"))
    return {
        "tugas": [(p, _tindakan_utama(p, akun)) for p in tugas],
        "saringan": saringan if kata or halaman.paginator.count > 1 else None,
        "saringan_kalimat": saringan.kalimat(),
        "halaman": halaman,
        "baris": list(halaman.object_list),
        "jumlah": halaman.paginator.count,
        "kolom": [
            {"judul": str(j)} for j in (_("Keadaan"), _("Permohonan"), _("Dibuat"), _("Selesai paling lambat"))
        ],
    }


def _tindakan_utama(permohonan: Permohonan, akun: Akun) -> Tindakan | None:
    return next((a for a in tindakan(permohonan, akun) if a.tugas), None)
