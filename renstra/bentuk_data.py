"""Columns of the open data sets: name, kind, meaning of each. Schema, JSON, CSV and page are written from these."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

Kolom = serializers.Field[Any, Any, Any, Any]


def _nilai(arti: Any) -> serializers.DecimalField:
    """A target or what was achieved, in the unit of its line; null where nothing was reported."""
    return serializers.DecimalField(max_digits=24, decimal_places=4, allow_null=True, help_text=arti)


def _persen(arti: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=24, decimal_places=2, allow_null=True, help_text=arti)


def _rupiah(arti: Any) -> serializers.IntegerField:
    return serializers.IntegerField(allow_null=True, help_text=arti)


class IzinTerbit(serializers.Serializer[Any]):
    """One month and service in which something was issued."""

    bulan = serializers.CharField(help_text=_("bulan terbit, misalnya 2026-05"))
    layanan = serializers.CharField(help_text=_("kode layanan"))
    nama_layanan = serializers.CharField(help_text=_("nama layanan"))
    terbit = serializers.IntegerField(help_text=_("banyaknya izin yang terbit"))
    sementara = serializers.BooleanField(help_text=_("bulan belum berakhir, angkanya masih bertambah"))


class KetepatanWaktu(serializers.Serializer[Any]):
    """One year and service in which something was issued."""

    tahun = serializers.IntegerField(help_text=_("tahun terbit"))
    layanan = serializers.CharField(help_text=_("kode layanan"))
    nama_layanan = serializers.CharField(help_text=_("nama layanan"))
    terbit = serializers.IntegerField(help_text=_("banyaknya izin yang terbit"))
    tepat = serializers.IntegerField(help_text=_("terbit dalam batas waktu"))
    lewat = serializers.IntegerField(help_text=_("terbit melewati batas waktu"))
    median = serializers.IntegerField(
        allow_null=True, help_text=_("hari kerja: separuh izin terbit dalam waktu ini atau lebih cepat")
    )
    p90 = serializers.IntegerField(
        allow_null=True, help_text=_("hari kerja: sembilan dari sepuluh izin terbit dalam waktu ini atau lebih cepat")
    )
    sementara = serializers.BooleanField(help_text=_("tahun belum berakhir, angkanya masih bertambah"))


class RetribusiBulan(serializers.Serializer[Any]):
    """One month of all services together."""

    bulan = serializers.CharField(help_text=_("bulan pembayaran dicatat, misalnya 2026-05"))
    rupiah = serializers.IntegerField(help_text=_("retribusi yang dibayar, rupiah"))
    sementara = serializers.BooleanField(help_text=_("bulan belum berakhir, angkanya masih bertambah"))


class IkmSemester(serializers.Serializer[Any]):
    """One signed half year; one of fewer than five answers has no figures."""

    periode = serializers.CharField(help_text=_("kode periode"))
    mulai = serializers.DateField(help_text=_("hari pertama"))
    selesai = serializers.DateField(help_text=_("hari terakhir"))
    edisi = serializers.IntegerField(help_text=_("edisi yang disahkan; koreksi menjadi edisi berikutnya"))
    instrumen = serializers.CharField(help_text=_("kode kuesioner; nilai dari kuesioner berbeda tidak sebanding"))
    bobot = serializers.CharField(help_text=_("cara bobot dihitung; nilai dengan cara berbeda tidak sebanding"))
    responden = serializers.IntegerField(allow_null=True, help_text=_("banyaknya jawaban"))
    ikm = _persen(_("Indeks Kepuasan Masyarakat, 25 sampai 100"))
    mutu = serializers.CharField(allow_blank=True, help_text=_("mutu A sampai D menurut kuesionernya"))
    ditahan = serializers.BooleanField(help_text=_("jawaban kurang dari lima, angkanya tidak diterbitkan"))


class IndikatorTahun(serializers.Serializer[Any]):
    """One line of a plan and year, as the last signed quarter has it."""

    rencana = serializers.CharField(help_text=_("nama rencana"))
    tahun = serializers.IntegerField(help_text=_("tahun"))
    sampai_triwulan = serializers.IntegerField(help_text=_("triwulan terakhir yang disahkan"))
    uraian = serializers.CharField(help_text=_("program atau kegiatan"))
    indikator = serializers.CharField(help_text=_("indikator"))
    satuan = serializers.CharField(allow_blank=True, help_text=_("satuan target dan realisasi"))
    target = _nilai(_("target tahun itu"))
    realisasi = _nilai(_("realisasi sampai triwulan itu"))
    capaian = _persen(_("realisasi dibanding target tahun itu, persen"))
    predikat = serializers.CharField(allow_blank=True, help_text=_("predikat capaian"))


class BarisEvaluasi(serializers.Serializer[Any]):
    """One line of E.81 of a signed quarter."""

    rencana = serializers.CharField(help_text=_("nama rencana"))
    tahun = serializers.IntegerField(help_text=_("tahun"))
    triwulan = serializers.IntegerField(help_text=_("triwulan yang dievaluasi"))
    edisi = serializers.IntegerField(help_text=_("edisi yang disahkan; koreksi menjadi edisi berikutnya"))
    kode = serializers.CharField(allow_blank=True, help_text=_("kode atau nomor program atau kegiatan"))
    tingkat = serializers.CharField(help_text=_("program atau kegiatan"))
    uraian = serializers.CharField(help_text=_("nama program atau kegiatan"))
    indikator = serializers.CharField(help_text=_("indikator"))
    satuan = serializers.CharField(allow_blank=True, help_text=_("satuan target dan realisasi"))
    target = _nilai(_("target tahun itu"))
    anggaran = _rupiah(_("anggaran tahun itu, rupiah"))
    realisasi_triwulan = _nilai(_("realisasi triwulan ini saja"))
    belanja_triwulan = _rupiah(_("anggaran yang terpakai triwulan ini saja, rupiah"))
    realisasi = _nilai(_("realisasi sampai triwulan ini"))
    belanja = _rupiah(_("anggaran yang terpakai sampai triwulan ini, rupiah"))
    capaian = _persen(_("realisasi dibanding target tahun itu, persen"))
    serapan = _persen(_("anggaran yang terpakai dibanding anggaran tahun itu, persen"))
    capaian_renstra = _persen(_("realisasi seluruh masa rencana dibanding target akhirnya, persen"))
