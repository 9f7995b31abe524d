"""One file from filing to hand-over, with everything that can happen to an honest IMB on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from bpptportal.contoh import alur
from bpptportal.contoh.pemeran import Pemeran, buat_pemeran
from bpptportal.contoh.waktu_kerja import hari_kerja_lalu, maju_ke_hari_kerja
from core import waktu
from notifications import layanan as kotak_keluar
from notifications.models import Pesan
from perizinan import dokumen, services
from perizinan.enums import JenisDokumen, StatusDokumen, StatusPermohonan
from perizinan.models import Permohonan
from perizinan.verifikasi import cek_berkas


@dataclass
class HasilDemo:
    """What happened, in the shape of contracts.md (`demo_alur`)."""

    nomor: str
    nomor_register: str
    nomor_izin: str
    langkah: list[dict[str, Any]]
    berkas: dict[str, str | None]
    verifikasi: dict[str, Any]
    sms: list[dict[str, str]]
    hari_terpakai: int | None
    tenggat: str

    @property
    def berhasil(self) -> bool:
        """Every step happened and the signed SK verifies."""
        return bool(self.langkah) and self.langkah[-1]["ke"] == "diserahkan" and bool(self.verifikasi["cocok"])


def jalankan_demo(kode: str, keluaran: Path) -> HasilDemo:
    """Walk a file of service `kode` twenty working days ago until it is handed over; write its PDFs."""
    with waktu.beku(hari_kerja_lalu(20)):
        pemeran = buat_pemeran()
        permohonan = alur.mulai(pemeran, kode)
        permohonan = _perjalanan(permohonan, pemeran)
        _selesaikan(permohonan)
    return _hasil(permohonan, keluaran)


def _perjalanan(permohonan: Permohonan, pemeran: Pemeran) -> Permohonan:
    """Each desk acts on another day; in kajian_teknis one correction pauses the clock for two days."""
    diperbaiki = False

    def sebelum(p: Permohonan) -> None:
        nonlocal diperbaiki
        _selesaikan(p)
        if p.status == StatusPermohonan.KAJIAN_TEKNIS and not diperbaiki:
            diperbaiki = True
            _koreksi(p, pemeran)
        elif waktu.sekarang().astimezone(waktu.zona()).time() > time(11, 0):
            maju_ke_hari_kerja(1)

    return alur.jalankan(permohonan, pemeran, StatusPermohonan.DISERAHKAN, sebelum=sebelum)


def _koreksi(p: Permohonan, pemeran: Pemeran) -> None:
    """BPLH asks for a better drawing; the applicant answers two working days later."""
    maju_ke_hari_kerja(1)
    services.minta_perbaikan(
        p.pk,
        oleh=pemeran.teknisi_bplh,
        butir=[
            {
                "syarat": "gambar",
                "kode_alasan": "gambar_kurang",
                "uraian": "Gambar rencana bangunan: tambahkan letak sumur resapan dan ukurannya.",
            }
        ],
    )
    _selesaikan(p)
    maju_ke_hari_kerja(2, time(10, 0))


def _selesaikan(p: Permohonan) -> None:
    """Do now what workers would do after commit: documents and messages."""
    for pk in p.dokumen.filter(status=StatusDokumen.DIMINTA).values_list("pk", flat=True):
        dokumen.buat(pk)
    for pk in Pesan.objects.filter(perihal=p.nomor or "-", dikirim_pada__isnull=True).values_list("pk", flat=True):
        kotak_keluar.kirim(pk)


def _hasil(p: Permohonan, keluaran: Path) -> HasilDemo:
    keluaran.mkdir(parents=True, exist_ok=True)
    jenis = (JenisDokumen.TANDA_TERIMA, JenisDokumen.SKRD, JenisDokumen.BAP, JenisDokumen.SK)
    jalur = {j: _tulis(p, j, keluaran) for j in jenis}
    sk = jalur[JenisDokumen.SK]
    cocok = cek_berkas(Path(sk).read_bytes()) if sk else None
    return HasilDemo(
        nomor=p.nomor or "",
        nomor_register=p.nomor_register or "",
        nomor_izin=p.dokumen.get(jenis=JenisDokumen.SK, status=StatusDokumen.DITANDATANGANI).nomor,
        langkah=[
            {
                "verba": r.verba,
                "dari": r.dari,
                "ke": r.ke,
                "pada": r.pada.astimezone(waktu.zona()).isoformat(timespec="seconds"),
                "oleh": r.oleh.nama if r.oleh else "sistem",
            }
            for r in p.riwayat.select_related("oleh").exclude(objek__startswith="izin")
        ],
        berkas={"tanda_terima": jalur[JenisDokumen.TANDA_TERIMA], "sk": sk, "bap": jalur[JenisDokumen.BAP]},
        verifikasi={"cocok": bool(cocok and cocok.cocok), "alasan": cocok.alasan if cocok else "tidak_dikenal"},
        sms=[
            {"kode": m.kode, "tujuan": m.tujuan, "teks": m.teks, "status": m.status}
            for m in Pesan.objects.filter(perihal=p.nomor)
        ],
        hari_terpakai=p.hari_terpakai,
        tenggat=p.tenggat.astimezone(waktu.zona()).isoformat(timespec="minutes") if p.tenggat else "",
    )


def _tulis(p: Permohonan, jenis: str, keluaran: Path) -> str | None:
    baris = p.dokumen.filter(jenis=jenis).exclude(berkas="").order_by("-pk").first()
    if baris is None:
        return None
    jalur = keluaran / f"{p.nomor}-{jenis}.pdf"
    with baris.berkas.open("rb") as f:
        jalur.write_bytes(f.read())
    return str(jalur)
