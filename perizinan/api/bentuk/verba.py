"""What each verb asks for. The content is judged by the service; here only its shape."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from perizinan.api.dasar import Masukan
from perizinan.enums import HasilRekomendasi, PutusanSyarat

_URAIAN_MAKS = 240
_TEKS_MAKS = 4000


class MasukanVerba(Masukan):
    """A verb that needs nothing but the file."""

    versi = serializers.IntegerField(
        required=False, min_value=0, help_text="Versi yang Anda lihat; bila sudah berubah, ditolak (409)."
    )


class MasukanAlasan(MasukanVerba):
    """A verb that is explained."""

    alasan = serializers.CharField(max_length=_TEKS_MAKS)


class MasukanDasar(MasukanVerba):
    """The legal ground for asking nothing."""

    dasar = serializers.CharField(max_length=_URAIAN_MAKS)


class MasukanUsulTolak(MasukanAlasan):
    """A refusal cites a rule, and the requirement that is not met."""

    dasar_hukum = serializers.CharField(max_length=_URAIAN_MAKS)
    syarat = serializers.CharField(max_length=40, required=False, help_text="Kode persyaratan yang tidak dipenuhi.")


class MasukanPenegasan(MasukanVerba):
    """Whoever decides proves again who they are, unless they did in this session a moment ago."""

    sandi = serializers.CharField(
        max_length=256, required=False, trim_whitespace=False, style={"input_type": "password"}
    )


class MasukanButir(Masukan):
    """One thing to put right: of a requirement, of a field, or of neither."""

    syarat = serializers.CharField(max_length=40, required=False)
    isian = serializers.CharField(max_length=40, required=False)
    kode_alasan = serializers.CharField(max_length=40, required=False)
    uraian = serializers.CharField(max_length=_URAIAN_MAKS)


class MasukanPerbaikan(MasukanVerba):
    """One list of everything."""

    butir = MasukanButir(many=True, allow_empty=False)


class MasukanLunas(MasukanVerba):
    """A deposit as the bank reports it."""

    jumlah = serializers.IntegerField(min_value=1, max_value=10**15, help_text="Rupiah.")
    dibayar_pada = serializers.DateTimeField(help_text="Menurut bank; tanpa selisih zona berarti waktu kantor.")
    bukti = serializers.CharField(max_length=60)
    kanal = serializers.CharField(max_length=40, required=False)


class MasukanSerah(MasukanVerba):
    """What loket compared before it hands over."""

    identitas_cocok = serializers.BooleanField()
    asli_lengkap = serializers.BooleanField(help_text="true bila tidak ada asli yang diminta.")
    survei = serializers.ChoiceField(["isi_sekarang", "lain_kali"], default="lain_kali")


class MasukanPeriksaSyarat(Masukan):
    """A verdict on one requirement."""

    syarat = serializers.SlugField(max_length=40)
    putusan = serializers.ChoiceField(PutusanSyarat.choices)
    kode_alasan = serializers.CharField(max_length=40, required=False)
    catatan = serializers.CharField(max_length=_URAIAN_MAKS, required=False)
    asli_dilihat = serializers.BooleanField(default=False)


class MasukanSyarat(Masukan):
    """One requirement."""

    syarat = serializers.SlugField(max_length=40)


class MasukanJawab(Masukan):
    """The answer in words to one item of the open round."""

    ke = serializers.IntegerField(min_value=1)
    jawaban = serializers.CharField(max_length=_URAIAN_MAKS)


class MasukanPersetujuan(Masukan):
    """Why another list is needed."""

    alasan = serializers.CharField(max_length=_URAIAN_MAKS)


class MasukanPutusan(Masukan):
    """The kabid's yes or no."""

    disetujui = serializers.BooleanField()


# --- recommendations ---------------------------------------------------------------------------------------------


class MasukanJadwal(MasukanVerba):
    """Day, hour and members of a visit; when it is moved, why."""

    tinjau_pada = serializers.DateTimeField()
    tim = serializers.ListField(child=serializers.CharField(max_length=120), min_length=1, max_length=20)
    sebab = serializers.CharField(max_length=30, required=False)


class ButirPeriksa(Masukan):
    """One line of the checklist."""

    butir = serializers.CharField(max_length=_URAIAN_MAKS)
    hasil = serializers.CharField(max_length=40)
    catatan = serializers.CharField(max_length=_URAIAN_MAKS, required=False, default="", allow_blank=True)


@extend_schema_field(ButirPeriksa(many=True))
class DaftarPeriksa(serializers.JSONField):
    """A checklist; inside multipart it is sent as one JSON text."""

    def to_internal_value(self, data: Any) -> Any:
        isi: serializers.ListSerializer[Any] = serializers.ListSerializer(
            child=ButirPeriksa(), data=super().to_internal_value(data), allow_empty=False, max_length=100
        )
        isi.is_valid(raise_exception=True)
        return [dict(b) for b in isi.validated_data]


class MasukanBap(MasukanVerba):
    """What the team saw, sent as multipart/form-data because of the photos."""

    dilaksanakan_pada = serializers.DateTimeField()
    lintang = serializers.DecimalField(max_digits=9, decimal_places=6, min_value=-90, max_value=90)
    bujur = serializers.DecimalField(max_digits=9, decimal_places=6, min_value=-180, max_value=180)
    daftar_periksa = DaftarPeriksa()
    foto = serializers.ListField(child=serializers.FileField(), max_length=20)
    catatan = serializers.CharField(max_length=_TEKS_MAKS, required=False)
    pendamping = serializers.CharField(max_length=120, required=False)


class MasukanRekomendasi(MasukanVerba):
    """Agree, agree with conditions that the SK prints, or refuse with reason and law."""

    hasil = serializers.ChoiceField(HasilRekomendasi.choices)
    ketentuan = serializers.ListField(
        child=serializers.CharField(max_length=_URAIAN_MAKS), required=False, max_length=30
    )
    alasan = serializers.CharField(max_length=_TEKS_MAKS, required=False)
    dasar_hukum = serializers.CharField(max_length=_URAIAN_MAKS, required=False)
