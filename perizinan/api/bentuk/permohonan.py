"""Shapes of an application: its row, its page, its papers, its clock, its log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from perizinan.api.dasar import Keluaran, Masukan
from perizinan.enums import (
    HasilRekomendasi,
    JenisPermohonan,
    PengisiIsian,
    PutusanSyarat,
    Saluran,
    StatusPermohonan,
    StatusRekomendasi,
    TipeIsian,
)

#: What only officers see of a file (ux.md section 7: the applicant knows one number, the application's).
HANYA_PETUGAS = ("nomor_register", "bidang")
HANYA_PETUGAS_REKOMENDASI = ("hasil", "ketentuan", "alasan", "dasar_hukum")


class SaringPermohonan(serializers.Serializer[None]):
    """The query of the list."""

    status = serializers.ChoiceField(StatusPermohonan.choices, required=False)
    layanan = serializers.SlugField(required=False, max_length=40, help_text="Kode layanan.")
    menunggu_saya = serializers.BooleanField(required=False, help_text="Hanya yang menunggu tindakan Anda.")


class MasukanPermohonan(Masukan):
    """A new draft."""

    layanan = serializers.SlugField(max_length=40, help_text="Kode layanan.")
    jenis_permohonan = serializers.ChoiceField(JenisPermohonan.choices, default=JenisPermohonan.BARU)
    pemohon = serializers.UUIDField(
        required=False, help_text="Kunci pihak yang mengajukan. Boleh kosong bila pihak Anda hanya satu."
    )
    isian = serializers.DictField(required=False, help_text="Nilai isian per kode.")


class MasukanIsian(Masukan):
    """Values of fields by code; what is not sent stays as it is."""

    isian = serializers.DictField(help_text="Nilai isian per kode.")


class BerkasRingkas(Keluaran):
    """One row of a list."""

    acuan = serializers.CharField(help_text="Nomor permohonan, atau kunci acak selama masih draf.")
    nomor = serializers.CharField(allow_null=True)
    layanan = serializers.CharField(source="jenis_izin.kode")
    nama_layanan = serializers.CharField(source="jenis_izin.nama")
    jenis_permohonan = serializers.ChoiceField(JenisPermohonan.choices)
    status = serializers.ChoiceField(StatusPermohonan.choices)
    status_teks = serializers.SerializerMethodField()
    pemohon = serializers.CharField(source="pihak.sebutan")
    diajukan_pada = serializers.DateTimeField(allow_null=True)
    tenggat = serializers.DateTimeField(allow_null=True)
    batas_pemohon = serializers.DateTimeField(allow_null=True)
    versi = serializers.IntegerField()

    def get_status_teks(self, berkas: Any) -> str:
        from perizinan.halaman.perjalanan import label

        return label(berkas).kata


class LangkahTersedia(Keluaran):
    """An act that this person may do now."""

    verba = serializers.CharField()
    teks = serializers.CharField()


class RekomendasiBerkas(Keluaran):
    """What one SKPD was asked; its answer only for officers."""

    kunci = serializers.UUIDField()
    skpd = serializers.CharField(source="skpd.kode")
    nama_skpd = serializers.CharField(source="skpd.nama")
    status = serializers.ChoiceField(StatusRekomendasi.choices)
    tenggat = serializers.DateTimeField()
    tinjau_pada = serializers.DateTimeField(allow_null=True)
    hasil = serializers.ChoiceField(HasilRekomendasi.choices, required=False, allow_blank=True)
    ketentuan = serializers.ListField(child=serializers.CharField(), required=False)
    alasan = serializers.CharField(required=False)
    dasar_hukum = serializers.CharField(required=False)
    versi = serializers.IntegerField()
    tindakan = serializers.SerializerMethodField()

    @extend_schema_field(LangkahTersedia(many=True))
    def get_tindakan(self, rekomendasi: Any) -> list[dict[str, str]]:
        return list(self.context["tindakan"](rekomendasi))

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return tanpa(super().to_representation(instance), self.context, HANYA_PETUGAS_REKOMENDASI)


class BerkasRinci(BerkasRingkas):
    """One file."""

    nomor_register = serializers.CharField(required=False, allow_null=True)
    bidang = serializers.CharField(source="bidang.kode", required=False)
    saluran = serializers.ChoiceField(Saluran.choices)
    dibuat_pada = serializers.DateTimeField()
    batas_periksa = serializers.DateTimeField(allow_null=True)
    terdaftar_pada = serializers.DateTimeField(allow_null=True)
    mulai_hitung = serializers.DateTimeField(allow_null=True)
    hari_sop = serializers.IntegerField(allow_null=True)
    jeda_sejak = serializers.DateTimeField(allow_null=True)
    terbit_pada = serializers.DateTimeField(allow_null=True)
    diserahkan_pada = serializers.DateTimeField(allow_null=True)
    selesai_pada = serializers.DateTimeField(allow_null=True)
    hari_terpakai = serializers.IntegerField(allow_null=True)
    tindakan = serializers.SerializerMethodField()
    rekomendasi = serializers.SerializerMethodField()
    perlu_diperbaiki = serializers.SerializerMethodField()

    @extend_schema_field(LangkahTersedia(many=True))
    def get_tindakan(self, berkas: Any) -> list[dict[str, str]]:
        return list(self.context["tindakan"](berkas))

    @extend_schema_field(RekomendasiBerkas(many=True))
    def get_rekomendasi(self, berkas: Any) -> Any:
        return RekomendasiBerkas(self.context["rekomendasi"], many=True, context=self.context).data

    def get_perlu_diperbaiki(self, berkas: Any) -> dict[str, list[str]]:
        """Sentences per field that was sent and could not be kept."""
        return dict(self.context.get("perlu_diperbaiki", {}))

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return tanpa(super().to_representation(instance), self.context, HANYA_PETUGAS)


def tanpa(isi: dict[str, Any], konteks: Mapping[str, Any], nama: tuple[str, ...]) -> dict[str, Any]:
    """The answer without what only officers see, unless an officer looks."""
    return isi if konteks.get("petugas") else {k: v for k, v in isi.items() if k not in nama}


class NilaiIsian(Keluaran):
    """One field of the form with what was typed."""

    kode = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment] # a field may bear the name of an attribute
    tipe = serializers.ChoiceField(TipeIsian.choices)
    satuan = serializers.CharField()
    opsi = serializers.ListField(child=serializers.DictField())
    wajib = serializers.BooleanField()
    bila = serializers.CharField(help_text="Syarat isian ini ditanyakan; kosong: selalu.")
    diisi_oleh = serializers.ChoiceField(PengisiIsian.choices)
    nilai = serializers.JSONField(allow_null=True)


class FormulirIsian(Keluaran):
    """The form."""

    isian = NilaiIsian(many=True)
    perlu_diperbaiki = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    versi = serializers.IntegerField()


class FileUnggahan(Keluaran):
    """One file that was handed in."""

    kunci = serializers.UUIDField()
    nama = serializers.CharField(source="nama_asli")
    jenis_isi = serializers.CharField()
    ukuran = serializers.IntegerField()
    diunggah_pada = serializers.DateTimeField()


class KeadaanSyarat(Keluaran):
    """One requirement of this file: what answers it, and loket's verdict."""

    syarat = serializers.CharField(source="syarat.kode")
    nama = serializers.CharField(source="syarat.nama")
    wajib = serializers.BooleanField(source="syarat.wajib")
    asal = serializers.CharField(source="syarat.asal")
    format = serializers.ListField(source="syarat.format", child=serializers.CharField())
    maks_mb = serializers.IntegerField(source="syarat.maks_mb")
    ada = serializers.BooleanField()
    berkas = FileUnggahan(many=True)
    putusan = serializers.SerializerMethodField()
    kode_alasan = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(PutusanSyarat.choices, allow_null=True))
    def get_putusan(self, keadaan: Any) -> str | None:
        return keadaan.pemeriksaan.putusan if keadaan.pemeriksaan else None

    def get_kode_alasan(self, keadaan: Any) -> str:
        return keadaan.pemeriksaan.kode_alasan if keadaan.pemeriksaan else ""


