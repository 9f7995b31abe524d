"""The SKRD: lines, sum in figures and words, where and until when to pay."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core.konfigurasi import kantor
from core.templatetags.tampilan import waktu
from perizinan.dokumen.halaman import Halaman
from perizinan.dokumen.teks import isi_kalimat, teks
from perizinan.dokumen.terbilang import terbilang
from perizinan.models import Dokumen


def skrd(dokumen: Dokumen) -> Halaman:
    """One fee assessment, as it was issued: a corrected one gets its own document."""
    p = dokumen.permohonan
    baris = p.skrd.select_related("tarif", "ditetapkan_oleh").get(kunci=dokumen.acuan)
    kalimat = teks()["skrd"]
    catatan = isi_kalimat(
        kalimat["cara"], batas=waktu(baris.jatuh_tempo), tempat=kantor().tempat_bayar, nomor=baris.nomor
    )
    return Halaman(
        templat="dokumen/skrd.html",
        judul=_("Surat Ketetapan Retribusi Daerah"),
        nomor=baris.nomor,
        konteks={
            "skrd": baris,
            "terbilang": terbilang(baris.nilai),
            "kalimat": catatan,
            "contoh": kalimat["contoh"] if baris.tarif and baris.tarif.contoh else "",
        },
        data={
            "nilai": baris.nilai,
            "rincian": baris.rincian,
            "dasar": baris.dasar,
            "jatuh_tempo": baris.jatuh_tempo.isoformat(timespec="seconds") if baris.jatuh_tempo else None,
        },
    )
