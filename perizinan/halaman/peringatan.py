"""What time had to tell: the notices for one officer, and those of one file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.enums import Peran
from accounts.models import Akun
from perizinan.enums import JenisEfek
from perizinan.halaman.kotak import lingkup
from perizinan.label import label_status
from perizinan.models import EfekWaktu, Permohonan

_BIDANG = frozenset({Peran.KABID, Peran.TIM_TEKNIS, Peran.KOORDINATOR_TEKNIS})
#: How a notice looks: word and icon of the status component.
_GENTING = frozenset({JenisEfek.LEWAT, JenisEfek.FIKTIF, JenisEfek.GUGUR_TERTAHAN, JenisEfek.PERBAIKAN_AKHIR})


@dataclass(frozen=True, slots=True)
class BarisPeringatan:
    """One notice: what, how far, on which file, in which stage; `alamat` is empty where the file is not theirs."""

    efek: EfekWaktu
    kata: str
    lencana: str
    tahap: str
    alamat: str
    pada: datetime


def peringatan_untuk(akun: Akun) -> QuerySet[EfekWaktu]:
    """Notices for the roles that somebody holds now, newest first; of files that are not over."""
    syarat = Q(pk__in=[])
    for peran in akun.daftar_peran:
        if peran == Peran.TIM_PEMBINA:
            syarat |= Q(kepada=peran)
        else:
            unit = akun.unit_peran(Peran(peran)) if peran in _BIDANG else akun.penerbit_peran(Peran(peran))
            syarat |= Q(kepada=peran, unit__in=unit)
    terbuka = Q(permohonan__isnull=True) | Q(permohonan__selesai_pada__isnull=True)
    return EfekWaktu.objects.filter(syarat & terbuka).select_related("permohonan__jenis_izin")


def peringatan_berkas(berkas: Permohonan) -> list[BarisPeringatan]:
    """What stands on the file itself: lateness, the law's warning, a lapse that waits."""
    daftar = berkas.efek_waktu.filter(jenis__in=sorted(_GENTING))
    return [_baris(e, "") for e in daftar]


def baris_peringatan(daftar: Iterable[EfekWaktu], akun: Akun) -> list[BarisPeringatan]:
    """The rows of a page; a file that the reader may not open is named and not linked."""
    semua = list(daftar)
    terlihat = set(
        lingkup(akun).filter(pk__in=[e.permohonan_id for e in semua if e.permohonan_id]).values_list("pk", flat=True)
    )
    return [_baris(e, e.permohonan.acuan if e.permohonan and e.permohonan_id in terlihat else "") for e in semua]


def _baris(efek: EfekWaktu, alamat: str) -> BarisPeringatan:
    jenis = JenisEfek(efek.jenis)
    kata = str(jenis.label)
    if jenis in {JenisEfek.INGAT_TAHAP, JenisEfek.INGAT_BERKAS, JenisEfek.INGAT_REKOMENDASI}:
        kata = _(_KATA[jenis]) % {"persen": efek.tingkat}
    genting = jenis in _GENTING or efek.tingkat == 100
    tahap = label_status("permohonan", efek.tahap).label_petugas if efek.tahap else ""
    return BarisPeringatan(efek, kata, "terlambat" if genting else "hampir", tahap, alamat, efek.jatuh_pada)


_KATA = {
    JenisEfek.INGAT_TAHAP: "%(persen)d persen waktu tahap terpakai",
    JenisEfek.INGAT_BERKAS: "%(persen)d persen waktu berkas terpakai",
    JenisEfek.INGAT_REKOMENDASI: "%(persen)d persen waktu dinas terpakai",
}
