"""Shapes of what everybody may read: tracking, genuineness, the register, the counts."""

from __future__ import annotations

from rest_framework import serializers

from perizinan.api.dasar import Keluaran, Masukan
from perizinan.enums import StatusIzin, StatusPermohonan

_TAHUN_AWAL = 2000
_TAHUN_AKHIR = 2999


class SaringLacak(serializers.Serializer[None]):
    """Both are needed: the number, and the last four digits of the phone."""

    nomor = serializers.CharField(max_length=40)
    hp4 = serializers.CharField(max_length=10, help_text="Empat angka terakhir nomor HP pemohon.")


class LangkahLacak(Keluaran):
    """One thing that happened."""

    verba_teks = serializers.CharField(source="judul")
    pada = serializers.DateTimeField(source="waktu")


class Lacak(Keluaran):
    """State and dates of a file; no name, phone or address."""

    nomor = serializers.CharField()
    layanan = serializers.CharField(source="jenis_izin.nama")
    status = serializers.ChoiceField(StatusPermohonan.choices)
    status_teks = serializers.CharField()
    diajukan_pada = serializers.DateTimeField()
    tenggat = serializers.DateTimeField(allow_null=True)
    langkah = LangkahLacak(many=True)


class MasukanVerifikasi(Masukan):
    """The file to compare with ours. It is not kept."""

    berkas = serializers.FileField()


class HasilVerifikasi(Keluaran):
    """Whether these very bytes are ours, and what the permit is worth today."""

    cocok = serializers.BooleanField()
    alasan = serializers.ChoiceField(
        ["asli", "tidak_dikenal", "diubah", "ditambah", "tanda_tangan_asing", "bukan_pdf"]
    )
    nomor_izin = serializers.CharField(allow_null=True)
    status = serializers.ChoiceField(StatusIzin.choices, allow_null=True)


class SaringIzin(serializers.Serializer[None]):
    """The query of the register."""

    layanan = serializers.SlugField(required=False, max_length=40, help_text="Kode layanan.")
    tahun = serializers.IntegerField(required=False, min_value=_TAHUN_AWAL, max_value=_TAHUN_AKHIR)
    bulan = serializers.IntegerField(required=False, min_value=1, max_value=12)
    status = serializers.ChoiceField(StatusIzin.choices, required=False, help_text="Keadaan hari ini.")
    q = serializers.CharField(required=False, max_length=120, help_text="Nomor izin atau pemegang yang diumumkan.")


class IzinTerdaftar(Keluaran):
    """One permit of the register. `pemegang` as the service lets it be shown, else null (ux.md case 32)."""

    nomor_izin = serializers.CharField()
    layanan = serializers.CharField()
    nama_layanan = serializers.CharField()
    pemegang = serializers.CharField(allow_null=True)
    tanggal_terbit = serializers.DateField()
    mulai = serializers.DateField()
    akhir = serializers.DateField(allow_null=True)
    status = serializers.ChoiceField(StatusIzin.choices)


class SaringStatistik(serializers.Serializer[None]):
    """The query of the counts."""

    per = serializers.ChoiceField(["hari", "minggu", "bulan", "tahun"], default="bulan")
    layanan = serializers.SlugField(required=False, max_length=40, help_text="Kode layanan.")
    tahun = serializers.IntegerField(required=False, min_value=_TAHUN_AWAL, max_value=_TAHUN_AKHIR)


class Penerbitan(Keluaran):
    """How many were issued in one day, week, month or year of the office's calendar."""

    periode = serializers.CharField(help_text="2026-06-02, 2026-W23, 2026-06 atau 2026.")
    mulai = serializers.DateField(help_text="Tanggal pertama periode.")
    jumlah = serializers.IntegerField()
