"""Shapes of the catalogue."""

from __future__ import annotations

from rest_framework import serializers

from perizinan.api.dasar import Keluaran
from perizinan.enums import AsalSyarat, AsliSyarat, Biaya, JenisProduk, Kelompok

STATUS_LAYANAN = ("aktif", "nonaktif")


class SaringLayanan(serializers.Serializer[None]):
    """The query of the catalogue."""

    q = serializers.CharField(
        required=False, max_length=120, help_text="Kata yang dicari, seperti orang mengatakannya: buka apotek."
    )
    kelompok = serializers.ChoiceField(Kelompok.choices, required=False)


class Persyaratan(Keluaran):
    """One requirement. `bila` is the condition under which it is asked; empty means always."""

    kode = serializers.CharField()
    nama = serializers.CharField()
    petunjuk = serializers.CharField()
    wajib = serializers.BooleanField()
    bila = serializers.CharField()
    jenis_permohonan = serializers.ListField(child=serializers.CharField(), help_text="Kosong: semua jenis.")
    asal = serializers.ChoiceField(AsalSyarat.choices)
    asli = serializers.ChoiceField(AsliSyarat.choices)
    format = serializers.ListField(child=serializers.CharField())
    maks_mb = serializers.IntegerField()


class Layanan(Keluaran):
    """A service as it may be applied for today; nulls where it may not."""

    kode = serializers.CharField()
    nama = serializers.CharField()
    kelompok = serializers.ChoiceField(Kelompok.choices)
    jenis_produk = serializers.ChoiceField(JenisProduk.choices, allow_null=True)
    hari_kerja = serializers.IntegerField(allow_null=True, help_text="Batas waktu yang berlaku, dalam hari kerja.")
    sumber_hari = serializers.ChoiceField(["sop", "cadangan"], allow_null=True)
    biaya = serializers.ChoiceField(Biaya.choices, allow_null=True)
    status = serializers.ChoiceField(STATUS_LAYANAN, help_text="aktif: dapat diajukan hari ini.")
    dasar_hukum = serializers.ListField(child=serializers.CharField())
    persyaratan = Persyaratan(many=True)


class RujukanKantor(Keluaran):
    """The office that a matter belongs to when it is not ours."""

    kantor = serializers.CharField()
    keterangan = serializers.CharField()


class HalamanLayanan(Keluaran):
    """One page of the catalogue."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    rujukan = RujukanKantor(allow_null=True)
    results = Layanan(many=True)
