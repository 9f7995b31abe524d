"""What time does to a file, as verbs of the machine: lateness, fiktif positif, lapse, and the way back (27-29, 34).

Each takes the effect that is due from the pure rule and writes it with the act, in one transaction: a second
sweep at the same instant finds the key taken.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.enums import Peran
from core.galat import TransisiDitolak
from core.waktu import zona
from notifications.enums import StatusPesan
from notifications.models import Pesan
from perizinan.efek import Efek, Jenis
from perizinan.enums import (
    HARI_BUKA_KEMBALI,
    Jam,
    JenisDokumen,
    JenisEfek,
    KebijakanFiktif,
    StatusDokumen,
    StatusPermohonan,
    StatusSkrd,
)
from perizinan.models import EfekWaktu, HariCadangan, Pembayaran, Permohonan
from perizinan.services import _efek, _jam, _keluar
from perizinan.services._alur import Langkah, verba
from perizinan.services._catatan import catat

#: The message reached the gateway at least.
_SAMPAI = (StatusPesan.TERKIRIM, StatusPesan.SAMPAI)


@verba("tandai_lewat")
def tandai_lewat(langkah: Langkah) -> None:
    """More days used than promised (row 28): once per file; the applicant hears of it on the day."""
    p = langkah.permohonan
    efek = _efek.wajib_jatuh(p, Jenis.LEWAT, langkah.kini)
    terpakai = _jam.hari_terpakai(p, langkah.kini)
    _efek.catat(p, efek, langkah.kini, rinci={"hari_terpakai": terpakai, "hari_sop": p.hari_sop})
    langkah.maju(
        rinci={"hari_terpakai": terpakai, "hari_sop": p.hari_sop},
        nilai_pesan={"unit": _keluar.nama_meja(p)},
    )


@verba("tandai_fiktif_positif")
def tandai_fiktif_positif(langkah: Langkah) -> None:
    """By the policy of the pinned version the law's consequence is written down (row 29). Nothing is signed."""
    p = langkah.permohonan
    kebijakan = p.versi_layanan.kebijakan_fiktif
    if kebijakan == KebijakanFiktif.MATI:
        raise TransisiDitolak(_("Layanan ini tidak memakai fiktif positif."))
    efek = _efek.wajib_jatuh(p, Jenis.FIKTIF, langkah.kini)
    rinci = {"kebijakan": str(kebijakan), "dasar": dasar_fiktif(p)}
    if kebijakan == KebijakanFiktif.SIAPKAN_DRAF:
        rinci["draf"] = _siapkan_draf(p, efek, langkah.kini)
    _efek.catat(p, efek, langkah.kini, kepada="penandatangan", unit=p.unit_penerbit_id, rinci=rinci)
    langkah.maju(rinci=rinci)


def _siapkan_draf(p: Permohonan, efek: Efek, kini: datetime) -> str:
    """Order a konsep for the back office, who is told: `konsep`; `sk` where an SK is prepared already.

    Neither a number nor a status nor a signature comes of it (docs/keputusan/0026).
    """
    if p.dokumen.filter(jenis=JenisDokumen.SK).exclude(status=StatusDokumen.DIGANTI).exists():
        return "sk"
    _keluar.minta_dokumen(p, JenisDokumen.KONSEP_SK, kini)
    EfekWaktu.objects.create(
        kunci=f"{p.pk}/{efek.kunci}/konsep",
        permohonan=p,
        jenis=JenisEfek.KONSEP_SK,
        tahap=p.status,
        kepada=Peran.BACK_OFFICE,
        unit_id=p.unit_penerbit_id,
        jatuh_pada=efek.jatuh,
        dikerjakan_pada=kini,
    )
    return "konsep"


def dasar_fiktif(p: Permohonan) -> str:
    """The law that was in force on the day of the due date (perizinan/acuan/hari_cadangan.toml)."""
    assert p.tenggat is not None  # noqa: S101 constraint permohonan_terdaftar_berjam
    hari = p.tenggat.astimezone(zona()).date()
    baris = HariCadangan.objects.filter(berlaku_mulai__lte=hari).order_by("-berlaku_mulai").first()
    return baris.dasar if baris else ""


@verba("gugurkan")
def gugurkan(langkah: Langkah) -> None:
    """The applicant's own limit ran out (row 27): only after reminders that left the house, and no open deposit.

    What was handed in, the round and the SKRD are kept as they are: `buka_kembali` goes on where this ended.
    """
    p = langkah.permohonan
    efek = _efek.wajib_jatuh(p, Jenis.GUGUR, langkah.kini)
    _tolak_bila_belum_terhubungi(p, efek.kunci)
    if Pembayaran.objects.filter(skrd__permohonan=p, skrd__status=StatusSkrd.BERLAKU).exists():
        raise TransisiDitolak(_("Ada setoran yang belum dicocokkan."), kode="ada_setoran")
    batas = p.batas_pemohon
    assert batas is not None  # noqa: S101 constraint permohonan_batas_pemohon_sesuai_status
    _efek.catat(p, efek, langkah.kini)
    nilai_pesan = {"batas": _keluar.tanggal_pendek(batas)}
    langkah.maju(pada=langkah.kini, **_jam.angka_akhir(p, langkah.kini), nilai_pesan=nilai_pesan)


def _tolak_bila_belum_terhubungi(p: Permohonan, kunci_gugur: str) -> None:
    """Each reminder of this limit must have reached the gateway for somebody of the applicant's side."""
    awalan = f"{p.pk}/{kunci_gugur.removesuffix('gugur')}"
    for kunci in p.efek_waktu.filter(kunci__startswith=awalan, jenis=JenisEfek.INGAT_PEMOHON).values_list(
        "kunci", flat=True
    ):
        pesan = Pesan.objects.filter(kunci__startswith=f"{kunci}/SMS_INGAT/")
        if not pesan.filter(Q(status__in=_SAMPAI) | Q(gabungan__status__in=_SAMPAI)).exists():
            raise TransisiDitolak(_("Pemohon belum terhubungi."), kode="belum_terhubungi")


@verba("buka_kembali")
def buka_kembali(langkah: Langkah, *, alasan: str) -> None:
    """The kabid opens a lapsed file again, at the latest 20 working days after (row 34); the days used stay."""
    p = langkah.permohonan
    assert p.selesai_pada is not None  # noqa: S101 constraint permohonan_selesai_sesuai_status
    if langkah.kini > _jam.batas(p.selesai_pada, HARI_BUKA_KEMBALI):
        raise TransisiDitolak(
            _("Berkas yang ditutup lebih dari %(n)d hari kerja lalu tidak dapat dibuka kembali.")
            % {"n": HARI_BUKA_KEMBALI}
        )
    asal = p.riwayat.filter(objek="", verba="gugurkan").order_by("-urut").values_list("dari", flat=True)[0]
    batas = _jam.batas(langkah.kini, p.versi_layanan.batas_pemohon_hari)
    berjeda = asal != StatusPermohonan.PERBAIKAN_BERKAS
    riwayat = langkah.maju(
        batas=batas,
        tenggat=_jam.tenggat_bila_lanjut(p, p.selesai_pada) if berjeda else p.tenggat,
        jam=Jam.JEDA if berjeda else Jam.TETAP,
        nilai_pesan={"hal": _keluar.hal_ditunggu(asal), "batas": _keluar.tanggal_pendek(batas)},
    )
    p.perbaikan.filter(ditutup_pada__isnull=True).update(batas=batas)
    p.skrd.filter(status=StatusSkrd.BERLAKU).update(jatuh_tempo=batas)
    catat(langkah, riwayat, alasan)
