"""The open data sets: which there are, and their rows from the same functions that the pages and books read.

Counts and signed numbers only. Nothing here names a person, a file or a permit, and the notes that people write on
lines of E.81 are left out, for nobody reads them over before they would be published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from core.waktu import hari_ini, sekarang
from ikm.deret import edisi_terbit
from ikm.enums import JenisPeriode
from perizinan import statistik
from perizinan.enums import Ukuran
from perizinan.models import JenisIzin
from perizinan.statistik import Lingkup
from renstra import bentuk_data as bentuk
from renstra.bentuk_data import Kolom
from renstra.enums import StatusRencana
from renstra.evaluasi import Evaluasi
from renstra.models import Potret

Baris = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DataTerbuka:
    """One data set: its code in the address, what it is, and its rows of a year (None: of every year)."""

    kode: str
    judul: str | Promise
    keterangan: str | Promise
    satuan: str | Promise
    pembaruan: str | Promise
    bentuk: type[serializers.Serializer[Any]]
    baris: Callable[[int | None], list[Baris]]

    def kolom(self) -> list[tuple[str, Kolom]]:
        """Its columns in their order."""
        return list(self.bentuk().fields.items())

    def isi(self, tahun: int | None) -> list[Baris]:
        """The rows as JSON and CSV both write them: decimals as exact text with a point, days as ISO 8601."""
        return [dict(self.bentuk(b).data) for b in self.baris(tahun)]


# --- permits ----------------------------------------------------------------------------------------------------


def _setahun(tahun: int) -> Lingkup:
    return Lingkup(date(tahun, 1, 1), date(tahun, 12, 1))


def _tahun(tahun: int | None) -> list[int]:
    """The years to tell of: one, or all from the first month of the summary until now."""
    statistik.segarkan()  # derived: a reader may bring it up to date
    pertama = statistik.bulan_pertama()
    if pertama is None:
        return []
    ada = range(pertama.year, hari_ini().year + 1)
    return [t for t in ada if tahun is None or t == tahun]


def _sementara(dari: date, sampai: date) -> bool:
    return sekarang() < Lingkup(dari, sampai).rentang[1]


def _nama(kode: Iterable[str]) -> dict[str, str]:
    return dict(JenisIzin.objects.filter(kode__in=set(kode)).values_list("kode", "nama"))


def _izin_terbit(tahun: int | None) -> list[Baris]:
    """Issued per month and service; months and services without any are left out. The earliest first."""
    pilihan = _tahun(tahun)
    if not pilihan:
        return []
    lingkup = Lingkup(date(pilihan[0], 1, 1), date(pilihan[-1], 12, 1))
    jumlah = statistik.per_bulan_layanan(Ukuran.TERBIT, lingkup)
    nama = _nama(kode for _bulan, kode in jumlah)
    return [
        {
            "bulan": f"{bulan:%Y-%m}",
            "layanan": kode,
            "nama_layanan": nama[kode],
            "terbit": n,
            "sementara": _sementara(bulan, bulan),
        }
        for (bulan, kode), n in jumlah.items()
    ]


def _ketepatan_waktu(tahun: int | None) -> list[Baris]:
    """Issued per year and service, how much of it in time, and how long it took. Two queries a year."""
    hasil: list[Baris] = []
    for t in _tahun(tahun):
        lingkup = _setahun(t)
        angka, sebaran = statistik.per_layanan_semua(lingkup), statistik.sebaran_layanan(lingkup)
        for kode in sorted(k for k, satu in angka.items() if satu[Ukuran.TERBIT]):
            median, p90 = statistik.persentil_sebaran(sebaran.get(kode, {}), 50, 90)
            hasil.append(
                {
                    "tahun": t,
                    "layanan": kode,
                    "terbit": angka[kode][Ukuran.TERBIT],
                    "tepat": angka[kode][Ukuran.TEPAT],
                    "lewat": angka[kode][Ukuran.LEWAT],
                    "median": median,
                    "p90": p90,
                    "sementara": _sementara(lingkup.dari, lingkup.sampai),
                }
            )
    nama = _nama(b["layanan"] for b in hasil)
    return [b | {"nama_layanan": nama[b["layanan"]]} for b in hasil]


def _retribusi(tahun: int | None) -> list[Baris]:
    """Paid per month, months without any payment included, until the present month."""
    kini = hari_ini().replace(day=1)
    return [
        {"bulan": f"{bulan:%Y-%m}", "rupiah": n, "sementara": _sementara(bulan, bulan)}
        for t in _tahun(tahun)
        for bulan, n in statistik.per_bulan(Ukuran.RETRIBUSI, _setahun(t)).items()
        if bulan <= kini
    ]


# --- survey and plan --------------------------------------------------------------------------------------------


def _ikm(tahun: int | None) -> list[Baris]:
    """Half years whose edition is signed, as it was frozen; the earliest first."""
    terbit = edisi_terbit().filter(periode__jenis=JenisPeriode.SEMESTER)
    if tahun is not None:
        terbit = terbit.filter(periode__selesai__year=tahun)
    return [
        {
            "periode": e.periode.kode,
            "mulai": e.periode.mulai,
            "selesai": e.periode.selesai,
            "edisi": e.nomor,
            "instrumen": e.hasil["instrumen"]["kode"],
            "bobot": e.hasil["mode_bobot"],
            "responden": e.hasil.get("n"),
            "ikm": _angka(e.hasil.get("ikm")),
            "mutu": e.hasil.get("mutu", ""),
            "ditahan": e.hasil["ditahan"],
        }
        for e in reversed(terbit)
    ]


def _sah(tahun: int | None) -> list[Potret]:
    """The newest signed edition of every quarter, by plan and time. What nobody signed is not there."""
    daftar = Potret.objects.filter(disahkan_pada__isnull=False).exclude(rencana__status=StatusRencana.DRAF)
    if tahun is not None:
        daftar = daftar.filter(tahun=tahun)
    urut = daftar.select_related("rencana").order_by("tahun", "triwulan", "rencana", "edisi")
    return list({(p.rencana_id, p.tahun, p.triwulan): p for p in urut}.values())


def _indikator(tahun: int | None) -> list[Baris]:
    """Lines of each year as its last signed quarter has them; a revision of a plan stands for the one before."""
    urut = sorted(_sah(tahun), key=lambda p: (p.tahun, p.rencana.kode, p.triwulan, p.rencana.edisi))
    akhir = {(p.tahun, p.rencana.kode): p for p in urut}
    return [_baris_indikator(p, b) for p in akhir.values() for b in p.isi["baris"]]


def _baris_indikator(p: Potret, b: Baris) -> Baris:
    capaian = _angka(b["capaian"]["k"])
    pada = Evaluasi(p.rencana, p.tahun, p.triwulan, [])  # knows which table of grades held on the quarter's last day
    return {
        "rencana": p.rencana.nama,
        "tahun": p.tahun,
        "sampai_triwulan": p.triwulan,
        **{k: b[k] for k in ("uraian", "indikator", "satuan")},
        "target": _angka(b["target"]["k"]),
        "realisasi": _angka(b["realisasi"]["k"]),
        "capaian": capaian,
        "predikat": pada.kriteria(None if capaian is None else Fraction(capaian)),
    }


def _evaluasi(tahun: int | None) -> list[Baris]:
    """Lines of every signed quarter's E.81."""
    return [_baris_evaluasi(p, b) for p in _sah(tahun) for b in p.isi["baris"]]


