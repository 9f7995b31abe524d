"""Gammu SMSD's SQL outbox (schema 17; SQLite and PostgreSQL): a row of our own making under our reference.

Our reference is `CreatorID`, which SMSD carries from `outbox` to `sentitems`. A row is inserted only where neither
table knows the reference, in one transaction that excludes others, so that the gateway de-duplicates. Reports and
inbound messages are read from the same tables, since SMSD calls nobody.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from notifications.enums import Kemampuan, StatusPesan
from notifications.gateway import GalatGerbang
from notifications.teks import bagi

#: SMSD's words for one part -> ours; what is not here says nothing yet.
_ARTI = {
    "SendingOK": StatusPesan.TERKIRIM,
    "SendingOKNoReport": StatusPesan.TERKIRIM,
    "DeliveryPending": StatusPesan.TERKIRIM,
    "DeliveryUnknown": StatusPesan.TERKIRIM,
    "DeliveryOK": StatusPesan.SAMPAI,
    "DeliveryFailed": StatusPesan.GAGAL,
    "SendingError": StatusPesan.GAGAL,
    "Error": StatusPesan.GAGAL,
}
_ADA = 'SELECT 1 FROM outbox WHERE "CreatorID" = %s UNION ALL SELECT 1 FROM sentitems WHERE "CreatorID" = %s'


@dataclass(frozen=True, slots=True)
class Terima:
    """One inbound message as SMSD holds it; a long one is already put together."""

    kunci: list[int]
    dari: str
    teks: str


class GerbangGammu:
    """A modem in the office, driven by gammu-smsd."""

    nama = "gammu"
    kemampuan = Kemampuan.DEDUP

    def kirim(self, *, tujuan: str, teks: str, acuan: str) -> None:
        """Put the message into SMSD's outbox once. Raises GalatGerbang when its database is away."""
        with _pakai() as basis, _transaksi(basis), basis.cursor() as k:
            if basis.vendor == "postgresql":
                k.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [acuan])
            k.execute(_ADA, [acuan, acuan])
            if k.fetchone() is None:
                _masukkan(k, tujuan, bagi(teks), acuan)

    def laporan(self, acuan: list[str]) -> dict[str, StatusPesan]:
        """What SMSD knows of these references: the worst part counts, and all parts must have arrived."""
        if not acuan:
            return {}
        kata: dict[str, list[StatusPesan]] = {}
        with _pakai() as basis, basis.cursor() as k:
            tanda = ", ".join(["%s"] * len(acuan))
            k.execute(f'SELECT "CreatorID", "Status" FROM sentitems WHERE "CreatorID" IN ({tanda})', acuan)  # noqa: S608 placeholders only
            for milik, status in k.fetchall():
                kata.setdefault(milik, []).append(_ARTI.get(status, StatusPesan.TERKIRIM))
        return {milik: _gabung(daftar) for milik, daftar in kata.items()}

    def masuk(self, maks: int = 200) -> list[Terima]:
        """Inbound messages that nobody took yet."""
        with _pakai() as basis, basis.cursor() as k:
            k.execute(
                'SELECT "ID", "SenderNumber", "TextDecoded", "UDH" FROM inbox WHERE "Processed" = %s'
                ' ORDER BY "ID" LIMIT %s',
                ["false", maks],
            )
            return _satukan(k.fetchall())

    def sudah(self, kunci: list[int]) -> None:
        """Mark inbound messages as taken, after they were kept on our side."""
        with _pakai() as basis, basis.cursor() as k:
            for satu in kunci:
                k.execute('UPDATE inbox SET "Processed" = %s WHERE "ID" = %s', ["true", satu])


def _masukkan(k: Any, tujuan: str, bagian: list[str], acuan: str) -> None:
    """SMSD wants the first part in `outbox` and the rest in `outbox_multipart`, each with its own header."""
    banyak = len(bagian)
    k.execute(
        'INSERT INTO outbox ("DestinationNumber", "TextDecoded", "CreatorID", "Coding", "DeliveryReport",'
        ' "MultiPart", "UDH", "Class") VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING "ID"',
        [
            tujuan,
            bagian[0],
            acuan,
            "Default_No_Compression",
            "yes",
            "true" if banyak > 1 else "false",
            _kepala(acuan, banyak, 1),
            -1,
        ],
    )
    nomor = k.fetchone()[0]
    for ke, teks in enumerate(bagian[1:], start=2):
        k.execute(
            'INSERT INTO outbox_multipart ("ID", "SequencePosition", "TextDecoded", "Coding", "UDH", "Class")'
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [nomor, ke, teks, "Default_No_Compression", _kepala(acuan, banyak, ke), -1],
        )


def _kepala(acuan: str, banyak: int, ke: int) -> str | None:
    """The header that ties the parts of a long message together (3GPP TS 23.040, 8-bit reference)."""
    if banyak == 1:
        return None
    tanda = hashlib.sha256(acuan.encode()).digest()[0]
    return f"050003{tanda:02X}{banyak:02X}{ke:02X}"


def _satukan(baris: list[tuple[int, str, str, str]]) -> list[Terima]:
    """Rows of `inbox` as messages: parts with one header are one message, once all of them are there."""
    panjang: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    hasil: list[Terima] = []
    for nomor, dari, teks, udh in baris:
        cocok = re.fullmatch(r"050003([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})", udh or "")
        if cocok is None:
            hasil.append(Terima([nomor], dari, teks))
            continue
        bagian = panjang.setdefault((dari, cocok[1] + cocok[2]), [])
        bagian.append((int(cocok[3], 16), nomor, teks))
        if len(bagian) == int(cocok[2], 16):
            urut = sorted(panjang.pop((dari, cocok[1] + cocok[2])))
            hasil.append(Terima([n for _ke, n, _t in urut], dari, "".join(t for _ke, _n, t in urut)))
    return hasil


def _gabung(kata: list[StatusPesan]) -> StatusPesan:
    if StatusPesan.GAGAL in kata:
        return StatusPesan.GAGAL
    return StatusPesan.SAMPAI if set(kata) == {StatusPesan.SAMPAI} else StatusPesan.TERKIRIM


# --- its database, apart from ours --------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _sambungan(alamat: str) -> ConnectionHandler:
    import environ

    basis = environ.Env.db_url_config(alamat)
    if basis["ENGINE"].endswith("sqlite3"):
        basis["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 5}
    else:
        basis["OPTIONS"] = basis.get("OPTIONS", {}) | {"connect_timeout": 3, "options": "-c statement_timeout=7s"}
    return ConnectionHandler({"default": basis})


@contextmanager
def _pakai() -> Iterator[BaseDatabaseWrapper]:
    """SMSD's database for one call; closed afterwards, so that a worker holds nothing of it."""
    basis = _sambungan(settings.GAMMU_DATABASE_URL)["default"]
    try:
        yield basis
    except DatabaseError as galat:
        raise GalatGerbang(f"basis data Gammu: {type(galat).__name__}", salah_gerbang=True) from galat
    finally:
        basis.close()


@contextmanager
def _transaksi(basis: BaseDatabaseWrapper) -> Iterator[None]:
    """One transaction on a connection that Django's `atomic` does not know by name."""
    basis.ensure_connection()
    if basis.vendor == "sqlite":
        with basis.cursor() as k:
            k.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                k.execute("ROLLBACK")
                raise
            k.execute("COMMIT")
        return
    basis.set_autocommit(False)
    try:
        yield
        basis.commit()
    except BaseException:
        basis.rollback()
        raise
    finally:
        basis.set_autocommit(True)


gerbang = GerbangGammu()
