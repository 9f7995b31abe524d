"""The list behind a figure: what was counted, row by row, without the name of anybody (interface.md, drill-down).

A row bears the file's number and the way to it only for who may see that file (querysets.terlihat_oleh); for the
others it is a row of figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Akun
from core.bilangan import tulis
from core.hari_kerja import Kalender
from core.kalender import kalender_berlaku
from core.lembar_csv import tulis_baris
from core.templatetags.tampilan import rupiah, tanggal_pendek
from core.waktu import zona
from perizinan.enums import Ukuran, UkuranKini
from perizinan.halaman.kotak import lingkup as lingkup_akun
from perizinan.label import label_status
from perizinan.models import ButirPerbaikan, Pembayaran, Perbaikan, Permohonan, Rekomendasi
from perizinan.tenggat import hari_kotor

PER_HALAMAN: Final = 25
_SEKALI: Final = 500
#: Measures that are a sum over their rows, not a count of them.
BERJUMLAH: Final = frozenset({Ukuran.RETRIBUSI, Ukuran.SARAN_HARI})
#: Measures whose rows belong to an SKPD: recommendations, and what it asked applicants to put right.
BERSARAN: Final = frozenset({Ukuran.SARAN, Ukuran.SARAN_HARI, Ukuran.SARAN_LEWAT, Ukuran.MINTA_DINAS})
#: Measures that one looks at next: who reads "in time" asks which were late. They share the filters.
TERKAIT: Final[dict[Ukuran | UkuranKini, tuple[Ukuran, ...]]] = {
    Ukuran.TERBIT: (Ukuran.TEPAT, Ukuran.LEWAT),
    Ukuran.TEPAT: (Ukuran.LEWAT, Ukuran.TERBIT),
    Ukuran.LEWAT: (Ukuran.TEPAT, Ukuran.TERBIT),
    Ukuran.TEPAT_KOTOR: (Ukuran.TEPAT, Ukuran.TERBIT),
    Ukuran.SARAN: (Ukuran.SARAN_LEWAT,),
    Ukuran.SARAN_LEWAT: (Ukuran.SARAN,),
}
#: Where the file of a row is.
_BERKAS: Final[dict[type, str]] = {
    Permohonan: "",
    Perbaikan: "permohonan",
    Rekomendasi: "permohonan",
    Pembayaran: "skrd__permohonan",
    ButirPerbaikan: "perbaikan__permohonan",
}
#: Columns of a file that a row shows; the sealed ones are never loaded.
_KOLOM: Final = (
    "nomor",
    "status",
    "diajukan_pada",
    "mulai_hitung",
    "terbit_pada",
    "selesai_pada",
    "hari_terpakai",
    "hari_kotor",
    "hari_sop",
    "tenggat",
    "batas_pemohon",
    "jenis_izin__nama",
)


@dataclass(frozen=True, slots=True)
class BarisStatistik:
    """One row; `nomor` is empty where the reader may not see the file. Days are working days of the SOP."""

    nomor: str
    layanan: str
    diajukan: datetime | None
    akhir: datetime | None
    hari: int | None
    sop: int | None
    keterangan: str


def ukuran_dari(kode: str) -> Ukuran | UkuranKini | None:
    """The measure that an address names."""
    if kode in UkuranKini.values:
        return UkuranKini(kode)
    return Ukuran(kode) if kode in Ukuran.values else None


def untuk_baris(daftar: QuerySet[Any]) -> QuerySet[Any]:
    """Joined with what a row shows, and nothing else."""
    ke = _BERKAS[daftar.model]
    awal = f"{ke}__" if ke else ""
    sendiri = [f.name for f in daftar.model._meta.concrete_fields if not f.is_relation] if ke else []
    kait = {Rekomendasi: ["skpd"], Pembayaran: ["skrd"], ButirPerbaikan: ["unit"]}.get(daftar.model, [])
    kolom = [*sendiri, *(f"{awal}{k}" for k in _KOLOM)]
    unit = {Rekomendasi: "skpd", ButirPerbaikan: "unit"}.get(daftar.model)
    kolom += [f"{unit}__nama", f"{unit}__nama_pendek"] if unit else []
    return daftar.select_related(f"{awal}jenis_izin", *kait).only(*kolom)


def baris(semua: Iterable[Any], akun: Akun, ukuran: Ukuran | UkuranKini) -> list[BarisStatistik]:
    """The rows of one page. Two queries: the calendar, and which of the files the reader may see."""
    isi = [(satu, _berkas(satu)) for satu in semua]
    kalender = kalender_berlaku()
    terlihat = set(lingkup_akun(akun).filter(pk__in={p.pk for _s, p in isi}).values_list("pk", flat=True))
    return [
        BarisStatistik(
            nomor=(p.nomor or "") if p.pk in terlihat else "",
            layanan=p.jenis_izin.nama,
            diajukan=p.diajukan_pada,
            akhir=p.terbit_pada or p.selesai_pada,
            hari=p.hari_terpakai,
            sop=p.hari_sop,
            keterangan=_keterangan(satu, p, ukuran, kalender),
        )
        for satu, p in isi
    ]


def baris_csv(daftar: QuerySet[Any], akun: Akun, ukuran: Ukuran | UkuranKini) -> Iterator[str]:
    """Lines of the file, head first: the same rows in the same order, all of them."""
    judul = [_("Nomor"), _("Layanan"), _("Diajukan"), _("Terbit atau selesai"), _("Hari terpakai"), _("Batas SOP")]
    yield tulis_baris([*judul, _("Keterangan")])
    semua = untuk_baris(daftar).iterator(chunk_size=_SEKALI)
    while sebagian := list(islice(semua, _SEKALI)):
        for b in baris(sebagian, akun, ukuran):
            waktu = [t.astimezone(zona()).isoformat(timespec="minutes") if t else "" for t in (b.diajukan, b.akhir)]
            hari = ["" if n is None else str(n) for n in (b.hari, b.sop)]
            yield tulis_baris([b.nomor, b.layanan, *waktu, *hari, b.keterangan])


def angka(ukuran: Ukuran, nilai: int) -> str:
    """A sum as people read it."""
    return rupiah(nilai) if ukuran == Ukuran.RETRIBUSI else _("%(n)s hari kerja") % {"n": tulis(nilai, 0)}


def _berkas(satu: Any) -> Permohonan:
    if isinstance(satu, Permohonan):
        return satu
    induk = {Pembayaran: "skrd", ButirPerbaikan: "perbaikan"}.get(type(satu))
    berkas: Permohonan = (getattr(satu, induk) if induk else satu).permohonan
    return berkas


def _keterangan(satu: Any, berkas: Permohonan, ukuran: Ukuran | UkuranKini, kalender: Kalender) -> str:
    """What the row is about, beyond its file."""
    if isinstance(satu, Perbaikan):
        isi = {"ke": satu.ke, "buka": tanggal_pendek(satu.dibuka_pada), "tutup": tanggal_pendek(satu.ditutup_pada)}
        if satu.ditutup_pada is None:
            return _("Putaran %(ke)s, diminta %(buka)s, belum dijawab") % isi
        return _("Putaran %(ke)s, diminta %(buka)s, dijawab %(tutup)s") % isi
    if isinstance(satu, Rekomendasi):
        return _saran(satu, kalender)
    if isinstance(satu, ButirPerbaikan):
        return _butir(satu)
    if isinstance(satu, Pembayaran):
        return _("%(rp)s dicatat %(hari)s") % {"rp": rupiah(satu.jumlah), "hari": tanggal_pendek(satu.dicatat_pada)}
    return _tentang_berkas(berkas, ukuran, kalender)


def _saran(satu: Rekomendasi, kalender: Kalender) -> str:
    assert satu.diberikan_pada is not None  # noqa: S101 the list holds given ones, for the type checker
    indeks = kalender.indeks
    isi = {
        "dinas": satu.skpd.nama_pendek or satu.skpd.nama,
        "hari": indeks(satu.diberikan_pada) - indeks(satu.diminta_pada),
        "jatah": satu.hari_kerja,
        "saat": tanggal_pendek(satu.diberikan_pada),
    }
    kata = _("%(dinas)s: %(hari)s hari kerja dari jatah %(jatah)s, diberikan %(saat)s") % isi
    return f"{kata}, {_('terlambat')}" if satu.diberikan_pada > satu.tenggat else kata


def _butir(satu: ButirPerbaikan) -> str:
    """Who asked and when; never what was asked, which may name somebody."""
    assert satu.unit is not None  # noqa: S101 the list holds those of an SKPD, for the type checker
    isi = {"dinas": satu.unit.nama_pendek or satu.unit.nama, "minta": tanggal_pendek(satu.diminta_pada)}
    if satu.dijawab_pada is None:
        return _("%(dinas)s: diminta %(minta)s, belum dijawab") % isi
    return _("%(dinas)s: diminta %(minta)s, dijawab %(jawab)s") % (isi | {"jawab": tanggal_pendek(satu.dijawab_pada)})


def _tentang_berkas(p: Permohonan, ukuran: Ukuran | UkuranKini, kalender: Kalender) -> str:
    if ukuran == UkuranKini.LEWAT_KINI:
        return _("Batas waktu %(saat)s") % {"saat": tanggal_pendek(p.tenggat)}
    if ukuran == UkuranKini.MENUNGGU_PEMOHON:
        return _("Ditunggu sampai %(saat)s") % {"saat": tanggal_pendek(p.batas_pemohon)}
    if ukuran == Ukuran.TEPAT_KOTOR and p.mulai_hitung and p.terbit_pada:
        hari = p.hari_kotor
        if hari is None:
            hari = hari_kotor(p.mulai_hitung, p.terbit_pada, kalender)
        return _("%(n)s hari kerja bila menunggu pemohon ikut dihitung") % {"n": hari}
    return label_status("permohonan", p.status).label_petugas
