"""The audit seal: once an hour the heads of the log's chains are written outside the database (R16, B39).

Inside the database a chain proves that nobody changed a row without computing the rest again; whoever may write
past the triggers can do just that. A seal is a small file that names, for every file of which something was
logged since the seal before, the last row and its hash. Seals are numbered, each holds the hash of the one
before, and each carries an HMAC under a key that the database never sees. A chain that was computed again from
any sealed row on no longer fits its seal. Rows younger than the last seal are guarded by the chain alone.

Seals cut off at the end are found by what left the house: `periksa_segel --jangkar NUMBER:HASH`.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Max

from core.waktu import sekarang
from perizinan.models import Riwayat

FORMAT = 1
JARAK = timedelta(hours=1)
#: A row may be committed after a row with a higher number was sealed; no act's transaction lives this long.
TUMPANG = timedelta(minutes=10)
SEKALI_BACA = 500  # files in a batch
_NAMA = re.compile(r"segel-(\d{8})\.json")
_KOLOM = ("permohonan__kunci", "urut", "sidik")


class TanpaKunci(Exception):
    """No key: a seal without one would prove nothing."""


@dataclass(frozen=True, slots=True)
class Segel:
    """One seal as it stands in its file. `kepala` holds [key of the file, number of the row, its hash]."""

    urut: int
    pada: datetime
    sebelum: str
    dari: int
    sampai: int
    baris: int
    kepala: Sequence[tuple[str, int, str]]
    sidik: str  # SHA-256 of the whole file: the anchor

    @property
    def jangkar(self) -> str:
        return f"{self.urut}:{self.sidik}"


@dataclass(frozen=True, slots=True)
class Temuan:
    """What is wrong: with a seal, or with a row of the log that a seal names."""

    segel: int
    sebab: str
    permohonan: str = ""
    urut: int = 0


@dataclass(frozen=True, slots=True)
class Laporan:
    """How many seals were read, how many heads they name, and what does not fit."""

    segel: int
    kepala: int
    terakhir: Segel | None
    rusak: tuple[Temuan, ...]


def folder() -> Path:
    """Where seals lie: outside the database, on a volume that only the sealing worker may write to."""
    return Path(settings.SEGEL_DIR or Path(settings.VAR_DIR) / "segel")


def kunci() -> list[bytes]:
    """The keys, newest first. Raises TanpaKunci when there is none."""
    daftar = [satu.strip().encode() for satu in str(settings.KUNCI_SEGEL).split(",") if satu.strip()]
    if not daftar:
        raise TanpaKunci("KUNCI_SEGEL belum diisi; segel riwayat tidak dapat dibuat atau diperiksa.")
    return daftar


# --- writing ------------------------------------------------------------------------------------------------------


def segel_bila_perlu() -> Segel | None:
    """Seal when the last seal is an hour old. Safe at any time: of two at once one finds its number taken."""
    akhir = terakhir()
    if akhir is not None and sekarang() - akhir.pada < JARAK:
        return None
    return buat()


def buat() -> Segel | None:
    """Write the next seal, or None when somebody else wrote that number first. Raises TanpaKunci, OSError."""
    rahasia = kunci()[0]
    kini, akhir = sekarang(), terakhir()
    dari = _mulai(kini)
    sampai = Riwayat.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    sejak = Riwayat.objects.filter(pk__gt=dari, pk__lte=sampai).order_by("permohonan_id", "urut")
    kepala = {str(k): (urut, sidik) for k, urut, sidik in sejak.values_list(*_KOLOM).iterator(chunk_size=2000)}
    isi = {
        "format": FORMAT,
        "urut": akhir.urut + 1 if akhir else 1,
        "pada": kini.isoformat(),
        "sebelum": akhir.sidik if akhir else "",
        "dari": dari,
        "sampai": sampai,
        "baris": Riwayat.objects.filter(pk__lte=sampai).count(),
        "kepala": [[k, *kepala[k]] for k in sorted(kepala)],
    }
    nama = f"segel-{isi['urut']:08d}.json"
    teks = json.dumps(isi | {"mac": _mac(rahasia, isi)}, sort_keys=True, separators=(",", ":")) + "\n"
    return baca(folder() / nama) if _tulis(nama, teks.encode()) else None


def _mulai(kini: datetime) -> int:
    """The log number up to which an earlier seal is surely complete: the newest one that is ten minutes old."""
    for berkas in reversed(daftar_berkas()):
        satu = baca(berkas)
        if kini - satu.pada >= TUMPANG:
            return satu.sampai
    return 0


def _mac(rahasia: bytes, isi: dict[str, Any]) -> str:
    return hmac.new(rahasia, json.dumps(isi, sort_keys=True, separators=(",", ":")).encode(), "sha256").hexdigest()


def _tulis(nama: str, isi: bytes) -> bool:
    """A whole file or none, never over another. False when the name is taken.

    Where the folder only lets files be added (`chattr +a`), the working name stays behind; it is not read.
    """
    tempat = folder()
    tempat.mkdir(mode=0o700, parents=True, exist_ok=True)
    sementara = tempat / f".{nama}.{secrets.token_hex(4)}"
    with os.fdopen(os.open(sementara, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o440), "wb") as berkas:
        berkas.write(isi)
        berkas.flush()
        os.fsync(berkas.fileno())
    try:
        os.link(sementara, tempat / nama)
    except FileExistsError:
        return False
    finally:
        with contextlib.suppress(OSError):
            sementara.unlink()
    return True


# --- reading ------------------------------------------------------------------------------------------------------


def daftar_berkas() -> list[Path]:
    """Seal files in the order of their numbers."""
    try:
        return sorted(f for f in folder().iterdir() if _NAMA.fullmatch(f.name))
    except FileNotFoundError:
        return []


def terakhir() -> Segel | None:
    """The newest seal. Raises ValueError when it cannot be read: nothing may be sealed on top of it."""
    berkas = daftar_berkas()
    return baca(berkas[-1]) if berkas else None


def baca(berkas: Path) -> Segel:
    """One seal from its file, without judging it. Raises ValueError when it is no seal."""
    return _dari_teks(berkas.read_bytes())[0]


def _dari_teks(teks: bytes) -> tuple[Segel, dict[str, Any]]:
    try:
        isi = json.loads(teks)
        satu = Segel(
            urut=int(isi["urut"]),
            pada=datetime.fromisoformat(isi["pada"]),
            sebelum=str(isi["sebelum"]),
            dari=int(isi["dari"]),
            sampai=int(isi["sampai"]),
            baris=int(isi["baris"]),
            kepala=[(str(k), int(urut), str(sidik)) for k, urut, sidik in isi["kepala"]],
            sidik=hashlib.sha256(teks).hexdigest(),
        )
    except (KeyError, TypeError, ValueError) as galat:
        raise ValueError(f"berkas segel tidak terbaca: {galat}") from galat
    return satu, isi


# --- judging ------------------------------------------------------------------------------------------------------


def periksa(jangkar: str = "") -> Laporan:
    """Judge every seal, then the log against all of them. `jangkar` is a NUMBER:HASH that left the house.

    Raises TanpaKunci; ValueError for an anchor that is none.
    """
    temuan: list[Temuan] = []
    daftar = list(_periksa_rantai(kunci(), temuan))
    if jangkar:
        nomor, _, sidik = jangkar.partition(":")
        if not any(s.urut == int(nomor) and s.sidik == sidik for s in daftar):
            temuan.append(Temuan(int(nomor), "jangkar_tidak_cocok"))
    tersegel: dict[str, dict[int, tuple[str, int]]] = {}
    for satu in daftar:
        for berkas, urut, sidik in satu.kepala:
            tersegel.setdefault(berkas, {}).setdefault(urut, (sidik, satu.urut))
    temuan += _periksa_riwayat(tersegel)
    if daftar:
        temuan += _periksa_jumlah(daftar[-1], tersegel)
    jumlah = sum(len(baris) for baris in tersegel.values())
    return Laporan(len(daftar), jumlah, daftar[-1] if daftar else None, tuple(temuan))


def _periksa_rantai(rahasia: list[bytes], temuan: list[Temuan]) -> Iterator[Segel]:
    """Number, hash before, HMAC of every seal; what cannot be read is a finding and no seal."""
    urut, sebelum = 0, ""
    for berkas in daftar_berkas():
        nomor = int(_NAMA.fullmatch(berkas.name)[1])  # type: ignore[index] # daftar_berkas lets nothing else in
        try:
            satu, isi = _dari_teks(berkas.read_bytes())
        except (ValueError, OSError):
            temuan.append(Temuan(nomor, "segel_tidak_terbaca"))
            urut, sebelum = nomor, ""
            continue
        mac = str(isi.pop("mac", ""))
        if not any(hmac.compare_digest(_mac(satu_kunci, isi), mac) for satu_kunci in rahasia):
            temuan.append(Temuan(nomor, "segel_palsu"))
        if nomor != urut + 1 or satu.urut != nomor:
            temuan.append(Temuan(nomor, "segel_hilang_sebelumnya"))
        elif satu.sebelum != sebelum:
            temuan.append(Temuan(nomor, "rantai_segel_putus"))
        urut, sebelum = nomor, satu.sidik
        yield satu


def _periksa_riwayat(tersegel: dict[str, dict[int, tuple[str, int]]]) -> Iterator[Temuan]:
    """Every sealed row must still be there with the hash that was sealed."""
    semua = list(tersegel)
    for awal in range(0, len(semua), SEKALI_BACA):
        bagian = semua[awal : awal + SEKALI_BACA]
        baris = Riwayat.objects.filter(permohonan__kunci__in=bagian).values_list(*_KOLOM)
        ada = {(str(berkas), urut): sidik for berkas, urut, sidik in baris}
        for berkas in bagian:
            for urut, (sidik, nomor) in tersegel[berkas].items():
                kini = ada.get((berkas, urut))
                if kini != sidik:
                    sebab = "baris_hilang" if kini is None else "rantai_ditulis_ulang"
                    yield Temuan(nomor, sebab, berkas, urut)


def _periksa_jumlah(akhir: Segel, tersegel: dict[str, dict[int, tuple[str, int]]]) -> Iterator[Temuan]:
    """No row was taken out below the last seal, and none was put in below what was complete by then."""
    if Riwayat.objects.filter(pk__lte=akhir.sampai).count() < akhir.baris:
        yield Temuan(akhir.urut, "baris_berkurang")
    lama = Riwayat.objects.filter(pk__lte=akhir.dari).order_by()
    for kunci_berkas, urut in lama.values_list("permohonan__kunci").annotate(Max("urut")).iterator():
        if urut > max(tersegel.get(str(kunci_berkas), {0: ("", 0)})):
            yield Temuan(akhir.urut, "baris_disisipkan", str(kunci_berkas), urut)
