"""The small language of `bila`: when a requirement, a field or a recommendation applies to a form's content.

    luas_bangunan >= 1000 or lantai > 2
    pemohon == 'badan' and not dikuasakan
    jenis_permohonan in ('baru', 'perubahan')
    panjang * lebar >= 8

Names, text, numbers, True/False; == != < <= > >= in, not in; and, or, not; + - *; brackets. Nothing else: no
call, no attribute, no power or division. Written by an admin, checked when a service version is published.
Pure. An empty expression means always.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

PANJANG_MAKS = 240
DALAM_MAKS = 16
_ANGKA_MAKS = 40  # characters of a text that may still be a number
_BUKAN = frozenset({"", "tidak", "false", "0"})

Data = Mapping[str, Any]


class GalatEkspresi(ValueError):
    """An expression that cannot be used; the message tells the admin what and where, in plain words."""


@dataclass(frozen=True, slots=True)
class _Nilai:
    """One side of a comparison. `harfiah`: written in the expression, not taken from the form."""

    isi: Any
    harfiah: bool = False


def periksa(ekspresi: str, nama_yang_ada: Collection[str]) -> None:
    """An expression is published only if it parses and every name is a field of the form.

    Raises GalatEkspresi.
    """
    if not ekspresi.strip():
        return
    for nama in sorted(nama_dipakai(ekspresi)):
        if nama not in nama_yang_ada:
            mirip = difflib.get_close_matches(nama, nama_yang_ada, n=1)
            saran = f" Maksud Anda {mirip[0]!r}?" if mirip else ""
            raise GalatEkspresi(f"Isian {nama!r} tidak ada pada formulir ini.{saran}")


def nama_dipakai(ekspresi: str) -> frozenset[str]:
    """The fields an expression asks for. Raises GalatEkspresi."""
    if not ekspresi.strip():
        return frozenset()
    return frozenset(simpul.id for simpul in ast.walk(_pohon(ekspresi)) if isinstance(simpul, ast.Name))


def nilai(ekspresi: str, data: Data) -> bool:
    """Whether the expression holds for the form's content. Empty holds always.

    A missing field is not true, and any comparison with it is False (with != too). Odd content (another type,
    a nested list, not-a-number) makes a comparison False and never raises. A number written as text counts as
    a number, because a form's decimals are text. Raises GalatEkspresi only for a bad expression.
    """
    if not ekspresi.strip():
        return True
    return _benar(_hitung(_pohon(ekspresi), data).isi)


@lru_cache(maxsize=512)
def _pohon(ekspresi: str) -> ast.expr:
    """The checked tree of an expression; trees are only read, so one is shared by all."""
    if len(ekspresi) > PANJANG_MAKS:
        raise GalatEkspresi(f"Syarat 'bila' paling panjang {PANJANG_MAKS} huruf.")
    if "\\" in ekspresi or "\0" in ekspresi:
        raise GalatEkspresi("Garis miring terbalik tidak dipakai dalam syarat 'bila'.")
    try:
        pohon = ast.parse(ekspresi.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise GalatEkspresi(f"Syarat 'bila' tidak dapat dibaca: {ekspresi!r}.") from None
    _saring(pohon, 0)
    return pohon


def _saring(simpul: ast.AST, dalam: int) -> None:
    """Refuse every node that the language does not have."""
    if dalam > DALAM_MAKS:
        raise GalatEkspresi("Syarat 'bila' terlalu bertingkat; pecah menjadi syarat yang lebih sederhana.")
    if not isinstance(simpul, _DIKENAL):
        bagian = ast.unparse(simpul) or type(simpul).__name__
        raise GalatEkspresi(f"Bagian ini tidak dipakai dalam syarat 'bila': {bagian!r}.")
    _saring_isi(simpul)
    for anak in ast.iter_child_nodes(simpul):
        if not isinstance(anak, _TANDA):
            _saring(anak, dalam + 1)


def _saring_isi(simpul: ast.AST) -> None:
    """Refuse what a known node may not hold."""
    if isinstance(simpul, ast.Constant):
        _saring_harfiah(simpul.value)
    elif isinstance(simpul, ast.UnaryOp) and isinstance(simpul.op, ast.USub):
        if not (isinstance(simpul.operand, ast.Constant) and type(simpul.operand.value) in (int, float)):
            raise GalatEkspresi("Tanda minus hanya di depan angka.")
    elif isinstance(simpul, (ast.Tuple, ast.List)) and not all(
        isinstance(butir, ast.Constant) for butir in simpul.elts
    ):
        raise GalatEkspresi("Daftar sesudah 'in' hanya berisi teks atau angka.")


def _saring_harfiah(isi: object) -> None:
    if isi is None:
        raise GalatEkspresi("Jangan bandingkan dengan None; untuk isian kosong tulis 'not nama_isian'.")
    if type(isi) not in (str, int, float, bool):
        raise GalatEkspresi("Nilai dalam syarat 'bila' hanya teks, angka, True atau False.")
    if isinstance(isi, float) and not Decimal(str(isi)).is_finite():
        raise GalatEkspresi("Angka dalam syarat 'bila' terlalu besar.")


_DIKENAL = (
    *(ast.BoolOp, ast.UnaryOp, ast.Compare, ast.BinOp),
    *(ast.Name, ast.Constant, ast.Tuple, ast.List),
)
_TANDA = (
    *(ast.And, ast.Or, ast.Not, ast.USub, ast.Load),
    *(ast.Add, ast.Sub, ast.Mult),
    *(ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn),
)


def _hitung(simpul: ast.expr, data: Data) -> _Nilai:
    """The value of a node that `_saring` let through."""
    if isinstance(simpul, ast.BoolOp):
        gabung = all if isinstance(simpul.op, ast.And) else any
        return _Nilai(gabung(_benar(_hitung(bagian, data).isi) for bagian in simpul.values))
    if isinstance(simpul, ast.UnaryOp):
        isi = _hitung(simpul.operand, data).isi
        return _Nilai(not _benar(isi)) if isinstance(simpul.op, ast.Not) else _Nilai(-isi, harfiah=True)
    if isinstance(simpul, ast.Compare):
        sisi = [_hitung(bagian, data) for bagian in (simpul.left, *simpul.comparators)]
        pasangan = zip(simpul.ops, sisi, sisi[1:], strict=False)
        return _Nilai(all(_banding(tanda, kiri, kanan) for tanda, kiri, kanan in pasangan))
    if isinstance(simpul, ast.BinOp):
        return _Nilai(_olah(simpul.op, _hitung(simpul.left, data).isi, _hitung(simpul.right, data).isi))
    if isinstance(simpul, (ast.Tuple, ast.List)):
        return _Nilai([_hitung(butir, data) for butir in simpul.elts], harfiah=True)
    return _daun(simpul, data)


def _daun(simpul: ast.expr, data: Data) -> _Nilai:
    """A written value, or a field's."""
    if isinstance(simpul, ast.Constant):
        return _Nilai(simpul.value, harfiah=True)
    return _Nilai(data.get(simpul.id) if isinstance(simpul, ast.Name) else None)