def _baris_evaluasi(p: Potret, b: Baris) -> Baris:
    triwulan = b["triwulan"][p.triwulan - 1]
    return {
        "rencana": p.rencana.nama,
        "tahun": p.tahun,
        "triwulan": p.triwulan,
        "edisi": p.edisi,
        **{k: b[k] for k in ("kode", "tingkat", "uraian", "indikator", "satuan")},
        "target": _angka(b["target"]["k"]),
        "anggaran": _rupiah(b["target"]["rp"]),
        "realisasi_triwulan": _angka(triwulan["k"]),
        "belanja_triwulan": _rupiah(triwulan["rp"]),
        "realisasi": _angka(b["realisasi"]["k"]),
        "belanja": _rupiah(b["realisasi"]["rp"]),
        "capaian": _angka(b["capaian"]["k"]),
        "serapan": _angka(b["capaian"]["rp"]),
        "capaian_renstra": _angka(b["capaian_renstra"]["k"]),
    }


def _angka(teks: str | None) -> Decimal | None:
    return None if teks is None else Decimal(teks)


def _rupiah(teks: str | None) -> int | None:
    return None if teks is None else int(Decimal(teks))


_TIAP_HARI: Final = _("dihitung ulang saat diambil; bulan dan tahun berjalan bertanda sementara")
_TIAP_TRIWULAN: Final = _("setiap kali evaluasi triwulan disahkan")

SEMUA: Final = (
    DataTerbuka(
        "izin-terbit",
        _("Izin terbit per bulan dan layanan"),
        _("Banyaknya izin yang ditandatangani. Bulan dan layanan tanpa izin terbit tidak ditulis."),
        _("izin"),
        _TIAP_HARI,
        bentuk.IzinTerbit,
        _izin_terbit,
    ),
    DataTerbuka(
        "ketepatan-waktu",
        _("Ketepatan waktu per tahun dan layanan"),
        _("Berapa izin terbit dalam batas waktunya, dan berapa hari kerja lamanya tanpa waktu menunggu pemohon."),
        _("izin; hari kerja"),
        _TIAP_HARI,
        bentuk.KetepatanWaktu,
        _ketepatan_waktu,
    ),
    DataTerbuka(
        "retribusi",
        _("Retribusi yang dibayar per bulan"),
        _("Jumlah pembayaran retribusi izin yang dicatat bendahara, semua layanan."),
        _("rupiah"),
        _TIAP_HARI,
        bentuk.RetribusiBulan,
        _retribusi,
    ),
    DataTerbuka(
        "ikm",
        _("Indeks Kepuasan Masyarakat per semester"),
        _("Hasil survei kepuasan yang sudah ditutup dan disahkan."),
        _("indeks 25 sampai 100"),
        _("setiap kali hasil satu semester disahkan"),
        bentuk.IkmSemester,
        _ikm,
    ),
    DataTerbuka(
        "indikator-renstra",
        _("Indikator rencana strategis per tahun"),
        _("Target, realisasi, capaian, dan predikat setiap indikator menurut triwulan terakhir yang disahkan."),
        _("satuan tiap indikator; persen"),
        _TIAP_TRIWULAN,
        bentuk.IndikatorTahun,
        _indikator,
    ),
    DataTerbuka(
        "evaluasi-renja",
        _("Evaluasi rencana kerja per triwulan"),
        _("Baris Formulir E.81 dari triwulan yang disahkan: kinerja dan anggaran."),
        _("satuan tiap indikator; rupiah; persen"),
        _TIAP_TRIWULAN,
        bentuk.BarisEvaluasi,
        _evaluasi,
    ),
)
MENURUT_KODE: Final = {d.kode: d for d in SEMUA}
