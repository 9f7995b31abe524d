"""Load the plans of `renstra/acuan/`: the printed tables, and the tree of the plan that is read from them.

Twice is the same as once; a row that is there is never overwritten, and counted when it differs from the file.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from django.db import models, transaction

from accounts.models import Unit
from core.kalender import HasilMuat
from renstra import tabel
from renstra.enums import TipeIndikator
from renstra.models import (
    Anggaran,
    BarisCetak,
    Indikator,
    Kegiatan,
    Keluaran,
    Misi,
    Program,
    Rencana,
    Sasaran,
    TabelCetak,
    Target,
    Tujuan,
)
from renstra.periksa.kondisi import bertingkat

AKAR = Path(__file__).parent / "acuan"
_M = TypeVar("_M", bound=models.Model)
Baris = dict[str, Any]


def muat_renstra(akar: Path = AKAR) -> dict[str, HasilMuat]:
    """Load every plan that has a `rencana.toml`; all or nothing.

    Raises `GalatTabel` for a table that cannot be read.
    """
    hasil: dict[str, HasilMuat] = {}
    with transaction.atomic():
        for berkas in sorted(akar.glob("*/rencana.toml")):
            for nama, satu in _satu_rencana(berkas.parent).items():
                hasil[nama] = hasil.get(nama, HasilMuat()) + satu
    return hasil


def _satu_rencana(folder: Path) -> dict[str, HasilMuat]:
    isi = tomllib.loads((folder / "rencana.toml").read_text(encoding="utf-8"))
    tabel.baca(folder)  # names file, line and column of what cannot be read
    kolom = ("kode", "edisi", "nama", "tahun_mulai", "tahun_akhir", "dasar", "sumber", "visi", "status")
    hasil = {"rencana": _tambah(Rencana, ("kode", "edisi"), [{k: isi[k] for k in kolom}])}
    rencana = Rencana.objects.get(kode=isi["kode"], edisi=isi["edisi"])
    misi = [{"rencana_id": rencana.pk, "no": n, "uraian": u} for n, u in enumerate(isi["misi"], start=1)]
    hasil["misi"] = _tambah(Misi, ("rencana_id", "no"), misi)
    hasil |= _cetak(folder, rencana, isi["judul"])
    hasil |= _tujuan(folder, rencana, isi)
    hasil |= _kegiatan(folder, rencana, isi)
    return hasil


def _tambah(model: type[_M], kunci: tuple[str, ...], daftar: list[Baris]) -> HasilMuat:
    """Create the rows that are missing, matched by `kunci`; count those that an admin made different."""
    ada = {tuple(getattr(b, k) for k in kunci): b for b in model._default_manager.all()}
    baru, suntingan = [], 0
    for data in daftar:
        baris = ada.get(tuple(data.get(k) for k in kunci))
        if baris is None:
            baru.append(model(**data))
        elif any(getattr(baris, nama) != nilai for nama, nilai in data.items()):
            suntingan += 1
    model._default_manager.bulk_create(baru)
    return HasilMuat(baru=len(baru), sama=len(daftar) - len(baru) - suntingan, suntingan=suntingan)


def baca_csv(berkas: Path) -> tuple[list[str], list[list[str]]]:
    """Columns and rows, every cell as it stands."""
    semua = list(csv.reader(io.StringIO(berkas.read_text(encoding="utf-8"))))
    return semua[0], semua[1:]


def _cetak(folder: Path, rencana: Rencana, judul: dict[str, str]) -> dict[str, HasilMuat]:
    """Every file as it is, cell by cell."""
    isi = {nama: baca_csv(folder / nama) for nama in judul if (folder / nama).is_file()}
    daftar = []
    for urutan, (nama, (kolom, _)) in enumerate(isi.items(), start=1):
        bentuk = tabel.BENTUK.get(nama.removeprefix("t_").removesuffix(".csv"))
        data = {"berkas": nama, "kode": bentuk.kode if bentuk else "", "judul": judul[nama]}
        daftar.append({"rencana_id": rencana.pk, **data, "urutan": urutan, "kolom": kolom})
    hasil = _tambah(TabelCetak, ("rencana_id", "berkas"), daftar)
    pk = dict(TabelCetak.objects.filter(rencana=rencana).values_list("berkas", "pk"))
    baris = [
        {"tabel_id": pk[nama], "urutan": n, "sel": sel}
        for nama, (_, semua) in isi.items()
        for n, sel in enumerate(semua, start=1)
    ]
    return {"tabel tercetak": hasil, "baris tercetak": _tambah(BarisCetak, ("tabel_id", "urutan"), baris)}


def _dict(folder: Path, kunci: str) -> list[dict[str, str]]:
    berkas = folder / f"t_{kunci}.csv"
    if not berkas.is_file():
        return []
    kolom, baris = baca_csv(berkas)
    return [dict(zip(kolom, b, strict=True)) for b in baris]


def _tujuan(folder: Path, rencana: Rencana, isi: Baris) -> dict[str, HasilMuat]:
    """Aims, objectives and indicators of Tabel 4.1; the main ones with start and end from Tabel 6.1."""
    baris = _dict(folder, tabel.TUJUAN)
    iku = {b["indikator"]: b for b in _dict(folder, tabel.IKU)}
    daftar = [{"rencana_id": rencana.pk, "no": int(b["no"]), "uraian": b["tujuan"]} for b in baris]
    hasil = {"tujuan": _tambah(Tujuan, ("rencana_id", "no"), daftar)}
    pk = dict(Tujuan.objects.filter(rencana=rencana).values_list("no", "pk"))
    daftar = [{"tujuan_id": pk[int(b["no"])], "no": 1, "uraian": b["sasaran"]} for b in baris]
    hasil["sasaran"] = _tambah(Sasaran, ("tujuan_id", "no"), daftar)
    sasaran = dict(Sasaran.objects.filter(tujuan__rencana=rencana).values_list("tujuan__no", "pk"))
    daftar = [_indikator(b, iku.get(b["indikator"]), sasaran[int(b["no"])], rencana, isi) for b in baris]
    hasil["indikator"] = _tambah(Indikator, ("sasaran_id", "no"), daftar)
    ukuran = dict(Indikator.objects.filter(sasaran__tujuan__rencana=rencana).values_list("sasaran__tujuan__no", "pk"))
    cetak = _teks_outcome(folder)
    daftar = [
        {
            "indikator_id": ukuran[int(b["no"])],
            "tahun": t,
            "teks": cetak.get(t, b[f"{t}"]),
            "angka": _angka(b[f"{t}"]),
        }
        for b in baris
        for t in rencana.tahun
    ]
    hasil["target indikator"] = _tambah(Target, ("indikator_id", "tahun"), daftar)
    return hasil


def _indikator(b: dict[str, str], iku: dict[str, str] | None, sasaran: int, rencana: Rencana, isi: Baris) -> Baris:
    data: Baris = {"sasaran_id": sasaran, "no": 1, "nama": b["indikator"], "satuan": b["satuan"], "iku": bool(iku)}
    data["tipe"] = TipeIndikator.LEVEL if bertingkat(b["satuan"]) else TipeIndikator.KUMULATIF
    data |= isi["sumber_indikator"].get(b["indikator"], {})
    if iku:
        awal = next(k for k in iku if k.startswith("awal_"))
        akhir = f"akhir_{rencana.tahun_akhir}"
        data |= {"awal_teks": iku[awal], "awal": _angka(iku[awal]), "akhir_teks": iku[akhir]}
        data["akhir"] = _angka(iku[akhir])
    return data


def _teks_outcome(folder: Path) -> dict[int, str]:
    """Printed yearly targets of the programme's outcome row of Tabel 5.1."""
    baris = next((b for b in _dict(folder, tabel.TARGET) if b["no_tabel"] == "0"), {})
    return {int(k[7:11]): v for k, v in baris.items() if k.startswith("target_") and k.endswith("_tercetak")}


