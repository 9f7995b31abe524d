"""A log line is one JSON object in UTC and never holds a personal number or a secret (R26, B40).

`SaringDataPribadi` masks before anything is written, on the message, its arguments, the extra fields and the
traceback; `BarisJson` only formats. Over-masking is accepted, a leak is not: 16 digits in a row are always
treated as a NIK, also when they are something else.
"""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

_POLA: tuple[tuple[re.Pattern[str], str], ...] = (
    # Secrets that stand in an address: Kannel's callbacks, public verification, one-time links.
    (re.compile(r"(/sms/(?:masuk|laporan)/|/verifikasi/)[^/\s?\"']+"), r"\1[token]"),
    (re.compile(r"(?i)\b((?:bearer|token|basic)\s+)[\w.+/=~-]{8,}"), r"\1[token]"),
    (
        re.compile(
            r"(?i)\b((?:password|sandi|passphrase|totp|otp|kode_masuk|token|rahasia|secret|kunci|api_?key"
            r"|csrfmiddlewaretoken|sessionid|csrftoken|__Host-\w+)[\"']?\s*[=:]\s*)"
            r"(?:\"[^\"]*\"|'[^']*'|[^\s&;,\"'}]+)"
        ),
        r"\1[rahasia]",
    ),
    (re.compile(r"(?<![\w-])[0-9a-f]{40}(?![\w-])"), "[token]"),
    (re.compile(r"(://[^:/@\s]*:)[^@/\s]+@"), r"\1[rahasia]@"),
    (re.compile(r"\b\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}\b"), "[npwp]"),
    (re.compile(r"(?<![\d.])(?:\d[ .-]?){15}\d(?!\d)"), "[nik]"),
    (re.compile(r"(?<![\d.])\d{15}(?!\d)"), "[npwp]"),
    (re.compile(r"(?<![\w.])(?:\+62|62(?=[ -]?8)|0)(?:[ -]?\d){8,12}(?!\d)"), "[telepon]"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[surel]"),
)
_KUNCI_RAHASIA = re.compile(
    r"(?i)(^|_)(nik|npwp|hp|telepon|surel|email|password|sandi|passphrase|token|rahasia|secret|kunci|otp|cookie"
    r"|authorization)(_|$)"
)
_KEDALAMAN_MAKS = 6
# Attributes that the logging module itself puts on every record; all others came through `extra=`.
_BAWAAN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def sensor(teks: str) -> str:
    """Replace every NIK, NPWP, phone number, e-mail address and secret in `teks` by its kind in brackets."""
    for pola, ganti in _POLA:
        teks = pola.sub(ganti, teks)
    return teks


def sensor_nilai(nilai: object, *, kunci: str = "", kedalaman: int = 0) -> object:
    """Mask inside mappings and lists too; a value under a telling key (`nik`, `token`) goes as a whole."""
    if nilai is None or isinstance(nilai, bool | float):
        return nilai
    if kunci and _KUNCI_RAHASIA.search(kunci):
        return "[rahasia]"
    if kedalaman > _KEDALAMAN_MAKS:
        return "[terlalu dalam]"
    if isinstance(nilai, dict):
        return {sensor(str(k)): sensor_nilai(v, kunci=str(k), kedalaman=kedalaman + 1) for k, v in nilai.items()}
    if isinstance(nilai, list | tuple | set | frozenset):
        return [sensor_nilai(v, kedalaman=kedalaman + 1) for v in nilai]
    teks = _teks(nilai)
    bersih = sensor(teks)
    return nilai if isinstance(nilai, int) and bersih == teks else bersih


def _teks(nilai: object) -> str:
    try:
        return str(nilai)
    except Exception:  # noqa: BLE001 - an object that cannot describe itself must not stop the log line
        return f"[{type(nilai).__name__}]"


class SaringDataPribadi(logging.Filter):
    """Mask a record in place before any handler formats it; never drops a record."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            pesan = record.getMessage()
        except Exception:  # noqa: BLE001 - a wrong format string must not cost the line that reports an error
            pesan = f"{record.msg} {record.args!r}"
        record.msg, record.args = sensor(pesan), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        record.exc_info = None
        if record.exc_text:
            record.exc_text = sensor(record.exc_text)
        if record.stack_info:
            record.stack_info = sensor(record.stack_info)
        for kunci in vars(record).keys() - _BAWAAN:
            nilai = getattr(record, kunci)
            setattr(record, kunci, _permintaan(nilai) if kunci == "request" else sensor_nilai(nilai, kunci=kunci))
        return True


class BarisJson(logging.Formatter):
    """One record is one line of JSON: `waktu` (UTC), `tingkat`, `asal`, `pesan`, then the extras."""

    def format(self, record: logging.LogRecord) -> str:
        baris: dict[str, object] = {
            "waktu": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="microseconds"),
            "tingkat": record.levelname,
            "asal": record.name,
            "pesan": record.getMessage(),
        }
        for kunci in sorted(vars(record).keys() - _BAWAAN):
            baris.setdefault(kunci, getattr(record, kunci))
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            baris["jejak"] = record.exc_text
        if record.stack_info:
            baris["tumpukan"] = record.stack_info
        return json.dumps(baris, ensure_ascii=False, default=lambda nilai: sensor(_teks(nilai)))


def _permintaan(permintaan: Any) -> object:
    """What may be said about a request: method, masked path, its id, the account's key; nothing posted.

    The account is read only where it is already loaded: logging must not query a database that just failed.
    """
    if not hasattr(permintaan, "get_full_path"):
        return sensor(repr(permintaan))
    akun = vars(permintaan).get("_cached_user")
    return {
        "cara": permintaan.method,
        "alamat": sensor(permintaan.get_full_path()),
        "id": sensor(permintaan.headers.get("X-Request-ID", ""))[:64],
        "akun": getattr(akun, "pk", None),
    }
