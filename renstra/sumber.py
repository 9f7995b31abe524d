"""Sources: registered functions that compute an indicator from what the portal holds, with the way down to the files.

An indicator names its source by code (`Ukuran.sumber`); `manual` means that a person enters it with evidence. A
source is asked for a span of months. Cumulative ones are asked for the quarter, levels for the year up to its end.
Source of the list: the issue's item 3; renstra_rules.md section 5.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ikm.models import Edisi, Periode
from ikm.statistik import hasil_periode
from notifications.statistik import pemakaian
from perizinan import statistik
from perizinan.enums import StatusVersi, Ukuran
from perizinan.models import JenisIzin
from perizinan.statistik import Lingkup
from renstra.enums import ArahIndikator, TipeIndikator


@dataclass(frozen=True, slots=True)
class Masa:
    """One quarter of one year."""

    tahun: int
    triwulan: int

    @property
    def triwulan_ini(self) -> Lingkup:
        """The months of the quarter."""
        return Lingkup(date(self.tahun, self.triwulan * 3 - 2, 1), date(self.tahun, self.triwulan * 3, 1))

    @property
    def sejak_januari(self) -> Lingkup:
        """From January to the end of the quarter."""
        return Lingkup(date(self.tahun, 1, 1), date(self.tahun, self.triwulan * 3, 1))


@dataclass(frozen=True, slots=True)
class Sumber:
    """One registered source: what it is called, how it counts, and the measure whose list stands behind it."""

    kode: str
    nama: str | Promise
    satuan: str
    tipe: TipeIndikator
    hitung: Callable[[Masa], Fraction | None]
    arah: ArahIndikator = ArahIndikator.POSITIF
    daftar: Ukuran | None = None

    def lingkup(self, masa: Masa) -> Lingkup:
        """The span that the source is asked for."""
        return masa.triwulan_ini if self.tipe == TipeIndikator.KUMULATIF else masa.sejak_januari

    def tautan(self, masa: Masa) -> str:
        """Where the files behind the number are listed; empty where there is no list."""
        if self.daftar is None:
            return ""
        lingkup = self.lingkup(masa)
        rentang = {"dari": f"{lingkup.dari:%Y-%m}", "sampai": f"{lingkup.sampai:%Y-%m}"}
        try:
            return reverse("statistik_rinci", args=[self.daftar], query=rentang)
        except NoReverseMatch:
            return ""


def _jumlah(ukuran: Ukuran) -> Callable[[Masa], Fraction | None]:
    return lambda masa: Fraction(statistik.jumlah(ukuran, masa.triwulan_ini))


def _bagian(ukuran: Ukuran, dari: Ukuran, kali: int = 100) -> Callable[[Masa], Fraction | None]:
    """So much of one measure per another, over the year up to now; nothing where the other is nothing."""

    def hitung(masa: Masa) -> Fraction | None:
        penyebut = statistik.jumlah(dari, masa.sejak_januari)
        return Fraction(statistik.jumlah(ukuran, masa.sejak_januari) * kali, penyebut) if penyebut else None

    return hitung


def _persentil(persen: int) -> Callable[[Masa], Fraction | None]:
    def hitung(masa: Masa) -> Fraction | None:
        (hari,) = statistik.persentil(masa.sejak_januari, persen)
        return None if hari is None else Fraction(hari)

    return hitung


def _ikm(masa: Masa) -> Fraction | None:
    """The index of the half year that ends with the quarter: only the second and the fourth have one (E.81 note).

    The signed edition where there is one, else what is counted so far.
    """
    if masa.triwulan % 2:
        return None
    periode = Periode.objects.filter(kode=f"{masa.tahun}-S{masa.triwulan // 2}").first()
    if periode is None:
        return None
    sah = Edisi.objects.filter(periode=periode, disahkan_pada__isnull=False).order_by("-nomor").first()
    nilai = (sah.hasil if sah else hasil_periode(periode)).get("ikm")
    return None if nilai is None else Fraction(nilai)


def _sms_sampai(masa: Masa) -> Fraction | None:
    baris = [b for b in pemakaian(*masa.sejak_januari.rentang) if b["kanal"] == "sms"]
    terkirim = sum(b["terkirim"] for b in baris)
    return Fraction(sum(b["sampai"] for b in baris) * 100, terkirim) if terkirim else None


def _layanan_daring(_masa: Masa) -> Fraction | None:
    """Services that can be applied for online: active, with a published version. As of now, whatever the span."""
    daring = JenisIzin.objects.filter(aktif=True, versi_layanan__status=StatusVersi.TERBIT)
    return Fraction(daring.distinct().count())


_LEVEL, _KUMULATIF = TipeIndikator.LEVEL, TipeIndikator.KUMULATIF
_NEGATIF = ArahIndikator.NEGATIF
_DAFTAR: Final = (
    Sumber("ikm", _("Indeks Kepuasan Masyarakat"), "indeks", _LEVEL, _ikm),
    Sumber("izin_terbit", _("Izin terbit"), "izin", _KUMULATIF, _jumlah(Ukuran.TERBIT), daftar=Ukuran.TERBIT),
    Sumber(
        "tepat_waktu",
        _("Izin terbit tepat waktu"),
        "%",
        _LEVEL,
        _bagian(Ukuran.TEPAT, Ukuran.TERBIT),
        daftar=Ukuran.LEWAT,
    ),
    Sumber(
        "tepat_waktu_kotor",
        _("Izin terbit tepat waktu, menunggu pemohon ikut dihitung"),
        "%",
        _LEVEL,
        _bagian(Ukuran.TEPAT_KOTOR, Ukuran.TERBIT),
        daftar=Ukuran.TEPAT_KOTOR,
    ),
    Sumber("hari_median", _("Median hari kerja"), "hari", _LEVEL, _persentil(50), _NEGATIF, Ukuran.HARI),
    Sumber("hari_p90", _("Persentil ke-90 hari kerja"), "hari", _LEVEL, _persentil(90), _NEGATIF, Ukuran.HARI),
    Sumber(
        "perbaikan_per_berkas",
        _("Permintaan perbaikan per 100 permohonan"),
        "per 100",
        _LEVEL,
        _bagian(Ukuran.PERBAIKAN, Ukuran.DIAJUKAN),
        _NEGATIF,
        Ukuran.PERBAIKAN,
    ),
    Sumber(
        "penolakan",
        _("Permohonan tidak disetujui"),
        "berkas",
        _KUMULATIF,
        _jumlah(Ukuran.DITOLAK),
        _NEGATIF,
        Ukuran.DITOLAK,
    ),
    Sumber(
        "retribusi", _("Retribusi dibayar"), "rupiah", _KUMULATIF, _jumlah(Ukuran.RETRIBUSI), daftar=Ukuran.RETRIBUSI
    ),
    Sumber("sms_sampai", _("SMS yang sampai"), "%", _LEVEL, _sms_sampai),
    Sumber("layanan_daring", _("Layanan yang dapat diajukan daring"), "layanan", _LEVEL, _layanan_daring),
)
#: Every registered source by its code. Complaints join when their desk comes.
SUMBER: Final[dict[str, Sumber]] = {s.kode: s for s in _DAFTAR}
