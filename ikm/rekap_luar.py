"""Somebody else's recap against ours: read a CSV or XLSX of sums, counts or means per unsur, name each difference.

Columns by their heads: `unsur` (U1, the code, or the name) and any of `n`, `jumlah`, `nrr`, `n1`..`n4`. Pure.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any, Final

from django.utils.translation import gettext as _

from core.galat import IsianTidakSah

KOLOM: Final = ("n", "jumlah", "nrr", "n1", "n2", "n3", "n4")
BARIS_MAKS: Final = 200
#: Bytes that a workbook may unpack to; a recap of fourteen unsur needs a hundredth of it.
BUKA_MAKS: Final = 8 * 1024 * 1024
_RIBUAN: Final = re.compile(r"[1-9]\d{0,2}(\.\d{3})+")


@dataclass(frozen=True, slots=True)
class Selisih:
    """One difference: which unsur, which figure, ours, theirs."""

    unsur: str
    apa: str
    kami: Decimal
    mereka: Decimal

    @property
    def beda(self) -> Decimal:
        return self.mereka - self.kami


def baca(nama: str, isi: bytes) -> list[dict[str, str]]:
    """The rows of a recap by their heads, lower case. Raises IsianTidakSah for what cannot be read."""
    baris = list(_xlsx(isi) if nama.lower().endswith(".xlsx") else _csv(isi))
    if not baris:
        raise IsianTidakSah(_("Berkas rekap kosong."), {"berkas": [_("Tidak ada baris di dalamnya.")]})
    kepala = [k.strip().lower() for k in baris[0]]
    if "unsur" not in kepala or not set(kepala) & set(KOLOM):
        pesan = _("Baris pertama harus berisi judul: unsur, lalu n, jumlah, nrr, atau n1 sampai n4.")
        raise IsianTidakSah(pesan, {"berkas": [pesan]})
    return [dict(zip(kepala, (s.strip() for s in b), strict=False)) for b in baris[1 : BARIS_MAKS + 1] if any(b)]


def _csv(isi: bytes) -> Iterator[list[str]]:
    try:
        teks = isi.decode("utf-8-sig")
    except UnicodeDecodeError as galat:
        raise IsianTidakSah(_("Berkas bukan CSV atau XLSX."), {"berkas": [_("Simpan sebagai CSV UTF-8.")]}) from galat
    pemisah = ";" if teks.split("\n", 1)[0].count(";") > teks.split("\n", 1)[0].count(",") else ","
    try:
        yield from csv.reader(io.StringIO(teks), delimiter=pemisah)
    except csv.Error as galat:
        pesan = _("Berkas CSV itu tidak dapat dibaca.")
        raise IsianTidakSah(pesan, {"berkas": [pesan]}) from galat


def _xlsx(isi: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    _pastikan_wajar(isi)
    try:
        buku = load_workbook(io.BytesIO(isi), read_only=True, data_only=True)
        baris = list(islice(buku.worksheets[0].iter_rows(values_only=True), BARIS_MAKS + 1))
    except Exception as galat:
        pesan = _("Berkas XLSX itu tidak dapat dibaca.")
        raise IsianTidakSah(pesan, {"berkas": [pesan]}) from galat
    for satu in baris:
        yield ["" if sel is None else str(sel) for sel in satu]


def _pastikan_wajar(isi: bytes) -> None:
    """A workbook is an archive: what its parts unpack to is added up before anything is unpacked (R11)."""
    pesan = _("Berkas XLSX itu tidak dapat dibaca.")
    try:
        with zipfile.ZipFile(io.BytesIO(isi)) as arsip:
            besar = sum(bagian.file_size for bagian in arsip.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as galat:
        raise IsianTidakSah(pesan, {"berkas": [pesan]}) from galat
    if besar > BUKA_MAKS:
        raise IsianTidakSah(pesan, {"berkas": [_("Isi berkas XLSX itu terlalu besar untuk sebuah rekap.")]})


def bandingkan(hasil: dict[str, Any], rekap: Sequence[dict[str, str]]) -> list[Selisih]:
    """Every figure of the recap that differs from ours; a mean is compared at the decimals that it shows.

    Raises IsianTidakSah naming rows and columns that cannot be read, or an unsur that is not the period's.
    """
    kami = _indeks(hasil)
    salah: list[str] = []
    selisih: list[Selisih] = []
    for ke, baris in enumerate(rekap, start=2):
        unsur = kami.get(_kunci(baris.get("unsur", "")))
        if unsur is None:
            salah.append(
                _("Baris %(b)d: unsur '%(u)s' tidak ada dalam instrumen.")
                % {"b": ke, "u": baris.get("unsur", "")[:40]}
            )
            continue
        for kolom in KOLOM:
            teks = baris.get(kolom, "")
            if not teks:
                continue
            angka = _angka(teks, bulat=kolom != "nrr")
            if angka is None:
                salah.append(
                    _("Baris %(b)d kolom %(k)s: '%(t)s' bukan angka.") % {"b": ke, "k": kolom, "t": teks[:20]}
                )
                continue
            milik = unsur["angka"][kolom]
            if milik is not None and _bulat(milik, angka) != angka:
                selisih.append(Selisih(unsur["nama"], kolom, milik, angka))
    if salah:
        raise IsianTidakSah(_("Rekap belum dapat dibandingkan."), {"berkas": salah[:20]})
    return selisih


def _indeks(hasil: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Our unsur by everything that a recap may call them."""
    indeks = {}
    for ke, u in enumerate(hasil.get("unsur", []), start=1):
        cacah = u["cacah"]
        angka = {
            "n": Decimal(u["n"]),
            "jumlah": Decimal(u["jumlah"]),
            "nrr": Decimal(u["nrr"]) if u["nrr"] else None,
            **{f"n{nilai}": Decimal(cacah[nilai - 1]) for nilai in (1, 2, 3, 4)},
        }
        for kunci in (f"u{ke}", u["kode"], u["nama"]):
            indeks[_kunci(kunci)] = {"nama": u["nama"], "angka": angka}
    return indeks


def _kunci(teks: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", teks.lower())


def _angka(teks: str, *, bulat: bool) -> Decimal | None:
    """`1.234` as thousands where a whole number is meant, `3,12` or `3.12`: a comma is the decimal sign.

    `3.107` may be both; it is a mean in column `nrr` and 3107 in the others, which count people or add up values.
    """
    rapi = teks.replace(" ", "")
    if "," in rapi or (bulat and _RIBUAN.fullmatch(rapi)):
        rapi = rapi.replace(".", "").replace(",", ".")
    try:
        nilai = Decimal(rapi)
    except InvalidOperation:
        return None
    return nilai if nilai.is_finite() else None


def _bulat(kami: Decimal, mereka: Decimal) -> Decimal:
    from core.bilangan import bulatkan

    pangkat = mereka.as_tuple().exponent
    tempat = -pangkat if isinstance(pangkat, int) and pangkat < 0 else 0
    return bulatkan(kami, tempat) if tempat < 3 else kami
