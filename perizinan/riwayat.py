"""Verify the audit chain of every file (reliability.md R16, B39).

A chain is sound when each row's canonical text, computed again from its columns and the hash before it, is the
text that was stored and hashed; when `urut` runs from 1 without a gap; when the states that the rows name form
a path that ends in the state and version the objects have now; and when the head kept on the file names the
last row, so that a tail cut off is seen. Files are read in batches: memory does not grow with the log.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Protocol, cast

from django.db import transaction

from perizinan.enums import StatusRekomendasi
from perizinan.models import Izin, Permohonan, Rekomendasi, Riwayat
from perizinan.models.riwayat import FORMAT, WAKTU, sidik_teks, teks_kanonik

SEKALI_BACA = 2000  # files in a batch
#: The state before an object's first row, by the first word of its name in the log ("" is the file itself).
AWAL = {"": "", "izin": "", "rekomendasi": StatusRekomendasi.DIMINTA.value}


@dataclass(frozen=True, slots=True)
class Rusak:
    """One finding: which file, which row (0: the file as a whole), what is wrong."""

    permohonan: str
    urut: int
    sebab: str


@dataclass(frozen=True, slots=True)
class Laporan:
    """What a whole verification found; `baris` counts the rows that were read."""

    baris: int
    rusak: tuple[Rusak, ...]


class Baris(Protocol):
    """The columns of a log row that the rule looks at."""

    @property
    def permohonan_id(self) -> int: ...
    @property
    def urut(self) -> int: ...
    @property
    def objek(self) -> str: ...
    @property
    def dari(self) -> str: ...
    @property
    def ke(self) -> str: ...
    @property
    def format(self) -> int: ...
    @property
    def kanonik(self) -> str: ...
    @property
    def sidik(self) -> str: ...


_KOLOM = (
    *("permohonan_id", "urut", "objek", "verba", "dari", "ke", "oleh_id", "peran", "pada", "jam", "berlaku_pada"),
    *("rinci", "format", "kanonik", "sidik"),
)


@dataclass(frozen=True, slots=True)
class Keadaan:
    """Where an object stands now: its state and version."""

    status: str
    versi: int


@dataclass(frozen=True, slots=True)
class Kepala:
    """A file as its own row tells: name, head of the chain, and the objects of the file by their log names."""

    pk: int
    sebutan: str
    kunci: str
    urut: int
    sidik: str
    objek: dict[str, Keadaan]


@dataclass(slots=True)
class _Jejak:
    """The path of one object through the log."""

    ke: str
    langkah: int = 0


@dataclass(slots=True)
class _Pemeriksaan:
    kepala: Kepala
    temuan: list[Rusak] = field(default_factory=list)
    sidik: str = ""
    urut: int = 0
    jejak: dict[str, _Jejak] = field(default_factory=dict)

    def lapor(self, urut: int, sebab: str) -> None:
        self.temuan.append(Rusak(self.kepala.sebutan, urut, sebab))

    def jejak_objek(self, nama: str) -> _Jejak:
        if nama not in self.jejak:
            self.jejak[nama] = _Jejak(AWAL.get(nama.partition(":")[0], ""))
        return self.jejak[nama]

    def baris(self, b: Baris) -> None:
        """Judge one row against the one before it."""
        if b.urut != self.urut + 1:
            self.lapor(b.urut, "urut_terputus")
        if b.format != FORMAT:
            self.lapor(b.urut, "format_tidak_dikenal")
        elif teks_kanonik(cast(Riwayat, b), kunci_permohonan=self.kepala.kunci, sebelum=self.sidik) != b.kanonik:
            self.lapor(b.urut, "isi_berubah")
        if sidik_teks(b.kanonik) != b.sidik:
            self.lapor(b.urut, "sidik_salah")
        jejak = self.jejak_objek(b.objek)
        if b.dari != jejak.ke:
            self.lapor(b.urut, "jalur_terputus")
        jejak.ke, jejak.langkah = b.ke, jejak.langkah + 1
        self.urut, self.sidik = b.urut, b.sidik

    def tutup(self) -> list[Rusak]:
        """Judge the end: head, states and versions."""
        if (self.urut, self.sidik) != (self.kepala.urut, self.kepala.sidik):
            self.lapor(self.kepala.urut, "kepala_tidak_cocok")
        for nama, kini in self.kepala.objek.items():
            jejak = self.jejak_objek(nama)
            if jejak.ke != kini.status:
                self.lapor(0, f"status_tidak_cocok {nama}".strip())
            if kini.versi != jejak.langkah - nama.startswith("izin:"):  # a permit's first row is its birth
                self.lapor(0, f"versi_tidak_cocok {nama}".strip())
        for nama in sorted(self.jejak.keys() - self.kepala.objek.keys() - {WAKTU}):
            self.lapor(0, f"objek_hilang {nama}")
        return self.temuan


def periksa_rantai(kepala: Kepala, baris: Iterable[Baris]) -> list[Rusak]:
    """The rule itself, for one file: empty when its chain is sound. Pure."""
    pemeriksaan = _Pemeriksaan(kepala)
    for satu in baris:
        pemeriksaan.baris(satu)
    return pemeriksaan.tutup()


def periksa_semua() -> Laporan:
    """Verify every chain. What looks broken is read again under the file's lock before it counts.

    An act that commits while we read is no forgery.
    """
    jumlah = 0
    rusak: list[Rusak] = []
    for kepala, isi in _per_berkas():
        jumlah += len(isi)
        if kepala is None:
            rusak += [Rusak(f"pk {b.permohonan_id}", b.urut, "permohonan_hilang") for b in isi]
        elif periksa_rantai(kepala, isi):
            rusak += periksa_satu(kepala.pk)
    return Laporan(jumlah, tuple(rusak))


def periksa_satu(pk: int) -> list[Rusak]:
    """Verify one file's chain while nobody can add to it."""
    with transaction.atomic():
        if not Permohonan.objects.select_for_update().filter(pk=pk).exists():
            return [Rusak(f"pk {pk}", 0, "permohonan_hilang")]
        kepala = _kepala(pk, pk)[pk]
        return periksa_rantai(kepala, list(_baris(pk, pk)))