class DaftarSyarat(Keluaran):
    """All requirements that apply to the file."""

    syarat = KeadaanSyarat(many=True)


class MasukanUnggah(Masukan):
    """Files for one requirement; several make one document."""

    syarat = serializers.SlugField(max_length=40, help_text="Kode persyaratan.")
    berkas = serializers.ListField(child=serializers.FileField(), min_length=1, max_length=20)
    ganti = serializers.BooleanField(default=True, help_text="false: tambahkan di belakang yang sudah ada.")


class BarisHitungan(Keluaran):
    """One date of the arithmetic."""

    tanggal = serializers.DateField()
    dihitung = serializers.BooleanField()
    alasan = serializers.CharField()


class BarisBuku(Keluaran):
    """All time of one stage at one desk or SKPD. Days are closings of the office, minutes are opening hours."""

    tahap = serializers.CharField(source="isi.tahap", help_text="Kode tahap, sama dengan status berkas.")
    nama_tahap = serializers.CharField(source="tahap")
    peran = serializers.CharField(source="isi.peran")
    unit = serializers.CharField(source="isi.unit", help_text="Kode unit atau dinas; kosong untuk pemohon.")
    meja = serializers.CharField()
    sejajar = serializers.BooleanField(
        source="isi.sejajar",
        help_text="Dinas yang menilai bersamaan: sudah termasuk dalam tahapnya, jangan dijumlahkan.",
    )
    kini = serializers.BooleanField(source="isi.kini", help_text="Berkas sekarang ada di sini.")
    hari_dihitung = serializers.IntegerField(
        source="isi.hari_bersih", help_text="Hari kerja selama hitungan berjalan; jumlahnya hari_terpakai."
    )
    hari = serializers.IntegerField(source="isi.hari", help_text="Semua hari kerja, juga saat hitungan berhenti.")
    menit_dihitung = serializers.IntegerField(source="isi.menit_bersih")
    menit = serializers.IntegerField(source="isi.menit")
    jatah = serializers.IntegerField(source="isi.jatah", allow_null=True, help_text="Jatah hari kerja, bila ada.")
    lewat = serializers.IntegerField(source="isi.lewat", help_text="Hari kerja di atas jatah.")


