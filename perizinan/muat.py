"""Load the catalogue from the reference files: idempotent, and never against an admin's edit.

A service is created and its first version published. After that a published version stays as it is: when the
files change, the new content becomes a draft version that an admin looks at and publishes. A row of any other
table that is already there is left alone, and counted when it differs from the file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from django.db import models, transaction

from accounts.models import Unit
from core.kalender import HasilMuat
from perizinan.acuan.baca import AKAR, Acuan, GalatAcuan, LayananAcuan
from perizinan.models import (
    AnggaranTahap,
    ButuhRekomendasi,
    HariCadangan,
    Isian,
    JenisIzin,
    Rujukan,
    SetelanWaktu,
    Syarat,
    TanggaEskalasi,
    Tarif,
    VersiLayanan,
)
from perizinan.services.katalog import terbitkan_versi

_M = TypeVar("_M", bound=models.Model)


def muat_katalog(akar: Path = AKAR) -> dict[str, HasilMuat]:
    """Load services, tariffs, fallback limits and referrals, all or nothing. Units and texts come first.

    Raises GalatAcuan for a file that cannot be used, IsianTidakSah for a version that may not be published.
    """
    acuan = Acuan(akar)
    layanan = acuan.layanan()
    with transaction.atomic():
        hasil = {
            "hari cadangan": _muat_hari_cadangan(acuan),
            "rujukan": _muat_rujukan(acuan),
            "aturan waktu": _muat_waktu(acuan),
            "jenis izin": _muat_jenis(layanan),
        }
        jenis = {j.kode: j for j in JenisIzin.objects.all()}
        hasil["tarif"] = _muat_tarif(acuan, jenis)
        hasil["versi layanan"] = _muat_versi(layanan, jenis)
    return hasil


def _muat_jenis(layanan: list[LayananAcuan]) -> HasilMuat:
    return _tambah(JenisIzin, ("kode",), [x.jenis for x in layanan])


def _muat_hari_cadangan(acuan: Acuan) -> HasilMuat:
    daftar = [
        {"berlaku_mulai": h["berlaku_mulai"], "hari_kerja": h["hari"], "dasar": h["dasar"]}
        for h in acuan.hari_cadangan()
    ]
    return _tambah(HariCadangan, ("berlaku_mulai",), daftar)


def _muat_rujukan(acuan: Acuan) -> HasilMuat:
    return _tambah(Rujukan, ("kantor",), acuan.rujukan())


def _muat_waktu(acuan: Acuan) -> HasilMuat:
    isi = acuan.waktu()
    tangga = [{"tambah_hari": 0, "sms": False} | t for t in isi["tangga"]]
    setelan = [{"kode": kode, "nilai": nilai} for kode, nilai in isi["setelan"].items()]
    return (
        _tambah(AnggaranTahap, ("tahap",), isi["anggaran"])
        + _tambah(TanggaEskalasi, ("lingkup", "persen", "tambah_hari", "kepada"), tangga)
        + _tambah(SetelanWaktu, ("kode",), setelan)
    )


def _muat_tarif(acuan: Acuan, jenis: dict[str, JenisIzin]) -> HasilMuat:
    daftar = [
        {
            "jenis_izin_id": jenis[t["layanan"]].pk,
            "berlaku_mulai": t["berlaku_mulai"],
            "rumus": t["rumus"],
            "parameter": t.get("parameter", {}),
            "dasar_hukum": t["dasar_hukum"],
            "contoh": t["contoh"],
        }
        for t in acuan.tarif()
    ]
    return _tambah(Tarif, ("jenis_izin_id", "berlaku_mulai"), daftar)


def _tambah(model: type[_M], kunci: tuple[str, ...], daftar: list[dict[str, Any]]) -> HasilMuat:
    """Create the rows that are missing, matched by `kunci`; count those that an admin made different."""
    ada = {tuple(getattr(b, k) for k in kunci): b for b in model._default_manager.all()}
    baru, suntingan = [], 0
    for data in daftar:
        baris = ada.get(tuple(data[k] for k in kunci))
        if baris is None:
            baru.append(model(**data))
        elif any(getattr(baris, nama) != nilai for nama, nilai in data.items()):
            suntingan += 1
    model._default_manager.bulk_create(baru)
    return HasilMuat(baru=len(baru), sama=len(daftar) - len(baru) - suntingan, suntingan=suntingan)


def _muat_versi(layanan: list[LayananAcuan], jenis: dict[str, JenisIzin]) -> HasilMuat:
    """First versions are published, changed content becomes a draft, content that is there stays."""
    unit = {u.kode: u for u in Unit.objects.all()}
    sidik: dict[int, set[str]] = {}
    nomor: dict[int, int] = {}
    for jenis_id, urut, isi in VersiLayanan.objects.order_by("nomor_versi").values_list(
        "jenis_izin_id", "nomor_versi", "sidik_acuan"
    ):
        sidik.setdefault(jenis_id, set()).add(isi)
        nomor[jenis_id] = urut
    hasil = HasilMuat()
    for data in layanan:
        milik = jenis[data.kode]
        if data.sidik in sidik.get(milik.pk, ()):
            hasil += HasilMuat(sama=1)
            continue
        versi = _tulis_versi(data, milik, nomor.get(milik.pk, 0) + 1, unit)
        if versi.nomor_versi == 1:
            terbitkan_versi(versi.pk, oleh=None)
            hasil += HasilMuat(baru=1)
        else:
            hasil += HasilMuat(diubah=1)
    return hasil


def _tulis_versi(data: LayananAcuan, jenis: JenisIzin, nomor: int, unit: dict[str, Unit]) -> VersiLayanan:
    """A draft version with its requirements, fields and recommendations. Raises GalatAcuan for a unit unknown."""
    tidak_ada = {data.versi["bidang"], *(r["skpd"] for r in data.rekomendasi)} - unit.keys()
    if tidak_ada:
        raise GalatAcuan(f"layanan/{data.kode}.toml: unit {', '.join(sorted(tidak_ada))} tidak ada")
    kolom = data.versi | {"bidang": unit[data.versi["bidang"]]}
    versi = VersiLayanan.objects.create(jenis_izin=jenis, nomor_versi=nomor, sidik_acuan=data.sidik, **kolom)
    Syarat.objects.bulk_create(Syarat(versi=versi, **s) for s in data.syarat)
    Isian.objects.bulk_create(Isian(versi=versi, **i) for i in data.isian)
    ButuhRekomendasi.objects.bulk_create(
        ButuhRekomendasi(versi=versi, **(r | {"skpd": unit[r["skpd"]]})) for r in data.rekomendasi
    )
    return versi
