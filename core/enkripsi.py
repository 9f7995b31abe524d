"""Personal numbers at rest: encrypted with a named key, found again by a keyed index, masked on screen.

R15: AES-256-GCM with the key's name in front (rotation), HMAC-SHA-256 blind index under a separate key. A
bare hash of a NIK falls in minutes, so the index key lives outside the database like the encryption keys.
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import EMPTY_VALUES
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.expressions import ExpressionWrapper, F

PANJANG_KUNCI = 32
PANJANG_NAMA_MAKS = 255
PANJANG_NONCE = 12
AWALAN_SALINAN = "sandi:"


class GagalDekripsi(Exception):
    """Stored bytes that our keys do not open: a missing key, another column's bytes, or damage."""


@dataclass(frozen=True)
class Gantungan:
    """The encryption keys by name; the first one named seals, all of them open."""

    terbaru: str
    kunci: Mapping[str, AESGCM]


@lru_cache(maxsize=8)
def _gantungan(baris: tuple[str, ...]) -> Gantungan:
    kunci: dict[str, AESGCM] = {}
    for satu in baris:
        nama, _, isi = satu.strip().partition(":")
        mentah = _kunci_mentah(isi, "KUNCI_ENKRIPSI")
        if (
            not nama.isascii()
            or not 0 < len(nama) <= PANJANG_NAMA_MAKS
            or len(mentah) != PANJANG_KUNCI
            or nama in kunci
        ):
            raise ImproperlyConfigured("KUNCI_ENKRIPSI berisi 'nama:base64 dari 32 byte', nama berbeda-beda.")
        kunci[nama] = AESGCM(mentah)
    if not kunci:
        raise ImproperlyConfigured("KUNCI_ENKRIPSI belum diisi.")
    return Gantungan(terbaru=next(iter(kunci)), kunci=kunci)


def _kunci_mentah(teks: str, nama: str) -> bytes:
    try:
        return base64.b64decode(teks, validate=True)
    except (binascii.Error, ValueError) as galat:
        raise ImproperlyConfigured(f"{nama} bukan base64.") from galat


def gantungan() -> Gantungan:
    """The key ring of the settings, parsed once for each setting."""
    return _gantungan(tuple(settings.KUNCI_ENKRIPSI))


def enkripsi(teks: str, konteks: str) -> bytes:
    """Seal a text under the newest key; bytes sealed for one context never open in another (AAD)."""
    ring = gantungan()
    nama = ring.terbaru.encode()
    nonce = os.urandom(PANJANG_NONCE)
    kepala = bytes([len(nama)]) + nama
    return kepala + nonce + ring.kunci[ring.terbaru].encrypt(nonce, teks.encode(), konteks.encode())


def nama_kunci(sandi: bytes) -> str:
    """The name of the key that sealed these bytes."""
    return sandi[1 : 1 + sandi[0]].decode("ascii", "replace") if sandi else ""


def dekripsi(sandi: bytes, konteks: str) -> str:
    """Open sealed bytes or raise GagalDekripsi; a wrong key never yields a wrong or empty text."""
    nama = nama_kunci(sandi)
    kunci = gantungan().kunci.get(nama)
    if kunci is None:
        raise GagalDekripsi(f"Kunci '{nama}' tidak ada di KUNCI_ENKRIPSI.")
    isi = sandi[1 + sandi[0] :]
    try:
        return kunci.decrypt(isi[:PANJANG_NONCE], isi[PANJANG_NONCE:], konteks.encode()).decode()
    except (InvalidTag, ValueError) as galat:
        raise GagalDekripsi(f"Isi terenkripsi '{konteks}' tidak terbuka dengan kunci '{nama}'.") from galat


def indeks_buta(teks: str, ruang: str = "nik") -> str:
    """64 hex characters that find an equal text again and tell nothing without KUNCI_INDEKS.

    `ruang` keeps kinds of numbers apart: a person's NIK and the same digits as NPWP have different indexes.
    """
    kunci = _kunci_mentah(settings.KUNCI_INDEKS, "KUNCI_INDEKS")
    if len(kunci) < PANJANG_KUNCI:
        raise ImproperlyConfigured("KUNCI_INDEKS berisi base64 dari 32 byte atau lebih.")
    return hmac.new(kunci, f"{ruang}\0{teks}".encode(), hashlib.sha256).hexdigest()


def samarkan(teks: str, sisa: int = 4) -> str:
    """Only the last characters stay readable; a text too short to hide anything is hidden whole."""
    if len(teks) < 2 * sisa:
        return "•" * len(teks)
    return "•" * (len(teks) - sisa) + teks[len(teks) - sisa :]