def _olah(tanda: ast.operator, kiri: object, kanan: object) -> Decimal | None:
    """A sum, difference or product; None when a side is no number or the result is out of bounds."""
    a, b = _angka(kiri), _angka(kanan)
    if a is None or b is None:
        return None
    try:
        if isinstance(tanda, ast.Mult):
            return a * b
        return a + b if isinstance(tanda, ast.Add) else a - b
    except ArithmeticError:
        return None


def _benar(isi: object) -> bool:
    """Truth of a value: the form's yes/no may be a boolean or the words ya and tidak."""
    if isinstance(isi, str):
        return isi.strip().lower() not in _BUKAN
    if isinstance(isi, (int, float, Decimal)):
        return _angka(isi) not in (None, 0)
    return bool(isi) if isinstance(isi, (list, tuple, dict, set, frozenset)) else isi is not None


_URUT: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
}


def _banding(tanda: ast.cmpop, kiri: _Nilai, kanan: _Nilai) -> bool:
    """One comparison; False whenever a side is missing or the two cannot be compared."""
    if kiri.isi is None or kanan.isi is None:
        return False
    if isinstance(tanda, (ast.In, ast.NotIn)):
        butir = _daftar(kanan)
        if butir is None:
            return False
        return any(_banding(ast.Eq(), kiri, b) for b in butir) is isinstance(tanda, ast.In)
    pasangan = _sepadan(kiri, kanan)
    if pasangan is None:
        return False
    if isinstance(pasangan[0], bool) and not isinstance(tanda, (ast.Eq, ast.NotEq)):
        return False
    return _URUT[type(tanda)](*pasangan)


def _daftar(kanan: _Nilai) -> list[_Nilai] | None:
    """What stands after `in` as a list; a single written value is a list of one: `jenis in ('baru')`."""
    if isinstance(kanan.isi, (list, tuple, set, frozenset)):
        return [b if isinstance(b, _Nilai) else _Nilai(b) for b in kanan.isi]
    return [kanan] if kanan.harfiah else None


def _sepadan(kiri: _Nilai, kanan: _Nilai) -> tuple[Any, Any] | None:
    """The two sides as one type: yes/no beside a boolean, text beside written text, else number or text."""
    if isinstance(kiri.isi, bool) or isinstance(kanan.isi, bool):
        return _benar(kiri.isi), _benar(kanan.isi)
    tertulis = any(sisi.harfiah and isinstance(sisi.isi, str) for sisi in (kiri, kanan))
    if not tertulis:
        angka = _angka(kiri.isi), _angka(kanan.isi)
        if angka[0] is not None and angka[1] is not None:
            return angka
    teks = _teks(kiri.isi), _teks(kanan.isi)
    return teks if teks[0] is not None and teks[1] is not None else None


def _angka(isi: object) -> Decimal | None:
    """A finite number, or None. Text is read as a number if it is short and plain."""
    if isinstance(isi, str) and len(isi) > _ANGKA_MAKS:
        return None
    if not isinstance(isi, (int, float, Decimal, str)):
        return None
    try:
        angka = Decimal(str(isi) if isinstance(isi, float) else isi)
    except InvalidOperation:
        return None
    return angka if angka.is_finite() else None


def _teks(isi: object) -> str | None:
    if isinstance(isi, date):
        return isi.isoformat()
    return isi if isinstance(isi, str) else None
