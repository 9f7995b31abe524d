"""Editing the draft of a plan: its head, aims, objectives, programmes and activities with their numbers.

Every function locks the draft first (`kunci_draf`) and refuses an edition that is published or submitted. A printed
text stays as long as its number stays; a new number is its own text. Numbers exact; money whole rupiah.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from accounts.models import Akun
from core.galat import IsianTidakSah, TransisiDitolak
from renstra.angka import tulis
from renstra.enums import MANUAL
from renstra.models import Anggaran, Indikator, Kegiatan, Keluaran, Misi, Program, Rencana, Sasaran, Target, Tujuan
from renstra.services.edisi import kunci_draf
from renstra.sumber import SUMBER

Induk = Sasaran | Program | Kegiatan
_M = TypeVar("_M", Tujuan, Sasaran, Program, Kegiatan)


@dataclass(frozen=True, slots=True)
class IsiUkuran:
    """An indicator or output as it is typed; `pk` None for a new one. `target` by year, None for no target."""

    pk: int | None
    nama: str
    satuan: str
    arah: str
    tipe: str
    sumber: str = MANUAL
    awal: Decimal | None = None
    akhir: Decimal | None = None
    target: Mapping[int, Decimal | None] = field(default_factory=dict)
    iku: bool = False
    hapus: bool = False


def ubah_pokok(pk: int, isi: Mapping[str, str], misi: Sequence[str], *, oleh: Akun) -> Rencana:
    """Name, legal base, vision, and the missions in their order."""
    with transaction.atomic():
        rencana = kunci_draf(pk, oleh=oleh)
        for nama in ("nama", "dasar", "visi"):
            setattr(rencana, nama, isi[nama].strip())
        rencana.save(update_fields=["nama", "dasar", "visi"])
        Misi.objects.filter(rencana=rencana).delete()
        uraian = [m.strip() for m in misi if m.strip()]
        Misi.objects.bulk_create(Misi(rencana=rencana, no=n, uraian=u) for n, u in enumerate(uraian, start=1))
    return rencana


def ubah_tujuan(pk: int, tujuan: Tujuan, *, oleh: Akun) -> Tujuan:
    """Write an aim; without a number it is new and becomes the last."""
    with transaction.atomic():
        tujuan.rencana = kunci_draf(pk, oleh=oleh)
        return _simpan(tujuan, Tujuan.objects.filter(rencana_id=pk))


def ubah_sasaran(pk: int, sasaran: Sasaran, ukuran: Iterable[IsiUkuran], *, oleh: Akun) -> Sasaran:
    """Write an objective of an aim of this draft, and its indicators."""
    with transaction.atomic():
        rencana = kunci_draf(pk, oleh=oleh)
        _pastikan_milik(sasaran.tujuan.rencana_id, rencana)
        _simpan(sasaran, Sasaran.objects.filter(tujuan=sasaran.tujuan))
        _ukuran(sasaran, ukuran, rencana)
    return sasaran


def ubah_program(pk: int, program: Program, ukuran: Iterable[IsiUkuran], *, oleh: Akun) -> Program:
    """Write a programme, the objective that it serves, and its outcomes."""
    with transaction.atomic():
        rencana = kunci_draf(pk, oleh=oleh)
        if program.sasaran is not None:
            _pastikan_milik(program.sasaran.tujuan.rencana_id, rencana)
        program.rencana = rencana
        _simpan(program, Program.objects.filter(rencana=rencana))
        _ukuran(program, ukuran, rencana)
    return program


def ubah_kegiatan(
    pk: int, kegiatan: Kegiatan, ukuran: Iterable[IsiUkuran], pagu: Mapping[int, int | None], *, oleh: Akun
) -> Kegiatan:
    """Write an activity of a programme of this draft, its outputs, and its budget of every year (None: none)."""
    with transaction.atomic():
        rencana = kunci_draf(pk, oleh=oleh)
        _pastikan_milik(kegiatan.program.rencana_id, rencana)
        _simpan(kegiatan, Kegiatan.objects.filter(program=kegiatan.program))
        _ukuran(kegiatan, ukuran, rencana)
        for tahun, rupiah in pagu.items():
            _pagu(kegiatan, tahun, rupiah, rencana)
    return kegiatan


def hapus(pk: int, satu: Tujuan | Induk, *, oleh: Akun) -> None:
    """Take a line and what hangs on it out of the draft. Raises TransisiDitolak where a programme still serves it."""
    with transaction.atomic():
        rencana = kunci_draf(pk, oleh=oleh)
        _pastikan_milik(rencana_dari(satu), rencana)
        try:
            satu.delete()
        except ProtectedError as galat:
            raise TransisiDitolak(
                _("Masih ada program yang mendukung sasaran ini. Pindahkan dulu programnya.")
            ) from galat


def rencana_dari(satu: Tujuan | Induk) -> int:
    """The key of the plan that a line belongs to."""
    if isinstance(satu, Sasaran):
        return satu.tujuan.rencana_id
    return satu.program.rencana_id if isinstance(satu, Kegiatan) else satu.rencana_id


def _pastikan_milik(pk: int, rencana: Rencana) -> None:
    if pk != rencana.pk:
        raise TransisiDitolak(_("Baris ini bukan bagian dari draf itu."))


def _simpan(satu: _M, seinduk: models.QuerySet[_M]) -> _M:
    """A new line takes the number after the last."""
    if satu.pk is None:
        satu.no = (seinduk.aggregate(n=Max("no"))["n"] or 0) + 1
    satu.save()
    return satu


def _ukuran(induk: Induk, semua: Iterable[IsiUkuran], rencana: Rencana) -> None:
    """Indicators of an objective, outcomes of a programme, outputs of an activity: changed, added, deleted."""
    daftar, nama_induk, nama_no = _anak(induk)
    ada = {u.pk: u for u in daftar}
    akhir = max((getattr(u, nama_no) for u in ada.values()), default=0)
    for isi in semua:
        if isi.pk is not None and isi.pk not in ada:
            raise TransisiDitolak(_("Baris ini bukan bagian dari draf itu."))
        if isi.hapus:
            if isi.pk is not None:
                ada[isi.pk].delete()
            continue
        if isi.sumber != MANUAL and isi.sumber not in SUMBER:
            raise IsianTidakSah(_("Sumber itu tidak terdaftar."), {"sumber": [_("Pilih sumber dari daftar.")]})
        satu = ada.get(isi.pk or 0)
        if satu is None:
            akhir += 1
            satu = (Indikator if isinstance(induk, Sasaran) else Keluaran)(**{nama_induk: induk, nama_no: akhir})
        _satu_ukuran(satu, isi, rencana)


def _anak(induk: Induk) -> tuple[list[Any], str, str]:
    """The measures of a line, the name of their parent's column, and the name of their number."""
    if isinstance(induk, Sasaran):
        return list(Indikator.objects.filter(sasaran=induk)), "sasaran", "no"
    if isinstance(induk, Program):
        return list(Keluaran.objects.filter(program=induk)), "program", "urutan"
    return list(Keluaran.objects.filter(kegiatan=induk)), "kegiatan", "urutan"