if TYPE_CHECKING:
    _BidangBiner = models.BinaryField[Any, Any]
else:
    _BidangBiner = models.BinaryField


class _BidangTerenkripsi(_BidangBiner):
    """A column of sealed bytes that is a Python value in the model. Not searchable: use `indeks_buta`.

    The AAD is the field's name, or `konteks` where a column was renamed and its old bytes must stay readable.
    Its serialised form (dumpdata) stays sealed.
    """

    empty_values = list(EMPTY_VALUES)

    def __init__(self, *args: Any, konteks: str = "", **kwargs: Any) -> None:
        self._konteks = konteks
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        nama, jalur, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        if not self.editable:
            kwargs["editable"] = False
        if self._konteks:
            kwargs["konteks"] = self._konteks
        return nama, jalur, list(args), dict(kwargs)

    @property
    def konteks(self) -> str:
        return self._konteks or self.name

    def _ke_teks(self, nilai: Any) -> str:
        raise NotImplementedError

    def _dari_teks(self, teks: str) -> Any:
        raise NotImplementedError

    def get_prep_value(self, value: Any) -> Any:
        if value is None or isinstance(value, bytes | memoryview):
            return value
        return enkripsi(self._ke_teks(value), self.konteks)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else self._dari_teks(dekripsi(bytes(value), self.konteks))

    def value_to_string(self, obj: models.Model) -> str:
        nilai = self.value_from_object(obj)
        if nilai is None:
            return ""
        return AWALAN_SALINAN + base64.b64encode(enkripsi(self._ke_teks(nilai), self.konteks)).decode()

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.startswith(AWALAN_SALINAN):
            sandi = base64.b64decode(value.removeprefix(AWALAN_SALINAN))
            return self._dari_teks(dekripsi(sandi, self.konteks))
        return value

    def get_default(self) -> Any:
        return models.Field.get_default(self)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} terenkripsi dan tidak dapat dicari; pakai kolom indeks_buta.")
        return super().get_lookup(lookup_name)


class EncryptedTextField(_BidangTerenkripsi):
    """A text that stands in the database only as ciphertext (NIK, NPWP)."""

    def _ke_teks(self, nilai: Any) -> str:
        return str(nilai)

    def _dari_teks(self, teks: str) -> str:
        return teks

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        from django import forms

        return models.Field.formfield(self, *args, **{"form_class": forms.CharField, **kwargs})


class EncryptedJSONField(_BidangTerenkripsi):
    """Form data with personal numbers, as JSON that stands in the database only as ciphertext."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def _ke_teks(self, nilai: Any) -> str:
        return json.dumps(nilai, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)

    def _dari_teks(self, teks: str) -> Any:
        return json.loads(teks)


def bidang_terenkripsi(model: type[models.Model]) -> list[_BidangTerenkripsi]:
    """The encrypted columns of a model, for rotation and for the leak scan."""
    return [f for f in model._meta.concrete_fields if isinstance(f, _BidangTerenkripsi)]


def putar_kunci(model: type[models.Model], bidang: _BidangTerenkripsi, using: str = DEFAULT_DB_ALIAS) -> int:
    """Seal again, under the newest key, every row that an older key sealed; returns how many.

    Each row is a conditional UPDATE on the bytes that were read: what was written meanwhile is never
    overwritten. Run it again until it answers 0, then take the old key out of KUNCI_ENKRIPSI.
    """
    terbaru, jumlah = gantungan().terbaru, 0
    for pk, mentah in _baris_mentah(model, bidang.name, using):
        if nama_kunci(mentah) != terbaru:
            baru = enkripsi(dekripsi(mentah, bidang.konteks), bidang.konteks)
            sama = _dengan_mentah(model, bidang.name, using).filter(pk=pk, mentah=mentah)
            jumlah += sama.update(**{bidang.name: baru})
    return jumlah


def _dengan_mentah(model: type[models.Model], nama: str, using: str) -> models.QuerySet[Any]:
    mentah = ExpressionWrapper(F(nama), output_field=models.BinaryField())
    return cast("models.QuerySet[Any]", model._base_manager.using(using).annotate(mentah=mentah))


def _baris_mentah(model: type[models.Model], nama: str, using: str) -> Iterator[tuple[Any, bytes]]:
    semua = _dengan_mentah(model, nama, using).filter(**{f"{nama}__isnull": False}).order_by("pk")
    for pk, mentah in list(semua.values_list("pk", "mentah")):
        yield pk, bytes(mentah)