def _angka(teks: str) -> Decimal | None:
    return Decimal(teks) if teks.strip() else None


def _kegiatan(folder: Path, rencana: Rencana, isi: Baris) -> dict[str, HasilMuat]:
    """The programme, its activities with their money, and the outputs of Tabel 5.1."""
    sasaran = Sasaran.objects.filter(tujuan__rencana=rencana).order_by("tujuan__no", "no").first()
    data = {"rencana_id": rencana.pk, "no": 1, "nama": isi["program"], "sasaran_id": sasaran.pk if sasaran else None}
    hasil = {"program": _tambah(Program, ("rencana_id", "no"), [data])}
    program = Program.objects.get(rencana=rencana, no=1)
    unit = Unit.objects.filter(kode=isi["unit"]).first()
    uang = [b for b in _dict(folder, tabel.PENDANAAN) if b["no_tabel"].isdigit()]
    daftar = [
        {
            "program_id": program.pk,
            "no": int(b["no_tabel"]),
            "no_daftar": int(b["no_daftar_5_1_1"]) if b["no_daftar_5_1_1"] else None,
            "nama": b["kegiatan"],
            "unit_id": unit.pk if unit else None,
            "lokasi": isi["lokasi"],
            "keyakinan": b["keyakinan_penempatan"],
            "catatan": b["catatan"],
        }
        for b in uang
    ]
    hasil["kegiatan"] = _tambah(Kegiatan, ("program_id", "no"), daftar)
    pk = dict(Kegiatan.objects.filter(program=program).values_list("no", "pk"))
    cetak = {(b[1], b[2]): b[3] for b in baca_csv(folder / "tercetak.csv")[1] if b[0] == "5.1"}
    daftar = [
        {
            "kegiatan_id": pk[int(b["no_tabel"])],
            "sub_kegiatan_id": None,
            "tahun": t,
            "teks": cetak.get((b["no_tabel"], f"rp_{t}"), ""),
            "pagu": int(b[f"rp_{t}"]),
        }
        for b in uang
        for t in rencana.tahun
        if b[f"rp_{t}"]
    ]
    hasil["anggaran"] = _tambah(Anggaran, ("kegiatan_id", "sub_kegiatan_id", "tahun"), daftar)
    return hasil | _keluaran(folder, rencana, program, pk)


