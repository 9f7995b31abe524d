"""What an edition changes of the one that it comes from: lines added and removed, cells before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from django.utils.translation import gettext as _

from renstra.angka import tulis
from renstra.models import Indikator, Kegiatan, Keluaran, Program, Rencana, Sasaran, Tujuan
from renstra.services.salin import milik_rencana
from renstra.sumber import SUMBER


class JenisUbahan(StrEnum):
    """Line added, line removed, cell changed."""

    TAMBAH = "tambah"
    HAPUS = "hapus"
    UBAH = "ubah"


class Ubahan(NamedTuple):
    """One change; `kolom`, `lama` and `baru` are empty where a whole line came or went."""

    jenis: JenisUbahan
    tempat: str
    kolom: str = ""
    lama: str = ""
    baru: str = ""


@dataclass(frozen=True, slots=True)
class _Baris:
    """A line of a plan: which line it comes from, what people call it, its cells in words."""

    pk: int
    asal: int | None
    tempat: str
    sel: dict[str, str]


def banding(baru: Rencana) -> list[Ubahan]:
    """Every change of `baru` against its `asal`; nothing where it comes from no edition. Fixed number of queries."""
    lama = baru.asal
    if lama is None:
        return []
    hasil = list(_beda(_("Rencana"), _pokok(lama), _pokok(baru)))
    for dulu, kini in zip(_semua(lama), _semua(baru), strict=True):
        hasil += _jenis(dulu, kini)
    return hasil


def _jenis(dulu: list[_Baris], kini: list[_Baris]) -> Iterator[Ubahan]:
    sebelum = {b.pk: b for b in dulu}
    tinggal = {b.asal for b in kini}
    for b in kini:
        if b.asal in sebelum:
            yield from _beda(b.tempat, sebelum[b.asal].sel, b.sel)
        else:
            yield Ubahan(JenisUbahan.TAMBAH, b.tempat)
    yield from (Ubahan(JenisUbahan.HAPUS, b.tempat) for b in dulu if b.pk not in tinggal)


def _beda(tempat: str, lama: dict[str, str], baru: dict[str, str]) -> Iterator[Ubahan]:
    for kolom in dict.fromkeys([*baru, *lama]):
        a, b = lama.get(kolom, ""), baru.get(kolom, "")
        if a != b:
            yield Ubahan(JenisUbahan.UBAH, tempat, kolom, a, b)


def _pokok(r: Rencana) -> dict[str, str]:
    misi = "; ".join(m.uraian for m in r.misi.order_by("no"))
    return {_("Nama"): r.nama, _("Dasar hukum"): r.dasar, _("Visi"): r.visi, _("Misi"): misi}


def _semua(r: Rencana) -> list[list[_Baris]]:
    """The lines by kind, in the order of the plan."""
    tujuan = Tujuan.objects.filter(rencana=r).order_by("no")
    sasaran = Sasaran.objects.filter(tujuan__rencana=r).order_by("tujuan__no", "no")
    indikator = (
        Indikator.objects.filter(sasaran__tujuan__rencana=r).prefetch_related("target").order_by("sasaran", "no")
    )
    program = Program.objects.filter(rencana=r).select_related("sasaran").order_by("no")
    kegiatan = Kegiatan.objects.filter(program__rencana=r).select_related("unit").prefetch_related("anggaran")
    keluaran = milik_rencana(r).select_related("kegiatan", "program").prefetch_related("target")
    return [
        [_Baris(t.pk, t.asal_id, _("Tujuan %(n)d") % {"n": t.no}, {_("Uraian"): t.uraian}) for t in tujuan],
        [_Baris(s.pk, s.asal_id, _("Sasaran %(n)d") % {"n": s.no}, {_("Uraian"): s.uraian}) for s in sasaran],
        [_Baris(i.pk, i.asal_id, _("Indikator: %(nama)s") % {"nama": i.nama}, _ukuran(i)) for i in indikator],
        [_Baris(p.pk, p.asal_id, _("Program %(n)d") % {"n": p.no}, _program(p)) for p in program],
        [_Baris(k.pk, k.asal_id, str(k), _kegiatan(k)) for k in kegiatan.order_by("program__no", "no")],
        [
            _Baris(k.pk, k.asal_id, f"{k.kegiatan or k.program}: {k.nama}", _ukuran(k))
            for k in keluaran.order_by("pk")
        ],
    ]


def _program(p: Program) -> dict[str, str]:
    sasaran = p.sasaran.uraian if p.sasaran else ""
    return {_("Nama"): p.nama, _("Kode rekening"): p.kode, _("Sasaran"): sasaran}


def _kegiatan(k: Kegiatan) -> dict[str, str]:
    kepala = {_("Nama"): k.nama, _("Kode rekening"): k.kode, _("Unit"): str(k.unit or ""), _("Lokasi"): k.lokasi}
    pagu = {a.tahun: a.pagu for a in k.anggaran.all() if a.sub_kegiatan_id is None}
    return kepala | {_("Pagu %(tahun)d") % {"tahun": t}: f"Rp{tulis(n)}" for t, n in sorted(pagu.items())}


def _angka(nilai: Decimal | None, teks: str) -> str:
    return tulis(nilai) if nilai is not None else teks


def _ukuran(u: Indikator | Keluaran) -> dict[str, str]:
    sumber = SUMBER.get(u.sumber)
    isi = {
        _("Nama"): u.nama,
        _("Satuan"): u.satuan,
        _("Arah"): str(u.get_arah_display()),
        _("Jenis"): str(u.get_tipe_display()),
        _("Sumber"): str(sumber.nama) if sumber else u.sumber,
        _("Kondisi awal"): _angka(u.awal, u.awal_teks),
    }
    for t in sorted(u.target.all(), key=lambda t: t.tahun):
        isi[_("Target %(tahun)d") % {"tahun": t.tahun}] = _angka(t.angka, t.teks)
    return isi | {_("Kondisi akhir"): _angka(u.akhir, u.akhir_teks)}
