"""Numbers people bring along: one spelling of each, and a plain sentence when it cannot be one.

Only length and digits block (ux.md case 5): a NIK has no check digit and cards with odd numbers exist, so
everything else is a warning that an officer settles with the card in view.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PANJANG_NIK = 16
PANJANG_NPWP = (15, 16)
GESER_PEREMPUAN = 40
WILAYAH_BAKU = "ID"

_PEMISAH = re.compile(r"[\s.\-/]+")
_PASPOR = re.compile(r"(?=.*\d)[A-Z0-9]{6,9}")
_KITAS = re.compile(r"(?=.*\d)[A-Z0-9]{8,16}")


def _rapatkan(teks: str) -> str:
    """Without blanks, dots, hyphens and slashes, in capitals."""
    return _PEMISAH.sub("", teks).upper()


def _semua_angka(teks: str) -> bool:
    return teks.isascii() and teks.isdigit()


def nik_sah(teks: str) -> str:
    """The 16 digits of a NIK; raises ValidationError on anything else, and on nothing else."""
    nik = _rapatkan(teks)
    if not _semua_angka(nik):
        raise ValidationError(_("NIK hanya berisi angka. Salin 16 angka NIK dari KTP."), code="nik")
    if len(nik) != PANJANG_NIK:
        pesan = _("NIK terdiri dari 16 angka, yang Anda isi %(jumlah)s angka. Cocokkan dengan KTP.")
        raise ValidationError(pesan, code="nik", params={"jumlah": len(nik)})
    return nik


@dataclass(frozen=True)
class DataNik:
    """What the digits of a NIK say; `tanggal_lahir` is None when they name no day."""

    kode_wilayah: str
    tanggal_lahir: date | None
    jenis_kelamin: Literal["L", "P"]


def baca_nik(nik: str, *, hari_ini: date) -> DataNik:
    """Region, birth date and sex as the digits tell them (a woman's day of birth is raised by 40).

    Two digits of the year leave the century open: the latest one that is not after `hari_ini` is taken.
    """
    hari, bulan, tahun = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    perempuan = hari > GESER_PEREMPUAN
    lahir = _tanggal(hari - GESER_PEREMPUAN if perempuan else hari, bulan, tahun, hari_ini)
    return DataNik(kode_wilayah=nik[:4], tanggal_lahir=lahir, jenis_kelamin="P" if perempuan else "L")


def _tanggal(hari: int, bulan: int, tahun: int, hari_ini: date) -> date | None:
    for abad in (hari_ini.year // 100, hari_ini.year // 100 - 1):
        try:
            lahir = date(abad * 100 + tahun, bulan, hari)
        except ValueError:
            continue
        if lahir <= hari_ini:
            return lahir
    return None


def peringatan_nik(nik: str, tanggal_lahir: date | None) -> str | None:
    """A sentence for the reader when the digits contradict the birth date or name no region; never blocks."""
    hari = int(nik[6:8])
    tertulis = (hari - GESER_PEREMPUAN if hari > GESER_PEREMPUAN else hari, int(nik[8:10]), int(nik[10:12]))
    if tanggal_lahir and tertulis != (tanggal_lahir.day, tanggal_lahir.month, tanggal_lahir.year % 100):
        return _("NIK tidak cocok dengan tanggal lahir. Cocokkan dengan KTP; bila memang begitu di KTP, lanjutkan.")
    if not _wilayah_dikenal(nik):
        return _("Empat angka pertama NIK bukan kode kabupaten/kota. Cocokkan dengan KTP; bila benar, lanjutkan.")
    return None


def _wilayah_dikenal(nik: str) -> bool:
    from stdnum import numdb

    return bool(numdb.get("id/loc").info(nik[:4])[0][1])


def paspor_sah(teks: str) -> str:
    """A passport number in one spelling: 6 to 9 letters and digits (ICAO 9303), at least one digit."""
    paspor = _rapatkan(teks)
    if not _PASPOR.fullmatch(paspor):
        raise ValidationError(
            _("Nomor paspor terdiri dari 6 sampai 9 huruf dan angka. Salin dari halaman foto paspor."),
            code="paspor",
        )
    return paspor


def kitas_sah(teks: str) -> str:
    """The number of a KITAS or KITAP in one spelling: 8 to 16 letters and digits, at least one digit."""
    kitas = _rapatkan(teks)
    if not _KITAS.fullmatch(kitas):
        raise ValidationError(
            _("Nomor KITAS/KITAP terdiri dari 8 sampai 16 huruf dan angka. Salin dari kartu atau e-KITAS."),
            code="kitas",
        )
    return kitas


def npwp_sah(teks: str) -> str:
    """The digits of an NPWP: 15, or 16 since PMK 112/PMK.03/2022 made the NIK a tax number."""
    npwp = _rapatkan(teks)
    if not _semua_angka(npwp) or len(npwp) not in PANJANG_NPWP:
        raise ValidationError(_("NPWP terdiri dari 15 atau 16 angka. Titik dan strip boleh diketik."), code="npwp")
    return npwp


def telepon_sah(teks: str) -> str:
    """A phone number as E.164; without a country code it is Indonesian ("0812..." or "812...")."""
    try:
        nomor = phonenumbers.parse(teks, WILAYAH_BAKU)
    except phonenumbers.NumberParseException:
        nomor = None
    if nomor is None or not phonenumbers.is_valid_number(nomor):
        raise ValidationError(
            _("Nomor telepon ini belum benar. Contoh: 0812 3456 7890; untuk luar negeri +82 10 1234 5678."),
            code="telepon",
        )
    return phonenumbers.format_number(nomor, phonenumbers.PhoneNumberFormat.E164)


def bisa_sms(telepon: str) -> bool:
    """Only mobile numbers get SMS; a landline gets a call from the counter."""
    jenis = phonenumbers.number_type(phonenumbers.parse(telepon))
    return jenis in (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )
