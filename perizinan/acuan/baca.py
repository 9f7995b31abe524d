"""The reference data as plain records: shared tables are looked up, defaults filled in, keys checked.

Reads files and nothing else: no ORM, no database. What a key means stands at the top of `umum/*.toml`.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

AKAR = Path(__file__).parent

Rekaman = dict[str, Any]

_JENIS = frozenset(
    [
        "kode",
        "nama",
        "nama_en",
        "nama_sms",
        "singkatan",
        "kode_nomor",
        "nama_tercetak",
        "ringkas",
        "ringkas_en",
        "sinonim",
        "kelompok",
        "kebutuhan",
        "urutan",
        "paket",
        "sumber",
    ]
)
#: Keys of a service that become columns of its version under the same name.
_VERSI = frozenset(
    [
        "berlaku_mulai",
        "sop_no",
        "biaya",
        "posisi_bayar",
        "jenis_produk",
        "bidang",
        "tinjau",
        "tingkat_paraf",
        "batas_pemohon_hari",
        "batas_periksa_hari",
        "kebijakan_fiktif",
        "boleh_tanpa_rekomendasi",
        "ods",
        "publikasi",
        "generik",
    ]
)
_KHUSUS = frozenset(
    [
        "hari",
        "masa_berlaku",
        "jenis_permohonan",
        "dasar_hukum",
        "persyaratan",
        "isian",
        "rekomendasi",
        "syarat",
        "kolom",
        "naskah",
    ]
)
_SYARAT = frozenset(
    [
        "nama",
        "nama_en",
        "petunjuk",
        "cek",
        "wajib",
        "bila",
        "jenis_permohonan",
        "asal",
        "layanan",
        "asli",
        "berlaku_saat_terbit",
        "format",
        "maks_mb",
        "alasan",
        "sumber",
    ]
)
_ISIAN = frozenset(
    [
        "label",
        "label_en",
        "bantuan",
        "tipe",
        "wajib",
        "opsi",
        "satuan",
        "min",
        "maks",
        "bila",
        "diisi_oleh",
        "kelompok",
        "sumber",
    ]
)
_REKOMENDASI = frozenset(["skpd", "hari", "tinjau", "bila", "periksa", "sumber"])


class GalatAcuan(ValueError):
    """A reference file that cannot be used; the message names the file and the key."""


@dataclass(frozen=True, slots=True)
class LayananAcuan:
    """One service as the files describe it. Keys are column names; units are named by their code."""

    jenis: Rekaman
    versi: Rekaman
    syarat: list[Rekaman]
    isian: list[Rekaman]
    rekomendasi: list[Rekaman]

    @property
    def kode(self) -> str:
        return str(self.jenis["kode"])

    @property
    def sidik(self) -> str:
        """SHA-256 of everything that a version holds: the same content is never loaded twice."""
        isi = [self.versi, self.syarat, self.isian, self.rekomendasi]
        return hashlib.sha256(json.dumps(isi, sort_keys=True, default=str).encode()).hexdigest()


class Acuan:
    """One folder of reference data."""

    def __init__(self, akar: Path = AKAR) -> None:
        self.akar = akar

    def layanan(self) -> list[LayananAcuan]:
        """Every service, in the order of the catalogue. Raises GalatAcuan."""
        semua = [self._satu(berkas) for berkas in sorted((self.akar / "layanan").glob("*.toml"))]
        return sorted(semua, key=lambda x: int(x.jenis["urutan"]))

    def tarif(self) -> list[Rekaman]:
        """Dated tariffs; `layanan` is a service's code."""
        return self._baris("tarif.toml", "tarif")

    def hari_cadangan(self) -> list[Rekaman]:
        return self._baris("hari_cadangan.toml", "hari_cadangan")

    def waktu(self) -> Rekaman:
        """Stage budgets, ladder of escalation, settings."""
        return self._toml("waktu.toml")

    def rujukan(self) -> list[Rekaman]:
        return self._baris("rujukan.toml", "rujukan")

    def kata(self) -> Rekaman:
        """Words of no weight and spellings, for the search."""
        return self._toml("kata.toml")

    @cached_property
    def sumber(self) -> Rekaman:
        """What each source code stands for."""
        return self._toml("sumber.toml")

    # --- shared tables -----------------------------------------------------------------------------------------

    @cached_property
    def _umum(self) -> dict[str, Rekaman]:
        nama = ("alasan", "bawaan", "dasar_hukum", "isian", "jenis_permohonan", "persyaratan")
        return {n: self._toml(f"umum/{n}.toml") for n in nama}

    def _toml(self, nama: str) -> Rekaman:
        try:
            with (self.akar / nama).open("rb") as isi:
                return tomllib.load(isi, parse_float=Decimal)
        except (OSError, tomllib.TOMLDecodeError) as galat:
            raise GalatAcuan(f"{nama}: {galat}") from galat

    def _baris(self, nama: str, kunci: str) -> list[Rekaman]:
        daftar: list[Rekaman] = self._toml(nama)[kunci]
        return daftar

    # --- one service -------------------------------------------------------------------------------------------

    def _satu(self, berkas: Path) -> LayananAcuan:
        nama = f"layanan/{berkas.name}"
        isi = self._umum["bawaan"] | self._toml(nama)
        _periksa_kunci(nama, isi, _JENIS | _VERSI | _KHUSUS)
        if isi.get("kode") != berkas.stem:
            raise GalatAcuan(f"{nama}: kode harus sama dengan nama berkas")
        try:
            syarat = [self._syarat(isi, kode, urut) for urut, kode in enumerate(isi["persyaratan"], 1)]
            isian = [self._isian(isi, kode, urut) for urut, kode in enumerate(isi["isian"], 1)]
            rekomendasi = [_rekomendasi(r) for r in isi.get("rekomendasi", [])]
            versi = self._versi(isi, [k.pop("sumber", "") for k in isian])
        except KeyError as galat:
            raise GalatAcuan(f"{nama}: {galat.args[0]!r} tidak ada") from galat
        except GalatAcuan as galat:
            raise GalatAcuan(f"{nama}: {galat}") from galat
        _periksa_terpakai(nama, "syarat", isi.get("syarat", {}), isi["persyaratan"])
        _periksa_terpakai(nama, "kolom", isi.get("kolom", {}), isi["isian"])
        return LayananAcuan({k: isi[k] for k in _JENIS & isi.keys()}, versi, syarat, isian, rekomendasi)

    def _versi(self, isi: Rekaman, sumber_isian: Sequence[str]) -> Rekaman:
        masa = isi["masa_berlaku"]
        return {k: isi[k] for k in _VERSI & isi.keys()} | {
            "hari_kerja": isi.get("hari"),
            "masa_berlaku_bulan": masa.get("bulan"),
            "masa_berlaku_teks": masa["teks"],
            "jenis_permohonan": [self._jenis_permohonan(j) for j in isi["jenis_permohonan"]],
            "dasar_hukum": [self._dasar_hukum(d) for d in isi["dasar_hukum"]],
            "naskah_sk": self._umum["bawaan"]["naskah"] | isi["naskah"],
            "sumber": {
                "layanan": isi["sumber"],
                "isian": dict(zip(isi["isian"], sumber_isian, strict=True)),
                "rekomendasi": {r["skpd"]: r.get("sumber", "") for r in isi.get("rekomendasi", [])},
            },
        }

    def _jenis_permohonan(self, jenis: str | Rekaman) -> Rekaman:
        """A kind of application with its rules; the service may replace any of them."""
        sendiri: Rekaman = {"kode": jenis} if isinstance(jenis, str) else jenis
        isi = self._umum["jenis_permohonan"][sendiri["kode"]] | sendiri
        return {
            "kode": isi["kode"],
            "nama": isi["nama"],
            "nama_en": isi["nama_en"],
            "tanpa_syarat": isi.get("tanpa_syarat", False),
            "hari": isi.get("hari"),
            "biaya": isi.get("biaya"),
        }

    def _dasar_hukum(self, dasar: str | Rekaman) -> Rekaman:
        hasil: Rekaman = self._umum["dasar_hukum"][dasar] if isinstance(dasar, str) else dasar
        return hasil

    def _syarat(self, layanan: Rekaman, kode: str, urut: int) -> Rekaman:
        isi = self._umum["persyaratan"].get(kode, {}) | layanan.get("syarat", {}).get(kode, {})
        _periksa_kunci(f"syarat.{kode}", isi, _SYARAT)
        asal = isi.get("asal", "unggah")
        milik_sendiri = layanan["kode"] if asal == "izin_terbitan" else ""
        return {
            "urutan": urut,
            "kode": kode,
            "nama": isi["nama"],
            "nama_en": isi.get("nama_en", ""),
            "petunjuk": isi.get("petunjuk", ""),
            "cek": isi.get("cek", []),
            "wajib": isi.get("wajib", True),
            "bila": isi.get("bila", ""),
            "jenis_permohonan": isi.get("jenis_permohonan", ["baru"]),
            "asal": asal,
            "layanan_asal": isi.get("layanan", milik_sendiri),
            "asli": isi.get("asli", "tidak"),
            "berlaku_saat_terbit": isi.get("berlaku_saat_terbit", False),
            "format": isi.get("format", ["pdf", "jpeg", "png"]),
            "maks_mb": isi.get("maks_mb", 10),
            "alasan": list(self._alasan(isi.get("alasan"), asal)),
            "sumber": isi.get("sumber", "recalled"),
        }

    def _alasan(self, daftar: Sequence[str | Rekaman] | None, asal: str) -> Iterator[Rekaman]:
        """The coded reasons of a requirement, the most frequent first, each with the applicant's sentence."""
        umum = self._umum["alasan"]
        if daftar is None:
            daftar = umum["surat"] if asal == "surat_buatan" else umum["umum"]
        for butir in daftar:
            yield {"kode": butir, "teks": umum["teks"][butir]} if isinstance(butir, str) else butir

    def _isian(self, layanan: Rekaman, kode: str, urut: int) -> Rekaman:
        isi = self._umum["isian"].get(kode, {}) | layanan.get("kolom", {}).get(kode, {})
        _periksa_kunci(f"kolom.{kode}", isi, _ISIAN)
        return {
            "urutan": urut,
            "kode": kode,
            "label": isi["label"],
            "label_en": isi.get("label_en", ""),
            "bantuan": isi.get("bantuan", ""),
            "kelompok": isi.get("kelompok", ""),
            "tipe": isi["tipe"],
            "wajib": isi.get("wajib", True),
            "opsi": isi.get("opsi", []),
            "satuan": isi.get("satuan", ""),
            "minimum": isi.get("min"),
            "maksimum": isi.get("maks"),
            "bila": isi.get("bila", ""),
            "diisi_oleh": isi.get("diisi_oleh", "pemohon"),
            "sumber": isi.get("sumber", "recalled"),
        }


def _rekomendasi(isi: Rekaman) -> Rekaman:
    _periksa_kunci("rekomendasi", isi, _REKOMENDASI)
    return {
        "skpd": isi["skpd"],
        "hari_kerja": isi["hari"],
        "tinjau": isi.get("tinjau", False),
        "bila": isi.get("bila", ""),
        "daftar_periksa": isi.get("periksa", []),
    }


def _periksa_kunci(tempat: str, isi: Mapping[str, Any], dikenal: frozenset[str]) -> None:
    """A misspelt key is refused: it would silently leave a default in force."""
    for kunci in sorted(isi.keys() - dikenal):
        raise GalatAcuan(f"{tempat}: kunci {kunci!r} tidak dikenal")


def _periksa_terpakai(berkas: str, tabel: str, isi: Mapping[str, Any], daftar: Sequence[str]) -> None:
    """Every table of a requirement or field stands in the ordered list, and nothing stands there twice."""
    for kode in sorted(isi.keys() - set(daftar)):
        raise GalatAcuan(f"{berkas}: [{tabel}.{kode}] tidak ada dalam daftar")
    if len(set(daftar)) != len(daftar):
        raise GalatAcuan(f"{berkas}: daftar {tabel} menyebut satu kode dua kali")
