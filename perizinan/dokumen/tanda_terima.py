"""Papers that go with a step of the applicant: filed, short of something, registered, handed over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import Akun
from core.qr import qr_png
from core.templatetags.tampilan import pukul, waktu
from core.waktu import sekarang
from perizinan.dokumen.halaman import BelumBisa, Halaman, alamat_lacak
from perizinan.dokumen.teks import isi_kalimat, teks
from perizinan.enums import JenisDokumen, Saluran, StatusDokumen, StatusPermohonan
from perizinan.models import Dokumen, Permohonan, UndanganSurvei
from perizinan.persyaratan import KeadaanSyarat, keadaan_syarat


def bukti_pengajuan(dokumen: Dokumen) -> Halaman:
    """Proof of filing: the number, what was handed in, until when completeness is checked."""
    p = dokumen.permohonan
    batas = waktu(p.batas_periksa)
    return Halaman(
        templat="dokumen/bukti_pengajuan.html",
        judul=_("Bukti Pengajuan Permohonan"),
        nomor=p.nomor or "",
        konteks={
            "syarat": [_baris_syarat(k) for k in keadaan_syarat(p)],
            "kalimat": isi_kalimat(teks()["bukti_pengajuan"]["isi"], batas_periksa=batas),
        },
        data={"diajukan_pada": _iso(p.diajukan_pada), "batas_periksa": _iso(p.batas_periksa)},
        qr=alamat_lacak(p),
    )


def lembar_kekurangan(dokumen: Dokumen) -> Halaman:
    """The one list of everything that has to be put right, with the limit and what happens after it."""
    p = dokumen.permohonan
    putaran = p.perbaikan.get(kunci=dokumen.acuan)
    butir = list(putaran.butir.select_related("unit"))
    kalimat = teks()["lembar_kekurangan"]
    belum_daftar = putaran.status_asal == StatusPermohonan.DIAJUKAN
    pilihan = [kalimat["belum_daftar" if belum_daftar else "jeda"], kalimat["lewat"]]
    return Halaman(
        templat="dokumen/lembar_kekurangan.html",
        judul=_("Daftar yang Perlu Dilengkapi"),
        nomor=p.nomor or "",
        konteks={"putaran": putaran, "butir": butir, "kalimat": isi_kalimat(pilihan, batas=waktu(putaran.batas))},
        data={"putaran": putaran.ke, "jumlah_butir": len(butir), "batas": _iso(putaran.batas)},
        qr=alamat_lacak(p),
    )


def tanda_terima(dokumen: Dokumen) -> Halaman:
    """The receipt of a registered file: register number, requirements, due date with its hour (fairness 1)."""
    p = dokumen.permohonan
    kalimat = teks()["tanda_terima"]
    catatan = [kalimat["ambil"]] + ([kalimat["loket"]] if p.saluran == Saluran.LOKET else [])
    return Halaman(
        templat="dokumen/tanda_terima.html",
        judul=_("Tanda Terima Berkas"),
        nomor=p.nomor_register or "",
        konteks={
            "syarat": [_baris_syarat(k) for k in keadaan_syarat(p)],
            "petugas": _pelaku(p, "daftarkan", "ods_mulai"),
            "pukul_tenggat": pukul(p.tenggat),
            "terlambat": kalimat["terlambat"],
            "kalimat": catatan,
        },
        data={
            "nomor_register": p.nomor_register,
            "mulai": _iso(p.mulai_hitung),
            "hari_kerja": p.hari_sop,
            "tenggat": _iso(p.tenggat),
        },
        qr=alamat_lacak(p),
    )


def tanda_terima_sk(dokumen: Dokumen) -> Halaman:
    """The receipt of the hand-over at loket, signed by both sides on paper."""
    p = dokumen.permohonan
    sk = p.dokumen.filter(jenis=JenisDokumen.SK, status=StatusDokumen.DITANDATANGANI).first()
    if sk is None:
        raise BelumBisa(_("Surat izinnya belum ditandatangani."))
    return Halaman(
        templat="dokumen/tanda_terima_sk.html",
        judul=_("Tanda Terima Surat Izin"),
        nomor=p.nomor_register or "",
        konteks={
            "sk": sk,
            "petugas": _pelaku(p, "serahkan"),
            "kalimat": [teks()["tanda_terima_sk"]["isi"]],
            "survei": _survei(p),
        },
        data={"nomor_izin": sk.nomor, "diserahkan_pada": _iso(p.diserahkan_pada), "sidik_surat": sk.sidik},
    )


def _survei(p: Permohonan) -> dict[str, str] | None:
    """Code, address and QR of the survey, while it can still be answered."""
    undangan = UndanganSurvei.objects.terbuka(sekarang()).filter(permohonan=p).first()
    if undangan is None:
        return None
    return {"alamat": undangan.alamat, "qr": qr_png(f"{settings.SITUS}/s/{undangan.kode}")}


def _baris_syarat(k: KeadaanSyarat) -> dict[str, Any]:
    """One requirement and how it was met, in a few words."""
    if k.berkas:
        pernyataan = all(b.jenis_isi == "pernyataan" for b in k.berkas)
        keadaan = _("pernyataan elektronik") if pernyataan else _("%(n)d file") % {"n": len(k.berkas)}
    elif k.izin_sendiri:
        keadaan = _("sudah ada pada kami: %(nomor)s") % {"nomor": k.izin_sendiri.nomor_izin}
    elif k.sepaket:
        keadaan = _("satu paket dengan permohonan ini")
    elif k.ada:
        keadaan = _("ada fisik, dipindai petugas")
    else:
        keadaan = _("tidak disertakan") if not k.syarat.wajib else _("belum ada")
    return {"nama": k.syarat.nama, "wajib": k.syarat.wajib, "ada": k.ada, "keadaan": keadaan}


def _pelaku(permohonan: Permohonan, *verba: str) -> Akun | None:
    """Who did an act last, as the log says."""
    baris = permohonan.riwayat.filter(verba__in=verba, objek="").select_related("oleh").order_by("-urut").first()
    return baris.oleh if baris else None


def _iso(t: datetime | None) -> str | None:
    return t.isoformat(timespec="seconds") if t else None
