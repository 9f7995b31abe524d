"""Which builder makes which kind of document."""

from __future__ import annotations

from collections.abc import Callable

from perizinan.dokumen.bap import bap
from perizinan.dokumen.halaman import Halaman
from perizinan.dokumen.keputusan import konsep_izin, surat_izin, surat_penolakan
from perizinan.dokumen.rincian_waktu import rincian_waktu
from perizinan.dokumen.tagihan import skrd
from perizinan.dokumen.tanda_terima import bukti_pengajuan, lembar_kekurangan, tanda_terima, tanda_terima_sk
from perizinan.enums import JenisDokumen
from perizinan.models import Dokumen

PENYUSUN: dict[JenisDokumen, Callable[[Dokumen], Halaman]] = {
    JenisDokumen.BUKTI_PENGAJUAN: bukti_pengajuan,
    JenisDokumen.LEMBAR_KEKURANGAN: lembar_kekurangan,
    JenisDokumen.TANDA_TERIMA: tanda_terima,
    JenisDokumen.SKRD: skrd,
    JenisDokumen.BAP: bap,
    JenisDokumen.SK: surat_izin,
    JenisDokumen.KONSEP_SK: konsep_izin,
    JenisDokumen.SURAT_PENOLAKAN: surat_penolakan,
    JenisDokumen.TANDA_TERIMA_SK: tanda_terima_sk,
    JenisDokumen.RINCIAN_WAKTU: rincian_waktu,
}
