"""What the portal's side does in tests with real gateways, in a child process of its house."""

from __future__ import annotations

import os
import signal
import time
from typing import Any


def tulis(teks: list[str], seri: int = 0) -> list[int]:
    """Notices to as many numbers of a series; with PEKERJA_SEKETIKA each is handed over at once."""
    from core.waktu import sekarang
    from notifications import layanan
    from notifications.enums import JenisPesan, Kanal

    isi: Any = {"kode": "SMS_UJI", "jenis": JenisPesan.KABAR, "kanal": Kanal.SMS, "perihal": "", "kini": sekarang()}
    return [
        layanan.tulis_teks(t, tujuan=f"+628120{seri:02d}000{n:02d}", kunci=f"uji/{time.monotonic_ns()}", **isi).pk
        for n, t in enumerate(teks)
    ]


def keadaan(pk: list[int]) -> list[dict[str, Any]]:
    """The rows as they are."""
    from notifications.models import Pesan

    nama = ("acuan", "status", "gerbang", "percobaan", "tak_pasti", "dikirim_pada", "sampai_pada", "galat")
    baris = Pesan.objects.filter(pk__in=pk).order_by("pk").values(*nama)
    return [{k: v if isinstance(v, int) else str(v or "") for k, v in b.items()} for b in baris]


def berkas_sari() -> dict[str, str]:
    """A registered file, and the phone that stands on it."""
    from bpptportal.contoh import alur
    from bpptportal.contoh.pemeran import buat_pemeran
    from bpptportal.contoh.waktu_kerja import hari_kerja_lalu
    from core import waktu
    from notifications.models import Pesan

    with waktu.beku(hari_kerja_lalu(1)):
        pemeran = buat_pemeran()
        p = alur.jalankan(alur.mulai(pemeran, "siup"), pemeran, "verifikasi")
    Pesan.objects.filter(perihal=p.nomor).update(status="sampai")  # what was said before is not of interest here
    return {"nomor": str(p.nomor), "hp": p.pihak.hp}


def percakapan(nomor: str) -> dict[str, Any]:
    """What the file's page would tell."""
    from notifications.models import Pesan, PesanMasuk

    jawaban = Pesan.objects.filter(perihal=nomor, jenis="jawaban").last()
    return {
        "masuk": list(PesanMasuk.objects.filter(perihal=nomor).values_list("teks", flat=True)),
        "jawaban": jawaban.status if jawaban else "",
        "teks": jawaban.teks if jawaban else "",
    }


def sapu_sesudah_jeda() -> int:
    """The sweep, as if the waiting times were over."""
    from core.waktu import sekarang
    from notifications import layanan
    from notifications.models import KeadaanGerbang, Pesan

    KeadaanGerbang.objects.all().delete()
    Pesan.objects.filter(status="menunggu").update(kirim_sesudah=sekarang())
    return layanan.sapu()


def mati_di_celah(teks: list[str]) -> list[int]:
    """Workers that die (kill -9) after the gateway took the message and before that is written down, each one."""
    from django.db import connections

    from notifications import pengiriman
    from notifications.models import Pesan

    daftar = tulis(teks)
    for pk in daftar:
        connections.close_all()
        anak = os.fork()
        if anak == 0:
            pengiriman._catat_terkirim = lambda *_apa: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
            pengiriman.kirim(pk)
            os._exit(0)
        assert os.waitpid(anak, 0)[1] == signal.SIGKILL
    assert set(Pesan.objects.filter(pk__in=daftar).values_list("status", flat=True)) == {"mengirim"}
    return daftar


def bangkit() -> int:
    """The leases run out, and another worker sweeps."""
    from datetime import timedelta

    from core.waktu import sekarang
    from notifications import layanan
    from notifications.models import Pesan

    Pesan.objects.filter(status="mengirim").update(sewa_sampai=sekarang() - timedelta(seconds=1))
    return layanan.sapu()


def tanya() -> int:
    """Read SMSD's reports."""
    from notifications import laporan

    return laporan.tanya_gammu()


def jemput() -> list[str]:
    """Take over what SMSD received, and answer it."""
    from bpptportal.jadwal import sapu_masuk
    from notifications.models import PesanMasuk

    sapu_masuk()
    return list(PesanMasuk.objects.order_by("pk").values_list("teks", flat=True))
