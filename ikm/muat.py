"""Load the survey's reference files: idempotent, and never against an admin's edit.

A row that is there is left alone, and counted when it differs from the file.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from django.db import models, transaction

from core.kalender import HasilMuat
from ikm.acuan import baca
from ikm.models import Bobot, HasilLama, Instrumen, RentangMutu, Unsur

_M = TypeVar("_M", bound=models.Model)
_KOLOM = ("kode", "nama", "dasar", "berlaku_dari", "berlaku_sampai", "aturan_sampel", "sampel_tetap", "sumber")


def muat_survei(akar: Path = baca.AKAR) -> dict[str, HasilMuat]:
    """Load instruments with their unsur, weights and grades, and the years before the portal; all or nothing.

    Raises GalatAcuan for a file that cannot be used.
    """
    daftar, tahun = baca.instrumen(akar), baca.riwayat(akar)
    with transaction.atomic():
        hasil = {"instrumen survei": _tambah(Instrumen, ("kode",), [_instrumen(i) for i in daftar])}
        pk = dict(Instrumen.objects.values_list("kode", "pk"))
        hasil["unsur survei"] = _tambah(Unsur, ("instrumen_id", "kode"), [u for i in daftar for u in _unsur(i, pk)])
        hasil["bobot survei"] = _tambah(
            Bobot,
            ("instrumen_id", "mode"),
            [{"instrumen_id": pk[i["kode"]], "mode": m, "nilai": n} for i in daftar for m, n in i["bobot"].items()],
        )
        hasil["mutu survei"] = _tambah(
            RentangMutu,
            ("instrumen_id", "mutu"),
            [
                {**r, "instrumen_id": pk[i["kode"]], "batas_bawah": Decimal(r["batas_bawah"])}
                for i in daftar
                for r in i["mutu"]
            ],
        )
        hasil["hasil survei lama"] = _tambah(HasilLama, ("tahun",), [_tahun(t, pk) for t in tahun])
    return hasil


def _instrumen(satu: dict[str, Any]) -> dict[str, Any]:
    return {"berlaku_sampai": None, "sampel_tetap": None, "sumber": ""} | {k: satu[k] for k in _KOLOM if k in satu}


def _unsur(satu: dict[str, Any], pk: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "instrumen_id": pk[satu["kode"]],
            "kode": u["kode"],
            "urutan": urutan,
            "nama": u["nama"],
            "pertanyaan": u["pertanyaan"],
            **{f"jawaban_{n}": kata for n, kata in enumerate(u["jawaban"], start=1)},
        }
        for urutan, u in enumerate(satu["unsur"], start=1)
    ]


def _tahun(satu: dict[str, Any], pk: dict[str, int]) -> dict[str, Any]:
    angka = {k: Decimal(satu[k]) if k in satu else None for k in ("nilai", "target")}
    return {"tahun": satu["tahun"], **angka, "instrumen_id": pk[satu["instrumen"]], "sumber": satu["sumber"]}


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