class SelangBuku(Keluaran):
    """One interval in one hand, half-open, wholly in one state of the clock."""

    tahap = serializers.CharField(source="isi.tahap")
    nama_tahap = serializers.CharField(source="tahap")
    peran = serializers.CharField(source="isi.peran")
    unit = serializers.CharField(source="isi.unit")
    meja = serializers.CharField()
    keadaan = serializers.CharField(source="isi.keadaan", help_text="belum, jalan, jeda, atau sesudah.")
    mulai = serializers.DateTimeField(source="isi.mulai")
    selesai = serializers.DateTimeField(source="isi.selesai")
    hari_dihitung = serializers.IntegerField(source="isi.hari_bersih")
    hari = serializers.IntegerField(source="isi.hari")
    menit_dihitung = serializers.IntegerField(source="isi.menit_bersih")
    menit = serializers.IntegerField(source="isi.menit")


class BukuWaktu(Keluaran):
    """Who held the file. `selang` covers it from filing to `sampai` without a hole; `baris` sums it."""

    sampai = serializers.DateTimeField(source="buku.sampai")
    tutup = serializers.BooleanField(source="buku.tutup", help_text="Berkas sudah selesai.")
    baris = BarisBuku(many=True)
    selang = SelangBuku(many=True)


class Hitungan(Keluaran):
    """How the due date comes about, day by day, and who used the days; nulls before registration."""

    pada = serializers.DateTimeField(help_text="Keadaan per waktu ini.")

    mulai = serializers.DateTimeField(allow_null=True)
    tenggat = serializers.DateTimeField(allow_null=True)
    hari = serializers.IntegerField(allow_null=True)
    hari_terpakai = serializers.IntegerField(allow_null=True)
    tepat_waktu = serializers.BooleanField(allow_null=True)
    baris = BarisHitungan(many=True)
    buku = BukuWaktu()


class BarisRiwayat(Keluaran):
    """One event, as this person reads it."""

    verba = serializers.CharField()
    teks = serializers.CharField(source="judul")
    pada = serializers.DateTimeField(source="waktu")
    oleh = serializers.CharField()
    catatan = serializers.CharField()


class Butir(Keluaran):
    """One thing to put right. `ke` names it when it is answered."""

    ke = serializers.IntegerField()
    syarat = serializers.CharField(allow_null=True)
    isian = serializers.CharField(allow_null=True)
    kode_alasan = serializers.CharField()
    uraian = serializers.CharField()
    jawaban = serializers.CharField()
    dijawab_pada = serializers.DateTimeField(allow_null=True)


class Putaran(Keluaran):
    """One correction round."""

    ke = serializers.IntegerField()
    dibuka_pada = serializers.DateTimeField()
    batas = serializers.DateTimeField()
    ditutup_pada = serializers.DateTimeField(allow_null=True)
    butir = Butir(many=True)


class DaftarPutaran(Keluaran):
    """All rounds of the file, the oldest first."""

    putaran = Putaran(many=True)


class HasilVerba(Keluaran):
    """The file after an act."""

    acuan = serializers.CharField()
    nomor = serializers.CharField(allow_null=True)
    status = serializers.ChoiceField(StatusPermohonan.choices)
    tenggat = serializers.DateTimeField(allow_null=True)
    versi = serializers.IntegerField()
    perlu_diperbaiki = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), help_text="Isian yang belum dapat disimpan."
    )


class HasilVerbaRekomendasi(Keluaran):
    """The recommendation after an act, and the file behind it."""

    kunci = serializers.UUIDField()
    status = serializers.ChoiceField(StatusRekomendasi.choices)
    versi = serializers.IntegerField()
    permohonan = serializers.CharField(source="permohonan.acuan")
    status_permohonan = serializers.ChoiceField(StatusPermohonan.choices, source="permohonan.status")
