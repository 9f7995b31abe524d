"""The survey's reference files: instruments, sample table, results from before the portal.

Raises GalatAcuan naming the file and what is wrong in it.
"""

from __future__ import annotations

import csv
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from ikm import rumus
from ikm.rumus import Aturan, Rentang

AKAR = Path(__file__).parent


class GalatAcuan(Exception):
    """A reference file that cannot be used."""


def instrumen(akar: Path = AKAR) -> list[dict[str, Any]]:
    """The instruments as they stand in the file, checked: codes once, four answers, weights that are numbers."""
    daftar: list[dict[str, Any]] = _toml(akar / "instrumen.toml")["instrumen"]
    for satu in daftar:
        _periksa(satu)
    return daftar


def riwayat(akar: Path = AKAR) -> list[dict[str, Any]]:
    """Results and targets by year."""
    hasil: list[dict[str, Any]] = _toml(akar / "riwayat.toml")["tahun"]
    return hasil


def tabel_sampel(akar: Path = AKAR) -> tuple[tuple[int, int], ...]:
    """Krejcie and Morgan: (population, sample), ascending."""
    with (akar / "krejcie_morgan.csv").open(encoding="utf-8", newline="") as isi:
        return tuple(sorted((int(b["populasi"]), int(b["sampel"])) for b in csv.DictReader(isi)))


def aturan(kode: str, akar: Path = AKAR) -> Aturan:
    """The rules of one instrument as the decree has them. Raises KeyError for an unknown code."""
    for satu in instrumen(akar):
        if satu["kode"] == kode:
            return _aturan(satu, akar)
    raise KeyError(kode)


def _aturan(satu: dict[str, Any], akar: Path) -> Aturan:
    return Aturan(
        kode=satu["kode"],
        unsur=tuple(u["kode"] for u in satu["unsur"]),
        bobot={mode: rumus.bobot(nilai) for mode, nilai in satu["bobot"].items()},
        rentang=tuple(
            Rentang(r["mutu"], r["kinerja"], r["persepsi"], Decimal(r["batas_bawah"])) for r in satu["mutu"]
        ),
        sampel_tetap=satu.get("sampel_tetap"),
        tabel_sampel=tabel_sampel(akar) if satu["aturan_sampel"] == "krejcie_morgan" else (),
    )


def _toml(berkas: Path) -> dict[str, Any]:
    try:
        with berkas.open("rb") as isi:
            return tomllib.load(isi)
    except (OSError, tomllib.TOMLDecodeError) as galat:
        raise GalatAcuan(f"{berkas.name}: {galat}") from galat


def _periksa(satu: dict[str, Any]) -> None:
    kode = [u["kode"] for u in satu["unsur"]]
    if len(set(kode)) != len(kode):
        raise GalatAcuan(f"instrumen.toml: {satu['kode']} menyebut satu unsur dua kali")
    for u in satu["unsur"]:
        if len(u["jawaban"]) != 4:
            raise GalatAcuan(f"instrumen.toml: {satu['kode']} {u['kode']} harus punya empat jawaban")
    for mode, nilai in satu["bobot"].items():
        try:
            rumus.bobot(nilai)
        except ValueError as galat:
            raise GalatAcuan(f"instrumen.toml: {satu['kode']} bobot {mode} {nilai!r} bukan bilangan") from galat
