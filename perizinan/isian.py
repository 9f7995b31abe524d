"""Typed form fields: check what came in, keep it in a form that JSON holds exactly.

Kept as: text and codes as strings, whole numbers and rupiah as integers, decimals as strings with a point,
dates as ISO, a point as {"lintang", "bujur"}, several choices as a sorted list, yes/no as true/false.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.identitas import npwp_sah, telepon_sah
from perizinan.ekspresi import nilai
from perizinan.enums import PengisiIsian, TipeIsian
from perizinan.models.layanan import Isian

#: Kinds whose values are kept encrypted beside the JSON, not in it (architecture.md).
RAHASIA = frozenset({TipeIsian.IDENTITAS, TipeIsian.NPWP, TipeIsian.TELEPON})
_DESIMAL = frozenset({TipeIsian.DESIMAL, TipeIsian.LUAS, TipeIsian.PERSEN})
_TEKS_MAKS = {TipeIsian.TEKS: 200, TipeIsian.TEKS_PANJANG: 2000}


def berlaku(isian: Isian, konteks: Mapping[str, Any]) -> bool:
    """Whether a field is asked, given what else was filled in."""
    return not isian.bila or nilai(isian.bila, konteks)


def periksa_isian(
    daftar: Iterable[Isian],
    masukan: Mapping[str, Any],
    konteks: Mapping[str, Any],
    *,
    pengisi: str = PengisiIsian.PEMOHON,
    lengkap: bool,
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """(clean values, sentences per field). With `lengkap` a missing obligatory field is a fault.

    Values of fields that others fill in, or that do not apply, are left out.
    """
    bersih: dict[str, Any] = {}
    galat: dict[str, list[str]] = {}
    daftar = [i for i in daftar if i.diisi_oleh == pengisi]
    for isian in daftar:
        mentah = masukan.get(isian.kode)
        if _kosong(mentah):
            continue
        try:
            bersih[isian.kode] = periksa_nilai(isian, mentah)
        except ValidationError as salah:
            galat[isian.kode] = list(salah.messages)
    konteks = {**konteks, **bersih}
    for isian in daftar:
        if not berlaku(isian, konteks):
            bersih.pop(isian.kode, None)
            galat.pop(isian.kode, None)
        elif lengkap and isian.wajib and isian.kode not in bersih and isian.kode not in galat:
            galat[isian.kode] = [_("%(label)s belum diisi.") % {"label": isian.label}]
    return bersih, galat


def periksa_nilai(isian: Isian, mentah: Any) -> Any:
    """One value, checked and normalised by its kind. Raises ValidationError with a plain sentence."""
    hasil = _PEMERIKSA[TipeIsian(isian.tipe)](isian, mentah)
    angka = Decimal(hasil) if isian.tipe in _DESIMAL | {TipeIsian.BILANGAN, TipeIsian.UANG} else None
    if angka is not None:
        _periksa_batas(isian, angka)
    return hasil


def _kosong(mentah: Any) -> bool:
    return mentah is None or mentah == [] or (isinstance(mentah, str) and not mentah.strip())


def _periksa_batas(isian: Isian, angka: Decimal) -> None:
    bawah = isian.minimum if isian.minimum is not None else Decimal(0)
    if angka < bawah:
        raise ValidationError(_("%(label)s paling sedikit %(n)s.") % {"label": isian.label, "n": _rapi(bawah)})
    if isian.maksimum is not None and angka > isian.maksimum:
        raise ValidationError(
            _("%(label)s paling banyak %(n)s.") % {"label": isian.label, "n": _rapi(isian.maksimum)}
        )


def _rapi(angka: Decimal) -> str:
    return f"{angka.normalize():f}".replace(".", ",")


def _teks(isian: Isian, mentah: Any) -> str:
    teks = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", str(mentah)).strip()
    maks = _TEKS_MAKS[TipeIsian(isian.tipe)]
    if len(teks) > maks:
        raise ValidationError(
            _("%(label)s terlalu panjang: %(n)d huruf, batasnya %(maks)d.")
            % {"label": isian.label, "n": len(teks), "maks": maks}
        )
    return teks


def _pilihan(isian: Isian, mentah: Any) -> str:
    if str(mentah) not in {o["kode"] for o in isian.opsi}:
        raise ValidationError(_("Pilih salah satu dari daftar untuk %(label)s.") % {"label": isian.label})
    return str(mentah)


def _pilihan_banyak(isian: Isian, mentah: Any) -> list[str]:
    daftar = mentah if isinstance(mentah, list | tuple) else [mentah]
    return sorted({_pilihan(isian, satu) for satu in daftar})


def _angka(isian: Isian, mentah: Any) -> Decimal:
    """Accepts 1.250.000, 1250000, 72,5 and 72.5; refuses what could be read two ways by a person."""
    teks = str(mentah).strip().removeprefix("Rp").replace(" ", "")
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", teks):
        teks = teks.replace(".", "")
    teks = teks.replace(",", ".")
    try:
        angka = Decimal(teks)
    except InvalidOperation:
        angka = Decimal("NaN")
    if not angka.is_finite() or len(teks) > 20:
        raise ValidationError(_("Tulis %(label)s dengan angka, misalnya 72,5.") % {"label": isian.label})
    return angka


def _bulat(isian: Isian, mentah: Any) -> int:
    angka = _angka(isian, mentah)
    if angka != angka.to_integral_value():
        raise ValidationError(_("%(label)s harus bilangan bulat.") % {"label": isian.label})
    return int(angka)


def _desimal(isian: Isian, mentah: Any) -> str:
    angka = _angka(isian, mentah)
    if -int(angka.normalize().as_tuple().exponent) > 4:
        raise ValidationError(_("%(label)s paling banyak empat angka di belakang koma.") % {"label": isian.label})
    if isian.tipe == TipeIsian.PERSEN and angka > 100:
        raise ValidationError(_("%(label)s paling banyak 100 persen.") % {"label": isian.label})
    return f"{angka.normalize():f}"


def _tanggal(isian: Isian, mentah: Any) -> str:
    if isinstance(mentah, dt.date):
        return mentah.isoformat()
    try:
        return dt.date.fromisoformat(str(mentah).strip()).isoformat()
    except ValueError as galat:
        raise ValidationError(
            _("Tulis %(label)s sebagai tanggal, misalnya 2026-06-02.") % {"label": isian.label}
        ) from galat


def _titik(isian: Isian, mentah: Any) -> dict[str, str]:
    if isinstance(mentah, Mapping):
        pasangan = [str(mentah.get("lintang", "")), str(mentah.get("bujur", ""))]
    else:
        pasangan = [bagian.strip() for bagian in str(mentah).split(",")]
    try:
        lintang, bujur = (Decimal(bagian) for bagian in pasangan)
    except (InvalidOperation, ValueError) as galat:
        raise ValidationError(_("Tulis titik sebagai lintang, bujur. Contoh: -6.2349, 106.9896.")) from galat
    if not (abs(lintang) <= 90 and abs(bujur) <= 180):
        raise ValidationError(_("Titik itu di luar peta: lintang -90 sampai 90, bujur -180 sampai 180."))
    return {"lintang": f"{lintang:.6f}", "bujur": f"{bujur:.6f}"}


def _ya_tidak(isian: Isian, mentah: Any) -> bool:
    teks = str(mentah).strip().lower()
    if teks in {"ya", "true", "on", "1"}:
        return True
    if teks in {"tidak", "false", "off", "0"}:
        return False
    raise ValidationError(_("Jawab ya atau tidak untuk %(label)s.") % {"label": isian.label})


def _identitas(isian: Isian, mentah: Any) -> str:
    teks = re.sub(r"[\s.-]", "", str(mentah)).upper()
    if not re.fullmatch(r"[A-Z0-9]{6,20}", teks):
        raise ValidationError(_("%(label)s berisi 6 sampai 20 huruf atau angka.") % {"label": isian.label})
    return teks


_PEMERIKSA: dict[TipeIsian, Callable[[Isian, Any], Any]] = {
    TipeIsian.TEKS: _teks,
    TipeIsian.TEKS_PANJANG: _teks,
    TipeIsian.PILIHAN: _pilihan,
    TipeIsian.PILIHAN_BANYAK: _pilihan_banyak,
    TipeIsian.BILANGAN: _bulat,
    TipeIsian.DESIMAL: _desimal,
    TipeIsian.LUAS: _desimal,
    TipeIsian.PERSEN: _desimal,
    TipeIsian.UANG: _bulat,
    TipeIsian.TANGGAL: _tanggal,
    TipeIsian.TELEPON: lambda isian, mentah: telepon_sah(str(mentah)),
    TipeIsian.TITIK: _titik,
    TipeIsian.YA_TIDAK: _ya_tidak,
    TipeIsian.IDENTITAS: _identitas,
    TipeIsian.NPWP: lambda isian, mentah: npwp_sah(str(mentah)),
}
