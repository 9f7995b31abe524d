"""Copying a plan: an edition into its revision, its structure into another period, its reports at publishing.

Every copied line names the line that it comes from (`asal`), so that the two can be compared and what was reported
can follow. Reports are copied, not moved: the old edition keeps its own and can be read for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models

from renstra.models import (
    Anggaran,
    BarisCetak,
    CatatanEvaluasi,
    Indikator,
    Kegiatan,
    Keluaran,
    Misi,
    Naskah,
    Program,
    RealisasiAnggaran,
    RealisasiKinerja,
    Rencana,
    Sasaran,
    SubKegiatan,
    TabelCetak,
    Target,
    Tujuan,
)

_M = TypeVar("_M", bound=models.Model)
Peta = dict[int, int]
#: Companions of the printed tables: only their lines about chapter II stay true of a revision.
_PENDAMPING = {"tercetak.csv", "judul_kolom.csv", "narasi.csv"}


def salin_isi(dari: Rencana, ke: Rencana, *, angka: bool = True) -> None:
    """Copy the tree of `dari` into the empty `ke`; without `angka` its structure only, and no `asal`.

    With numbers the printed tables of chapter II come along: they tell of the years before the plan, which a
    revision does not change. The numbers of list 5.1.1 stay behind; they belong to the printed document.
    """
    tanpa: dict[str, Any] = {} if angka else dict.fromkeys(("awal", "akhir")) | {"awal_teks": "", "akhir_teks": ""}
    _salin(Misi.objects.filter(rencana=dari), {"rencana_id": {dari.pk: ke.pk}}, asal=False)
    induk = {"rencana_id": {dari.pk: ke.pk}}
    tujuan = _salin(Tujuan.objects.filter(rencana=dari), induk, asal=angka)
    sasaran = _salin(Sasaran.objects.filter(tujuan__rencana=dari), {"tujuan_id": tujuan}, asal=angka)
    milik = Indikator.objects.filter(sasaran__tujuan__rencana=dari)
    indikator = _salin(milik, {"sasaran_id": sasaran}, asal=angka, tetap=tanpa)
    program = _salin(Program.objects.filter(rencana=dari), induk | {"sasaran_id": sasaran}, asal=angka)
    kegiatan = _salin(
        Kegiatan.objects.filter(program__rencana=dari),
        {"program_id": program},
        asal=angka,
        tetap={"no_daftar": None, "keyakinan": "", "catatan": ""},
    )
    sub = _salin(SubKegiatan.objects.filter(kegiatan__program__rencana=dari), {"kegiatan_id": kegiatan}, asal=angka)
    keluaran = _salin(milik_rencana(dari), {"program_id": program, "kegiatan_id": kegiatan}, asal=angka, tetap=tanpa)
    if not angka:
        return
    target = Target.objects.filter(indikator__in=indikator) | Target.objects.filter(keluaran__in=keluaran)
    _salin(target, {"indikator_id": indikator, "keluaran_id": keluaran}, asal=False)
    uang = Anggaran.objects.filter(kegiatan__in=kegiatan)
    _salin(uang, {"kegiatan_id": kegiatan, "sub_kegiatan_id": sub}, asal=False)
    _salin_cetak(dari, ke)


def milik_rencana(rencana: Rencana) -> models.QuerySet[Keluaran]:
    """Outputs and outcomes of a plan."""
    return Keluaran.objects.filter(models.Q(kegiatan__program__rencana=rencana) | models.Q(program__rencana=rencana))


def _salin(
    daftar: models.QuerySet[_M],
    peta: Mapping[str, Mapping[int, int]],
    *,
    asal: bool,
    tetap: Mapping[str, Any] | None = None,
) -> Peta:
    """Copy rows; `peta` gives the new key for each old one of a column. Returns new key by old key."""
    lama = list(daftar.order_by("pk"))
    baru = []
    for satu in lama:
        isi = _nilai(satu)
        for kolom, ke in peta.items():
            isi[kolom] = ke[isi[kolom]] if isi[kolom] is not None else None
        if "asal_id" in isi:
            isi["asal_id"] = satu.pk if asal else None
        baru.append(daftar.model(**isi | dict(tetap or {})))
    daftar.model._default_manager.bulk_create(baru)
    return {a.pk: b.pk for a, b in zip(lama, baru, strict=True)}


def _nilai(satu: models.Model) -> dict[str, Any]:
    return {f.attname: getattr(satu, f.attname) for f in satu._meta.concrete_fields if not f.primary_key}


def _salin_cetak(dari: Rencana, ke: Rencana) -> None:
    for tabel in TabelCetak.objects.filter(rencana=dari).order_by("urutan"):
        if not (tabel.kode.startswith("2.") or tabel.berkas in _PENDAMPING):
            continue
        sel = [b.sel for b in BarisCetak.objects.filter(tabel=tabel).order_by("urutan")]
        if tabel.berkas in _PENDAMPING:
            sel = [s for s in sel if str(s[0]).startswith("2.")]
        if not sel:
            continue
        baru = TabelCetak.objects.create(**_nilai(tabel) | {"rencana_id": ke.pk})
        BarisCetak.objects.bulk_create(BarisCetak(tabel=baru, urutan=n, sel=s) for n, s in enumerate(sel, start=1))


def bawa_laporan(baru: Rencana) -> None:
    """Copy what was reported under the edition before to the lines that come from it.

    Money that was spent in a year whose budget the revision took away keeps a budget of nothing, so that no rupiah
    is lost. What was reported of a line that is gone stays with the old edition (`tertinggal`).
    """
    if baru.asal_id is None:
        return
    keluaran = _menurut_asal(milik_rencana(baru))
    indikator = _menurut_asal(Indikator.objects.filter(sasaran__tujuan__rencana=baru))
    laporan = RealisasiKinerja.objects.filter(keluaran__in=keluaran) | RealisasiKinerja.objects.filter(
        indikator__in=indikator
    )
    _salin(laporan, {"keluaran_id": keluaran, "indikator_id": indikator}, asal=False)
    rencana = {"rencana_id": {baru.asal_id: baru.pk}}
    _salin(CatatanEvaluasi.objects.filter(rencana=baru.asal_id), rencana, asal=False)
    _salin(Naskah.objects.filter(rencana=baru.asal_id), rencana, asal=False)  # names its lines by their words
    _bawa_uang(baru)


def _menurut_asal(daftar: models.QuerySet[Any]) -> Peta:
    """New key by the key of the line that it comes from."""
    return {asal: pk for pk, asal in daftar.filter(asal__isnull=False).order_by("pk").values_list("pk", "asal_id")}


def _bawa_uang(baru: Rencana) -> None:
    kegiatan = _menurut_asal(Kegiatan.objects.filter(program__rencana=baru))
    sub = _menurut_asal(SubKegiatan.objects.filter(kegiatan__program__rencana=baru))
    tempat: Peta = {}
    for lama in Anggaran.objects.filter(kegiatan__in=kegiatan, realisasi__isnull=False).distinct().order_by("pk"):
        if lama.sub_kegiatan_id is not None and lama.sub_kegiatan_id not in sub:
            continue
        anggaran, _ada = Anggaran.objects.get_or_create(
            kegiatan_id=kegiatan[lama.kegiatan_id],
            sub_kegiatan_id=None if lama.sub_kegiatan_id is None else sub[lama.sub_kegiatan_id],
            tahun=lama.tahun,
            defaults={"pagu": 0},
        )
        tempat[lama.pk] = anggaran.pk
    _salin(RealisasiAnggaran.objects.filter(anggaran__in=tempat), {"anggaran_id": tempat}, asal=False)


def tertinggal(baru: Rencana) -> list[tuple[str, int]]:
    """Lines of the edition before that are gone from this draft although something was reported: name, reports."""
    lama = baru.asal
    if lama is None:
        return []
    hasil: list[tuple[str, int]] = []
    for daftar in (
        milik_rencana(lama).exclude(pk__in=_menurut_asal(milik_rencana(baru))),
        Indikator.objects.filter(sasaran__tujuan__rencana=lama).exclude(
            pk__in=_menurut_asal(Indikator.objects.filter(sasaran__tujuan__rencana=baru))
        ),
    ):
        hasil += _berlaporan(daftar, "realisasi")
    hilang = Kegiatan.objects.filter(program__rencana=lama).exclude(
        pk__in=_menurut_asal(Kegiatan.objects.filter(program__rencana=baru))
    )
    return hasil + _berlaporan(hilang, "anggaran__realisasi")


def _berlaporan(daftar: models.QuerySet[Any], laporan: str) -> list[tuple[str, int]]:
    hitung = daftar.annotate(laporan=models.Count(laporan)).filter(laporan__gt=0).order_by("pk")
    return [(satu.nama, satu.laporan) for satu in hitung]