def _keluaran(folder: Path, rencana: Rencana, program: Program, pk: dict[int, int]) -> dict[str, HasilMuat]:
    baris = list(_bernomor(_dict(folder, tabel.TARGET)))
    daftar = [
        {
            "program_id": None if induk else program.pk,
            "kegiatan_id": pk[induk] if induk else None,
            "urutan": urutan,
            "nama": b["indikator_output"],
            "satuan": b["satuan"],
            "tipe": TipeIndikator.LEVEL if bertingkat(b["satuan"]) else TipeIndikator.KUMULATIF,
            "awal_teks": b["data_awal_tercetak"],
            "akhir_teks": b["kondisi_akhir_tercetak"],
            "akhir": _angka(b["kondisi_akhir_angka"]),
            "catatan": b["catatan"],
        }
        for induk, urutan, b in baris
    ]
    hasil = {"keluaran": _tambah(Keluaran, ("program_id", "kegiatan_id", "urutan"), daftar)}
    kunci = {
        (k.kegiatan.no if k.kegiatan else 0, k.urutan): k.pk
        for k in Keluaran.objects.select_related("kegiatan").filter(
            models.Q(program=program) | models.Q(kegiatan__program=program)
        )
    }
    daftar = [
        {
            "keluaran_id": kunci[induk, urutan],
            "tahun": t,
            "teks": b[f"target_{t}_tercetak"],
            "angka": _angka(b[f"target_{t}_angka"]),
        }
        for induk, urutan, b in baris
        for t in rencana.tahun
    ]
    hasil["target keluaran"] = _tambah(Target, ("keluaran_id", "tahun"), daftar)
    return hasil


def _bernomor(baris: list[dict[str, str]]) -> Iterator[tuple[int, int, dict[str, str]]]:
    """(number of the activity or 0 for the programme, running number in it, row)."""
    hitung: dict[int, int] = {}
    for b in baris:
        induk = int(b["no_tabel"])
        hitung[induk] = hitung.get(induk, 0) + 1
        yield induk, hitung[induk], b