def _per_berkas() -> Iterator[tuple[Kepala | None, list[Baris]]]:
    """Every file with its rows, in batches; rows without a file come with None."""
    awal = 0
    while True:
        kunci = Permohonan.objects.filter(pk__gte=awal).order_by("pk").values_list("pk", flat=True)[:SEKALI_BACA]
        batas = max(kunci, default=None)
        kepala = _kepala(awal, batas) if batas is not None else {}
        sisa = dict(kepala)
        for pk, isi in groupby(_baris(awal, batas), key=lambda b: b.permohonan_id):
            yield sisa.pop(pk, None), list(isi)
        yield from ((tanpa_baris, []) for tanpa_baris in sisa.values())
        if batas is None:
            return
        awal = batas + 1


def _baris(awal: int, akhir: int | None) -> Iterator[Baris]:
    """Log rows of the files from one primary key to another (None: to the last)."""
    daftar = Riwayat.objects.filter(permohonan__gte=awal)
    if akhir is not None:
        daftar = daftar.filter(permohonan__lte=akhir)
    urut = daftar.order_by("permohonan_id", "urut").values_list(*_KOLOM, named=True)
    return cast(Iterator[Baris], urut.iterator(chunk_size=SEKALI_BACA))


def _kepala(awal: int, akhir: int) -> dict[int, Kepala]:
    """Heads of the files in a range, with the state of their objects."""
    objek: dict[int, dict[str, Keadaan]] = defaultdict(dict)
    for model in (Rekomendasi, Izin):
        nama = model._meta.model_name
        semua: Any = model._base_manager.filter(permohonan__gte=awal, permohonan__lte=akhir)
        for pk, induk, status, versi in semua.values_list("pk", "permohonan_id", "status", "versi"):
            objek[induk][f"{nama}:{pk}"] = Keadaan(status, versi)
    kolom = ("pk", "nomor", "kunci", "riwayat_urut", "riwayat_sidik", "status", "versi")
    berkas = Permohonan._base_manager.filter(pk__gte=awal, pk__lte=akhir).order_by("pk").values_list(*kolom)
    return {
        pk: Kepala(pk, nomor or str(kunci), str(kunci), urut, sidik, {"": Keadaan(status, versi), **objek[pk]})
        for pk, nomor, kunci, urut, sidik, status, versi in berkas
    }
