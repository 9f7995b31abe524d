"""The desks' lists: one query object feeds rows, count and pages (ux.md sketch 20)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, IntegerField, OuterRef, Subquery, Value, When, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.enums import Peran
from accounts.models import Akun
from core.kalender import kalender_berlaku
from core.waktu import sekarang
from perizinan.enums import StatusRekomendasi
from perizinan.halaman.sisa import Sisa, sisa_batas, sisa_berkas
from perizinan.label import LabelStatus, label_status
from perizinan.models import Catatan, Permohonan, Rekomendasi, Riwayat
from perizinan.querysets import PermohonanQuerySet
from perizinan.tindakan import bersyarat, permintaan

PER_HALAMAN = 25
#: Acts after which a file is back on a desk that had let it go; they stand on top, with the reason.
DIKEMBALIKAN = ("koreksi_draf", "kembalikan_proses", "batal_tolak")
_KATA_SESUDAH: dict[str, str | Promise] = {
    "koreksi_draf": _("Draf dikembalikan"),
    "kembalikan_proses": _("Dikembalikan ke verifikasi"),
    "batal_tolak": _("Usul tolak dibatalkan"),
    "kirim_perbaikan": _("Pemohon sudah mengirim perbaikan"),
    "ajukan_ulang": _("Pemohon sudah melengkapi"),
}
_SKPD = (Peran.TIM_TEKNIS, Peran.KOORDINATOR_TEKNIS)
#: Sealed columns that no row shows: opening them costs more than the rest of the row.
_TERSEGEL = ("isian_rahasia", "pihak__nomor_identitas", "pihak__npwp")


@dataclass(frozen=True, slots=True)
class BarisBerkas:
    """One row: the file, its time, what it asks, since when, and what happened to it last."""

    berkas: Permohonan
    label: LabelStatus
    sisa: Sisa | None
    diminta: str
    sejak: datetime | None
    kabar: str | Promise
    alasan: str
    tinjau_pada: datetime | None
    terpakai: int | None


def lingkup(akun: Akun) -> PermohonanQuerySet:
    """Files that an officer works on: what they may see, without those in which they are the applicant's side."""
    return _tanpa_milik(Permohonan.objects.terlihat_oleh(akun), akun)


def _tanpa_milik(daftar: PermohonanQuerySet, akun: Akun) -> PermohonanQuerySet:
    """Nobody works on a file of their own (reliability.md R19); its pages are the applicant's."""
    return daftar.exclude(pemohon__akun=akun.pk).exclude(kuasa__penerima=akun.pk)


def isi_kotak(akun: Akun) -> PermohonanQuerySet:
    """The inbox: what came back first, then the most pressing; a team's own limit goes before the file's."""
    daftar = _beranotasi(_tanpa_milik(Permohonan.objects.kotak_masuk(akun), akun))
    kembali = Case(When(verba_akhir__in=DIKEMBALIKAN, then=Value(0)), default=Value(1), output_field=IntegerField())
    if hanya_skpd(akun):
        milik = Rekomendasi.objects.terbuka().filter(permohonan=OuterRef("pk"), skpd__in=akun.unit_peran(*_SKPD))
        daftar = daftar.annotate(batas_dinas=Subquery(milik.order_by("tenggat").values("tenggat")[:1]))
        return daftar.order_by(F("batas_dinas"), "pk")
    return daftar.annotate(kembali=kembali).order_by("kembali", *daftar.query.order_by)


def semua_berkas(akun: Akun) -> PermohonanQuerySet:
    """Everything the officer may see, newest first."""
    return _beranotasi(lingkup(akun)).order_by("-diajukan_pada", "-pk")


def hanya_skpd(akun: Akun) -> bool:
    """Whether somebody works for an SKPD and for nobody else."""
    return bool(akun.daftar_peran) and not akun.daftar_peran - set(_SKPD)


def _beranotasi(daftar: PermohonanQuerySet) -> PermohonanQuerySet:
    akhir = Riwayat.objects.filter(permohonan=OuterRef("pk"), objek="").order_by("-urut")
    return (
        daftar.untuk_daftar()
        .select_related("pemohon")
        .defer(*_TERSEGEL)
        .annotate(sejak=Subquery(akhir.values("pada")[:1]), verba_akhir=Subquery(akhir.values("verba")[:1]))
    )


def _muat_pendukung(semua: list[Permohonan], akun: Akun) -> None:
    """Load what this officer's duties ask about, and nothing for the others."""
    if akun.berperan(Peran.KABID, *_SKPD):
        prefetch_related_objects(semua, "rekomendasi")
    if akun.berperan(Peran.KABID):
        prefetch_related_objects(semua, "persetujuan")
    if berjaga := [p for p in semua if bersyarat(p, akun)]:
        prefetch_related_objects(berjaga, "versi_layanan__isian", "versi_layanan__butuh_rekomendasi")


def baris(daftar: Iterable[Permohonan], akun: Akun, *, tugas: bool = True) -> list[BarisBerkas]:
    """The rows of one page; without `tugas` nobody is asked what they have to do. At most five further queries."""
    semua = list(daftar)
    if tugas:
        _muat_pendukung(semua, akun)
    kini, kalender = sekarang(), kalender_berlaku()
    alasan = _alasan([p for p in semua if tugas and p.verba_akhir in DIKEMBALIKAN])  # type: ignore[attr-defined] # annotated
    hasil = []
    for p in semua:
        rekomendasi = _milik_dinas(p, akun) if tugas else None
        sisa = (
            sisa_batas(rekomendasi.tenggat, kini, kalender, _("batas dinas"))
            if rekomendasi
            else sisa_berkas(p, kini, kalender)
        )
        hasil.append(
            BarisBerkas(
                p,
                label_status("permohonan", p.status),
                sisa,
                permintaan(p, akun) if tugas else "",
                rekomendasi.diminta_pada if rekomendasi else p.sejak,  # type: ignore[attr-defined] # annotated
                _KATA_SESUDAH.get(p.verba_akhir, ""),  # type: ignore[attr-defined] # annotated
                alasan.get(p.pk, ""),
                rekomendasi.tinjau_pada if rekomendasi else None,
                _terpakai(sisa, rekomendasi.hari_kerja) if rekomendasi else _terpakai(sisa, p.hari_sop),
            )
        )
    return hasil


def _terpakai(sisa: Sisa | None, anggaran: int | None) -> int | None:
    """How much of a budget of working days is used, in percent; None when no clock runs."""
    if sisa is None or sisa.hari is None or not anggaran:
        return None
    return max(0, min(100, round(100 * (anggaran - sisa.hari) / anggaran)))


def _milik_dinas(berkas: Permohonan, akun: Akun) -> Rekomendasi | None:
    """The recommendation that this team still owes on a file."""
    skpd = akun.unit_peran(*_SKPD)
    tutup = {StatusRekomendasi.DIBERIKAN, StatusRekomendasi.DITARIK}
    if not skpd:
        return None
    milik = [r for r in berkas.rekomendasi.all() if r.skpd_id in skpd and r.status not in tutup]
    return min(milik, key=lambda r: r.tenggat, default=None)


def _alasan(berkas: list[Permohonan]) -> dict[int, str]:
    if not berkas:
        return {}
    catatan = Catatan.objects.filter(permohonan__in=[p.pk for p in berkas], verba__in=DIKEMBALIKAN)
    return {c.permohonan_id: c.teks for c in catatan.order_by("riwayat_urut")}