def _satu_ukuran(satu: Indikator | Keluaran, isi: IsiUkuran, rencana: Rencana) -> None:
    for nama in ("nama", "satuan", "arah", "tipe", "sumber"):
        setattr(satu, nama, getattr(isi, nama))
    for nama in ("awal", "akhir"):
        nilai = getattr(isi, nama)
        if nilai != getattr(satu, nama):
            setattr(satu, nama, nilai)
            setattr(satu, f"{nama}_teks", "" if nilai is None else tulis(nilai))
    if isinstance(satu, Indikator):
        satu.iku = isi.iku
    satu.save()
    lama = {t.tahun: t for t in satu.target.all()}
    for tahun in rencana.tahun:
        if tahun in isi.target:
            _target(satu, tahun, isi.target[tahun], lama.get(tahun))


def _target(satu: Indikator | Keluaran, tahun: int, nilai: Decimal | None, lama: Target | None) -> None:
    if (lama.angka if lama else None) == nilai:
        return
    if nilai is None:
        assert lama is not None  # noqa: S101 else both were None
        lama.delete()
        return
    baris = lama or (
        Target(indikator=satu, tahun=tahun) if isinstance(satu, Indikator) else Target(keluaran=satu, tahun=tahun)
    )
    baris.angka, baris.teks = nilai, tulis(nilai)
    baris.save()


def _pagu(kegiatan: Kegiatan, tahun: int, rupiah: int | None, rencana: Rencana) -> None:
    if tahun not in rencana.tahun:
        raise IsianTidakSah(_("Tahun itu di luar rencana."), {f"pagu_{tahun}": [_("Pilih tahun dalam rencana.")]})
    lama = Anggaran.objects.filter(kegiatan=kegiatan, sub_kegiatan__isnull=True, tahun=tahun)
    if rupiah is None:
        lama.delete()
    elif not lama.filter(pagu=rupiah).exists():
        Anggaran.objects.update_or_create(
            kegiatan=kegiatan, sub_kegiatan=None, tahun=tahun, defaults={"pagu": rupiah, "teks": ""}
        )
